# SPDX-License-Identifier: GPL-3.0-or-later
"""Open vSwitch: our file, the switch's database, and the transaction between them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.platforms.linux.components.bridge import (
    Bridge,
    Port,
    parse_file,
    parse_ovsdb,
    transaction,
)

# As ovs-vsctl 3.5 prints Bridge, Port and Interface.
DATABASE = (
    '{"data":[["br0",["set",[["uuid","p0"],["uuid","p1"],["uuid","p2"],["uuid","p3"]]],"netdev",'
    '["map",[["terpusat","owned"]]]]],"headings":["name","ports","datapath_type","external_ids"]}\n'
    '{"data":[[["uuid","p0"],"br0",["set",[]],["set",[]],["uuid","i0"]],[["uuid","p1"],"eth1",101,["set",[]],'
    '["uuid","i1"]],[["uuid","p2"],"vlan101",101,["set",[]],["uuid","i2"]],[["uuid","p3"],"eth9",["set",[]],'
    '["set",[101,10]],["uuid","i3"]]],"headings":["_uuid","name","tag","trunks","interfaces"]}\n'
    '{"data":[[["uuid","i0"],"br0","internal"],[["uuid","i1"],"eth1",""],[["uuid","i2"],"vlan101","internal"],'
    '[["uuid","i3"],"eth9",""]],"headings":["_uuid","name","type"]}\n'
)
FILE = """# a switch
bridge br0 datapath_type=netdev
internal vlan101 tag=101
port eth1 tag=101   # office
port eth9 trunks=101,10
"""
LINES = "bridge br0 datapath_type=netdev\ninternal vlan101 tag=101\nport eth1 tag=101\nport eth9 trunks=10,101\n"


def test_file_and_database_come_to_the_same_lines() -> None:
    assert parse_file("f", FILE)["br0"].lines() == LINES
    assert parse_ovsdb(DATABASE)["br0"].lines() == LINES
    assert parse_ovsdb(DATABASE)["br0"].owned


def test_a_switch_that_does_not_run_has_nothing() -> None:
    assert parse_ovsdb("") == {}


@pytest.mark.parametrize(
    "text",
    [
        "port eth1 tag=1\n",
        "bridge br0\nport eth1 tag=satu\n",
        "bridge br0\nport eth1 tag=4095\n",
        "bridge br0\nport eth1 vlan=10\n",
        "bridge br0\nport\n",
        "bridge br0\nport eth1\nbridge br1\nport eth1\n",
    ],
)
def test_malformed_lines_are_refused_with_their_place(text: str) -> None:
    with pytest.raises(ValueError, match=r"f baris \d+"):
        parse_file("f", text)


_PORTS = st.dictionaries(
    st.sampled_from(["eth1", "eth2", "vlan10", "vlan20"]),
    st.tuples(st.booleans(), st.none() | st.integers(1, 4094), st.sets(st.integers(1, 4094), max_size=3)),
)


def _bridge(ports: dict[str, tuple[bool, int | None, set[int]]]) -> Bridge:
    made = {
        name: Port(name, "internal" if internal else "port", tag, tuple(sorted(trunks)))
        for name, (internal, tag, trunks) in ports.items()
    }
    return Bridge("br0", "netdev", made)


@given(_PORTS)
def test_what_is_written_is_parsed_back(ports: dict[str, tuple[bool, int | None, set[int]]]) -> None:
    bridge = _bridge(ports)
    assert parse_file("f", bridge.lines())["br0"].lines() == bridge.lines()


@given(_PORTS, _PORTS)
def test_the_transaction_removes_exactly_what_is_too_much(
    wanted: dict[str, tuple[bool, int | None, set[int]]], present: dict[str, tuple[bool, int | None, set[int]]]
) -> None:
    words = transaction([_bridge(wanted)], [_bridge(present)], delete=[])
    removed = {words[place + 2] for place, word in enumerate(words) if word == "del-port"}
    added = {words[place + 2] for place, word in enumerate(words) if word == "add-port"}
    assert removed == set(present) - set(wanted)
    assert added == set(wanted)


def test_a_port_is_moved_from_another_bridge() -> None:
    other = Bridge("br9", "", {"eth1": Port("eth1")})
    words = transaction([_bridge({"eth1": (False, None, set())})], [other], delete=[])
    assert words.index("del-port") < words.index("add-port")
