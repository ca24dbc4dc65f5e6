# Copyright: Terpusat contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Promises of the address plan through years of reorganisation: whatever is added, merged, closed or grown."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from ipaddress import IPv4Network, IPv6Network, ip_network
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from regency import POOLS
from reorganised import PREFIX6, reorganised

from ansible_collections.diskominfo.terpusat.plugins.module_utils.planning.addressing import plan
from ansible_collections.diskominfo.terpusat.plugins.module_utils.planning.allocations import Allocations
from ansible_collections.diskominfo.terpusat.plugins.module_utils.planning.changes import changes
from ansible_collections.diskominfo.terpusat.plugins.module_utils.planning.lock_file import read_lock, write_lock
from ansible_collections.diskominfo.terpusat.plugins.module_utils.planning.lock_text import lock_text
from ansible_collections.diskominfo.terpusat.plugins.module_utils.planning.successors import followed
from ansible_collections.diskominfo.terpusat.plugins.module_utils.register.models import Register

USERS = ["0", "5", "40", "149", "151", "390", "900"]
SEGMENTS: list[list[str]] = [[], ["cctv"], ["public_wifi"], ["public_wifi", "cctv"]]
SMALL = {"smallest_lan": "26"}

events = st.one_of(
    st.tuples(st.just("add"), st.sampled_from(USERS), st.sampled_from(SEGMENTS)),
    st.tuples(st.just("grow"), st.integers(0, 9), st.sampled_from(USERS)),
    st.tuples(st.just("segments"), st.integers(0, 9), st.sampled_from(SEGMENTS)),
    st.tuples(st.sampled_from(["close", "merge", "shuffle", "prune", "find"]), st.integers(0, 9), st.just("")),
)
histories = st.lists(events, min_size=1, max_size=14)


@dataclass
class World:
    """Offices as a register names them, and what becomes of them."""

    offices: dict[str, dict[str, Any]] = field(default_factory=dict)
    born: int = 0

    def happen(self, what: str, first: Any, second: Any) -> None:
        names = list(self.offices)
        chosen = names[first % len(names)] if names and isinstance(first, int) else None
        if what == "add":
            self.born += 1
            self.offices[f"opd{self.born}/kantor"] = {"users": first, "segments": second}
        elif chosen is None:
            return
        elif what == "close":
            del self.offices[chosen]
        elif what == "grow":
            self.offices[chosen]["users"] = second
        elif what == "segments":
            self.offices[chosen]["segments"] = second
        elif what == "merge":
            self.born += 1
            old = self.offices.pop(chosen)
            self.offices[f"opd{self.born}/cabang"] = {**old, "formerly": [chosen, *old.get("formerly", [])]}
        elif what == "shuffle":
            items = list(self.offices.items())
            random.Random(first).shuffle(items)
            self.offices = dict(items)
        elif what == "find":
            self.offices[chosen]["existing_lans"] = [f"10.20.{first * 3}.0/24", "192.168.1.0/24"]

    def register(self, rules: dict[str, str], ipv6: str | None = PREFIX6) -> Register:
        return reorganised(self.offices, rules=rules, ipv6=ipv6)


def subnets4(allocations: Allocations) -> list[IPv4Network]:
    found = [item.subnet for item in allocations.links.values()]
    for item in allocations.locations.values():
        found += [item.lan, *item.segments.values()]
    return found


def subnets6(allocations: Allocations) -> list[IPv6Network]:
    found = [item.subnet6 for item in allocations.links.values()]
    found += [item.lan6 for item in allocations.locations.values()]
    for item in allocations.locations.values():
        found += item.segments6.values()
    assert allocations.data_centre is not None
    assert allocations.data_centre.subnet6 is not None
    return [subnet for subnet in [*found, allocations.data_centre.subnet6] if subnet is not None]


def assert_apart(subnets: list[Any]) -> None:
    for one, other in pairwise(sorted(subnets)):
        assert one.broadcast_address < other.network_address, (one, other)


def assert_sound(allocations: Allocations, register: Register) -> None:
    four, six = subnets4(allocations), subnets6(allocations)
    assert_apart(four)
    assert_apart(six)
    office, transit = ip_network(POOLS["office_lan"]), ip_network(POOLS["transit"])
    assert all(subnet.subnet_of(office if subnet.prefixlen < 30 else transit) for subnet in four)
    assert all(subnet.subnet_of(IPv6Network(PREFIX6)) for subnet in six)
    addresses = [*allocations.loopbacks6.values(), *allocations.servers6.values()]
    assert len(set(addresses)) == len(addresses)
    assert set(allocations.loopbacks6) == set(allocations.loopbacks)
    assert set(allocations.servers6) == set(allocations.servers)
    for ref, item in allocations.locations.items():
        assert item.dhcp is not None
        assert item.lan.network_address + 1 < item.dhcp.first <= item.dhcp.last < item.lan.broadcast_address, ref
        assert item.lan6 is not None
        assert item.lan6.prefixlen == 64
        assert item.segments.keys() == item.segments6.keys()
    for opd in register.opds[1:]:
        for place in opd.locations:
            found = allocations.locations[f"{opd.code}/{place.code}"]
            assert set(place.segments) <= set(found.segments)
    for link in allocations.links.values():
        assert link.subnet6 is not None
        assert link.subnet6.prefixlen == 127
        assert 0 < int(link.subnet6.network_address) & ((1 << 64) - 1) < (1 << 64) - 128  # RFC 6164 section 5


@given(
    history=histories, rules=st.sampled_from([{}, SMALL, {"lan_growth_percent": "0"}, {"lan_growth_percent": "300"}])
)
def test_whatever_happens_nobody_is_renumbered_and_nothing_overlaps(history: list[Any], rules: dict[str, str]) -> None:
    world, allocations = World(), Allocations()
    for what, first, second in history:
        world.happen(what, first, second)
        register = world.register(rules)
        before = followed(register, allocations)
        result = plan(register, allocations, prune=what == "prune")
        assert result.shortages == ()
        allocations = result.allocations
        assert_sound(allocations, register)
        for ref, item in before.locations.items():
            if what == "prune" and ref not in world.offices:
                assert ref not in allocations.locations
                continue
            now = allocations.locations[ref]
            assert (now.lan, now.dhcp, now.lan6) == (item.lan, item.dhcp, item.lan6)
            assert item.segments.items() <= now.segments.items()
            assert item.segments6.items() <= now.segments6.items()
        if what != "prune":
            assert before.links.items() <= allocations.links.items()
            assert before.loopbacks6.items() <= allocations.loopbacks6.items()
        again = plan(register, allocations)
        assert again.allocations == allocations
        assert again.moved == {}
        assert plan(register, allocations, grow=True).allocations.locations.keys() == allocations.locations.keys()


@given(history=histories, seed=st.integers(0, 3))
def test_growing_moves_nobody(history: list[Any], seed: int) -> None:
    world, allocations = World(), Allocations()
    for number, (what, first, second) in enumerate(history):
        world.happen(what, first, second)
        register = world.register({} if seed % 2 else SMALL)
        before = plan(register, allocations).allocations
        result = plan(register, allocations, grow=number % 2 == seed % 2)
        allocations = result.allocations
        assert_sound(allocations, register)
        told = " ".join(result.notices)
        for ref, item in before.locations.items():
            now = allocations.locations[ref]
            assert now.lan.network_address == item.lan.network_address
            assert now.lan.prefixlen <= item.lan.prefixlen
            assert now.dhcp is not None
            assert item.dhcp is not None
            assert now.dhcp.first == item.dhcp.first
            assert now.dhcp.last >= item.dhcp.last
            users = int(world.offices.get(ref, {}).get("users", 0))
            if number % 2 == seed % 2 and users > len(now.lease_range):
                assert f"LAN {ref} (" in told or users > 4000


@given(history=histories)
def test_what_is_written_is_read_back_and_half_of_it_is_refused(
    tmp_path_factory: pytest.TempPathFactory, history: list[Any]
) -> None:
    world = World()
    for what, first, second in history:
        world.happen(what, first, second)
    register = world.register(SMALL)
    planned = plan(register, Allocations()).allocations
    path = tmp_path_factory.mktemp("lock") / "allocations.yml"
    text = lock_text(planned)
    write_lock(path, text)
    read = read_lock(path, register)
    assert read.problems == ()
    assert read.allocations == planned
    assert read.text == text
    for cut in {len(text) * step // 9 for step in range(9)} | {text.rindex("\n# "), text.rindex("\n#") + 1}:
        path.write_text(text[:cut])
        torn = read_lock(path, register)
        assert torn.allocations is None
        assert torn.problems[0].action


def office(**fields: Any) -> dict[str, dict[str, Any]]:
    return {"dinkes/kantor": fields}


def planned(offices: dict[str, dict[str, Any]], old: Allocations | None = None, **more: Any) -> Allocations:
    result = plan(reorganised(offices, **more), old or Allocations())
    assert result.shortages == ()
    return result.allocations


@pytest.mark.parametrize(
    ("users", "rules", "lan"),
    [
        ("0", {}, "10.20.0.0/24"), ("10", {}, "10.20.0.0/24"), ("150", {}, "10.20.0.0/24"), ("151", {}, "10.20.0.0/23"),
        ("500", {}, "10.20.0.0/22"), ("0", SMALL, "10.20.0.0/24"), ("12", SMALL, "10.20.0.0/26"),
        ("38", SMALL, "10.20.0.0/26"), ("39", SMALL, "10.20.0.0/25"), ("9", {"smallest_lan": "28"}, "10.20.0.0/28"),
    ],
)  # fmt: skip
def test_a_lan_is_as_large_as_its_people_need(users: str, rules: dict[str, str], lan: str) -> None:
    found = planned(office(users=users), rules=rules).locations["dinkes/kantor"]
    assert str(found.lan) == lan
    assert len(found.lease_range) >= int(users)


def test_room_behind_a_lan_stays_free_while_there_is_other_room() -> None:
    names = [f"opd{number}/kantor" for number in range(5)]
    pools = {"office_lan": "10.20.0.0/22"}
    lans: list[str] = []
    allocations, offices = Allocations(), {}
    for name in names[:4]:
        offices[name] = {"users": "10"}
        result = plan(reorganised(offices, pools=pools), allocations)
        allocations = result.allocations
        lans.append(f"{allocations.locations[name].lan.network_address}")
        assert bool(result.notices) == (len(lans) > 2), result.notices
    assert lans == ["10.20.0.0", "10.20.2.0", "10.20.1.0", "10.20.3.0"]
    assert "ruang tumbuh di address_pools.office_lan sudah habis" in result.notices[0]
    assert "opd3/kantor (10.20.3.0/24)" in result.notices[0]
    offices[names[4]] = {"users": "10"}
    (shortage,) = plan(reorganised(offices, pools=pools), allocations).shortages
    assert (shortage.name, shortage.left) == ("address_pools.office_lan", (names[4],))


def test_a_lan_grows_in_its_place_or_says_why_not() -> None:
    first = planned({"dinkes/kantor": {"users": "10"}, "disdik/kantor": {"users": "10"}})
    crowded = reorganised({"dinkes/kantor": {"users": "300"}, "disdik/kantor": {"users": "3000"}})
    assert plan(crowded, first).allocations == first  # only when asked to
    result = plan(crowded, first, grow=True)
    grown = result.allocations.locations["dinkes/kantor"]
    assert (str(grown.lan), str(grown.dhcp)) == ("10.20.0.0/23", "10.20.0.100-10.20.1.249")
    assert str(result.allocations.locations["disdik/kantor"].lan) == "10.20.2.0/23"  # as far as its alignment goes
    assert "LAN disdik/kantor (10.20.2.0/24) tidak dapat tumbuh di tempat menjadi /20" in result.notices[0]
    assert changes(first, result.allocations)[0].startswith("berubah: LAN lokasi dinkes/kantor = 10.20.0.0/23")


def test_segments_lie_at_the_far_end_of_the_pool() -> None:
    found = planned(office(users="10", segments=["public_wifi", "cctv"])).locations["dinkes/kantor"]
    assert {name: str(subnet) for name, subnet in found.segments.items()} == {
        "cctv": "10.20.255.192/26", "public_wifi": "10.20.254.0/24",
    }  # fmt: skip
    assert {name: str(subnet) for name, subnet in found.segments6.items()} == {
        "cctv": "fd3c:91a7:5e20:8001::/64", "public_wifi": "fd3c:91a7:5e20:8002::/64",
    }  # fmt: skip


def test_ipv6_numbers_look_like_their_siblings() -> None:
    found = planned({"dinkes/kantor": {}, "disdik/kantor": {}})
    assert str(found.loopbacks6["rt-disdik-kantor"]) == "fd3c:91a7:5e20::4"  # 10.255.0.4
    assert str(found.servers6["srv1"]) == "fd3c:91a7:5e20:10::11"  # 10.10.0.11
    assert str(found.locations["disdik/kantor"].lan6) == "fd3c:91a7:5e20:8010::/64"
    link = found.links["rt-dinkes-kantor:eth1"]
    assert (link.vlan, str(link.core_address6)) == (101, "fd3c:91a7:5e20:1::101:0")
    assert str(link.far_address6) == "fd3c:91a7:5e20:1::101:1"
    assert found.data_centre is not None
    assert str(found.data_centre.gateway6) == "fd3c:91a7:5e20:10::1"


def test_without_a_prefix_there_is_no_ipv6_and_a_later_one_changes_no_ipv4() -> None:
    four = planned(office(users="10"), ipv6=None)
    assert (four.loopbacks6, four.servers6, four.locations["dinkes/kantor"].lan6) == ({}, {}, None)
    both = planned(office(users="10"), four)
    assert both.loopbacks == four.loopbacks
    assert both.locations["dinkes/kantor"].lan == four.locations["dinkes/kantor"].lan
    assert both.locations["dinkes/kantor"].lan6 is not None
    assert planned(office(users="10"), both, ipv6=None) == both  # kept, so that a prefix that comes back finds them


def test_a_merged_office_takes_its_numbers_along_and_nobody_else_moves() -> None:
    before = planned({"arsip/kantor": {"users": "10"}, "dinkes/kantor": {"users": "10"}})
    merged = reorganised(
        {"dinkes/kantor": {"users": "10"}, "dinkes/arsip": {"users": "10", "formerly": ["arsip/kantor"]}}
    )
    result = plan(merged, before)
    assert result.allocations.locations["dinkes/arsip"] == before.locations["arsip/kantor"]
    assert result.allocations.locations["dinkes/kantor"] == before.locations["dinkes/kantor"]
    assert "arsip/kantor" not in result.allocations.locations
    assert ("locations", "arsip/kantor") not in result.reserved
    lines = changes(before, result.allocations, result.moved)
    assert lines[0].startswith("pindah: LAN lokasi arsip/kantor menjadi dinkes/arsip, nomornya tetap (10.20.0.0/24")
    assert not any(line.startswith("dihapus: LAN") for line in lines)
    assert plan(merged, result.allocations).moved == {}


def test_an_heir_with_numbers_of_its_own_keeps_them_and_the_old_ones_wait() -> None:
    before = planned({"arsip/kantor": {"users": "10"}, "dinkes/kantor": {"users": "10"}})
    result = plan(reorganised({"dinkes/kantor": {"users": "20", "formerly": ["arsip/kantor"]}}), before)
    assert result.allocations.locations == before.locations
    assert ("locations", "arsip/kantor") in result.reserved


def test_what_an_office_uses_already_is_given_to_nobody() -> None:
    found = planned({"dinkes/kantor": {"existing_lans": ["10.20.0.0/23"]}, "disdik/kantor": {}})
    assert not any(item.lan.overlaps(IPv4Network("10.20.0.0/23")) for item in found.locations.values())


def test_routers_beyond_the_first_area_get_areas_of_their_own_for_good() -> None:
    names = [f"opd{number}/kantor" for number in range(7)]
    rules = {"routers_per_area": "3"}
    found = planned({name: {} for name in names}, rules=rules)
    areas = {key: str(link.area) for key, link in found.links.items()}
    assert areas["br1:eth2"] == "0.0.0.0"
    assert [areas[f"rt-opd{number}-kantor:eth1"][-1] for number in range(7)] == list("0001112")
    assert str(found.area_of("rt-opd6-kantor")) == "0.0.0.2"
    assert str(found.area_of("core1")) == "0.0.0.0"
    fewer = planned({name: {} for name in names[4:]}, found, rules=rules)  # those who left keep their place
    assert fewer.links == found.links
    assert planned({name: {} for name in names}, found, rules={"routers_per_area": "2"}).links == found.links
