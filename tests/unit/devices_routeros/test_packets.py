# SPDX-License-Identifier: GPL-3.0-or-later
"""The commands of a packet filter's patch, one after the other: each packet is judged as before or as after."""

from __future__ import annotations

import ipaddress
import itertools
from contextlib import nullcontext

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.outcome import RefusedError
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.platforms.routeros.patch import (
    backward,
    forward,
)

from .box import Box
from .configurations import Values, box, text
from .test_patch import meaning, plan, run

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


def matches(draw: st.DrawFn) -> Values:
    """What a rule asks of a packet."""
    found: Values = {}
    if draw(st.booleans()):
        found["src-address"] = draw(st.sampled_from(["10.1.0.0/16", "10.0.0.0/8", "192.0.2.7"]))
    if draw(st.booleans()):
        found["protocol"] = draw(st.sampled_from(["tcp", "udp"]))
    if draw(st.booleans()):
        found["connection-state"] = draw(st.sampled_from(["established,related", "!established"]))
    if draw(st.integers(0, 5)) == 0:
        found["disabled"] = "yes"
    return found


@st.composite
def filters(draw: st.DrawFn, keys: str = "abcdef") -> list[Values]:
    """Rules of ours in chain forward."""
    return [
        {"chain": "forward", "action": draw(st.sampled_from(["accept", "drop"])), "comment": f"terpusat:{key}"}
        | matches(draw)
        for key in draw(st.permutations(keys))[: draw(st.integers(0, len(keys)))]
    ]


#: which chains a chain may jump to: none comes back to itself
CALLS = {"forward": ["kantor", "tamu", "sisa"], "kantor": ["tamu", "sisa"], "tamu": ["sisa"], "sisa": []}


@st.composite
def rule(draw: st.DrawFn, comment: str) -> Values:
    """A rule of any chain, perhaps a jump."""
    chain = draw(st.sampled_from(["forward", "forward", "kantor", "kantor", "tamu", "sisa"]))
    actions = ["accept", "drop", "jump", "jump", "return"] if CALLS[chain] else ["accept", "drop", "return"]
    made = {"chain": chain, "action": draw(st.sampled_from(actions)), "comment": comment} | matches(draw)
    if made["action"] == "jump":
        made["jump-target"] = draw(st.sampled_from(CALLS[chain]))
    return made


@st.composite
def jumping(draw: st.DrawFn, keys: str = "abcdefg") -> tuple[list[Values], list[Values]]:
    """Two lists of ours in chains that jump to each other; the second often has rules of the first."""
    chosen = draw(st.permutations(keys))
    before = [draw(rule(f"terpusat:{key}")) for key in chosen[: draw(st.integers(0, len(keys)))]]
    known = {made["comment"]: made for made in before}
    order = list(chosen) if draw(st.booleans()) else draw(st.permutations(keys))
    after: list[Values] = []
    for key in order[: draw(st.integers(0, len(keys)))]:
        old = known.get(f"terpusat:{key}")
        after.append(old if old and draw(st.integers(0, 3)) else draw(rule(f"terpusat:{key}")))
    return before, after


def assert_safe(before: list[Values], after: list[Values], foreign: list[Values], mix: list[bool]) -> None:
    """Every prefix of the patch judges every packet as the first or the last list does, and can be undone, twice."""
    device = box({"ip firewall filter": before}, {"ip firewall filter": foreign}, {}, mix)
    edits = plan(device, text({"ip firewall filter": after}, {}) + "/ip/firewall/filter\n")
    lines, undo = forward(edits).lines, backward(edits).lines
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
    assert plan(states[-1], text({"ip firewall filter": after}, {}) + "/ip/firewall/filter\n") == []
    former = meaning(device)
    for number, state in enumerate(states):
        back = run(state, undo)
        assert meaning(back) == former, number
        assert meaning(run(back, undo)) == former, number


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
@given(jumping(), st.lists(rule("asing"), max_size=3), st.lists(st.booleans(), max_size=8))
def test_nor_with_chains_that_jump_to_each_other(
    lists: tuple[list[Values], list[Values]], foreign: list[Values], mix: list[bool]
) -> None:
    strange = any(made["action"] == "jump" for made in foreign)
    with pytest.raises(RefusedError, match="bukan milik Terpusat") if strange else nullcontext():
        assert_safe(*lists, foreign, mix)
        if strange:
            raise RefusedError("tidak perlu ditolak: bukan milik Terpusat, tetapi aman")
