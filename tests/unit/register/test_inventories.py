# SPDX-License-Identifier: GPL-3.0-or-later
"""The registers in the repository are sound: the lab's, and the example that people copy."""

from __future__ import annotations

from pathlib import Path

import pytest

from ansible_collections.diskominfo.terpusat.plugins.module_utils.register import Register, load
from ansible_collections.diskominfo.terpusat.plugins.module_utils.register.models import READINESS, STAGES

INVENTORIES = Path(__file__).parents[3] / "inventories"


def read(name: str) -> Register:
    result = load(INVENTORIES / name / "register")
    assert result.problems == (), result.text()
    assert result.register is not None
    return result.register


@pytest.mark.parametrize("name", ["lab", "contoh"])
def test_without_a_single_remark(name: str) -> None:
    read(name)


def test_example_shows_everything() -> None:
    register = read("contoh")
    assert len(register.opds) >= 12
    assert {device.readiness for device in register.devices} == set(READINESS)
    assert {opd.stage for opd in register.opds} == set(STAGES)
    assert {server.readiness for server in register.servers} >= {"in_service", "racked", "arrived", "ordered"}
    assert {device.platform for device in register.devices} == {"linux", "ios", "routeros"}
    assert {circuit.kind for circuit in register.circuits} == {"uplink", "leased_line", "own_subscription"}
    assert any(not opd.coverage.reachable for opd in register.opds)
    assert any(application.runs_at.outside for application in register.applications)
    assert {server.basis for server in register.servers} == {"own", "penggunaan_sementara"}


def test_example_says_that_it_is_invented() -> None:
    assert "rekaan" in (INVENTORIES / "contoh" / "register" / "government.yml").read_text(encoding="utf-8")


def test_example_points_editors_to_the_schemas() -> None:
    for path in sorted((INVENTORIES / "contoh" / "register").glob("*.yml")):
        first = path.read_text(encoding="utf-8").splitlines()[0]
        prefix = "# yaml-language-server: $schema="
        assert first.startswith(prefix), path
        assert (path.parent / first.removeprefix(prefix)).resolve().is_file(), path
