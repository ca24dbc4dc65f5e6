# SPDX-License-Identifier: GPL-3.0-or-later
"""Everything a device was told, in order: the proof of what a client did, and of what it did not do."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

# login     a session was authenticated (text: user name)
# refused   a login was refused (text: user name)
# command   a line typed at a prompt
# exec      a command sent over an SSH exec channel
# answer    a line or key typed at a question of the device ("***" for passwords)
# upload    a file arrived (text: "<method> <path> <bytes>"), download: one was read
# applied   a line of a file or script that the device executed by itself (copy, /import, a timer)
# event     something the device did: reboot, timer fired, rollback
# logout    a session ended
Kind = Literal["login", "refused", "command", "exec", "answer", "upload", "download", "applied", "event", "logout"]

# What counts for the `n` of a fault: one order of the client each.
COUNTED: frozenset[str] = frozenset({"command", "exec", "upload"})


@dataclass(frozen=True)
class LogEntry:
    """`session`: number of the session on this device (0: the device itself); `at`: seconds since the farm started."""

    session: int
    kind: Kind
    text: str
    at: float


class CommandLog:
    def __init__(self) -> None:
        self.entries: list[LogEntry] = []
        self.counted = 0

    def add(self, session: int, kind: Kind, text: str, at: float) -> None:
        self.entries.append(LogEntry(session, kind, text, at))
        self.counted += kind in COUNTED

    def __iter__(self) -> Iterator[LogEntry]:
        return iter(self.entries)
