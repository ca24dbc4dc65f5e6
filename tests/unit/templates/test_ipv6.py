# Copyright: Terpusat contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""IPv6 of a Linux device: with it its filter, and without it no trace."""

from __future__ import annotations

import copy
import functools
import json
import re
from pathlib import PurePath
from typing import Any

import pytest
from role_render import OSPF_KEY, ROOT, bundle_text, files, golden_hosts
from role_render import host_vars as golden_vars

from ansible_collections.diskominfo.terpusat.plugins.module_utils.planning.hosts import hosts
from ansible_collections.diskominfo.terpusat.plugins.module_utils.planning.lock_file import read_lock
from ansible_collections.diskominfo.terpusat.plugins.module_utils.register.loading import load

ROUTERS = [name for name in golden_hosts() if name.startswith("rt-")]


@functools.cache
def intents() -> dict[str, Any]:
    """The lab's intents with IPv6 switched on; the lab itself has only numbers."""
    folder = ROOT / "inventories" / "lab"
    loaded = load(folder / "register")
    assert loaded.register is not None, loaded.text()
    lock = read_lock(folder / "allocations.yml", loaded.register)
    assert lock.allocations is not None, lock.problems
    government = loaded.register.government.model_copy(update={"dual_stack": True})
    register = loaded.register.model_copy(update={"government": government})
    found = hosts(register, lock.allocations, PurePath("/government"))
    return {host.name: json.loads(json.dumps(host.intent)) for host in found.hosts}


def host_vars(name: str) -> dict[str, Any]:
    """The golden host vars of a device of the lab, with IPv6."""
    return {**golden_vars(name), "terpusat_intent": copy.deepcopy(intents()[name])}


def rendered(host: dict[str, Any]) -> dict[str, str]:
    return files(bundle_text(host["terpusat_host"]["role"], host))


def without(name: str) -> dict[str, Any]:
    host = host_vars(name)
    del host["terpusat_intent"]["ipv6"]
    return host


def chain(text: str, name: str) -> list[str]:
    return [line.strip() for line in text.split(f"chain {name} {{\n")[1].split("\t}\n")[0].splitlines()]


@pytest.mark.parametrize("name", golden_hosts())
def test_without_ipv6_nothing_speaks_of_it(name: str) -> None:
    for path, text in rendered(without(name)).items():
        if path.endswith("/lines.py"):
            continue  # the program is the same for all
        said = [line for line in text.splitlines() if re.search(r"ip6|ipv6|enable-ra|gateway6", line, re.IGNORECASE)]
        allowed = r"IPv6AcceptRA=no|ospf6d=no|AllowedIPs = 0.0.0.0/0, ::/0"
        assert all(re.fullmatch(allowed, line.strip()) for line in said), f"{path}: {said}"


@pytest.mark.parametrize("name", golden_hosts())
def test_what_ipv4_says_stays_word_for_word(name: str) -> None:
    """Files only grow: each line that stands without IPv6 stands with it too, in the same order."""
    changed = {"ospf6d=no", "LinkLocalAddressing=no"}
    both, four = rendered(host_vars(name)), rendered(without(name))
    assert set(both) == set(four)
    for path, text in four.items():
        found = iter(both[path].splitlines())
        missing = [line for line in text.splitlines() if line.strip() not in changed and line not in found]
        assert missing == [], path


@pytest.mark.parametrize("name", golden_hosts())
def test_ipv6_is_dropped_wherever_there_is_no_address(name: str) -> None:
    host = host_vars(name)
    named = [item["name"] for item in host["terpusat_intent"]["ipv6"]["interfaces"]]
    lines = chain(rendered(host)["/etc/nftables.conf"], "antispoofing")
    expected = ", ".join(f'"{item}"' for item in ["lo", *named])
    assert f"iifname != {{ {expected} }} meta nfproto ipv6 drop" in lines
    for path, text in rendered(host).items():
        if path.startswith("/etc/systemd/network/60-terpusat-") and path.endswith(".network"):
            interface = path.removeprefix("/etc/systemd/network/60-terpusat-").removesuffix(".network")
            addressed = any(":" in line for line in text.splitlines() if line.startswith("Address="))
            assert addressed is (interface in {*named, "lo"}), path
            assert "LinkLocalAddressing=ipv6" not in text or interface in named, path
            assert "IPv6AcceptRA=no" in text or interface == "lo", path


@pytest.mark.parametrize("name", golden_hosts())
def test_no_forwarding_rule_speaks_for_both_families_and_accepts(name: str) -> None:
    for line in chain(rendered(host_vars(name))["/etc/nftables.conf"], "forward"):
        if " accept comment " in line:
            assert re.search(r"\bip6? [sd]addr |meta nfproto ipv[46]", line), line


@pytest.mark.parametrize("name", ROUTERS)
def test_a_lan_takes_only_its_own_sources_and_whoever_has_none_yet(name: str) -> None:
    host = host_vars(name)
    lines = chain(rendered(host)["/etc/nftables.conf"], "antispoofing")
    for item in host["terpusat_intent"]["ipv6"]["interfaces"]:
        if "advertise" in item:
            lan = item["advertise"]["prefix"]
            assert any(f'iifname "{item["name"]}" ip6 saddr != {{ ' in x and lan in x for x in lines)
            assert f'iifname != {{ "lo", "{item["name"]}" }} ip6 saddr {{ {lan} }} drop' in lines


@pytest.mark.parametrize("name", golden_hosts())
def test_management_is_by_ipv4_only(name: str) -> None:
    text = rendered(host_vars(name))["/etc/nftables.conf"]
    assert not [line for line in text.splitlines() if "ip6" in line and re.search(r"dport (22|161) ", line)]
    assert not [line for line in chain(text, "management") if "ip6" in line or "icmpv6" in line]


def test_advertisements_of_a_lan() -> None:
    lines = rendered(host_vars("rt-disdik"))["/etc/dnsmasq.d/terpusat.conf"].splitlines()
    assert "enable-ra" in lines
    assert [line for line in lines if line.startswith("dhcp-range") and ":" in line.partition(",")[2]] == [
        "dhcp-range=set:eth2,2001:db8:61:8010::,ra-only,64,3600",
        "dhcp-range=set:eth2.40,2001:db8:61:8012::,ra-only,64,3600",
    ]
    assert "ra-param=eth2,60,180" in lines
    assert "dhcp-option=tag:eth2,option6:dns-server,[2001:db8:61:8010::1]" in lines
    own_line = rendered(host_vars("rt-bapenda"))["/etc/dnsmasq.d/terpusat.conf"].splitlines()
    assert "ra-param=eth2,60,0" in own_line, "its own line carries its internet"


def test_ospf_version_3_is_authenticated_between_routers_and_silent_towards_people() -> None:
    text = rendered(host_vars("rt-dinkes"))["/etc/frr/frr.conf"]
    parts = {part.split("\n")[0]: part for part in text.split("interface ")[1:]}
    assert f"ipv6 ospf6 authentication key-id 1 hash-algo hmac-sha-256 key {OSPF_KEY}" in parts["eth1"]
    assert " ipv6 ospf6 passive" in parts["eth2"]
    assert "ipv6" not in parts.get("eth3", ""), "no IPv6 on the office's own line"
    assert " default-information originate" not in text.split("router ospf6")[1]
    assert " default-information originate" in rendered(host_vars("br1"))["/etc/frr/frr.conf"].split("router ospf6")[1]


def test_an_untracked_line_has_a_static_default_route() -> None:
    host = host_vars("br1")
    (route,) = host["terpusat_intent"]["ipv6"]["routes"]
    route["track"] = []
    assert "ipv6 route ::/0 2001:db8:ffff:1::1 eth1 10\n" in rendered(host)["/etc/frr/frr.conf"]
    assert "ipv6 route" not in rendered(host_vars("br1"))["/etc/frr/frr.conf"]
