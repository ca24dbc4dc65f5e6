# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which applications have a backup: judged by what the register says and what the servers recorded.

A backup counts where it is recent, lies outside the rack of what it keeps, and was restored recently with nothing
missing. Everything else is shown as none, with the reason.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

DAY = 86400
#: A daily backup may miss its hour by a night; a weekly test by a week.
MAX_BACKUP_AGE = 2 * DAY
MAX_TEST_AGE = 15 * DAY
_NEVER = "belum pernah"


@dataclass(frozen=True)
class Row:
    """One application at one place. ``reason`` is empty where the backup counts."""

    application: str
    server: str
    place: str
    backed_up: str
    tested: str
    reason: str

    @property
    def counts(self) -> bool:
        return not self.reason


def rows(servers: Iterable[Mapping[str, Any]], now: float) -> list[Row]:
    """``servers``: each with ``name``, ``applications``, ``client`` of the intent or None, and the recorded ``status``
    and ``tests`` (both None where the server did not answer)."""
    found: list[Row] = []
    for server in servers:
        client = server.get("client")
        for code in server["applications"]:
            if not client:
                reason = "server ini tidak dicadangkan menurut register"
                found.append(Row(code, server["name"], "-", _NEVER, _NEVER, reason))
                continue
            found += [_row(code, server, place, now) for place in client["places"]]
    return found


def _row(code: str, server: Mapping[str, Any], place: Mapping[str, Any], now: float) -> Row:
    name = place["name"]
    if server.get("status") is None or server.get("tests") is None:
        return Row(code, server["name"], name, "?", "?", "server tidak menjawab, keadaannya tidak diketahui")
    status, test = server["status"].get(name, {}), server["tests"].get(name, {})
    backed_up, tested = status.get("last_success"), test.get("last_success")
    return Row(
        code,
        server["name"],
        name,
        _day(backed_up),
        _day(tested),
        _reason(place, status, test, now),
    )


def _reason(place: Mapping[str, Any], status: Mapping[str, Any], test: Mapping[str, Any], now: float) -> str:
    """Why it is no backup, the worst first; empty when it is one."""
    backed_up, tested = status.get("last_success"), test.get("last_success")
    if not place["separate"]:
        return "rak yang sama"
    if backed_up is None:
        return "belum pernah dicadangkan"
    if now - backed_up > MAX_BACKUP_AGE:
        return f"cadangan terakhir {_days(now - backed_up)} hari lalu"
    if test and not test.get("ok"):
        problems = test.get("problems") or ["lihat restore-test.json"]
        return f"uji pulih gagal: {problems[0]}"
    if tested is None:
        return "belum pernah diuji pulih"
    if now - tested > MAX_TEST_AGE:
        return f"uji pulih terakhir {_days(now - tested)} hari lalu"
    return ""


def without(found: Iterable[Row]) -> list[str]:
    """Applications that no place keeps a backup of."""
    listed = list(found)
    safe = {row.application for row in listed if row.counts}
    return sorted({row.application for row in listed} - safe)


def table(found: Iterable[Row]) -> list[str]:
    """For the terminal, aligned."""
    head = ("APLIKASI", "SERVER", "DI", "DICADANGKAN", "DIUJI PULIH", "KEADAAN")
    lines = [head] + [
        (row.application, row.server, row.place, row.backed_up, row.tested, "BUKAN CADANGAN: " + row.reason)
        if row.reason
        else (row.application, row.server, row.place, row.backed_up, row.tested, "ada")
        for row in found
    ]
    widths = [max(len(line[column]) for line in lines) for column in range(len(head))]
    return ["  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in lines]


def _day(moment: float | None) -> str:
    return _NEVER if moment is None else f"{datetime.fromtimestamp(moment):%Y-%m-%d %H:%M}"


def _days(seconds: float) -> int:
    return int(seconds // DAY)
