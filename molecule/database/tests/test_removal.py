# SPDX-License-Identifier: GPL-3.0-or-later
"""Data of an application that left the register go on demand, after a last dump of each."""

from __future__ import annotations

import json
from typing import Any

import pytest
import scenario_drift
from database_keeper import LEFT

testinfra_hosts = ["ansible://srv1", "ansible://srv2"]


@pytest.fixture(scope="session")
def removed(locked: str) -> str:  # noqa: ARG001
    done = scenario_drift.play("-e", LEFT, "-e", '{"database_remove_unlisted": true}')
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.usefixtures("removed")
@pytest.mark.parametrize(("engine", "name"), [("mariadb", "e_izin"), ("postgresql", "portal")])
def test_removal_makes_a_last_dump(keeper: Any, engine: str, name: str) -> None:
    ask = {"mariadb": "SHOW DATABASES", "postgresql": "SELECT datname FROM pg_database"}
    assert name not in keeper.own(engine, "", ask[engine]).split()
    path = f"/var/backups/terpusat/database/{engine}/{name.replace('_', '-')}.json"
    assert json.loads(keeper.read("cat %s", path))["name"] == name


def test_nothing_else_changed(removed: str) -> None:
    assert [task.removeprefix("keep | ") for task in scenario_drift.changed_tasks(removed)] == [
        "Give each application its database and its account",
        "Dump the databases",
    ]
