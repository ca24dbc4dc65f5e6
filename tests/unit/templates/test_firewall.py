# Copyright: Terpusat contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The rule set loads in the kernel's own parser, and says what the intent says."""

from __future__ import annotations

import copy
import json
import shutil
import subprocess

import pytest
from role_render import bundle_text, files, golden_hosts, host_vars


def rules(host: dict[str, object]) -> str:
    role = host["terpusat_host"]["role"]  # type: ignore[index]
    return files(bundle_text(role, host))["/etc/nftables.conf"]


def chain(text: str, name: str) -> list[str]:
    body = text.split(f"chain {name} {{\n")[1].split("\t}\n")[0]
    return [line.strip() for line in body.splitlines() if line.strip() and not line.strip().startswith("#")]


def in_namespace(*command: str, text: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["unshare", "--map-root-user", "--net", *command], input=text, capture_output=True, text=True, check=False
    )


kernel = pytest.mark.skipif(
    shutil.which("nft") is None or in_namespace("nft", "list", "ruleset", text="").returncode != 0,
    reason="nft in a network namespace of its own is not possible here",
)


@kernel
@pytest.mark.parametrize("host", golden_hosts())
def test_the_kernel_takes_the_rules_and_loading_twice_gives_the_same(host: str) -> None:
    text = rules(host_vars(host))
    done = in_namespace("sh", "-c", "cat > /dev/null; nft -f - <<'E'\n" + text + "\nE\nnft -s list ruleset", text="")
    assert done.returncode == 0, done.stderr
    twice = text + "\n" + text
    again = in_namespace("sh", "-c", "nft -f - <<'E'\n" + twice + "\nE\nnft -s list ruleset", text="")
    assert again.stdout == done.stdout
    assert "policy drop" in done.stdout


@kernel
def test_overlapping_networks_in_a_register_do_not_break_the_load() -> None:
    host = copy.deepcopy(host_vars("br1"))
    host["terpusat_intent"]["nat"][0]["sources"] += ["10.20.0.0/16", "10.20.0.128/25"]
    host["terpusat_intent"]["zones"]["offices"] += ["10.20.0.0/16"]
    done = in_namespace("nft", "-f", "-", text=rules(host))
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("host", golden_hosts())
def test_ssh_only_by_the_management_port_and_from_management(host: str) -> None:
    text = rules(host_vars(host))
    assert [line for line in text.splitlines() if "dport 22 " in line] == [
        '\t\tip saddr @management_sources tcp dport 22 accept comment "ssh"'
    ]
    assert 'iifname "eth0" goto management' in chain(text, "input")
    assert chain(text, "management")[0].startswith("ip saddr @management_sources tcp dport 22 accept")


@pytest.mark.parametrize("host", golden_hosts())
def test_every_base_chain_that_guards_drops_by_default(host: str) -> None:
    text = rules(host_vars(host))
    for name in ("input", "forward"):
        assert chain(text, name)[0] == f"type filter hook {name} priority filter; policy drop;"
        assert not [line for line in chain(text, name) if line in ("accept", "counter accept")]


def test_the_border_opens_its_uplinks_to_tunnels_and_to_the_providers_router_only() -> None:
    text = rules(host_vars("br1"))
    assert [line for line in chain(text, "input") if "eth1" in line or "eth3" in line] == [
        'iifname "eth1" ip saddr 203.0.113.18 udp dport 51105 accept comment "vpn rt-pkm-hulu"',
        'iifname "eth3" ip saddr 203.0.113.5 ip daddr 203.0.113.6 tcp dport 179 accept comment "bgp isp-b"',
    ]
    assert not [line for line in chain(text, "forward") if 'iifname { "eth1" }' in line]
    assert 'iifname { "eth1", "eth3" } ip saddr @own_networks drop' in chain(text, "antispoofing")


def test_who_watches_is_let_in_by_address_and_nobody_beside_him() -> None:
    """The core has a door of its own in the data centre, the others are reached from behind it."""
    found = {
        name: [line for line in chain(rules(host_vars(name)), "input") if "dport 161 " in line]
        for name in ("core1", "rt-dinkes")
    }
    assert found == {
        "core1": [
            'iifname { "vlan10" } ip saddr { 10.10.0.0/24 } ip daddr { 10.10.0.1 } ip saddr { 10.10.0.12/32 } '
            'udp dport 161 accept comment "snmp"'
        ],
        "rt-dinkes": [
            'iifname { "eth1" } ip saddr { 10.10.0.0/24 } ip daddr { 10.255.0.3 } ip saddr { 10.10.0.12/32 } '
            'udp dport 161 accept comment "snmp"'
        ],
    }
    host = host_vars("br1")
    for service in host["terpusat_intent"]["firewall"]["services"]:
        if service["name"] == "snmp":
            service |= {"from": ["management"], "sources": ["10.99.0.1/32"]}
    assert [line for line in rules(host).splitlines() if "dport 161 " in line] == [
        '\t\tip saddr @management_sources ip saddr { 10.99.0.1/32 } udp dport 161 accept comment "snmp"'
    ]


def test_dns_of_an_office_is_for_its_own_lan() -> None:
    lines = [line for line in chain(rules(host_vars("rt-dinkes")), "input") if "dport 53 " in line]
    assert lines == [
        'iifname { "eth2" } ip saddr { 10.20.0.0/24 } ip daddr { 10.20.0.1 } '
        f'{protocol} dport 53 accept comment "dns"'
        for protocol in ("udp", "tcp")
    ]


def test_forward_rules_keep_their_order() -> None:
    for host in golden_hosts():
        known = host_vars(host)
        names = [rule["name"] for rule in known["terpusat_intent"]["firewall"]["forward"]]
        found = [line.split('comment "')[1].rstrip('"') for line in chain(rules(known), "forward") if "comment" in line]
        assert found == names, host


def test_a_forward_rule_says_every_condition_it_has() -> None:
    host = json.loads(json.dumps(host_vars("core1")))
    host["terpusat_intent"]["firewall"]["forward"] = [
        {
            "name": "all-conditions", "action": "accept", "from_zone": "offices", "to_zone": "data_centre",
            "in_interfaces": ["vlan101"], "out_interfaces": ["vlan10"], "sources": ["10.20.0.0/24"],
            "destinations": ["10.10.0.11/32"], "protocol": "tcp", "ports": [80, 443],
        },
        {
            "name": "no-condition", "action": "drop", "from_zone": "offices", "to_zone": "offices", "in_interfaces": [],
            "out_interfaces": [], "sources": [], "destinations": [], "protocol": None, "ports": [],
        },
        {
            "name": "protocol-only", "action": "accept", "from_zone": "offices", "to_zone": "offices",
            "in_interfaces": [], "out_interfaces": [], "sources": [], "destinations": [], "protocol": "udp",
            "ports": [],
        },
    ]  # fmt: skip
    lines = [line for line in chain(rules(host), "forward") if "comment" in line]
    assert lines == [
        'iifname { "vlan101" } oifname { "vlan10" } ip saddr { 10.20.0.0/24 } ip daddr { 10.10.0.11/32 } '
        'tcp dport { 80, 443 } accept comment "all-conditions"',
        'drop comment "no-condition"',
        'meta l4proto udp accept comment "protocol-only"',
    ]
