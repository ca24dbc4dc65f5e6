# SPDX-License-Identifier: GPL-3.0-or-later
"""What the journal hears of a transaction."""

from __future__ import annotations

import pytest
from fake_device import Book, Device, run

from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.outcome import (
    Outcome,
)


def test_the_journal_has_both_ends_of_a_change() -> None:
    book = Book()
    run(Device("old"), journal=book)
    assert book.entries == [
        ("begin", Outcome.FAILED, {"all": "old"}, {}),
        ("end", Outcome.CHANGED, {"all": "old"}, {"all": "new"}),
    ]


def test_the_journal_has_the_rollback_too() -> None:
    book = Book()
    run(Device("old", "apply"), journal=book)
    assert book.entries[-1] == ("end", Outcome.ROLLED_BACK, {"all": "old"}, {"all": "old"})


@pytest.mark.parametrize("running", ["old", "new"])
def test_the_journal_has_nothing_of_what_touched_nothing(running: str) -> None:
    book = Book()
    run(Device(running), journal=book, check_mode=True)
    assert book.entries == []


def test_nothing_is_touched_that_cannot_be_recorded() -> None:
    device = Device("old")
    report = run(device, journal=Book(full=True))
    assert (report.outcome, report.message) == (Outcome.REFUSED, "buku bukti penuh")
    assert "arm" not in device.log


def test_an_end_that_cannot_be_recorded_is_told() -> None:
    report = run(Device("old"), journal=Book(full_later=True))
    assert report.outcome is Outcome.CHANGED
    assert "buku bukti penuh" in report.notices[-1]
