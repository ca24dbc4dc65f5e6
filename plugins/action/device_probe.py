# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Controller side of diskominfo.terpusat.device_probe; its documentation is in plugins/modules/device_probe.py."""

from __future__ import annotations

import time
from dataclasses import replace
from functools import partial
from typing import Any

from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices import platforms, probes_here
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.outcome import (
    DeviceError,
    Outcome,
    RefusedError,
    SessionLostError,
)
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.probes import Probe, ProbeResult, run_probe
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.session import Session
from ansible_collections.diskominfo.terpusat.plugins.plugin_utils.device_action import DeviceAction
from ansible_collections.diskominfo.terpusat.plugins.plugin_utils.device_inspection import READ, failure
from ansible_collections.diskominfo.terpusat.plugins.plugin_utils.evidence import RunEvidence
from ansible_collections.diskominfo.terpusat.plugins.plugin_utils.probe_options import PROBE

_SPEC: dict[str, Any] = {
    "probes": {"type": "list", "elements": "dict", "required": True, "options": PROBE},
    "patience": {"type": "float", "default": 120.0},
    "platform": {"type": "str"},
}


class ActionModule(DeviceAction):
    """Probes of one device in one session."""

    def run(self, tmp: str | None = None, task_vars: dict[str, Any] | None = None) -> dict[str, Any]:
        """Run every probe, also those behind one that failed: a person wants to see all of them."""
        super().run(tmp, task_vars)
        variables = task_vars or {}
        _, arguments = self.validate_argument_spec(argument_spec=_SPEC)
        login = self.login(variables)
        evidence = RunEvidence(self._templar, variables, (login.password, login.secret))
        wanted = [Probe(**probe) for probe in arguments["probes"]]
        deadline = time.monotonic() + arguments["patience"]
        try:
            platform = platforms.load(self.platform_name(variables, arguments["platform"]))
            _check(platform, wanted)
            with Session.open(login, platform.device_type, interactive=platform.interactive) as session:
                found = [_probe(platform, session, probe, deadline) for probe in wanted]
            masked: dict[str, Any] = evidence.net.mask_all(_result(login.host, found))
        except DeviceError as error:
            return failure(error.outcome, str(error))
        except SessionLostError as error:
            return failure(Outcome.OFFLINE, f"{error}; perangkat tidak diubah, ulangi bila jalurnya sudah pulih")
        return masked


def _check(platform: Any, wanted: list[Probe]) -> None:
    for probe in wanted:
        probe.check()
        refusal = platform.probe_refusal(probe) if probe.where == "device" else ""
        if refusal:
            raise RefusedError(f"uji {probe.name!r} tidak dapat dijalankan: {refusal}")


def _probe(platform: Any, session: Session, probe: Probe, deadline: float) -> ProbeResult:
    run = probes_here.run if probe.where == "controller" else partial(platform.run_probe, session)

    def left() -> float:
        return max(0.0, deadline - time.monotonic())

    found = run_probe(probe, run, left)
    if not found.ok and left() <= 0:
        return replace(found, output=found.output.replace(" sebelum pengaman habis waktunya", " dalam waktunya"))
    return found


def _result(host: str, found: list[ProbeResult]) -> dict[str, Any]:
    failed = [probe for probe in found if not probe.ok]
    result: dict[str, Any] = {
        "changed": False,
        "outcome": Outcome.FAILED.value if failed else READ,
        "probes": [probe.as_result() for probe in found],
        "msg": f"{len(found)} uji berhasil di {host}",
    }
    if failed:
        result["msg"] = "; ".join(f"uji {probe.name!r} gagal ({probe.output})" for probe in failed)
        result["failed"] = True
    return result
