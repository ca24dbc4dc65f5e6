# SPDX-License-Identifier: GPL-3.0-or-later
"""BGP as the border router's intent: who comes first, what is announced where, and what is translated."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv4Network
from typing import Any

import pytest
from test_lines_and_segments import intents, two_lines, with_government

from ansible_collections.diskominfo.terpusat.plugins.module_utils.register.models import (
    Announcements,
    BgpSession,
    Register,
)

OURS = IPv4Network("192.0.2.0/24")
LENT = IPv4Network("203.0.113.128/25")
ADDRESS = IPv4Address("192.0.2.1")


def speaking(sessions: dict[str, BgpSession], **more: Any) -> Register:
    """Two lines with these sessions, and a government that announces both prefixes."""
    register = two_lines()
    circuits = tuple(circuit.model_copy(update={"bgp": sessions.get(circuit.id)}) for circuit in register.circuits)
    announced = Announcements(prefixes=(OURS, LENT), nat_address=ADDRESS)
    fields = {"asn": 64600, "bgp": announced, **more}
    return with_government(register.model_copy(update={"circuits": circuits}), **fields)


def border(register: Register) -> dict[str, Any]:
    return intents(register)["br1"]


BOTH = {"isp-a": BgpSession(asn=4200000001), "isp-b": BgpSession(asn=4200000002)}


def test_without_sessions_nothing_changes() -> None:
    found = border(two_lines())
    assert "bgp" not in found
    assert not any("bgp" in route for route in found["routes"])


def test_the_order_of_the_lines_is_that_of_the_register_both_ways() -> None:
    first, second = border(speaking(BOTH))["bgp"]["sessions"]
    assert (first["circuit"], second["circuit"]) == ("isp-a", "isp-b")
    assert (first["prepend"], second["prepend"]) == (0, 3)
    assert first["local_preference"] > second["local_preference"] > 100, "above what nobody set (RFC 4271)"
    assert first["distance"] < second["distance"]


@pytest.mark.parametrize("speaks", ["isp-a", "isp-b"])
def test_a_static_line_and_a_session_keep_one_order(speaks: str) -> None:
    found = border(speaking({speaks: BOTH[speaks]}))
    routes = {route["circuit"]: route for route in found["routes"]}
    (session,) = found["bgp"]["sessions"]
    assert session["distance"] == routes[speaks]["distance"]
    assert routes["isp-a"]["distance"] < routes["isp-b"]["distance"] < 110, "and before what OSPF brings"
    assert [circuit for circuit, route in routes.items() if route.get("bgp")] == [speaks]
    assert session["prepend"] == (0 if speaks == "isp-a" else 3)


def test_a_backup_line_alone_at_its_router_still_stands_back() -> None:
    register = speaking({"isp-a": BOTH["isp-a"]})
    circuits = tuple(
        circuit.model_copy(update={"role": "backup"}) if circuit.id == "isp-a" else circuit
        for circuit in register.circuits
        if circuit.id != "isp-b"
    )
    (session,) = border(register.model_copy(update={"circuits": circuits}))["bgp"]["sessions"]
    assert session["prepend"] == 3


def test_each_provider_hears_its_own_prefixes_only() -> None:
    sessions = BOTH | {"isp-b": BgpSession(asn=4200000002, announce=(LENT,))}
    found = border(speaking(sessions))
    first, second = found["bgp"]["sessions"]
    assert (first["prefixes"], second["prefixes"]) == ([str(OURS), str(LENT)], [str(LENT)])
    assert found["bgp"]["prefixes"] == [str(OURS), str(LENT)]
    here, there = found["nat"]
    assert here["address"] == str(ADDRESS)
    assert there["address"] == "203.0.113.6", "an address that this provider does not know would get no answer"


def test_static_lines_translate_to_their_own_address() -> None:
    here, there = border(speaking({"isp-b": BOTH["isp-b"]}))["nat"]
    assert here["address"] == "203.0.113.2"
    assert there["address"] == str(ADDRESS)


def test_public_pools_inside_a_prefix_are_not_translated_where_it_is_announced() -> None:
    pools = two_lines().government.address_pools.model_copy(update={"data_centre": IPv4Network("192.0.2.64/26")})
    here, there = border(speaking({"isp-b": BOTH["isp-b"]}, address_pools=pools))["nat"]
    assert "192.0.2.64/26" in here["sources"]
    assert "192.0.2.64/26" not in there["sources"]


def test_numbers_of_the_session_come_before_the_governments() -> None:
    sessions = BOTH | {"isp-b": BgpSession(asn=4200000002, own_asn=64700)}
    found = border(speaking(sessions))["bgp"]
    assert [session["own_asn"] for session in found["sessions"]] == [64600, 64700]
    assert found["asn"] == 64600
    alone = border(speaking({"isp-b": sessions["isp-b"]}, asn=None))["bgp"]
    assert (alone["asn"], alone["sessions"][0]["own_asn"]) == (64700, 64700)


def test_a_table_is_believed_without_what_cannot_be_true() -> None:
    sessions = {name: known.model_copy(update={"accept": "table", "max_prefixes": 9}) for name, known in BOTH.items()}
    first = border(speaking(sessions))["bgp"]["sessions"][0]
    refused = [IPv4Network(network) for network in first["reject"]]
    for lie in (OURS, LENT, IPv4Network("10.20.0.0/16"), IPv4Network("127.0.0.0/8"), IPv4Network("192.168.7.0/24")):
        assert any(lie.subnet_of(network) for network in refused), lie
    assert first["max_prefixes"] == 9
    assert border(speaking(BOTH))["bgp"]["sessions"][0]["reject"] == []
