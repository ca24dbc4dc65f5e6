# SPDX-License-Identifier: GPL-3.0-or-later
"""A rollout asks a router which line carries: the question names what the same router's configuration really has."""

from __future__ import annotations

import copy
import re
from typing import Any

import pytest
from role_render import role_variable
from variants import VARIANTS, planned, rendered, text_of

Probes = dict[str, list[dict[str, Any]]]
OWN_LINE = ("rt-dinkes", "rt-satpolpp")


def probes(variant: str, host: dict[str, Any]) -> Probes:
    """``central``, ``own``, ``by_central`` and ``by_own``, templated as in a play of the whole network."""
    network = planned(variant)
    borders = [name for name, known in network.items() if known["terpusat_host"]["role"] == "border_router"]
    seen = {**host, "hostvars": network, "groups": {"role_border_router": borders}}
    found: Probes = role_variable("opd_router", seen, "opd_router_line_probes[terpusat_host.platform]")
    return found


def defaults(host: dict[str, Any]) -> list[dict[str, Any]]:
    return [route for route in host["terpusat_intent"]["routes"] if route["to"] == "0.0.0.0/0"]


@pytest.mark.parametrize("router", OWN_LINE)
@pytest.mark.parametrize("variant", VARIANTS)
def test_the_office_asks_for_the_internet_under_its_own_address(variant: str, router: str) -> None:
    command = probes(variant, planned(variant)[router])["by_central"][-1]["command"]
    source = re.search(r"(?:src-address=|source )(\S+)", command)
    assert source is not None
    assert re.search(rf"address[= ]{re.escape(source[1])}\b", rendered(variant)[router])
    tracked = {address for route in planned(variant)["br1"]["terpusat_intent"]["routes"] for address in route["track"]}
    target = re.search(r"ping (\S+)", command)
    assert target is not None
    assert target[1] in tracked


@pytest.mark.parametrize(("distance", "first"), [(10, True), (200, False)])
@pytest.mark.parametrize("router", OWN_LINE)
@pytest.mark.parametrize("variant", [name for name in VARIANTS if name.startswith("routeros")])
def test_routeros_knows_own_lines_by_their_routes(variant: str, router: str, distance: int, first: bool) -> None:
    """Before OSPF's 110 the office's own line carries by rule; after it, none does."""
    host = copy.deepcopy(planned(variant)[router])
    for route in defaults(host):
        route["distance"] = distance
    pattern = re.search(r'comment~"([^"]+)"', probes(variant, host)["by_own"][0]["command"])
    assert pattern is not None
    menus = [menu for menu in re.split(r"^(?=/)", text_of(host), flags=re.MULTILINE) if menu.startswith("/ip route\n")]
    comments = re.findall(r'^add .*comment="?(terpusat:[^" ]+)', "".join(menus), re.MULTILINE)
    ways = [text for text in comments if "/0.0.0.0/0" in text]
    assert ways
    assert [text for text in comments if re.search(pattern[1], text)] == (ways if first else [])


@pytest.mark.parametrize("router", OWN_LINE)
@pytest.mark.parametrize("variant", VARIANTS)
def test_an_own_line_is_asked_for_an_address_that_judges_it(variant: str, router: str) -> None:
    routes = defaults(planned(variant)[router])
    judges = {address for route in routes for address in route["track"]} or {route["via"] for route in routes}
    (probe,) = probes(variant, planned(variant)[router])["own"]
    assert (probe["kind"], probe["host"] in judges) == ("ping", True)


@pytest.mark.parametrize("variant", VARIANTS)
def test_a_line_by_dhcp_that_nobody_judges_lives_while_it_has_its_lease(variant: str) -> None:
    host = copy.deepcopy(planned(variant)["rt-dinkes"])
    for route in defaults(host):
        route |= {"via": None, "track": []}
    (probe,) = probes(variant, host)["own"]
    assert "dhcp" in probe["command"]
    assert "kind" not in probe


@pytest.mark.parametrize("variant", VARIANTS)
def test_the_central_line_is_asked_for_an_address_that_no_own_line_is_judged_by(variant: str) -> None:
    host = copy.deepcopy(planned(variant)["rt-dinkes"])
    tracked = planned(variant)["br1"]["terpusat_intent"]["routes"][0]["track"]
    for route in defaults(host):
        route["track"] = tracked[:1]
    command = probes(variant, host)["by_central"][-1]["command"]
    assert re.search(rf"ping {re.escape(tracked[0])} ", command) is None
