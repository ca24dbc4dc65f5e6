# SPDX-License-Identifier: GPL-3.0-or-later
"""Taking an IOS or IOS-XE device in: a privilege 15 user with its key in ``ip ssh pubkey-chain``.

The key is given by its hash, one line in place of a text of many: the form in which IOS itself keeps it (Cisco's Secure
Shell configuration guide, "key-hash"). Commands go through the prompt one by one, so an error is seen where it is made.
"""

from __future__ import annotations

import re

from netmiko.exceptions import NetmikoBaseException, ReadTimeout

from ...enrolment import Account
from ...outcome import SessionLostError, TransactionFailedError, UnsupportedError
from ...session import Session

_CONFIG = r"\(conf[^)]*\)#\s*$"
_EXEC = r"[>#]\s*$"
_QUESTION = r"\[confirm\]\s*$|\[yes/no\]:?\s*$|\[no\]:?\s*$"
_REFUSED = re.compile(r"^%(?! ?(?:Warning|SSH-|CRYPTO|SYS-)).*", re.M)
_TIMEOUT = 30.0
_SAVE_TIMEOUT = 120.0


class Enrolment:
    """The contract of `devices.enrolment`, whose docstrings hold here."""

    device_type = "cisco_ios"
    interactive = True
    factory_user = "cisco"

    def install(self, session: Session, account: Account) -> list[str]:
        _enable(session)
        steps: list[str] = []
        lines: list[str] = []
        if not _user_lines(session, "running-config", account.user):
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
        level = re.search(r"privilege level is (\d+)", _send(session, "show privilege", _EXEC))
        return "" if level and level[1] == "15" else "tidak mendapat privilege 15"

    def retire(self, session: Session, factory_user: str) -> list[str]:
        if not _user_lines(session, "running-config", factory_user):
            return []
        _configure(session, [f"no username {factory_user}"])
        return [f"pengguna pabrik {factory_user} dihapus"]

    def pending(self, session: Session, factory_user: str) -> bool:
        return any(_user_lines(session, which, factory_user) for which in ("running-config", "startup-config"))

    def save(self, session: Session) -> None:
        answer = _send(session, "write memory", rf"{_EXEC}|{_QUESTION}", _SAVE_TIMEOUT)
        if re.search(_QUESTION, answer):
            # An older startup configuration: "Overwrite the previous NVRAM configuration?[confirm]".
            answer += _send(session, "", _EXEC, _SAVE_TIMEOUT)
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


def _enable(session: Session) -> None:
    try:
        if not session.connection.check_enable_mode():
            session.connection.enable()
    except (ReadTimeout, ValueError) as error:
        raise TransactionFailedError(
            f"{session.login.host}: mode enable ditolak; isi ansible_become_password dengan kata sandi enable pabrik"
        ) from error


def _user_lines(session: Session, which: str, user: str) -> list[str]:
    shown = _send(session, f"show {which} | include ^username {user} ", _EXEC)
    return [line for line in shown.splitlines() if re.match(rf"username {re.escape(user)} ", line)]


def _configure(session: Session, lines: list[str]) -> None:
    _send(session, "configure terminal", _CONFIG)
    try:
        for line in lines:
            answer = _send(session, line, rf"{_CONFIG}|{_QUESTION}")
            if re.search(_QUESTION, answer):
                # "This operation will remove all username related configurations with same name. … [confirm]"
                answer = _send(session, "", _CONFIG)
            refused = _REFUSED.search(answer)
            if refused:
                raise _RefusedLineError(session.login.host, line, refused[0].strip())
    finally:
        # A session that broke has left configuration mode by itself.
        _send(session, "end", _EXEC)


def _send(session: Session, line: str, expected: str, timeout: float = _TIMEOUT) -> str:
    try:
        answer: str = session.connection.send_command(
            line, expect_string=expected, read_timeout=timeout, strip_prompt=False, strip_command=bool(line)
        )
    except (NetmikoBaseException, OSError, EOFError) as error:
        word = line.split(" ")[0] if line else "konfirmasi"
        raise SessionLostError(f"{session.login.host}: tidak ada jawaban atas {word!r}") from error
    return answer
