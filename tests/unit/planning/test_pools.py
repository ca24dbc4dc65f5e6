# Copyright: Terpusat contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""First free number, held against the plain search that tries every candidate."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv4Network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.diskominfo.terpusat.plugins.module_utils.planning.pools import (
    PoolExhaustedError,
    first_free_address,
    first_free_subnet,
    first_free_vlan,
)
from ansible_collections.diskominfo.terpusat.plugins.module_utils.register.models import VlanRange

BASE = int(IPv4Address("10.20.0.0"))


@st.composite
def networks(draw: st.DrawFn) -> IPv4Network:
    prefix = draw(st.integers(20, 30))
    size = 1 << (32 - prefix)
    return IPv4Network((BASE + draw(st.integers(0, (1 << 13) // size)) * size, prefix))


@given(pool_prefix=st.integers(20, 26), want=st.integers(20, 30), taken=st.lists(networks(), max_size=40))
def test_subnet_is_the_first_that_overlaps_nothing(pool_prefix: int, want: int, taken: list[IPv4Network]) -> None:
    pool = IPv4Network((BASE, pool_prefix))
    candidates = pool.subnets(new_prefix=want) if want >= pool_prefix else iter(())
    expected = next((net for net in candidates if not any(net.overlaps(other) for other in taken)), None)
    if expected is None:
        with pytest.raises(PoolExhaustedError) as dry:
            first_free_subnet("address_pools.office_lan", pool, want, taken)
        assert dry.value.name == "address_pools.office_lan"
        assert dry.value.pool == str(pool)
    else:
        assert first_free_subnet("address_pools.office_lan", pool, want, taken) == expected


@given(prefix=st.integers(26, 30), skip=st.integers(0, 12), taken=st.sets(st.integers(0, 63)))
def test_address_is_the_first_free_host(prefix: int, skip: int, taken: set[int]) -> None:
    network = IPv4Network((BASE, prefix))
    used = [IPv4Address(BASE + number) for number in taken]
    expected = next((host for host in list(network.hosts())[skip:] if host not in used), None)
    if expected is None:
        with pytest.raises(PoolExhaustedError):
            first_free_address("address_pools.loopback", network, used, skip)
    else:
        assert first_free_address("address_pools.loopback", network, used, skip) == expected


def test_addresses_of_a_point_to_point_subnet_hold_no_host() -> None:
    with pytest.raises(PoolExhaustedError):
        first_free_address("address_pools.loopback", IPv4Network("10.0.0.0/32"), [])


@given(taken=st.sets(st.integers(100, 110)))
def test_vlan_is_the_first_free(taken: set[int]) -> None:
    left = sorted(set(range(100, 111)) - taken)
    if left:
        assert first_free_vlan("vlans.transit", VlanRange(100, 110), taken) == left[0]
    else:
        with pytest.raises(PoolExhaustedError):
            first_free_vlan("vlans.transit", VlanRange(100, 110), taken)
