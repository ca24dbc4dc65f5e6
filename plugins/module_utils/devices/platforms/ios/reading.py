# SPDX-License-Identifier: GPL-3.0-or-later
"""The running configuration as the device printed it: whole, or not at all."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from ...outcome import SessionLostError
from ...session import Session
from . import snmp_users
from .cli import Terminal
from .text import TextError, is_log_message, scan
from .tree import Tree, load

COMMAND = "show running-config"
#: seconds that an old switch may think before it prints its configuration
_BUILD = 60.0
_BEGIN = re.compile(r"^(Building configuration|Current configuration|version \d)", re.MULTILINE)
_NOISE = re.compile(
    r"^(Building configuration\.\.\.|Current configuration ?: .*|! Last configuration change at .*"
    r"|! NVRAM config last updated at .*|! No configuration change since last restart|ntp clock-period \d+)$"
)


@dataclass(frozen=True)
class Reading:
    """``text``: from the first line of configuration to ``end``, without what the log printed in between.

    ``snmp_users``: what the device told of each SNMPv3 user, where it was asked.
    """

    text: str
    snmp_users: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def tree(self) -> Tree:
        """The configuration. Raises `SessionLostError` when it is not one."""
        try:
            return load(scan(self.text))
        except TextError as error:
            raise SessionLostError(f"konfigurasi yang terbaca tidak utuh (baris {error.number}: {error})") from error

    def archive(self) -> str:
        """The text without what changes from one reading to the next."""
        lines = [line for line in self.text.split("\n") if not _NOISE.match(line)]
        return "\n".join(lines).strip("\n") + "\n"


def read(session: Session, names: tuple[str, ...] = (), *, snmp: bool = False) -> Reading:
    """Read the running configuration, at the prompt or, in a session without one, on a channel of its own.

    ``snmp``: SNMPv3 users too. Without a prompt that takes a login of its own: IOS serves one channel a connection.

    Raises:
        SessionLostError: the session broke, or what came is not a whole configuration.
    """
    told = ""
    if session.connection is not None:
        terminal = Terminal(session, names)
        output = terminal.run(COMMAND, quiet=_BUILD)
        told = terminal.run(snmp_users.COMMAND) if snmp else ""
    else:
        output = session.run(COMMAND, timeout=_BUILD * 2).out.decode(errors="replace")
        if snmp:
            with Session.open(session.login, "cisco_ios", interactive=False) as second:
                told = second.run(snmp_users.COMMAND, timeout=_BUILD).out.decode(errors="replace")
    return replace(whole(output, session.login.host), snmp_users=snmp_users.shown(told))


def whole(output: str, host: str) -> Reading:
    """Cut the configuration out of an answer. Raises `SessionLostError` unless it has its beginning and its end."""
    lines = [line.rstrip() for line in output.replace("\r", "").split("\n")]
    kept = [line for line in lines if not is_log_message(line)]
    text = "\n".join(kept)
    if not _BEGIN.search(text) or "end" not in kept:
        shown = next((line for line in reversed(kept) if line.strip()), "kosong")
        raise SessionLostError(f"{host}: show running-config tidak utuh (berakhir dengan {shown[:60]!r})")
    last = len(kept) - 1 - kept[::-1].index("end")
    if any(line.strip() for line in kept[last + 1 :]):
        raise SessionLostError(f"{host}: show running-config disusul teks lain ({kept[-1][:60]!r})")
    return Reading("\n".join(kept[: last + 1]) + "\n")
