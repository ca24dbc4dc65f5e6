# SPDX-License-Identifier: GPL-3.0-or-later
"""A busy machine may end a transaction before the blow: the next attempt starts from the same device as the first."""

from __future__ import annotations

import pytest
from struck import UnreachedError, until_struck


class Device:
    """Becomes ``new`` by every attempt; the blow falls at the given one."""

    def __init__(self, struck_at: int) -> None:
        self.state = "old"
        self.begun_from: list[tuple[int, str]] = []
        self._struck_at = struck_at

    def attempt(self, seconds: int) -> str:
        self.begun_from.append((seconds, self.state))
        self.state = "new"
        if len(self.begun_from) < self._struck_at:
            raise UnreachedError("changed: the session was lost and another one came through")
        return self.state

    def give_back(self, _: int) -> None:
        self.state = "old"


def test_the_first_attempt_is_the_only_one_when_the_blow_falls() -> None:
    device = Device(struck_at=1)
    assert until_struck(device.attempt, device.give_back, (20, 60)) == "new"
    assert device.begun_from == [(20, "old")]


def test_each_attempt_has_a_longer_guard_and_the_device_as_it_was() -> None:
    device = Device(struck_at=3)
    assert until_struck(device.attempt, device.give_back, (20, 60, 180)) == "new"
    assert device.begun_from == [(20, "old"), (60, "old"), (180, "old")]


def test_what_never_falls_is_told_and_leaves_the_device_for_the_next_strike() -> None:
    device = Device(struck_at=9)
    with pytest.raises(UnreachedError, match="another one came through"):
        until_struck(device.attempt, device.give_back, (20, 60))
    assert device.state == "old"
