# SPDX-License-Identifier: GPL-3.0-or-later
"""The machines of the scenario, and the intent that both keep."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

import pytest
import scenario_drift
import testinfra
from testinfra.host import Host

sys.path.insert(0, str(Path(__file__).parent))
from database_keeper import LEFT, Keeper

SCENARIO = Path(os.environ["MOLECULE_SCENARIO_DIRECTORY"])


@pytest.fixture(scope="session")
def machines() -> dict[str, Host]:
    inventory = os.environ["MOLECULE_INVENTORY_FILE"]
    return {name: testinfra.get_host(f"ansible://{name}", ansible_inventory=inventory) for name in ("srv1", "srv2")}


@pytest.fixture(scope="session")
def intent() -> dict[str, Any]:
    return dict(json.loads((SCENARIO / "hosts" / "srv1.json").read_text())["terpusat_intent"])


@pytest.fixture
def keeper(host: Host, machines: dict[str, Host]) -> Keeper:
    return Keeper(host, machines)


@pytest.fixture(scope="session")
def tampered(machines: Any) -> list[str]:
    """Both machines are changed by hand in the same ways; the tasks that a check run names."""
    for host in machines.values():
        with host.sudo():
            for sql in (
                "GRANT SELECT ON *.* TO 'e_izin'@'10.10.0.11'",
                "ALTER USER 'exizin'@'10.10.0.12' REQUIRE NONE",
            ):
                assert host.run("mariadb -e %s", sql).succeeded
            for sql in ("ALTER ROLE simpus PASSWORD 'lain'", "GRANT pg_read_all_data TO portal"):
                assert host.run("cd / && runuser -u postgres -- psql -X -c %s", sql).succeeded
            assert host.run("echo 'host all all 0.0.0.0/0 trust' | tee -a /etc/postgresql/*/main/pg_hba.conf").succeeded
    return scenario_drift.would_change()


@pytest.fixture(scope="session")
def locked(tampered: list[str]) -> str:  # noqa: ARG001
    """Two applications leave the register; the same run mends what was changed by hand."""
    done = scenario_drift.play("-e", LEFT)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout
