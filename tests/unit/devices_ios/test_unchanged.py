# SPDX-License-Identifier: GPL-3.0-or-later
"""The quick answer never says anything else than the long way round."""

from __future__ import annotations

import pytest
from configurations import OWN, configuration
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.outcome import RefusedError
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.platforms.ios import (
    compare,
    outline,
    unchanged,
)
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.platforms.ios.parse import Intended, parse
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.platforms.ios.reading import Reading
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.state import Comparison, differences
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.target import Target

TARGET = Target("sw1", None, "admin", "10.99.0.2", ("10.1.2.3/32",))


def read(text: str) -> Intended:
    try:
        return parse(text, TARGET)
    except RefusedError:
        assume(False)
        raise


def both(intended: Intended, running: str) -> tuple[Comparison | None, Comparison]:
    reading = Reading(running)
    return unchanged.comparison(intended, reading), compare.comparison(compare.sides(intended, reading.tree))


@given(running=configuration(), own=st.booleans(), dropped=st.sets(st.integers(0, 40)))
@settings(max_examples=150)
def test_a_device_as_intended_is_known_at_once(running: str, own: bool, dropped: set[int]) -> None:
    """Also when only a part of what it runs is intended, and in another order."""
    parts = outline.sections(read(running).lines)
    kept = [part for number, part in enumerate(parts) if number not in dropped]
    assume(kept)
    text = "".join(f"{' ' * line.indent}{line.text}\n" for header, lines in kept for line in (header, *lines))
    assume("\n" not in "".join(line.text for header, lines in kept for line in (header, *lines)))
    quick, slow = both(read((OWN if own else "") + text), running)
    if differences(slow.running, slow.intended):
        assert quick is None
    else:
        assert quick is not None
        assert sorted(quick.unmanaged) == sorted(slow.unmanaged)


@given(running=configuration(), intended=configuration())
@settings(max_examples=150)
def test_a_device_that_differs_is_never_called_unchanged(running: str, intended: str) -> None:
    wanted = read(OWN + intended)
    try:
        quick, slow = both(wanted, running)
    except RefusedError:
        assert unchanged.comparison(wanted, Reading(running)) is None
        return
    assert quick is None or not differences(slow.running, slow.intended)


BASE = "hostname sw1\naccess-list 10 permit 10.0.0.1\naccess-list 10 deny any\nlogging host 10.0.0.9\n"


@pytest.mark.parametrize(
    ("running", "same"),
    [
        (BASE, True),
        (BASE + "snmp-server location gudang\n", True),
        ("logging host 10.0.0.9\n" + BASE.replace("logging host 10.0.0.9\n", ""), True),
        (
            BASE.replace("10 permit 10.0.0.1\naccess-list 10 deny any", "10 deny any\naccess-list 10 permit 10.0.0.1"),
            False,
        ),
        (BASE + "access-list 10 permit 10.0.0.7\n", False),
        (BASE.replace("hostname sw1", "hostname sw2"), False),
        (BASE.replace("logging host 10.0.0.9\n", ""), False),
    ],
)
def test_order_and_leftovers(running: str, same: bool) -> None:
    quick, slow = both(parse(BASE, TARGET), running)
    assert (quick is not None) is same
    assert (not differences(slow.running, slow.intended)) is same
