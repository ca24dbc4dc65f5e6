# SPDX-License-Identifier: GPL-3.0-or-later
"""What tc prints, made comparable, and turned back into commands."""

from __future__ import annotations

import shutil
import subprocess

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.platforms.linux.components.shaping import (
    devices,
)
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.platforms.linux.components.tc_text import (
    Shaping,
    parse,
    rebuild,
    update,
)

# As iproute2 6.15 prints it.
SHOWN = """qdisc htb 1: root refcnt 3 r2q 10 default 0x1 direct_packets_stat 12 direct_qlen 1000
qdisc fq_codel 8003: parent 1:101 limit 10240p flows 1024 quantum 1514 target 5ms interval 100ms memory_limit 32Mb ecn
class htb 1:101 parent 1:1 leaf 8003: prio 0 rate 20Mbit ceil 20Mbit burst 1600b cburst 1600b
class htb 1:1 root prio 0 rate 1Gbit ceil 1Gbit burst 1600b cburst 1600b
filter parent 1: protocol ip pref 20 u32 chain 0
filter parent 1: protocol ip pref 20 u32 chain 0 fh 800: ht divisor 1
filter parent 1: protocol ip pref 20 u32 chain 0 fh 800::800 order 2048 key ht 800 bkt 0 flowid 1:101 not_in_hw
  match 0a1e0000/ffffff00 at 12
  match 0a000000/ff000000 at 16
filter parent 1: protocol ip pref 30 flower chain 0
filter parent 1: protocol ip pref 30 flower chain 0 handle 0x1 classid 1:101
  eth_type ipv4
  dst_ip 10.20.0.0/24
  not_in_hw
"""
CANONICAL = Shaping(
    qdiscs=(
        "qdisc fq_codel parent 1:101 limit 10240p flows 1024 quantum 1514 target 5ms interval 100ms "
        "memory_limit 32Mb ecn",
        "qdisc htb 1: root r2q 10 default 0x1",
    ),
    classes=(
        "class htb 1:1 root prio 0 rate 1Gbit ceil 1Gbit burst 1600b cburst 1600b",
        "class htb 1:101 parent 1:1 prio 0 rate 20Mbit ceil 20Mbit burst 1600b cburst 1600b",
    ),
    filters=(
        "filter parent 1: protocol ip pref 20 u32 flowid 1:101 match 0a1e0000/ffffff00 at 12 "
        "match 0a000000/ff000000 at 16",
        "filter parent 1: protocol ip pref 30 flower classid 1:101 eth_type ipv4 dst_ip 10.20.0.0/24",
    ),
)


def test_what_only_the_kernel_chose_is_left_out() -> None:
    assert parse(SHOWN) == CANONICAL


def test_queueing_that_the_kernel_puts_on_by_itself_is_no_shaping() -> None:
    assert (
        parse("qdisc noqueue 0: root refcnt 2\nqdisc mq 0: root\nqdisc fq_codel 0: parent :1 limit 10240p\n")
        == Shaping()
    )


def test_rebuild_writes_commands_that_tc_takes() -> None:
    assert rebuild("eth2", CANONICAL) == [
        "qdisc add dev eth2 root handle 1: htb r2q 10 default 0x1",
        "class replace dev eth2 parent 1: classid 1:1 htb prio 0 rate 1Gbit ceil 1Gbit burst 1600b cburst 1600b",
        "class replace dev eth2 parent 1:1 classid 1:101 htb prio 0 rate 20Mbit ceil 20Mbit burst 1600b cburst 1600b",
        "qdisc add dev eth2 parent 1:101 fq_codel limit 10240 flows 1024 quantum 1514 target 5ms interval 100ms "
        "memory_limit 32Mb ecn",
        "filter add dev eth2 parent 1: protocol ip prio 20 u32 match u32 0x0a1e0000 0xffffff00 at 12 "
        "match u32 0x0a000000 0xff000000 at 16 flowid 1:101",
        "filter add dev eth2 parent 1: protocol ip prio 30 flower dst_ip 10.20.0.0/24 classid 1:101",
    ]


def test_what_cannot_be_written_is_not_guessed() -> None:
    unknown = Shaping(filters=("filter parent 1: protocol ip pref 60 bpf flowid 1:101 bytecode '1,6 0 0 4294967295'",))
    assert rebuild("eth2", unknown) is None


def test_a_rate_is_changed_in_place() -> None:
    slower = Shaping(
        CANONICAL.qdiscs, tuple(line.replace("20Mbit", "5Mbit") for line in CANONICAL.classes), CANONICAL.filters
    )
    assert update("eth2", CANONICAL, slower) == [
        "class replace dev eth2 parent 1:1 classid 1:101 htb prio 0 rate 20Mbit ceil 20Mbit burst 1600b cburst 1600b"
    ]


def test_classes_go_after_the_rules_that_lead_to_them() -> None:
    without = Shaping(CANONICAL.qdiscs, CANONICAL.classes[:1], ())
    assert update("eth2", without, CANONICAL) == [
        "filter del dev eth2 parent 1:",
        "class del dev eth2 classid 1:101",
    ]


def test_another_structure_is_built_anew() -> None:
    assert update("eth2", CANONICAL, Shaping()) is None
    moved = Shaping(CANONICAL.qdiscs, (CANONICAL.classes[0], CANONICAL.classes[1].replace("parent 1:1", "root")))
    assert update("eth2", CANONICAL, moved) is None


_NUMBERS = st.integers(2, 0xFFF)
_CLASSES = st.dictionaries(_NUMBERS, st.tuples(st.integers(1, 999), st.booleans()), max_size=6)


def _tree(classes: dict[int, tuple[int, bool]]) -> Shaping:
    lines = ["class htb 1:1 root prio 0 rate 1Gbit ceil 1Gbit burst 1600b cburst 1600b"]
    for number, (rate, below) in classes.items():
        parent = "parent 1:1" if below else "root"
        lines.append(f"class htb 1:{number:x} {parent} prio 0 rate {rate}Mbit ceil {rate}Mbit burst 2Kb cburst 2Kb")
    return Shaping(("qdisc htb 1: root r2q 10 default 0x1",), tuple(sorted(lines)))


@given(_CLASSES)
def test_nothing_to_do_when_nothing_differs(classes: dict[int, tuple[int, bool]]) -> None:
    assert update("eth2", _tree(classes), _tree(classes)) == []


@given(_CLASSES, _CLASSES)
def test_update_touches_every_class_that_differs_and_no_other(
    wanted: dict[int, tuple[int, bool]], present: dict[int, tuple[int, bool]]
) -> None:
    commands = update("eth2", _tree(wanted), _tree(present))
    moved = any(present[number][1] != below for number, (_, below) in wanted.items() if number in present)
    if moved:
        assert commands is None
        return
    assert commands is not None
    named = {command.split("classid ")[1].split()[0] for command in commands}
    assert named == {f"1:{number:x}" for number in {*wanted, *present} if wanted.get(number) != present.get(number)}


@pytest.mark.skipif(shutil.which("tc") is None, reason="no tc on this machine")
def test_tc_itself_understands_the_batch_syntax() -> None:
    """A device that does not exist: tc has parsed the whole line before it asks the kernel."""
    commands = rebuild("nodev0", CANONICAL) or []
    result = subprocess.run(["tc", "-force", "-batch", "-"], input="\n".join(commands), text=True, capture_output=True)
    errors = [line for line in result.stderr.splitlines() if not line.startswith("Command failed")]
    assert errors == ['Cannot find device "nodev0"'] * len(commands)


def test_devices_are_read_from_batch_lines() -> None:
    text = "# dev eth9\nqdisc add dev eth2 root handle 1: htb\nclass add dev eth1 parent 1: classid 1:1 htb # dev x\n"
    assert devices(text) == ["eth1", "eth2"]
