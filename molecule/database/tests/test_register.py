# SPDX-License-Identifier: GPL-3.0-or-later
"""What is changed by hand is named and mended; an application that leaves the register loses access, later its data."""

from __future__ import annotations

from typing import Any

import pytest

testinfra_hosts = ["ansible://srv1", "ansible://srv2"]
GONE = [("mariadb", "e_izin", "srv1"), ("postgresql", "portal", "srv2")]
STAY = [("mariadb", "exizin", "srv2"), ("postgresql", "simpus", "srv1")]


def test_changes_by_hand_are_named(tampered: list[str]) -> None:
    # Reading the configuration anew is what follows; nothing else would change.
    assert [task.removeprefix("keep | ") for task in tampered] == [
        "Configure engines, dumps and recovery",
        "Reload PostgreSQL",
        "Give each application its database and its account",
    ]


@pytest.mark.usefixtures("locked")
@pytest.mark.parametrize(("engine", "name", "at"), STAY)
def test_they_are_mended(keeper: Any, engine: str, name: str, at: str) -> None:
    assert keeper.sql(engine, name, "SELECT 1", at=at).succeeded
    assert keeper.sql(engine, name, "SELECT 1", at=at, tls=False).failed


@pytest.mark.parametrize(("engine", "name", "at"), GONE)
def test_who_left_is_locked_out_and_its_data_stay(keeper: Any, locked: str, engine: str, name: str, at: str) -> None:
    assert keeper.sql(engine, name, "SELECT 1", at=at).failed
    assert keeper.own(engine, name, "SELECT 1") == "1"
    assert "e_izin, portal tidak lagi milik aplikasi mana pun" in " ".join(locked.split())


@pytest.mark.usefixtures("locked")
def test_dumps_follow_the_hour_of_the_register(keeper: Any) -> None:
    assert "02:45" in keeper.read("systemctl show --property=TimersCalendar terpusat-dump.timer")
