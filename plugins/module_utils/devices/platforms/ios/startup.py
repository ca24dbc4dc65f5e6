# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether the startup configuration is the running one: what a reboot would bring.

The header of ``show running-config`` tells when each was written, so asking costs nothing on a device that is saved. It
also moves when somebody only entered configuration mode; then the two are compared.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime

from .text import TextError, scan

_WHEN = r"(?P<time>\d\d:\d\d:\d\d)(?:\.\d+)? \S+ \w{3} (?P<date>\w{3} +\d+ \d{4})"
_CHANGED = re.compile(rf"^! Last configuration change at {_WHEN}", re.MULTILINE)
_SAVED = re.compile(rf"^! NVRAM config last updated at {_WHEN}", re.MULTILINE)
#: shown whole in one and as the name of a file in the other
_CERTIFICATES = "crypto pki certificate chain "


def suspicious(running: str) -> bool:
    """Whether the header says that something was changed after the last save."""
    changed, saved = (_moment(pattern.search(running)) for pattern in (_CHANGED, _SAVED))
    return changed is not None and (saved is None or saved < changed)


def differs(running: str, startup: str) -> bool:
    """Whether both texts, as ``show`` prints them, configure something else."""
    try:
        return list(_settings(running)) != list(_settings(startup))
    except TextError:
        # No startup configuration, or one that was cut off.
        return True


def _settings(text: str) -> Iterator[str]:
    skipping = False
    for line in scan(text):
        skipping = line.text.startswith(_CERTIFICATES) if not line.indent else skipping
        if not skipping and not line.text.startswith(("ntp clock-period ", "Using ")):
            yield f"{' ' * line.indent}{line.text}"


def _moment(match: re.Match[str] | None) -> datetime | None:
    if match is None:
        return None
    return datetime.strptime(f"{' '.join(match['date'].split())} {match['time']}", "%b %d %Y %H:%M:%S")
