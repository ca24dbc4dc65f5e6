# SPDX-License-Identifier: GPL-3.0-or-later
"""A zone's serial grows when the zone changes, and only then."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.diskominfo.terpusat.plugins.module_utils.servers.zone_serial import (
    last_serial,
    serial_of,
    with_serial,
)

ZONE = "$TTL 60\n@ IN SOA ns1.uji.go.id. noc.uji.go.id. (\n\t@SERIAL@ 3600 900 86400 60 )\n@ IN NS ns1\n"
TEXT = st.text(alphabet="ab .\n0123", max_size=20)


def test_a_new_zone_begins_with_the_time() -> None:
    assert serial_of(with_serial("", ZONE, 1_700_000_000.9), ZONE) == 1_700_000_000


def test_the_same_zone_keeps_its_serial() -> None:
    standing = with_serial("", ZONE, 1_700_000_000)
    assert with_serial(standing, ZONE, 1_800_000_000) == standing


def test_a_clock_that_went_back_still_gives_a_larger_serial() -> None:
    standing = with_serial("", ZONE, 1_700_000_000)
    assert last_serial(with_serial(standing, ZONE + "a A 10.0.0.1\n", 1_600_000_000)) == 1_700_000_001


def test_a_serial_written_by_hand_is_overtaken() -> None:
    standing = with_serial("", ZONE, 1_700_000_000).replace("3600", "3601").replace("1700000000", "2026112299")
    assert last_serial(with_serial(standing, ZONE, 1_700_000_000)) == 2026112300


@given(before=TEXT, after=TEXT, now=st.integers(1, 2**31))
def test_serials_grow_exactly_with_changes(before: str, after: str, now: int) -> None:
    first = with_serial("", ZONE + before, now)
    second = with_serial(first, ZONE + after, now)
    assert (last_serial(second) > last_serial(first)) == (before != after)
    assert second == (ZONE + after).replace("@SERIAL@", str(last_serial(second)))
