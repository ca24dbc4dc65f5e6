# SPDX-License-Identifier: GPL-3.0-or-later
"""The commands of a packet filter's patch, one after the other: each packet is judged as before or as after."""

from __future__ import annotations

import ipaddress
import itertools

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.platforms.routeros.patch import forward

from .box import Box
from .configurations import Values, box, text
from .test_patch import plan

Packet = tuple[str, str, str]
PACKETS: list[Packet] = list(
    itertools.product(["10.1.0.5", "10.2.0.5", "192.0.2.7"], ["tcp", "udp"], ["established", "new"])
)


def verdict(rules: list[Values], packet: Packet, chain: str = "forward") -> str | None:
    """What a chain does with a packet; None when it falls off its end."""
    source, protocol, state = packet
    for rule in rules:
        if rule["chain"] != chain or rule.get("disabled") == "yes":
            continue
        if "src-address" in rule and ipaddress.ip_address(source) not in ipaddress.ip_network(rule["src-address"]):
            continue
        if rule.get("protocol", protocol) != protocol:
            continue
        states = rule.get("connection-state", state)
        if (state in states.removeprefix("!").split(",")) == states.startswith("!"):
            continue
        action = rule.get("action", "accept")
        if action == "jump":
            inner = verdict(rules, packet, rule["jump-target"])
            if inner is not None:
                return inner
        elif action == "return":
            return None
        elif action in ("accept", "drop"):
            return action
    return None


@st.composite
def filters(draw: st.DrawFn, keys: str = "abcdef", jumps: bool = False) -> list[Values]:
    """Rules of ours in chain forward and, where jumps are drawn, in one that it jumps to once."""
    rules: list[Values] = []
    for key in draw(st.permutations(keys))[: draw(st.integers(0, len(keys)))]:
        rule = {"chain": "forward", "action": draw(st.sampled_from(["accept", "drop"])), "comment": f"terpusat:{key}"}
        if draw(st.booleans()):
            rule["src-address"] = draw(st.sampled_from(["10.1.0.0/16", "10.0.0.0/8", "192.0.2.7"]))
        if draw(st.booleans()):
            rule["protocol"] = draw(st.sampled_from(["tcp", "udp"]))
        if draw(st.booleans()):
            rule["connection-state"] = draw(st.sampled_from(["established,related", "!established"]))
        if draw(st.integers(0, 5)) == 0:
            rule["disabled"] = "yes"
        if jumps and draw(st.booleans()):
            rule["chain"] = "kantor"
        rules.append(rule)
    if jumps:
        jump = {"chain": "forward", "action": "jump", "jump-target": "kantor", "comment": "terpusat:lompat"}
        rules.insert(draw(st.integers(0, len(rules))), jump)
    return rules


def assert_safe(before: list[Values], after: list[Values], foreign: list[Values], mix: list[bool]) -> None:
    """Every prefix of the patch judges every packet as the first or the last list does."""
    device = box({"ip firewall filter": before}, {"ip firewall filter": foreign}, {}, mix)
    lines = forward(plan(device, text({"ip firewall filter": after}, {}) + "/ip/firewall/filter\n")).lines
    states: list[Box] = [device]
    for line in lines:
        now = states[-1].copy()
        now.run(line)
        states.append(now)
    lists = [state.menus.get("ip firewall filter", []) for state in states]
    for packet in PACKETS:
        # A packet that no rule takes passes.
        allowed = {verdict(lists[0], packet) or "accept", verdict(lists[-1], packet) or "accept"}
        for number, rules in enumerate(lists):
            assert (verdict(rules, packet) or "accept") in allowed, (number, lines, packet)


_QUIET = settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
_FOREIGN = st.lists(
    st.fixed_dictionaries(
        {"chain": st.just("forward"), "action": st.sampled_from(["accept", "drop"])},
        optional={"src-address": st.sampled_from(["10.1.0.0/16", "192.0.2.7"]), "comment": st.just("asing")},
    ),
    max_size=2,
)


@_QUIET
@given(filters(), filters(), _FOREIGN, st.lists(st.booleans(), max_size=6))
def test_no_packet_slips_through_or_is_lost(before: object, after: object, foreign: object, mix: list[bool]) -> None:
    assert_safe(before, after, foreign, mix)  # type: ignore[arg-type]


@_QUIET
@given(filters("abcd", jumps=True), filters("abcd", jumps=True))
def test_nor_with_a_chain_that_is_jumped_to(before: list[Values], after: list[Values]) -> None:
    assert_safe(before, after, [], [])
