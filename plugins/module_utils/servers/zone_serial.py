# SPDX-License-Identifier: GPL-3.0-or-later
"""Serial number of a zone file: a larger one whenever anything else in the file changes, and only then (RFC 1912, 2.2).

Seconds since 1970, so that a primary that was built anew goes on above what its secondaries know.
"""

from __future__ import annotations

import re

#: Stands in the wanted text where the serial goes.
TOKEN = "@SERIAL@"
_LARGEST = 2**32 - 1


def serial_of(found: str, wanted: str) -> int | None:
    """The serial of the file that stands; None where it is not the wanted file with a serial in the token's place."""
    before, token, after = wanted.partition(TOKEN)
    match = re.fullmatch(re.escape(before) + r"(\d{1,10})" + re.escape(after), found) if token else None
    return int(match[1]) if match else None


def last_serial(found: str) -> int:
    """The serial in the SOA record of any zone file of ours; 0 where there is none."""
    match = re.search(r"\bSOA\s+\S+\s+\S+\s+\(?\s*(\d{1,10})", found)
    return int(match[1]) if match else 0


def with_serial(found: str, wanted: str, now: float) -> str:
    """The text to write: the standing one when only the serial differs, else the wanted one with the next serial."""
    if serial_of(found, wanted) is not None:
        return found
    return wanted.replace(TOKEN, str(min(max(last_serial(found) + 1, int(now)), _LARGEST)))
