# SPDX-License-Identifier: GPL-3.0-or-later
"""The register of the tests is valid, so whatever a test finds comes from its own edit."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from ipaddress import IPv4Address, IPv4Interface, IPv4Network
from typing import Any

import pytest
from pydantic import ValidationError

from ansible_collections.diskominfo.terpusat.plugins.module_utils.register.models import PortRef, Register, VlanRange


@pytest.fixture
def register(load_register: Any) -> Register:
    result = load_register()
    assert result.problems == ()
    assert result.register is not None
    return result.register  # type: ignore[no-any-return]


def test_values_have_their_units(register: Register) -> None:
    circuit = register.circuit("isp-a")
    assert circuit.capacity.domestic == 200_000_000
    assert circuit.capacity.usable == 200_000_000
    assert circuit.monthly_cost == Decimal("60000000.00")
    assert circuit.contract.end == date(2026, 12, 31)
    assert circuit.handoff is not None
    assert circuit.handoff.address == IPv4Interface("203.0.113.2/30")
    assert register.server("srv1").specs.ram == 8_000_000_000
    assert register.government.address_pools.management == IPv4Network("10.99.0.0/24")
    assert register.government.vlans.transit == VlanRange(100, 399)
    assert len(register.government.vlans.transit) == 300
    assert 399 in register.government.vlans.transit
    assert 400 not in register.government.vlans.transit
    assert register.government.iana_time_zone == "Asia/Jakarta"
    assert register.device("br1").management_address == IPv4Address("10.99.0.11")
    assert register.device("br1").asset.register_number == "0001"


def test_lookups(register: Register) -> None:
    assert register.opd("dinkes").location("kantor") == register.location("dinkes/kantor")
    assert register.opd("dinkes").location("gudang") is None
    assert register.bandwidth_of("dinkes").allocated == 15_000_000
    assert register.node("srv1") is register.server("srv1")
    assert register.node("br1") is register.device("br1")
    assert register.server_location("srv1") == "kominfo/dc"
    assert [a.code for a in register.applications_on("srv1")] == ["simpus", "portal"]
    assert register.applications_on("srv2") == ()
    assert register.application("absensi").runs_at.outside == "Hosting PT Tiga"
    port = register.device("br1").port("eth2")
    assert port is not None
    assert port.to == PortRef("core1", "eth1")
    assert str(port.to) == "core1:eth1"
    with pytest.raises(KeyError):
        register.opd("tidak-ada")


def test_records_cannot_be_changed(register: Register) -> None:
    with pytest.raises(ValidationError):
        register.opd("dinkes").users = 1
    assert hash(register.device("br1")) == hash(register.device("br1"))


def test_scalars_are_what_the_person_wrote(load_register: Any) -> None:
    """YAML 1.1 would read no, 0012 and 1.10 as false, ten and a float."""
    result = load_register(
        ("devices", 'register: "0001"}\n    readiness: ordered', "register: 0012}\n    readiness: ordered"),
        ("devices", "model: Switch", "model: 1.10"),
        ("servers", "rack: R1, power_feed: A", "rack: no, power_feed: on"),
        ("opds", "name: Kantor Disdik", "name: 2026-01-01"),
    )
    assert result.problems == ()
    assert result.register.device("rt-disdik").asset.register_number == "0012"
    assert result.register.device("core1").model == "1.10"
    assert result.register.server("srv1").place.rack == "no"
    assert result.register.server("srv1").place.power_feed == "on"
    assert result.register.location("disdik/kantor").name == "2026-01-01"


def test_optional_key_may_stand_empty(load_register: Any) -> None:
    result = load_register(("government", "asn: 64512", "asn:"))
    assert result.problems == ()
    assert result.register.government.asn is None
