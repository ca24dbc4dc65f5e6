# Copyright: Terpusat contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The promises of the address plan: nobody is renumbered, nothing overlaps, nothing leaves its pool."""

from __future__ import annotations

from ipaddress import ip_network
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from regency import POOLS, regency, router

from ansible_collections.diskominfo.terpusat.plugins.module_utils.planning.addressing import (
    SECTIONS,
    plan,
    wanted,
)
from ansible_collections.diskominfo.terpusat.plugins.module_utils.planning.allocations import (
    Allocations,
    LocationAllocation,
)
from ansible_collections.diskominfo.terpusat.plugins.module_utils.planning.changes import changes
from ansible_collections.diskominfo.terpusat.plugins.module_utils.register.models import Register

OFFICES = [f"{opd}/{place}" for opd in ("dinkes", "disdik", "satpolpp", "bpkad") for place in ("kantor", "cabang")]
SERVERS = [f"srv{number}" for number in range(1, 7)]

offices = st.lists(st.sampled_from(OFFICES), unique=True, max_size=len(OFFICES))
servers = st.lists(st.sampled_from(SERVERS), unique=True, max_size=len(SERVERS))
registers = st.builds(regency, offices, servers)


def entries(allocations: Allocations) -> dict[tuple[str, str], object]:
    return {(section, key): value for section in SECTIONS for key, value in getattr(allocations, section).items()}


@given(history=st.lists(registers, min_size=1, max_size=4))
def test_nothing_that_has_a_number_is_renumbered(history: list[Register]) -> None:
    allocations = Allocations()
    for register in history:
        before = entries(allocations)
        allocations = plan(register, allocations).allocations
        after = entries(allocations)
        assert {key: after.get(key) for key in before} == before


@given(history=st.lists(registers, min_size=1, max_size=4))
def test_everything_wanted_has_a_number_that_nobody_else_has(history: list[Register]) -> None:
    allocations = Allocations()
    for register in history:
        result = plan(register, allocations)
        allocations = result.allocations
        assert result.shortages == ()
        needed = wanted(register)
        assert set(needed.loopbacks) <= set(allocations.loopbacks)
        assert set(needed.locations) <= set(allocations.locations)
        assert set(needed.links) <= set(allocations.links)
        assert set(needed.servers) <= set(allocations.servers)
        centre = allocations.data_centre
        assert centre is not None
        subnets = [centre.subnet, *(item.lan for item in allocations.locations.values())]
        subnets += [item.subnet for item in allocations.links.values()]
        assert not any(one.overlaps(other) for one, other in combinations(subnets, 2))
        addresses = [centre.gateway, *allocations.servers.values(), *allocations.loopbacks.values()]
        assert len(addresses) == len(set(addresses))
        vlans = [centre.vlan, *(item.vlan for item in allocations.links.values())]
        assert len(vlans) == len(set(vlans))


@given(register=registers)
def test_every_number_comes_from_its_pool(register: Register) -> None:
    allocations = plan(register, Allocations()).allocations
    pools = {name: ip_network(pool) for name, pool in POOLS.items()}
    assert all(address in pools["loopback"] for address in allocations.loopbacks.values())
    assert all(item.lan.subnet_of(pools["office_lan"]) for item in allocations.locations.values())
    assert all(item.subnet.subnet_of(pools["transit"]) for item in allocations.links.values())
    assert all(address in pools["data_centre"] for address in allocations.servers.values())
    assert all(100 <= item.vlan <= 399 for item in allocations.links.values())
    assert all(item.subnet.prefixlen == 30 for item in allocations.links.values())
    assert all(item.lan.prefixlen == 24 for item in allocations.locations.values())


@given(register=registers)
def test_a_second_plan_changes_nothing(register: Register) -> None:
    first = plan(register, Allocations()).allocations
    assert plan(register, first).allocations == first
    assert plan(register, first, prune=True).allocations == first


@given(names=st.permutations(OFFICES))
def test_order_of_the_register_does_not_matter_once_planned(names: list[str]) -> None:
    planned = plan(regency(OFFICES), Allocations()).allocations
    assert plan(regency(names), planned).allocations == planned


def test_numbers_of_one_who_left_stay_reserved_until_pruned() -> None:
    both = plan(regency(["dinkes/kantor", "disdik/kantor"]), Allocations()).allocations
    left = plan(regency(["disdik/kantor"]), both)
    assert left.allocations == both
    gone = router("dinkes/kantor")
    assert set(left.reserved) == {("loopbacks", gone), ("locations", "dinkes/kantor"), ("links", f"{gone}:eth1")}
    pruned = plan(regency(["disdik/kantor"]), both, prune=True)
    assert pruned.reserved == ()
    assert entries(pruned.allocations).items() <= entries(both).items()
    assert set(entries(both)) - set(entries(pruned.allocations)) == set(left.reserved)


def test_a_newcomer_gets_the_gap_only_after_pruning() -> None:
    both = plan(regency(["dinkes/kantor", "disdik/kantor"]), Allocations()).allocations
    newcomers = regency(["disdik/kantor", "satpolpp/kantor"])
    reserved = plan(newcomers, both).allocations
    assert str(reserved.locations["satpolpp/kantor"].lan) == "10.20.4.0/24"  # behind disdik's room to grow
    assert str(plan(newcomers, both, prune=True).allocations.locations["satpolpp/kantor"].lan) == "10.20.0.0/24"


def test_a_larger_lan_set_by_hand_is_kept_and_worked_around() -> None:
    by_hand = Allocations(locations={"rsud/kantor": LocationAllocation.model_validate({"lan": "10.20.0.0/22"})})
    planned = plan(regency(["rsud/kantor", "dinkes/kantor"]), by_hand).allocations
    assert str(planned.locations["rsud/kantor"].lan) == "10.20.0.0/22"
    assert str(planned.locations["dinkes/kantor"].lan) == "10.20.4.0/24"


def test_devices_not_in_service_have_numbers_too() -> None:
    ready = {router("dinkes/kantor"): "ordered", "srv1": "racked"}
    planned = plan(regency(readiness=ready), Allocations()).allocations
    assert router("dinkes/kantor") in planned.loopbacks
    assert "srv1" in planned.servers


def test_the_lab_is_planned(lab: Register, lab_allocations: Allocations) -> None:
    assert plan(lab, lab_allocations).allocations == lab_allocations


def test_first_numbers_of_servers_and_links() -> None:
    planned = plan(regency(), Allocations()).allocations
    assert str(planned.servers["srv1"]) == "10.10.0.11"
    link = planned.links["br1:eth2"]
    assert (link.vlan, str(link.core_address), str(link.far_address)) == (100, "10.254.0.1", "10.254.0.2")


def test_small_data_centre_starts_after_its_gateway() -> None:
    planned = plan(regency(pools={"data_centre": "10.10.0.0/28"}), Allocations()).allocations
    assert str(planned.servers["srv1"]) == "10.10.0.2"


def test_large_data_centre_pool_gives_one_subnet() -> None:
    centre = plan(regency(pools={"data_centre": "10.10.0.0/16"}), Allocations()).allocations.data_centre
    assert centre is not None
    assert (str(centre.subnet), str(centre.gateway), centre.vlan) == ("10.10.0.0/24", "10.10.0.1", 10)


@pytest.mark.parametrize(
    ("pools", "vlans", "name", "left"),
    [
        ({"office_lan": "10.20.0.0/24"}, "100-399", "address_pools.office_lan", ("disdik/kantor",)),
        ({"loopback": "10.255.0.0/30"}, "100-399", "address_pools.loopback", ("rt-dinkes-kantor", "rt-disdik-kantor")),
        ({"transit": "10.254.0.0/29"}, "100-399", "address_pools.transit", ("rt-disdik-kantor:eth1",)),
        ({}, "100-101", "vlans.transit", ("rt-disdik-kantor:eth1",)),
        ({"data_centre": "10.10.0.0/30"}, "100-399", "address_pools.data_centre", ("srv2",)),
    ],
)
def test_a_dry_pool_names_itself_and_those_left_without(
    pools: dict[str, str], vlans: str, name: str, left: tuple[str, ...]
) -> None:
    register = regency(["dinkes/kantor", "disdik/kantor"], ["srv1", "srv2"], pools=pools, vlans=vlans)
    shortages = plan(register, Allocations()).shortages
    assert [(shortage.name, shortage.left) for shortage in shortages] == [(name, left)]


def test_changes_tell_every_number() -> None:
    old = plan(regency([]), Allocations()).allocations
    new = plan(regency(["dinkes/kantor"]), old).allocations
    assert changes(old, new) == [
        "baru: loopback rt-dinkes-kantor = 10.255.0.3",
        "baru: LAN lokasi dinkes/kantor = 10.20.0.0/24, DHCP 10.20.0.100-10.20.0.249",
        "baru: sambungan rt-dinkes-kantor:eth1 = VLAN 101, 10.254.0.4/30",
    ]
    assert changes(new, old) == [
        "dihapus: loopback rt-dinkes-kantor (tadinya 10.255.0.3)",
        "dihapus: LAN lokasi dinkes/kantor (tadinya 10.20.0.0/24, DHCP 10.20.0.100-10.20.0.249)",
        "dihapus: sambungan rt-dinkes-kantor:eth1 (tadinya VLAN 101, 10.254.0.4/30)",
    ]
    assert changes(new, new) == []
