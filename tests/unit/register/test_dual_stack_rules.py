# SPDX-License-Identifier: GPL-3.0-or-later
"""IPv6 on devices: all of them or none, and lines that really carry the prefix."""

from __future__ import annotations

from typing import Any

import pytest

E, W = "error", "warning"
POOLS_END = "    loopback: 10.255.0.0/24\n"
PREFIX = "2400:db61:61::/48"
GATEWAY = "gateway: 203.0.113.1, dns: [198.51.100.53]}\n"
ADDRESS6, GATEWAY6 = "2400:ffff:1::2/64", "2400:ffff:1::1"
ON = ("government", "  time_servers:", "  dual_stack: true\n  time_servers:")


def prefix(text: str = PREFIX) -> tuple[str, str, str]:
    return "government", POOLS_END, f'{POOLS_END}    ipv6: "{text}"\n'


def handoff6(address: str = ADDRESS6, gateway: str = GATEWAY6) -> tuple[str, str, str]:
    return "circuits", GATEWAY, f'{GATEWAY}    handoff6: {{address: "{address}", gateway: "{gateway}"}}\n'


CASES = [
    ("no-prefix", E, [ON, handoff6()], ["circuits[isp-a].handoff6", "government.dual_stack"], "tidak ada prefiksnya",
     "address_pools.ipv6"),
    ("no-way-out", W, [ON, prefix()], ["government.dual_stack"], "IPv6 hanya ada di dalam jaringan", "handoff6"),
    ("platform", E, [ON, prefix(), handoff6(), ("devices", "name: br1\n    platform: linux",
                                                 "name: br1\n    platform: ios")],
     ["devices[br1].platform"], "br1 (ios) in_service", "Hapus 'dual_stack'"),
    ("line-without-prefix", E, [handoff6()], ["circuits[isp-a].handoff6"], "belum punya prefiks", "address_pools.ipv6"),
    ("line-with-ula", E, [prefix("fd3c:91a7:5e20::/48"), handoff6()], ["circuits[isp-a].handoff6"], "ULA",
     "hapus 'handoff6'"),
    ("line-in-prefix", E, [prefix(), handoff6("2400:db61:61:ff::2/64", "2400:db61:61:ff::1")],
     ["circuits[isp-a].handoff6.address"], "di dalam prefiks", "di luar prefiks"),
    ("gateway-elsewhere", E, [prefix(), handoff6(gateway="2400:ffff:2::1")], ["circuits[isp-a].handoff6.gateway"],
     "tidak satu subnet", "fe80"),
    ("gateway-is-us", E, [prefix(), handoff6(gateway="2400:ffff:1::2")], ["circuits[isp-a].handoff6.gateway"],
     "sama dengan alamat kita", "sisi penyedia"),
    ("address-without-length", E, [prefix(), handoff6(address="2400:ffff:1::2")],
     ["circuits[isp-a].handoff6.address"], "tidak menyebut panjang subnet", "/64"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("severity", "edits", "keys", "what", "action"), [case[1:] for case in CASES], ids=[c[0] for c in CASES]
)
def test_rule(load_register: Any, severity: str, edits: list[Any], keys: list[str], what: str, action: str) -> None:
    result = load_register(*edits)
    assert sorted(problem.key for problem in result.problems) == sorted(keys), result.text()
    problem = next(problem for problem in result.problems if what in problem.what)
    assert action in problem.action
    assert problem.line
    assert str(problem.severity) == severity
    assert (result.register is None) is (severity == E)


@pytest.mark.parametrize("gateway", [GATEWAY6, "fe80::1"])
def test_a_prefix_that_is_routed_to_us_is_fine(load_register: Any, gateway: str) -> None:
    result = load_register(ON, prefix(), handoff6(gateway=gateway))
    assert result.problems == (), result.text()
    assert result.register.government.dual_stack


def test_a_device_that_is_not_in_service_yet_does_not_stand_in_the_way(load_register: Any) -> None:
    register = load_register(ON, prefix(), handoff6()).register
    waiting = register.device("rt-disdik")
    assert (waiting.platform, waiting.in_service) == ("routeros", False)


def test_numbers_alone_ask_nothing_of_devices(load_register: Any) -> None:
    result = load_register(prefix(), ("devices", "name: br1\n    platform: linux", "name: br1\n    platform: ios"))
    assert result.problems == ()
    assert not result.register.government.dual_stack
