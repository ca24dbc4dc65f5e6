# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Controller side of diskominfo.terpusat.device_enrol; its documentation is in plugins/modules/device_enrol.py."""

from __future__ import annotations

import secrets
from dataclasses import replace
from pathlib import Path
from typing import Any

from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices import enrolment
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.enrolment import (
    Account,
    Enroller,
    Enrolment,
    public_key,
)
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.host_key import (
    HostKey,
    look,
    password_accepted,
)
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.outcome import (
    DeviceError,
    HostKeyError,
    Outcome,
    RefusedError,
)
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.report import Report
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.session import Login, Session
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.ssh_settings import SshSettings
from ansible_collections.diskominfo.terpusat.plugins.plugin_utils.device_action import DeviceAction
from ansible_collections.diskominfo.terpusat.plugins.plugin_utils.evidence import RunEvidence

_SPEC: dict[str, Any] = {
    "platform": {"type": "str"},
    "fingerprint": {"type": "str", "default": ""},
    "accept_host_key": {"type": "bool", "default": False},
    "factory_user": {"type": "str"},
    "factory_password": {"type": "str", "no_log": True},
    "public_key": {"type": "str"},
    "console_password": {"type": "str", "no_log": True},
    "ticket": {"type": "str"},
}
_GOOD = frozenset({Outcome.IN_SYNC, Outcome.CHANGED})


class ActionModule(DeviceAction):
    """First contact with one device."""

    def run(self, tmp: str | None = None, task_vars: dict[str, Any] | None = None) -> dict[str, Any]:
        """Pin the host key a person vouched for, make our user, prove it, close the factory's way in."""
        super().run(tmp, task_vars)
        variables = task_vars or {}
        _, arguments = self.validate_argument_spec(argument_spec=_SPEC)
        login = self.login(variables)
        known = (login.password, login.secret, arguments["factory_password"], arguments["console_password"])
        evidence = RunEvidence(self._templar, variables, known)
        extra: dict[str, Any] = {}
        try:
            name = self.platform_name(variables, arguments["platform"])
            platform = enrolment.load(name)
            factory_user = arguments["factory_user"] or platform.factory_user
            account = _account(login, arguments)
            account.check(factory_user)
            key = look(login)
            extra = {"fingerprint": key.fingerprint, "known_hosts": str(key.file)}
            pinned = self._pin(key, arguments)
            if not key_is_there(key, pinned):
                report = Report(Outcome.CHANGED, f"akan mendaftarkan kunci host {key.fingerprint} di {key.file}")
            else:
                recorder = evidence.recorder(
                    str(variables.get("inventory_hostname", "")), name, arguments["ticket"], "device_enrol"
                )
                enroller = _enroller(platform, account, factory_user, login, arguments, recorder.begin)
                report = enroller.run(check_mode=bool(self._task.check_mode))
                if enroller.begun:
                    _end(recorder, report)
                if pinned and report.outcome is Outcome.IN_SYNC:
                    report.outcome = Outcome.CHANGED
                if pinned:
                    report.message = f"kunci host {key.fingerprint} didaftarkan; {report.message}"
            result: dict[str, Any] = evidence.net.mask_all(_result(report) | extra)
        except DeviceError as error:
            return _result(Report(error.outcome, str(error))) | extra
        return result

    def _pin(self, key: HostKey, arguments: dict[str, Any]) -> bool:
        """Write the key into known_hosts when a person vouched for it; True when it was not there before.

        Raises:
            HostKeyError: it is another one than known, or than a person said, or nobody said anything.
        """
        expected = arguments["fingerprint"]
        if expected and not key.matches(expected):
            raise HostKeyError(
                f"{key.address} menunjukkan kunci host {key.fingerprint}, bukan {expected}; belum ada yang dikirim ke "
                "perangkat itu. Cocokkan sekali lagi di konsolnya"
            )
        if key.pinned:
            return False
        if not expected and not arguments["accept_host_key"]:
            raise HostKeyError(
                f"{key.address} belum dikenal dan menunjukkan kunci host {key.fingerprint}. Cocokkan di konsol "
                f"perangkat, lalu jalankan lagi dengan -e terpusat_enrol_fingerprint={key.fingerprint}"
            )
        if not self._task.check_mode:
            key.pin()
        return True


def key_is_there(key: HostKey, pinned: bool) -> bool:
    """Whether sessions can be opened: in check mode a new key was not written."""
    return not pinned or key.pinned


def _account(login: Login, arguments: dict[str, Any]) -> Account:
    settings = SshSettings.read(login.host, login.ssh_config_file)
    line = arguments["public_key"]
    if not line:
        keys = settings.key_files(login.key_file)
        path = Path(f"{keys[0]}.pub").expanduser() if keys else None
        if path is None or not path.is_file():
            raise RefusedError(
                f"kunci publik {path or ''} tidak ada; isi ansible_ssh_private_key_file dengan kunci yang berkas "
                ".pub-nya ada di sebelahnya, atau isi public_key"
            )
        line = path.read_text(encoding="utf-8")
    return Account(
        login.user or settings.user,
        public_key(line),
        # Nobody needs to know it: the key is the way in.
        arguments["console_password"] or secrets.token_urlsafe(24),
    )


def _enroller(
    platform: Enrolment, account: Account, factory_user: str, login: Login, arguments: dict[str, Any], begun: Any
) -> Enroller:
    password = arguments["factory_password"]
    ours = replace(login, user=account.user, password=None)
    theirs = replace(login, user=factory_user, password=password, key_file=None)

    def by_key() -> Session:
        return Session.open(ours, platform.device_type, interactive=platform.interactive)

    def by_password() -> Session:
        return Session.open(theirs, platform.device_type, interactive=platform.interactive)

    def still_open() -> bool:
        return password is not None and password_accepted(theirs)

    known = None if password is None else by_password
    return Enroller(platform, account, factory_user, by_key, known, still_open, begun)


def _end(recorder: Any, report: Report) -> None:
    try:
        recorder.end(report)
    except DeviceError as error:
        report.notices.append(f"akhir pendaftaran belum tercatat di buku bukti: {error}")


def _result(report: Report) -> dict[str, Any]:
    result: dict[str, Any] = {
        "changed": report.changed,
        "outcome": report.outcome.value,
        "msg": report.message,
        "steps": report.patch.splitlines(),
        "probes": [probe.as_result() for probe in report.probes],
    }
    if report.notices:
        result["warnings"] = report.notices
    if report.outcome is Outcome.OFFLINE:
        result["unreachable"] = True
    elif report.outcome not in _GOOD:
        result["failed"] = True
    return result
