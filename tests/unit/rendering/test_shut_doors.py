# SPDX-License-Identifier: GPL-3.0-or-later
"""What nobody needs is off, by the vendors' own guides (MikroTik "Securing your router", Cisco's hardening guide)."""

from __future__ import annotations

import pytest
from variants import VARIANTS, cases, planned, rendered

from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.platforms.routeros.script import statements

SERVICES = ("telnet", "ftp", "www", "www-ssl", "api", "api-ssl", "winbox")
SWITCHED_OFF = ("/ip/proxy", "/ip/socks", "/ip/upnp", "/ip/smb", "/tool/romon", "/tool/bandwidth-server")


@pytest.mark.parametrize(("variant", "name"), [case for case in cases() if case[0].startswith("routeros")])
def test_routeros_keeps_ssh_only(variant: str, name: str) -> None:
    found = list(statements(rendered(variant)[name]))
    for path in SWITCHED_OFF:
        assert [item.values for item in found if item.path == path and item.verb] == [{"enabled": "no"}], path
    text = rendered(variant)[name].splitlines()
    for service in SERVICES:
        assert f"set {service} disabled=yes" in text


@pytest.mark.parametrize("name", ["br1", "core1", "rt-dinkes", "rt-disdik"])
def test_ipv6_is_no_way_around_the_rules(name: str) -> None:
    found = list(statements(rendered("routeros7")[name]))
    (settings,) = [item.values for item in found if item.path == "/ipv6/settings" and item.verb]
    assert (settings["disable-ipv6"], settings["forward"]) == ("yes", "no")
    rules = [item.values for item in found if item.path == "/ipv6/firewall/filter" and item.verb]
    assert [(rule["chain"], rule["action"]) for rule in rules] == [("input", "drop"), ("forward", "drop")]


@pytest.mark.parametrize(("variant", "name"), [case for case in cases() if case[0].startswith("ios")])
def test_ios_offers_what_the_intent_needs(variant: str, name: str) -> None:
    host = planned(variant)[name]
    lines = rendered(variant)[name].splitlines()
    for line in ("no ip http server", "no ip http secure-server", "no ip source-route", "no service pad"):
        assert line in lines
    assert ("no service dhcp" in lines) == (not host["terpusat_intent"].get("dhcp"))
    catalyst = host["terpusat_host"]["role"] == "core_switch" and variant == "ios15"
    assert ("no vstack" in lines) == catalyst
    assert not any(line.strip().startswith("ipv6 ") for line in lines), "IPv6 without rules"


def test_every_variant_is_judged() -> None:
    assert all(variant.startswith(("ios", "routeros")) for variant in VARIANTS)
