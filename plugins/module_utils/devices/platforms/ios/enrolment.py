# SPDX-License-Identifier: GPL-3.0-or-later
"""Taking an IOS or IOS-XE device in: a privilege 15 user with its key in ``ip ssh pubkey-chain``.

The key is given by its hash, one line in place of a text of many: the form in which IOS itself keeps it (Cisco's Secure
Shell configuration guide, "key-hash"). Commands go through the prompt one by one, so an error is seen where it is made.
"""

from __future__ import annotations

import re

from ...enrolment import Account
from ...outcome import SessionLostError, TransactionFailedError, UnsupportedError
from ...session import Session
from .cli import GO_ON, Terminal, errors

#: seconds that writing the memory of an old switch may take in silence
_SAVE_QUIET = 120.0


class Enrolment:
    """The contract of `devices.enrolment`, whose docstrings hold here."""

    device_type = "cisco_ios"
    interactive = True
    factory_user = "cisco"

    def install(self, session: Session, account: Account) -> list[str]:
        steps: list[str] = []
        lines: list[str] = []
        known = _user_lines(session, "running-config", account.user)
        if known and not any(" privilege 15" in line for line in known):
            lines.append(f"username {account.user} privilege 15")
            steps.append(f"pengguna {account.user} diberi privilege 15")
        if not known:
            lines.append(f"username {account.user} privilege 15 secret {account.password}")
            steps.append(f"pengguna {account.user} dibuat")
        key = account.key
        lines += [
            "ip ssh pubkey-chain",
            f"username {account.user}",
            f"key-hash {key.kind} {key.md5} {key.comment}".rstrip(),
        ]
        try:
            _configure(session, lines)
        except _RefusedLineError as error:
            if error.line.startswith("key-hash") and key.kind != "ssh-rsa":
                raise UnsupportedError(
                    f"{session.login.host}: IOS ini belum mengenal kunci {key.kind}; pakai kunci ssh-rsa"
                ) from error
            raise
        return [*steps, "kunci SSH dipasang"]

    def lacks(self, session: Session) -> str:
        level = re.search(r"privilege level is (\d+)", Terminal(session).run("show privilege"))
        return "" if level and level[1] == "15" else "tidak mendapat privilege 15"

    def retire(self, session: Session, factory_user: str) -> list[str]:
        if not _user_lines(session, "running-config", factory_user):
            return []
        _configure(session, [f"no username {factory_user}"])
        return [f"pengguna pabrik {factory_user} dihapus"]

    def pending(self, session: Session, factory_user: str) -> bool:
        return any(_user_lines(session, which, factory_user) for which in ("running-config", "startup-config"))

    def save(self, session: Session) -> None:
        # An older startup configuration asks "Overwrite the previous NVRAM configuration?[confirm]".
        answer = Terminal(session).run("write memory", quiet=_SAVE_QUIET, answers=GO_ON)
        if "[OK]" not in answer:
            raise TransactionFailedError(
                f"{session.login.host}: konfigurasi belum tersimpan ({' '.join(answer.split())[-200:]}); jalankan "
                "sekali lagi"
            )


class _RefusedLineError(TransactionFailedError):
    def __init__(self, host: str, line: str, answer: str) -> None:
        shown = re.sub(r"(secret) \S+", r"\1 …", line)
        super().__init__(
            f"{host}: baris {shown!r} ditolak ({answer}); login lama tetap berlaku, perbaiki lalu jalankan sekali lagi"
        )
        self.line = line


def _user_lines(session: Session, which: str, user: str) -> list[str]:
    shown = Terminal(session).run(f"show {which} | include ^username {user} ")
    return [line for line in shown.splitlines() if line.startswith(f"username {user} ")]


def _configure(session: Session, lines: list[str]) -> None:
    terminal = Terminal(session)
    terminal.widen(lines)
    terminal.run("configure terminal")
    try:
        for line in lines:
            # Removing a user asks for a confirmation.
            refused = errors(terminal.run(line, answers=GO_ON))
            if refused:
                raise _RefusedLineError(session.login.host, line, refused[0])
    except SessionLostError:
        raise  # a session that broke has left configuration mode by itself
    except BaseException:
        terminal.run("end")
        raise
    terminal.run("end")
