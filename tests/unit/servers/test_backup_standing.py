# SPDX-License-Identifier: GPL-3.0-or-later
"""What counts as a backup, and what only looks like one."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.diskominfo.terpusat.plugins.module_utils.servers.backup_standing import (
    DAY,
    Row,
    rows,
    table,
    without,
)

NOW = 1_800_000_000.0
DONE = {"last_success": NOW - DAY / 2, "failed": 0}
TESTED = {"last_success": NOW - 3 * DAY, "ok": 1, "problems": []}


def server(
    status: dict[str, Any] | None,
    tests: dict[str, Any] | None,
    *,
    separate: bool = True,
    names: tuple[str, ...] = ("srv2",),
) -> dict[str, Any]:
    places = [{"name": name, "url": "https://x", "separate": separate} for name in names]
    return {"name": "srv1", "applications": ["simpus"], "client": {"places": places}, "status": status, "tests": tests}


def judged(*arguments: Any, **more: Any) -> Row:
    (row,) = rows([server(*arguments, **more)], NOW)
    return row


def test_recent_elsewhere_and_restored_counts() -> None:
    row = judged({"srv2": DONE}, {"srv2": TESTED})
    assert row.counts
    assert row.place == "srv2"
    assert without([row]) == []


@pytest.mark.parametrize(
    ("status", "tests", "separate", "reason"),
    [
        (DONE, TESTED, False, "rak yang sama"),
        ({"failed": 1}, {}, True, "belum pernah dicadangkan"),
        ({"last_success": NOW - 4 * DAY}, TESTED, True, "cadangan terakhir 4 hari lalu"),
        (DONE, {}, True, "belum pernah diuji pulih"),
        (DONE, {**TESTED, "ok": 0, "problems": ["a kembali dengan isi lain"]}, True,
         "uji pulih gagal: a kembali dengan isi lain"),
        (DONE, {"last_success": NOW - 20 * DAY, "ok": 1}, True, "uji pulih terakhir 20 hari lalu"),
    ],
)  # fmt: skip
def test_what_is_no_backup(status: Any, tests: Any, separate: bool, reason: str) -> None:
    row = judged({"srv2": status}, {"srv2": tests}, separate=separate)
    assert row.reason == reason
    assert without([row]) == ["simpus"]
    assert table([row])[1].endswith(f"BUKAN CADANGAN: {reason}")


def test_one_good_place_is_enough() -> None:
    found = rows([server({"luar": DONE}, {"luar": TESTED}, names=("srv2", "luar"))], NOW)
    assert [row.counts for row in found] == [False, True]
    assert without(found) == []


def test_a_server_that_does_not_answer_is_not_called_safe() -> None:
    row = judged(None, None)
    assert not row.counts
    assert "tidak menjawab" in row.reason


def test_an_application_without_any_place_is_listed() -> None:
    (row,) = rows([{**server({}, {}), "client": None}], NOW)
    assert without([row]) == ["simpus"]
    assert "tidak dicadangkan menurut register" in row.reason
