# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Controller side of diskominfo.terpusat.fleet_compare; its documentation is in plugins/modules/fleet_compare.py.

One task for one host costs Ansible some 70 ms of CPU with netmiko in it; here the whole fleet is one task, and a device
costs what its login, its rendering and its comparison cost.
"""

from __future__ import annotations

import contextlib
import gc
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any

from ansible.errors import AnsibleActionFail, AnsibleError
from ansible.plugins.action import ActionBase

from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices import platforms
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.fleet.comparison import (
    Subject,
    compare,
    late,
    result_of,
)
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.fleet.crew import Crew
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.fleet.parts import cores, run, shares
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.outcome import (
    DeviceError,
    Outcome,
    RefusedError,
)
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.report import Report
from ansible_collections.diskominfo.terpusat.plugins.plugin_utils.device_target import target_of
from ansible_collections.diskominfo.terpusat.plugins.plugin_utils.government_key import GovernmentKeys
from ansible_collections.diskominfo.terpusat.plugins.plugin_utils.role_text import RoleText
from ansible_collections.diskominfo.terpusat.plugins.plugin_utils.ssh_login import SshLogin

_SPEC: dict[str, Any] = {
    "hosts": {"type": "list", "elements": "str"},
    "workers": {"type": "int"},
    "device_seconds": {"type": "float", "default": 180.0},
}
_WORKERS_PER_CORE = 16
_MOST_WORKERS = 64
_WORDS = {
    Outcome.IN_SYNC: "sesuai",
    Outcome.CHANGED: "menyimpang",
    Outcome.OFFLINE: "tidak terjangkau",
}
_FAILED = "gagal diperiksa"
_LOST = Report(
    Outcome.FAILED, "proses yang memeriksa perangkat ini mati sebelum selesai (kehabisan memori?); jalankan sekali lagi"
)


class ActionModule(ActionBase):  # type: ignore[misc]
    """All hosts of the play in one task; Ansible's own loop over hosts is bypassed."""

    BYPASS_HOST_LOOP = True
    TRANSFERS_FILES = False
    _requires_connection = False
    _supports_check_mode = True

    def run(self, tmp: str | None = None, task_vars: dict[str, Any] | None = None) -> dict[str, Any]:
        """Compare; the result has one entry a host, and nothing of a configuration but what differs."""
        super().run(tmp, task_vars)
        variables = task_vars or {}
        _, arguments = self.validate_argument_spec(argument_spec=_SPEC)
        hosts = arguments["hosts"]
        names: list[str] = list(variables.get("ansible_play_batch", []) if hosts is None else hosts)
        workers = arguments["workers"] or default_workers(len(names))
        seconds = arguments["device_seconds"]
        if workers < 1 or seconds <= 0:
            raise AnsibleActionFail("workers dan device_seconds harus lebih besar dari nol")
        parts = shares(names)
        keys = GovernmentKeys()
        inventory = variables["hostvars"]._inventory
        texts = RoleText(self._task.get_play(), self._loader)
        logins = SshLogin(self._task, self._play_context)
        _prepare([inventory.get_host(name) for name in names], texts)
        # What Ansible has built up stays; without this the collector would go through all of it again and again.
        gc.freeze()

        def work(part: list[str]) -> Iterator[tuple[str, Report]]:
            refused: dict[str, Report] = {}
            crew = Crew(
                work=compare,
                late=partial(late, seconds=seconds),
                workers=max(1, workers // len(parts)),
                patience=seconds,
            )
            for subject, report in crew.run(_subjects(part, inventory, texts, logins, keys, refused)):
                yield subject.name, report
            yield from refused.items()

        found = dict(run(parts, work))
        plain = {name for name, report in found.items() if report.outcome is Outcome.IN_SYNC and not report.unmanaged}
        return {
            "changed": False,  # a comparison changes nothing, whatever it found
            "msg": summary(found.values(), len(names)),
            # Ansible goes through every value of a result, once for each callback: what is as it should be is a name.
            "in_sync": [name for name in names if name in plain],
            "results": {name: result_of(found.get(name, _LOST)) for name in names if name not in plain},
        }


def _prepare(hosts: list[Any], texts: RoleText) -> None:
    """Read roles and import platforms before the processes part; what cannot be read is told host by host later."""
    known = [
        who for host in hosts if host is not None and isinstance(who := host.get_vars().get("terpusat_host"), dict)
    ]
    for role, platform in sorted({(str(who.get("role")), str(who.get("platform"))) for who in known}):
        with contextlib.suppress(AnsibleError, DeviceError):
            platforms.load(platform)
            texts.prepare(role, platform)


def _subjects(
    names: list[str],
    inventory: Any,
    texts: RoleText,
    logins: SshLogin,
    keys: GovernmentKeys,
    refused: dict[str, Report],
) -> Iterator[Subject]:
    """Render for one host after the other; a host that cannot be rendered has its report at once."""
    for name in names:
        try:
            yield _subject(inventory.get_host(name), texts, logins, keys)
        except (AnsibleError, RefusedError) as error:
            refused[name] = Report(Outcome.REFUSED, f"konfigurasi {name} tidak dapat disusun: {error}")
        except Exception as error:
            what = f"{type(error).__name__}: {error}"
            refused[name] = Report(Outcome.FAILED, f"kesalahan dalam Terpusat saat menyusun {name}: {what}")


def _subject(host: Any, texts: RoleText, logins: SshLogin, keys: GovernmentKeys) -> Subject:
    if host is None:
        raise AnsibleError("tidak ada di inventaris; periksa option hosts pada tugas ini")
    who = host.get_vars().get("terpusat_host")
    if not who or who.get("kind") != "device":
        raise AnsibleError("bukan perangkat jaringan dari register; keluarkan dari option hosts pada tugas ini")
    role = str(who["role"])
    values = texts.values(host, role)
    rendered = texts.render(host, role, values)
    login = logins.of(values)
    target = target_of(values.get, login, rendered.version)
    return Subject(
        host.name, rendered.platform or str(who["platform"]), rendered.config, target, login, keys.of(values)
    )


def default_workers(devices: int) -> int:
    """Threads for a fleet: they wait for the network most of the time, so many a core, but never more than devices."""
    return max(1, min(devices, _WORKERS_PER_CORE * cores(), _MOST_WORKERS))


def summary(reports: Iterable[Report], devices: int) -> str:
    """``4 perangkat dibandingkan: 3 sesuai, 1 menyimpang``."""
    counts = Counter(_WORDS.get(report.outcome, _FAILED) for report in reports)
    counts[_FAILED] += devices - counts.total()
    parts = [f"{counts[word]} {word}" for word in (*_WORDS.values(), _FAILED) if counts[word]]
    return f"{devices} perangkat dibandingkan" + (f": {', '.join(parts)}" if parts else "")
