# SPDX-License-Identifier: GPL-3.0-or-later
"""What all emulated platforms share: the SSH server, the terminal, faults, time, the command log, the farm."""

from .farm import DeviceHandle, Farm
from .faults import (
    Banner,
    DropAt,
    Fault,
    FreezeAt,
    ImportFailsAt,
    LogMessageAt,
    NewHostKey,
    Paging,
    RebootAt,
    RefuseLogin,
    SlowBytes,
    WrongPrompt,
)
from .log import LogEntry
from .personality import Personality

__all__ = [
    "Banner",
    "DeviceHandle",
    "DropAt",
    "Farm",
    "Fault",
    "FreezeAt",
    "ImportFailsAt",
    "LogEntry",
    "LogMessageAt",
    "NewHostKey",
    "Paging",
    "Personality",
    "RebootAt",
    "RefuseLogin",
    "SlowBytes",
    "WrongPrompt",
]
