# SPDX-License-Identifier: GPL-3.0-or-later
"""Open vSwitch: our file, the switch's database, and the transaction between them."""

from __future__ import annotations

import contextlib
import itertools
import shlex
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.platforms.linux.bundle import File
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.platforms.linux.components import openvswitch
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.platforms.linux.components.base import View
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.platforms.linux.components.bridge import (
    Bridge,
    Port,
    parse_file,
    parse_ovsdb,
    transaction,
)
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.platforms.linux.components.networkd import (
    Networkd,
)
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.platforms.linux.shell import Answer, Answers

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
        "bridge br0 rstp=1000\n",
        "bridge br0 rstp=65536\n",
        "bridge br0\nport eth1 rstp=mungkin\n",
        "bridge br0\nbond bond1 tag=1\n",
        "bridge br0\nport eth1 members=eth2,eth3\n",
        "bridge br0\nport eth1\nbond bond1 members=eth1,eth2\n",
    ],
)
def test_malformed_lines_are_refused_with_their_place(text: str) -> None:
    with pytest.raises(ValueError, match=r"f baris \d+"):
        parse_file("f", text)


_PORTS = st.dictionaries(
    st.sampled_from(["eth1", "eth2", "vlan10", "vlan20"]),
    st.tuples(st.booleans(), st.none() | st.integers(1, 4094), st.sets(st.integers(1, 4094), max_size=3)),
)


_FILE = st.lists(
    st.sampled_from(
        [
            "port eth1 tag=1",
            "port eth2 trunks=1,2",
            "port eth3 tag=3 rstp=off",
            "internal vlan10 tag=10",
            "bond bond1 members=eth4,eth5 tag=7 rstp=off",
            "bond bond2 members=eth6 trunks=3,4",
        ]
    ),
    unique=True,
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


# As ovs-vsctl 3.5 prints a bond; the second cable came later.
BOND = (
    '{"data":[["br0",["set",[["uuid","p1"]]],"netdev",["map",[["terpusat","owned"]]],true,'
    '["map",[["rstp-priority","4096"]]]]],'
    '"headings":["name","ports","datapath_type","external_ids","rstp_enable","other_config"]}\n'
    '{"data":[[["uuid","p1"],"bond1",100,["set",[]],["set",[["uuid","i1"],["uuid","i2"]]],LACP,"balance-tcp",'
    '["map",[["lacp-time","fast"],["rstp-enable","false"]]]]],'
    '"headings":["_uuid","name","tag","trunks","interfaces","lacp","bond_mode","other_config"]}\n'
    '{"data":[[["uuid","i1"],"eth3",""],[["uuid","i2"],"eth2",""]],"headings":["_uuid","name","type"]}\n'
)


def test_a_bond_and_the_spanning_tree_are_read() -> None:
    shown = parse_ovsdb(BOND.replace("LACP", '"active"'))["br0"]
    assert shown.lines() == "bridge br0 datapath_type=netdev rstp=4096\nbond bond1 members=eth2,eth3 tag=100 rstp=off\n"
    assert parse_file("f", shown.lines())["br0"].lines() == shown.lines()


def test_a_bond_that_does_not_speak_lacp_differs() -> None:
    assert "lacp=off" in parse_ovsdb(BOND.replace("LACP", '"off"'))["br0"].lines()


def test_a_bond_is_made_anew_only_when_its_cables_change() -> None:
    now = parse_file("f", "bridge br0\nbond bond1 members=eth2,eth3 tag=1\n")
    words = transaction(
        parse_file("f", "bridge br0\nbond bond1 members=eth2,eth3 tag=2\n").values(), now.values(), delete=[]
    )
    assert "create" not in words
    assert "del-port" not in words
    words = transaction(
        parse_file("f", "bridge br0\nbond bond1 members=eth2 tag=1\n").values(), now.values(), delete=[]
    )
    assert words.index("del-port") < words.index("create")


@pytest.mark.parametrize(
    ("state", "current", "why"),
    [("up", "true", ""), ("down", "false", "tidak ada sinyal"), ("up", "false", "tidak menjawab LACP")],
)
def test_a_cable_of_a_bundle_that_carries_nothing_is_told(state: str, current: str, why: str) -> None:
    """As ovs-vsctl 3.5 prints them: a state that is not known is an empty set."""
    database = (
        '{"data":[["bond1",["uuid","p1"],"netdev",["map",[]]]],"headings":["name","ports","datapath_type","external_ids"]}\n'
        '{"data":[[["uuid","p1"],"bond1-lacp",["set",[]],["set",[]],["set",[["uuid","i1"],["uuid","i2"]]],"active",'
        '"balance-tcp",["map",[["lacp-time","fast"]]]]],'
        '"headings":["_uuid","name","tag","trunks","interfaces","lacp","bond_mode","other_config"]}\n'
        f'{{"data":[[["uuid","i1"],"eth2","","up",true],[["uuid","i2"],"eth4","","{state}",{current}],'
        '[["uuid","i3"],"eth7","",["set",[]],["set",[]]]],'
        '"headings":["_uuid","name","type","link_state","lacp_current"]}\n'
    )
    file = File(openvswitch.PATH, "bridge bond1 datapath_type=netdev\nbond bond1-lacp members=eth2,eth4\n")
    view = View([file], Answers({"database": Answer(0, database, "")}), {}, {})
    component = openvswitch.OpenVSwitch()
    found = component.degraded(view)
    assert component.running(view) == component.intended(view), "no change of configuration would mend it"
    if not why:
        assert found == {}
    else:
        shown, wanted = found["bundel bond1-lacp"]
        assert wanted == "kabel eth2: ikut membawa\nkabel eth4: ikut membawa\n"
        assert shown.startswith("kabel eth2: ikut membawa\nkabel eth4: ")
        assert why in shown


def test_no_spanning_tree_runs_while_a_bond_is_made() -> None:
    """Open vSwitch does not flood into a bond that came into a bridge whose tree ran already."""
    text = "bridge br0 datapath_type=netdev rstp=4096\nport eth9 rstp=off\nbond bond1 members=eth1,eth2 rstp=off\n"
    file = File(openvswitch.PATH, text)
    script = openvswitch.OpenVSwitch().apply(View([file], Answers({"database": Answer(0, DATABASE, "")}), {}, {}))
    [_, paused, change, again] = script.splitlines()
    assert paused.endswith("set bridge br0 rstp_enable=false")
    assert "name=bond1" in change
    assert "rstp_enable=true" not in change
    assert again.endswith("set bridge br0 rstp_enable=true other_config:rstp-priority=4096")
    without = File(openvswitch.PATH, text.replace("bond bond1 members=eth1,eth2 rstp=off\n", ""))
    script = openvswitch.OpenVSwitch().apply(View([without], Answers({"database": Answer(0, DATABASE, "")}), {}, {}))
    assert len(script.splitlines()) == 2, "the tree is left alone else"


def test_networkd_leaves_interfaces_alone_that_a_change_of_the_switch_left_alone() -> None:
    """Reconfiguring takes FRR's nexthops out of the kernel: only what was made anew meanwhile needs its addresses."""
    file = File("/etc/systemd/network/60-terpusat-vlan10.network", "[Match]\nName=vlan10\n\n[Network]\nDHCP=no\n")
    link = '[{"ifindex":7,"ifname":"vlan10","flags":["UP"],"mtu":1500,"operstate":"UP","addr_info":[]}]'
    empty = {name: Answer(0, "[]", "") for name in ("route4", "route6")}
    view = View([file], Answers({"address": Answer(0, link, ""), **empty}), {}, {})
    script = Networkd().apply(view)
    assert script.index("if ! same vlan10 7; then\n") < script.index("networkctl reconfigure vlan10")
    itself = Networkd().apply(replace(view, changed=frozenset({"vlan10"})))
    assert "networkctl reconfigure vlan10" in itself
    assert "if ! same" not in itself


def test_a_cable_of_a_kernels_bond_that_has_no_signal_is_told() -> None:
    folder = "/etc/systemd/network/60-terpusat-"
    files = [
        File(f"{folder}bond1.netdev", "[NetDev]\nName=bond1\nKind=bond\n"),
        File(f"{folder}bond1.network", "[Match]\nName=bond1\n"),
    ]
    shown = (
        '[{"ifname":"eth2","operstate":"UP","master":"bond1"},{"ifname":"eth4","operstate":"DOWN","master":"bond1"},'
        '{"ifname":"eth7","operstate":"DOWN"},{"ifname":"bond1","operstate":"UP"}]'
    )
    degraded = Networkd().degraded(View(files, Answers({"address": Answer(0, shown, "")}), {}, {}))
    assert list(degraded) == ["bundel bond1"]
    state, wanted = degraded["bundel bond1"]
    assert state.splitlines()[0] == wanted.splitlines()[0] == "kabel eth2: ikut membawa"
    assert "kabel eth4: tidak ada sinyal" in state
    whole = shown.replace("DOWN", "UP")
    assert Networkd().degraded(View(files, Answers({"address": Answer(0, whole, "")}), {}, {})) == {}


@pytest.mark.skipif(not shutil.which("ovsdb-tool"), reason="openvswitch tidak terpasang")
def test_the_switchs_own_database_takes_every_change(tmp_path: Path) -> None:
    """The transactions, and their inverses, on the database of Open vSwitch itself."""
    bridges = [
        "bridge br0 rstp=4096\nbond bond1 members=eth3,eth4 tag=100 rstp=off\nport eth1 tag=10 rstp=off\n"
        "port eth9 trunks=10\n",
        "bridge br0\nbond bond1 members=eth3 trunks=10,11\nport eth4 tag=10\nport eth1 tag=10\n",
        "bridge br0 rstp=8192\nport bond1 tag=3\nport eth3 tag=1\ninternal vlan10 tag=10\n",
    ]
    with _database(tmp_path) as run:
        for before, after in itertools.permutations([*bridges, bridges[0]], 2):
            for text in (before, after):
                wanted = parse_file("f", text)
                run(transaction(wanted.values(), _read(run).values(), delete=[]))
                assert _read(run)["br0"].lines() == wanted["br0"].lines()
            former, wanted = parse_file("f", before), parse_file("f", after)
            for _ in range(2):  # from where it stands, and once more
                run(transaction(former.values(), {**former, **wanted}.values(), delete=[]))
                assert _read(run)["br0"].lines() == former["br0"].lines()


def _read(run: Callable[[list[str]], str]) -> dict[str, Bridge]:
    return parse_ovsdb(run(shlex.split(openvswitch.LIST)[2:]))


@contextlib.contextmanager
def _database(folder: Path) -> Iterator[Callable[[list[str]], str]]:
    """A database server without a switch, as ovs-vsctl's ``--no-wait`` allows."""
    schema = "/usr/share/openvswitch/vswitch.ovsschema"
    subprocess.run(["ovsdb-tool", "create", folder / "db", schema], check=True)
    socket = folder / "socket"
    server = subprocess.Popen(
        ["ovsdb-server", f"--remote=punix:{socket}", f"--unixctl={folder}/control", folder / "db"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )

    def run(arguments: list[str]) -> str:
        command = ["ovs-vsctl", f"--db=unix:{socket}", "--no-wait", "--timeout=60", *arguments]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout

    try:
        while not socket.exists():
            assert server.poll() is None
            time.sleep(0.01)
        run(["init"])
        yield run
    finally:
        server.terminate()
        server.wait()


@given(_FILE, st.none() | st.sampled_from([0, 4096, 61440]))
def test_bonds_and_priorities_are_parsed_back(lines: list[str], priority: int | None) -> None:
    text = "".join(
        f"{line}\n" for line in [f"bridge br0{'' if priority is None else f' rstp={priority}'}", *sorted(lines)]
    )
    assert parse_file("f", text)["br0"].lines() == text
