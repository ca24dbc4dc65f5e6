# SPDX-License-Identifier: GPL-3.0-or-later
"""Taking a RouterOS device in, v6 and v7, each command on an exec channel of its own.

No first-login screen (licence, default configuration, new password) stands in the way there: they belong to terminals.
A user with a key can, by default, no longer log in to SSH with a password (MikroTik's manual, SSH: `always-allow-
password-login`, since 7.21 `password-authentication`), so the password given here is for WinBox and the console.
"""

from __future__ import annotations

import re

from ...enrolment import Account
from ...outcome import FileRefusedError, TransactionFailedError, UnsupportedError
from ...session import Session
from .inspection import Inspection

_FILE = "terpusat-enrol.pub"
_TIMEOUT = 30.0


class Enrolment:
    """The contract of `devices.enrolment`, whose docstrings hold here."""

    device_type = "mikrotik_routeros"
    interactive = False
    factory_user = "admin"

    def install(self, session: Session, account: Account) -> list[str]:
        steps: list[str] = []
        if not _count(session, f'/user print count-only where name="{account.user}"'):
            _do(session, f'/user add name="{account.user}" group=full password="{account.password}"')
            steps.append(f"pengguna {account.user} dibuat")
        elif not _count(session, f'/user print count-only where name="{account.user}" group=full'):
            _do(session, f'/user set [find name="{account.user}"] group=full')
            steps.append(f"pengguna {account.user} masuk grup full")
        # Of a run that was cut off a file may have stayed; the device takes the file away when it imports it.
        try:
            session.put(f"{account.key.line}\n".encode(), _FILE, method="scp")
        except FileRefusedError as error:
            raise TransactionFailedError(
                f"{session.login.host} tidak menerima berkas kunci ({error}); periksa ruang simpan dan hak ftp"
            ) from error
        try:
            _do(session, f'/user ssh-keys import public-key-file="{_FILE}" user="{account.user}"')
        except TransactionFailedError as error:
            if "unable to load key file" in str(error) and account.key.kind != "ssh-rsa":
                raise UnsupportedError(
                    f"{session.login.host}: RouterOS ini belum mengenal kunci {account.key.kind}; "
                    "pakai kunci ssh-rsa atau perbarui RouterOS"
                ) from error
            raise
        finally:
            Inspection().run(session, f'/file remove [find name="{_FILE}"]', _TIMEOUT)
        return [*steps, "kunci SSH dipasang"]

    def lacks(self, session: Session) -> str:
        name = session.login.user
        if _count(session, f'/user print count-only where name="{name}" group=full'):
            return ""
        return "tidak berada di grup full"

    def retire(self, session: Session, factory_user: str) -> list[str]:
        if not self.pending(session, factory_user):
            return []
        _do(session, f'/user remove [find name="{factory_user}"]')
        return [f"pengguna pabrik {factory_user} dihapus"]

    def pending(self, session: Session, factory_user: str) -> bool:
        return _count(session, f'/user print count-only where name="{factory_user}"') > 0

    def save(self, session: Session) -> None:
        """Nothing to do: RouterOS keeps every change at once."""
        del session


def _do(session: Session, command: str) -> str:
    answer = Inspection().run(session, command, _TIMEOUT)
    if not answer.ok or "unable to load" in answer.text:
        shown = re.sub(r'password="[^"]*"', 'password="…"', command)
        raise TransactionFailedError(
            f"{session.login.host}: {shown} ditolak ({' '.join(answer.text.split())}); login lama tetap berlaku, "
            "perbaiki lalu jalankan sekali lagi"
        )
    return answer.text


def _count(session: Session, command: str) -> int:
    text = _do(session, command).strip()
    if not text.isdecimal():
        raise TransactionFailedError(f"{session.login.host}: jawaban {command!r} bukan angka: {text[:100]!r}")
    return int(text)
