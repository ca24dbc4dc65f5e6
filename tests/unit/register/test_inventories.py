# SPDX-License-Identifier: GPL-3.0-or-later
"""The registers in the repository are sound: the lab's, and the example that people copy."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from ansible_collections.diskominfo.terpusat.plugins.module_utils.register import Register, load
from ansible_collections.diskominfo.terpusat.plugins.module_utils.register.models import READINESS, SEGMENTS, STAGES

INVENTORIES = Path(__file__).parents[3] / "inventories"


#: What the example is warned of, because a regency always has something of the kind.
WARNINGS = {
    # Prefixes of RFC 3849 and RFC 5737: nothing of the lab is anybody's.
    "lab": ["government.bgp.prefixes[#1]", "government.address_pools.ipv6"],
    "contoh": ["opds[kec-umpama].locations[kantor].existing_lans[#1]"],
}


def read(name: str) -> Register:
    result = load(INVENTORIES / name / "register")
    assert [problem.key for problem in result.problems] == WARNINGS[name], result.text()
    assert result.register is not None
    return result.register


@pytest.mark.parametrize("name", ["lab", "contoh"])
def test_without_errors_and_with_the_warnings_that_are_meant(name: str) -> None:
    read(name)


def test_example_shows_everything() -> None:
    register = read("contoh")
    kinds = Counter(opd.kind for opd in register.opds)
    assert (kinds["kecamatan"], kinds["puskesmas"], len(register.opds)) == (30, 30, 120)
    assert {segment for opd in register.opds for place in opd.locations for segment in place.segments} == set(SEGMENTS)
    assert register.government.address_pools.ipv6 is not None
    assert {device.readiness for device in register.devices} == set(READINESS)
    assert {opd.stage for opd in register.opds} == set(STAGES)
    assert {server.readiness for server in register.servers} >= {"in_service", "racked", "arrived", "ordered"}
    assert {device.platform for device in register.devices} == {"linux", "ios", "routeros"}
    assert {circuit.kind for circuit in register.circuits} == {"uplink", "leased_line", "own_subscription"}
    assert any(not opd.coverage.reachable for opd in register.opds)
    assert any(application.runs_at.outside for application in register.applications)
    assert {server.basis for server in register.servers} == {"own", "penggunaan_sementara"}


def test_example_says_that_it_is_invented() -> None:
    for stem in ("government", "opds", "circuits", "bandwidth", "devices", "servers", "applications"):
        lines = (INVENTORIES / "contoh" / "register" / f"{stem}.yml").read_text(encoding="utf-8").splitlines()
        assert any("rekaan" in line for line in lines[:3]), stem


def test_example_points_editors_to_the_schemas() -> None:
    for path in sorted((INVENTORIES / "contoh" / "register").glob("*.yml")):
        first = path.read_text(encoding="utf-8").splitlines()[0]
        prefix = "# yaml-language-server: $schema="
        assert first.startswith(prefix), path
        assert (path.parent / first.removeprefix(prefix)).resolve().is_file(), path
