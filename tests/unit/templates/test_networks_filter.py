# Copyright: Terpusat contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The filter collapse_networks: same addresses, no overlap, sorted."""

from __future__ import annotations

import ipaddress

import pytest
from ansible.errors import AnsibleFilterError
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.diskominfo.terpusat.plugins.filter.networks import FilterModule, collapse_networks

networks = st.builds(
    lambda address, length: str(ipaddress.ip_network((address, length), strict=False)),
    st.integers(0x0A000000, 0x0A0000FF),
    st.integers(25, 32),
)


def addresses(cidrs: list[str]) -> list[int]:
    return [int(a) for cidr in cidrs for a in ipaddress.ip_network(cidr)]


@given(st.lists(networks, max_size=8))
def test_covers_exactly_the_same_addresses_once_and_in_order(given_networks: list[str]) -> None:
    found = addresses(collapse_networks(given_networks))
    assert found == sorted(set(addresses(given_networks)))


@given(st.lists(networks, max_size=8))
def test_collapsing_twice_changes_nothing(given_networks: list[str]) -> None:
    once = collapse_networks(given_networks)
    assert collapse_networks(once) == once


def test_an_interface_address_counts_as_its_network() -> None:
    assert collapse_networks(["10.20.0.1/24", "10.20.1.0/24", "10.10.0.11"]) == ["10.10.0.11/32", "10.20.0.0/23"]


def test_ipv6_networks_come_behind_and_are_merged_as_well() -> None:
    mixed = ["fd00:0:0:1::/64", "10.20.0.0/24", "fd00::1/64", "fe80::/10"]
    assert collapse_networks(mixed) == ["10.20.0.0/24", "fd00::/63", "fe80::/10"]


@pytest.mark.parametrize("wrong", ["10.20.0.0/33", "kantor", "", "fd00::/129"])
def test_anything_else_is_named_in_the_error(wrong: str) -> None:
    with pytest.raises(AnsibleFilterError, match=f"'{wrong}' bukan jaringan IPv4"):
        collapse_networks(["10.20.0.0/24", wrong])


def test_the_filter_has_the_documented_name() -> None:
    assert FilterModule().filters() == {"collapse_networks": collapse_networks}
