# SPDX-License-Identifier: GPL-3.0-or-later
"""A bundle that certainly locks us out is refused before login; one that may let us in is not."""

from __future__ import annotations

import pathlib

import pytest

from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices import platforms
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.outcome import RefusedError
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.target import Target

ROOT = pathlib.Path(__file__).resolve().parents[3]

RULES = """\
==> /etc/nftables.conf mode=0755 <==
flush ruleset
table inet filter {
  set ours { type ipv4_addr; elements = { 10.99.0.1 } }
  chain input {
    type filter hook input priority filter; policy %s;
    ct state established,related accept
    iifname "lo" accept
    meta l4proto icmp accept
    udp dport 67 accept
    %s
  }
  chain services { %s }
  chain forward {
    type filter hook forward priority filter; policy drop;
    iifname "eth1" oifname "eth2" accept
  }
}
"""


def parse(policy: str, rule: str = "", services: str = "", port: int = 22) -> None:
    platforms.load("linux").parse(RULES % (policy, rule, services), Target("rt", port=port))


@pytest.mark.parametrize(
    "rule",
    ["", "tcp dport 80 accept", "tcp dport { 80, 443 } accept", "# tcp dport 22 accept", "tcp dport 2200 accept"],
)
def test_no_way_in_is_refused_with_the_line(rule: str) -> None:
    with pytest.raises(RefusedError, match=r"nftables\.conf baris 4: rantai input .* SSH \(tcp port 22\)"):
        parse("drop", rule)


def test_a_rule_in_a_chain_that_nobody_reaches_lets_nobody_in() -> None:
    with pytest.raises(RefusedError, match="akses manajemen terakhir"):
        parse("drop", "", "tcp dport 22 accept")


def test_another_port_than_ours_lets_nobody_in() -> None:
    with pytest.raises(RefusedError, match=r"tcp port 2222"):
        parse("drop", "tcp dport 22 accept", port=2222)


@pytest.mark.parametrize(
    ("rule", "services"),
    [
        ("tcp dport 22 accept", ""),
        ("tcp dport ssh accept", ""),
        ("ip saddr @ours tcp dport { 22, 80 } accept", ""),
        ("tcp dport 20-30 accept", ""),
        ("tcp dport $ports accept", ""),
        ("ip saddr 10.99.0.1 accept", ""),
        ("ct state new tcp dport 22 accept", ""),
        ("jump services", "tcp dport 22 accept"),
        ("ip saddr . tcp dport vmap @services", ""),
    ],
)
def test_what_may_let_us_in_is_left_to_the_fresh_login(rule: str, services: str) -> None:
    parse("drop", rule, services)


def test_without_a_default_drop_nothing_is_judged() -> None:
    parse("accept")


def test_the_bundle_of_the_integration_tests_is_not_accused() -> None:
    platforms.load("linux").parse((ROOT / "tests/integration/base.bundle").read_text(), Target("rt"))
