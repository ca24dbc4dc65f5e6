# Copyright: Terpusat contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The watcher of the lines: verdicts, who carries, what it asks of the kernel. The packets are the scenario's."""

from __future__ import annotations

import importlib.util
import json
import pathlib
import struct
import sys
from itertools import pairwise
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from role_render import ROLES, bundle_text, files, host_vars

SOURCE = ROLES / "network_device" / "templates" / "linux" / "lines" / "lines.py"


def program() -> ModuleType:
    spec = importlib.util.spec_from_file_location("terpusat_lines", SOURCE)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["terpusat_lines"] = module
    spec.loader.exec_module(module)
    return module


WATCHER = program()


def line(name: str = "a", distance: int = 10, **more: Any) -> Any:
    return WATCHER.Line(
        name, f"{name}0", "192.0.2.1", distance, 7700 + distance, ["192.0.2.1"], ["10.20.0.0/24"], **more
    )


def test_the_configuration_of_the_lab_is_understood(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "lines.conf"
    path.write_text(files(bundle_text("border_router", host_vars("br1")))["/etc/terpusat/lines.conf"])
    first, second = WATCHER.read(path)
    assert (first.name, first.interface, first.gateway, first.distance) == ("isp-a", "eth1", "203.0.113.1", 10)
    assert (first.gateway6, second.gateway6) == ("", "")
    assert first.track == ["198.51.100.53", "198.51.100.10"]
    assert (second.name, second.distance) == ("isp-b", 11)
    assert first.table != second.table
    assert (first.settings.interval, first.settings.lost, first.settings.back) == (1.0, 3, 10)


def test_a_line_dies_after_three_and_is_trusted_again_after_ten() -> None:
    watched = line()
    assert watched.judge(True)
    assert watched.verdict == "alive"
    assert [watched.judge(False) for _ in range(3)] == [False, False, True]
    assert watched.verdict == "dead"
    assert [watched.judge(True) for _ in range(10)] == [False] * 9 + [True]
    assert watched.verdict == "alive"


def test_one_lost_answer_begins_the_patience_anew() -> None:
    watched = line()
    for answered in (True, *(False,) * 3, *(True,) * 9, False, *(True,) * 9):
        watched.judge(answered)
    assert watched.verdict == "dead"


def test_a_line_that_never_answered_carries_when_no_other_lives() -> None:
    mute, other = line("a", 10), line("b", 11)
    for _ in range(5):
        mute.judge(False)
        other.judge(True)
    assert mute.verdict == "unproven"
    assert WATCHER.carrier([mute, other]) is other
    for _ in range(5):
        other.judge(False)
    assert WATCHER.carrier([mute, other]) is mute


@given(rounds=st.lists(st.tuples(st.booleans(), st.booleans()), max_size=60))
def test_the_best_line_that_lives_carries_and_a_dead_one_never(rounds: list[tuple[bool, bool]]) -> None:
    lines = [line("a", 10), line("b", 11)]
    for answers in rounds:
        for watched, answered in zip(lines, answers, strict=True):
            watched.judge(answered)
        chosen = WATCHER.carrier(lines)
        assert chosen is None or chosen.verdict != "dead"
        living = [watched for watched in lines if watched.verdict == "alive"]
        assert not living or chosen in lines[: lines.index(living[0]) + 1]


def test_an_echo_request_has_a_valid_checksum_and_its_reply_is_known() -> None:
    sent = WATCHER.request(0x1234, 7)
    assert WATCHER.checksum(sent) == 0
    header = bytes([0x45, *[0] * 19])
    reply = header + struct.pack("!BBHHH", 0, 0, 0, 0x1234, 7) + b"terpusat"
    assert WATCHER.is_reply(reply, 0x1234, 7)
    assert not WATCHER.is_reply(reply, 0x1234, 8)
    assert not WATCHER.is_reply(header + sent, 0x1234, 7), "our own request is no answer"


@given(packet=st.binary(max_size=80))
def test_no_packet_upsets_the_watcher(packet: bytes) -> None:
    WATCHER.is_reply(packet, 1, 1)


class Kernel:
    """The default routes and rules that ``ip`` would show, and what it was asked to change."""

    def __init__(self, routes: list[dict[str, Any]]) -> None:
        self.routes, self.rules, self.asked = routes, list[dict[str, Any]](), list[str]()
        self.routes6: list[dict[str, Any]] = []

    def ip(self, *words: str, family: str = "-4") -> str:
        if "show" in words:
            return json.dumps(self.rules if "rule" in words else self.routes if family == "-4" else self.routes6)
        self.asked.append(" ".join(words))
        values = dict(pairwise(words))
        if words[0] == "route" and family == "-6":
            six = {key: values[word] for key, word in (("gateway", "via"), ("dev", "dev"), ("protocol", "proto"))}
            six["metric"] = int(values["metric"])
            self.routes6 = [known for known in self.routes6 if known != six] + [six] * (words[1] == "replace")
            return ""
        if words[0] == "route":
            route = {"dst": "default", "gateway": values["via"], "dev": values["dev"], "protocol": values["proto"]}
            route |= {"metric": int(values["metric"])} if values["metric"] != "0" else {}
            route |= {"table": values["table"]} if values["table"] != "254" else {}
            self.routes = [known for known in self.routes if known != route]
            self.routes += [route] if words[1] == "replace" else []
        return ""


@pytest.fixture
def kernel(monkeypatch: pytest.MonkeyPatch, tmp_path: pathlib.Path) -> Kernel:
    made = Kernel([])
    monkeypatch.setattr(WATCHER, "ip", made.ip)
    monkeypatch.setattr(WATCHER, "STATE", str(tmp_path))
    monkeypatch.setattr(WATCHER, "CONFIG", str(tmp_path / "lines.conf"))
    (tmp_path / "shaping.tc").write_text("qdisc add dev e root handle 1: htb\nclass main\n")
    (tmp_path / "shaping-b.tc").write_text("qdisc add dev e root handle 1: htb\nclass backup\n")
    monkeypatch.setattr(
        WATCHER.subprocess, "run", lambda command, **more: made.asked.append(" ".join(command) + more.get("input", ""))
    )
    return made


def mains(kernel: Kernel) -> list[str]:
    return [route["dev"] for route in kernel.routes if "table" not in route]


def test_routes_follow_the_verdicts_and_connections_begin_anew(kernel: Kernel, tmp_path: pathlib.Path) -> None:
    lines = [line("a", 10), line("b", 11)]
    router = WATCHER.Router(lines)
    router.settle()
    assert mains(kernel) == ["a0"], "zebra would keep only the last of two"
    assert (tmp_path / "line").read_text() == "a\n"
    assert not [asked for asked in kernel.asked if "conntrack" in asked], "nothing changed for anybody at the start"
    lines[0].verdict = "dead"
    router.settle()
    assert mains(kernel) == ["b0"]
    assert (tmp_path / "line").read_text() == "b\n"
    assert "conntrack -D -s 10.20.0.0/24" in kernel.asked
    assert "tc -batch -class backup\n" in kernel.asked, "the figures of this line, and the tree itself stays"
    assert any("table" in route and route["dev"] == "a0" for route in kernel.routes), (
        "or it could never be pinged again"
    )


def test_ipv6_goes_by_the_line_that_carries_and_only_where_its_provider_has_it(kernel: Kernel) -> None:
    lines = [line("a", 10, gateway6="2001:db8::1"), line("b", 11)]
    router = WATCHER.Router(lines)
    router.settle()
    assert [(route["dev"], route["metric"] >> 24) for route in kernel.routes6] == [("a0", 10)]
    kernel.asked.clear()
    router.settle()
    assert kernel.asked == []
    lines[0].verdict = "dead"
    router.settle()
    assert kernel.routes6 == [], "the other line has no IPv6: people are told so and go by IPv4"
    assert mains(kernel) == ["b0"]
    lines[0].verdict = "alive"
    router.settle()
    assert [route["gateway"] for route in kernel.routes6] == ["2001:db8::1"]


def test_a_former_ipv6_route_goes_when_no_line_has_ipv6_any_more(kernel: Kernel) -> None:
    foreign = {"gateway": "fe80::1", "dev": "eth9", "protocol": "189", "metric": 20}
    ours = {"gateway": "2001:db8::1", "dev": "a0", "protocol": "77", "metric": 10 << 24}
    kernel.routes6 = [ours, foreign]
    WATCHER.Router([line("a", 10)]).settle()
    assert kernel.routes6 == [foreign]


def test_a_line_whose_place_in_the_order_changes_loses_its_old_route_first(kernel: Kernel) -> None:
    """zebra takes the removal of a route by the same gateway for the removal of the new one (seen in the lab)."""
    router = WATCHER.Router([line("a", 200)])
    router.settle()
    kernel.asked.clear()
    WATCHER.Router([line("a", 10)]).settle()
    assert [asked.split()[1] for asked in kernel.asked if "table 254" in asked] == ["del", "replace"]
    assert mains(kernel) == ["a0"]


def test_nothing_is_asked_while_everything_stands(kernel: Kernel) -> None:
    router = WATCHER.Router([line("a", 10), line("b", 11)])
    router.settle()
    kernel.asked.clear()
    router.settle()
    assert kernel.asked == []


def test_a_route_that_somebody_took_away_comes_back_and_foreign_ones_stay(kernel: Kernel) -> None:
    foreign = {"dst": "default", "gateway": "10.254.0.5", "dev": "eth9", "protocol": "188", "metric": 20}
    kernel.routes = [foreign]
    router = WATCHER.Router([line("a", 10)])
    router.settle()
    kernel.routes = [route for route in kernel.routes if route["dev"] != "a0"]
    router.settle()
    assert foreign in kernel.routes
    assert "a0" in mains(kernel)


def test_the_line_of_the_government_carries_where_ours_stands_behind_it(kernel: Kernel, tmp_path: pathlib.Path) -> None:
    kernel.routes = [{"dst": "default", "gateway": "10.254.0.5", "dev": "eth1", "protocol": "188", "metric": 20}]
    router = WATCHER.Router([line("a", 200)])
    router.settle()
    assert (tmp_path / "line").read_text() == "\n"
    kernel.routes = [route for route in kernel.routes if route["dev"] != "eth1"]
    router.settle()
    assert (tmp_path / "line").read_text() == "a\n"


def session(name: str, distance: int, address: str = "") -> Any:
    """A line whose default route comes by BGP."""
    made = line(name, distance)
    made.bgp, made.address = True, address
    return made


def bring(kernel: Kernel, *names: str) -> None:
    """FRR has these sessions up, and puts the route of the first."""
    kernel.routes = [route for route in kernel.routes if route["protocol"] != "186"]
    for name in names[:1]:
        kernel.routes.append({"dst": "default", "gateway": "x", "dev": f"{name}0", "protocol": "186", "metric": 20})


def test_a_session_brings_its_route_itself_and_is_noticed_when_it_carries(
    kernel: Kernel, tmp_path: pathlib.Path
) -> None:
    router = WATCHER.Router([session("a", 10), line("b", 11)])
    bring(kernel, "a")
    router.settle()
    assert (tmp_path / "line").read_text() == "a\n", "its metric is smaller than that of the one that waits"
    assert mains(kernel) == ["a0", "b0"], "the static one waits with its distance; zebra compares them"
    assert not [asked for asked in kernel.asked if "dev a0" in asked and "table 254" in asked]
    assert any("table" in route and route["dev"] == "a0" for route in kernel.routes), "it is pinged all the same"
    bring(kernel)
    router.settle()
    assert (tmp_path / "line").read_text() == "b\n"
    assert "conntrack -D -s 10.20.0.0/24" in kernel.asked
    bring(kernel, "a")
    router.settle()
    assert (tmp_path / "line").read_text() == "a\n"


def test_a_dead_static_line_leaves_the_way_to_a_session(kernel: Kernel, tmp_path: pathlib.Path) -> None:
    lines = [line("a", 10), session("b", 11)]
    router = WATCHER.Router(lines)
    router.settle()
    assert mains(kernel) == ["a0"]
    lines[0].verdict = "dead"
    bring(kernel, "b")
    router.settle()
    assert mains(kernel) == ["b0"]
    assert (tmp_path / "line").read_text() == "b\n"


def test_connections_live_on_where_the_internet_sees_the_same_address(kernel: Kernel) -> None:
    router = WATCHER.Router([session("a", 10, "192.0.2.1"), session("b", 11, "192.0.2.1"), line("c", 12)])
    for name in ("a", "b"):
        bring(kernel, name)
        router.settle()
    assert not [asked for asked in kernel.asked if "conntrack" in asked]
    bring(kernel)
    router.settle()
    assert "conntrack -D -s 10.20.0.0/24" in kernel.asked, "the third has an address of its own"


def test_a_gateway_by_dhcp_is_taken_from_the_table_of_the_line(kernel: Kernel) -> None:
    watched = WATCHER.Line("a", "a0", "", 10, 7701, [], [])
    router = WATCHER.Router([watched])
    router.settle()
    assert kernel.routes == []
    kernel.routes = [{"dst": "default", "gateway": "192.0.2.9", "dev": "a0", "protocol": "16", "table": "7701"}]
    router.settle()
    assert {
        "dst": "default",
        "gateway": "192.0.2.9",
        "dev": "a0",
        "protocol": "77",
        "metric": 10 << 24,
    } in kernel.routes


def test_rules_of_lines_that_are_gone_go_too(kernel: Kernel) -> None:
    kernel.rules = [
        {"priority": 7799, "oif": "old0", "table": "7799", "protocol": "77"},
        {"priority": 100, "oif": "x0", "table": "100", "protocol": "3"},
    ]
    WATCHER.Router([line("a", 10)]).prepare()
    assert kernel.asked == [
        "rule del pref 7799 oif old0 table 7799",
        "rule add pref 33710 iif lo table 7710 protocol 77",
        "rule add pref 7710 oif a0 table 7710 protocol 77",
    ]


def test_rules_that_stand_are_left_alone(kernel: Kernel) -> None:
    kernel.rules = [
        {"priority": 7710, "src": "all", "oif": "a0", "table": "7710", "protocol": "77"},
        {"priority": 33710, "src": "all", "iif": "lo", "table": "7710", "protocol": "77"},
    ]
    WATCHER.Router([line("a", 10)]).prepare()
    assert kernel.asked == []


def test_the_far_end_of_a_tunnel_is_reached_by_its_line_or_not_at_all(kernel: Kernel) -> None:
    tunnelled = line("a", 10, reach=("203.0.113.2",))
    WATCHER.Router([tunnelled]).prepare()
    assert [asked for asked in kernel.asked if " to " in asked] == [
        "rule add pref 7710 to 203.0.113.2 table 7710 protocol 77",
        "rule add pref 8710 to 203.0.113.2 unreachable protocol 77",
    ]
    kernel.asked.clear()
    kernel.rules = [  # as `ip -N -j rule show` prints them
        {"priority": 7710, "src": "all", "oif": "a0", "table": "7710", "protocol": "77"},
        {"priority": 7710, "src": "all", "dst": "203.0.113.2", "table": "7710", "protocol": "77"},
        {"priority": 8710, "src": "all", "dst": "203.0.113.2", "action": "unreachable", "protocol": "77"},
        {"priority": 33710, "src": "all", "iif": "lo", "table": "7710", "protocol": "77"},
    ]
    WATCHER.Router([tunnelled]).prepare()
    assert kernel.asked == []
    WATCHER.Router([line("a", 10)]).prepare()
    assert kernel.asked == [
        "rule del pref 7710 to 203.0.113.2 table 7710",
        "rule del pref 8710 to 203.0.113.2 unreachable",
    ]
