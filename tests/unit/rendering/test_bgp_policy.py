# SPDX-License-Identifier: GPL-3.0-or-later
"""What is believed and what is announced is the same on every platform, and what RFC 7454 asks for.

The policies that were rendered are read by small interpreters, written from the vendors' manuals, and held against the
rule in words. A line that an interpreter does not know fails the test.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from ipaddress import IPv4Network
from typing import Any

import pytest
from bgp_government import MAKES, border, frr, text
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.platforms.routeros.items import load

DEFAULT = IPv4Network("0.0.0.0/0")
#: direction, circuit, prefix -> what becomes of it: None, or what is set
Policy = Callable[[str, str, IPv4Network], dict[str, int] | None]


def in_words(session: dict[str, Any], direction: str, prefix: IPv4Network) -> dict[str, int] | None:
    """The rule, as `terpusat_intent.bgp` is documented."""
    if direction == "keluar":
        return {"prepend": session["prepend"]} if str(prefix) in session["prefixes"] else None
    believed = {"preference": session["local_preference"], "distance": session["distance"]}
    if session["accept"] == "default":
        return believed if prefix == DEFAULT else None
    lies = any(prefix.subnet_of(IPv4Network(network)) for network in session["reject"])
    return None if lies or prefix.prefixlen > 24 else believed


def prefix_list(entries: list[str], prefix: IPv4Network) -> bool:
    """``ip prefix-list`` of FRR and IOS: without ge or le exactly, the first match decides, the end denies."""
    for entry in entries:
        found = re.fullmatch(r"seq \d+ (permit|deny) (any|\S+/\d+)(?: le (\d+))?", entry)
        assert found, entry
        network = DEFAULT if found[2] == "any" else IPv4Network(found[2])
        most = 32 if found[2] == "any" else int(found[3] or network.prefixlen)
        if prefix.subnet_of(network) and prefix.prefixlen <= most:
            return found[1] == "permit"
    return False


def with_route_maps(config: str) -> Policy:
    """FRR and IOS."""

    def policy(direction: str, circuit: str, prefix: IPv4Network) -> dict[str, int] | None:
        name = f"TERPUSAT-BGP-{direction.upper()}-{circuit}"
        way = {"masuk": "in", "keluar": "out"}[direction]
        neighbour = re.search(rf"^ neighbor (\S+) description {circuit} ", config, re.MULTILINE)
        assert neighbour, "the session stands there"
        assert re.search(rf"^ +neighbor {neighbour[1]} route-map {name} {way}$", config, re.MULTILINE), "and uses it"
        body = re.search(rf"^route-map {name} permit 10\n((?: .*\n)+)", config, re.MULTILINE)
        assert body, name
        assert len(re.findall(rf"^route-map {name} ", config, re.MULTILINE)) == 1
        result: dict[str, int] = {}
        for line in body[1].splitlines():
            if (found := re.fullmatch(r" match ip address prefix-list (\S+)", line)) is not None:
                entries = re.findall(rf"^ip prefix-list {found[1]} (.+)$", config, re.MULTILINE)
                if not prefix_list(entries, prefix):
                    return None
            elif (found := re.fullmatch(r" set local-preference (\d+)", line)) is not None:
                result["preference"] = int(found[1])
            elif (found := re.fullmatch(r" set as-path prepend((?: \d+)+)", line)) is not None:
                result["prepend"] = len(found[1].split())
            else:
                raise AssertionError(line)
        if direction == "masuk":
            distance = re.search(rf"^ +distance (\d+) {neighbour[1]}(?:/32| 0\.0\.0\.0)$", config, re.MULTILINE)
            assert distance
            return result | {"distance": int(distance[1])}
        return {"prepend": 0} | result

    return policy


def of_routeros6(config: str) -> Policy:
    items = load(config)
    peers = {entry.values["name"]: entry.values for entry in items.of("/routing/bgp/peer")}

    def policy(direction: str, circuit: str, prefix: IPv4Network) -> dict[str, int] | None:
        chain = peers[circuit]["in-filter" if direction == "masuk" else "out-filter"]
        for entry in items.of("/routing/filter"):
            known = dict(entry.values)
            if known.pop("chain") != chain:
                continue
            known.pop("comment")
            action, network = known.pop("action"), IPv4Network(known.pop("prefix", "0.0.0.0/0"))
            first, _, last = known.pop("prefix-length", "0-32").partition("-")
            if not (prefix.subnet_of(network) and int(first) <= prefix.prefixlen <= int(last or first)):
                continue
            if action == "discard":
                return None
            assert action == "accept"
            if direction == "keluar":
                return {"prepend": int(known.pop("set-bgp-prepend", "1")) - 1} | _nothing(known)
            return {
                "preference": int(known.pop("set-bgp-local-pref")), "distance": int(known.pop("set-distance"))
            } | _nothing(known)  # fmt: skip
        return {}

    return policy


def of_routeros7(config: str) -> Policy:
    items = load(config)
    sessions = {entry.values["name"]: entry.values for entry in items.of("/routing/bgp/connection")}
    lists = [(entry.values["list"], entry.values["address"]) for entry in items.of("/ip/firewall/address-list")]

    def holds(condition: str, prefix: IPv4Network) -> bool:
        kind, sign, value = condition.split()
        match kind, sign:
            case "dst", "==":
                return prefix == IPv4Network(value)
            case "dst", "in":
                return prefix.subnet_of(IPv4Network(value))
            case "dst-len", "<=":
                return prefix.prefixlen <= int(value)
        raise AssertionError(condition)

    def policy(direction: str, circuit: str, prefix: IPv4Network) -> dict[str, int] | None:
        session = sessions[circuit]
        if direction == "keluar" and (session.get("output.network", ""), str(prefix)) not in lists:
            return None
        chain = session["input.filter" if direction == "masuk" else "output.filter-chain"]
        for entry in items.of("/routing/filter/rule"):
            if entry.values["chain"] != chain:
                continue
            found = re.fullmatch(r"if \((.+?)\) \{ (.+) \}|(reject)", entry.values["rule"])
            assert found, entry.values["rule"]
            if found[3]:
                return None
            if not holds(found[1], prefix):
                continue
            *settings, end = found[2].split("; ")
            if end == "reject":
                return None
            assert end == "accept"
            values = {words[1]: int(words[2]) for words in (setting.split() for setting in settings)}
            if direction == "keluar":
                return {"prepend": values.pop("bgp-path-prepend", 1) - 1} | _nothing(values)
            return {"preference": values.pop("bgp-local-pref"), "distance": values.pop("distance")} | _nothing(values)
        return None

    return policy


def _nothing(left: dict[str, Any]) -> dict[str, int]:
    assert not left, left
    return {}


@functools.cache
def policy_of(make: str) -> Policy:
    if make == "linux":
        return with_route_maps(frr())
    if make.startswith("ios"):
        return with_route_maps(text(make))
    return of_routeros6(text(make)) if make == "routeros6" else of_routeros7(text(make))


def _network(address: int, length: int) -> IPv4Network:
    return IPv4Network((address, length), strict=False)


_INTERESTING = ["0.0.0.0/0", "192.0.2.0/24", "203.0.113.128/25", "203.0.113.0/24", "10.20.0.0/16", "8.8.8.0/24"]
_ANY = st.builds(_network, st.integers(0, 2**32 - 1), st.integers(0, 32))
_NEAR = st.builds(
    lambda text, length: _network(int(IPv4Network(text).network_address), length),
    st.sampled_from(_INTERESTING),
    st.integers(0, 32),
)
PREFIXES = st.one_of(st.sampled_from(_INTERESTING).map(IPv4Network), _NEAR, _ANY)


@pytest.mark.parametrize("make", MAKES)
@given(prefix=PREFIXES)
def test_every_platform_says_what_the_rule_says(make: str, prefix: IPv4Network) -> None:
    for session in border(make)["terpusat_intent"]["bgp"]["sessions"]:
        for direction in ("masuk", "keluar"):
            told = policy_of(make)(direction, session["circuit"], prefix)
            assert told == in_words(session, direction, prefix), (make, session["circuit"], direction, prefix)


@pytest.mark.parametrize("make", MAKES)
def test_nothing_of_others_is_passed_on(make: str) -> None:
    """No transit: what one provider says never leaves to the other."""
    for circuit in ("isp-a", "isp-b"):
        for foreign in map(IPv4Network, ("0.0.0.0/0", "8.8.8.0/24", "192.0.2.0/25", "192.0.0.0/16")):
            assert policy_of(make)("keluar", circuit, foreign) is None
        for ours in map(IPv4Network, ("192.0.2.0/24", "203.0.113.128/25")):
            assert policy_of(make)("keluar", circuit, ours) is not None
            assert policy_of(make)("masuk", circuit, ours) is None, "nobody tells us where we are"


@pytest.mark.parametrize("make", MAKES)
def test_the_main_line_is_preferred_both_ways(make: str) -> None:
    main, spare = (policy_of(make)("masuk", circuit, DEFAULT) for circuit in ("isp-a", "isp-b"))
    assert main is not None
    assert spare is not None
    assert (main["distance"], -main["preference"]) < (spare["distance"], -spare["preference"])
    ours = IPv4Network("192.0.2.0/24")
    out_main, out_spare = (policy_of(make)("keluar", circuit, ours) for circuit in ("isp-a", "isp-b"))
    assert out_main == {"prepend": 0}
    assert out_spare == {"prepend": 3}
