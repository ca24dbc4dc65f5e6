# Copyright: Terpusat contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Free room and what is given out of it, held against the plain search that tries every candidate."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv4Network, IPv6Network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.diskominfo.terpusat.plugins.module_utils.planning.pools import (
    AddressPool,
    PoolExhaustedError,
    SubnetPool,
    VlanPool,
)
from ansible_collections.diskominfo.terpusat.plugins.module_utils.planning.space import Space
from ansible_collections.diskominfo.terpusat.plugins.module_utils.register.models import VlanRange

BASE = int(IPv4Address("10.20.0.0"))
SMALL = 128


@st.composite
def networks(draw: st.DrawFn) -> IPv4Network:
    prefix = draw(st.integers(20, 30))
    size = 1 << (32 - prefix)
    return IPv4Network((BASE + draw(st.integers(0, (1 << 13) // size)) * size, prefix))


moments = st.one_of(
    st.tuples(st.just("take"), st.integers(0, SMALL), st.integers(0, 20)),
    st.tuples(st.sampled_from(["lowest", "highest"]), st.sampled_from([1, 2, 4, 8, 32]), st.booleans()),
)


@given(first=st.integers(0, 20), last=st.integers(60, SMALL), history=st.lists(moments, max_size=30))
def test_space_agrees_with_a_set_of_numbers(first: int, last: int, history: list[tuple[str, int, int]]) -> None:
    space, free = Space(first, last), set(range(first, last + 1))
    for what, number, more in history:
        if what == "take":
            space.take(number, number + more)
            free -= set(range(number, number + more + 1))
            continue
        starts = [s for s in range(0, SMALL, number) if set(range(s, s + number)) <= free]
        found = getattr(space, what)(number)
        assert found == ((starts[0] if what == "lowest" else starts[-1]) if starts else None)
        if found is not None and more:
            space.take(found, found + number - 1)
            free -= set(range(found, found + number))
    for low in range(0, SMALL, 7):
        assert space.is_free(low, low + 3) == (set(range(low, low + 4)) <= free)


@given(pool_prefix=st.integers(20, 26), want=st.integers(20, 30), taken=st.lists(networks(), max_size=40))
def test_subnet_is_the_first_that_overlaps_nothing(pool_prefix: int, want: int, taken: list[IPv4Network]) -> None:
    network = IPv4Network((BASE, pool_prefix))
    pool = SubnetPool("address_pools.office_lan", network, taken)
    candidates = list(network.subnets(new_prefix=want)) if want >= pool_prefix else []
    free = [net for net in candidates if not any(net.overlaps(other) for other in taken)]
    assert pool.highest(want) == (free[-1] if free else None)
    if not free:
        with pytest.raises(PoolExhaustedError) as dry:
            pool.give(want)
        assert dry.value.name == "address_pools.office_lan"
        assert dry.value.pool == str(network)
    else:
        assert pool.give(want) == free[0]
        assert pool.lowest(want) == (free[1] if len(free) > 1 else None)
        assert not pool.has(free[0])


def test_subnets_of_ipv6_are_found_as_well() -> None:
    pool = SubnetPool("address_pools.ipv6", IPv6Network("fd3c:91a7:5e20::/48"), [IPv6Network("fd3c:91a7:5e20::/60")])
    assert pool.give(64) == IPv6Network("fd3c:91a7:5e20:10::/64")
    assert pool.highest(60) == IPv6Network("fd3c:91a7:5e20:fff0::/60")


@given(prefix=st.integers(26, 30), skip=st.integers(0, 12), taken=st.sets(st.integers(0, 63)))
def test_address_is_the_first_free_host(prefix: int, skip: int, taken: set[int]) -> None:
    network = IPv4Network((BASE, prefix))
    used = [IPv4Address(BASE + number) for number in taken]
    pool = AddressPool("address_pools.loopback", network, used, skip)
    for expected in [host for host in list(network.hosts())[skip:] if host not in used]:
        assert pool.give() == expected
    with pytest.raises(PoolExhaustedError):
        pool.give()


def test_addresses_of_a_point_to_point_subnet_hold_no_host() -> None:
    with pytest.raises(PoolExhaustedError):
        AddressPool("address_pools.loopback", IPv4Network("10.0.0.0/32"), []).give()


@given(taken=st.sets(st.integers(100, 110)))
def test_vlan_is_the_first_free(taken: set[int]) -> None:
    pool = VlanPool("vlans.transit", VlanRange(100, 110), taken)
    for left in sorted(set(range(100, 111)) - taken):
        assert pool.give() == left
    with pytest.raises(PoolExhaustedError) as dry:
        pool.give()
    assert dry.value.pool == "100-110"
