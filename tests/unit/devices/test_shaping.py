# Copyright: Terpusat contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The shaping component and interfaces that are made anew between the reading and the change: its shell, really run."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.platforms.linux.bundle import File
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.platforms.linux.components.base import View
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.platforms.linux.components.shaping import (
    PATH,
    ShapingComponent,
)
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.platforms.linux.shell import Answer, Answers

Run = Callable[[str, int], list[str]]
shaping = ShapingComponent()
TEXT = """\
qdisc add dev {name} root handle 1: htb
class replace dev {name} parent 1: classid 1:69 htb prio 2 rate {rate}mbit ceil 6mbit burst 15000b cburst 15000b
"""
SHOWN = """\
dev {name} {index}
qdisc htb 1: root refcnt 2 r2q 10 default 0 direct_packets_stat 8 direct_qlen 500
class htb 1:69 root prio 2 rate {rate}Mbit ceil 6Mbit burst 15000b cburst 15000b
"""


def view(wanted: int, running: int | None, changed: frozenset[str]) -> View:
    """One tunnel, the rates of its class in Mbit/s; ``running`` None: it was not there."""
    return View(
        [File(PATH, TEXT.format(name="vpn105", rate=wanted))],
        Answers(
            {
                "wanted": Answer(0, SHOWN.format(name="vpn105", rate=wanted, index=3), ""),
                "running": Answer(0, "" if running is None else SHOWN.format(name="vpn105", rate=running, index=7), ""),
                "line": Answer(0, "", ""),
            }
        ),
        {},
        {},
        changed,
    )


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Runs shell as a transaction does, where vpn105 now has an index and tc only notes what it is told."""
    tools = tmp_path / "tools"
    tools.mkdir()
    (tools / "tc").write_text(f'#!/bin/sh\nif [ "$1" = -batch ]; then cat "$2"; else echo "$*"; fi >>{tmp_path}/told\n')
    # The kernel's tree of interfaces, as far as it is asked for one number.
    asked = f"case $1 in /sys/class/net/vpn105/*) exec /bin/cat {tmp_path}/index ;; esac"
    (tools / "cat").write_text(f'#!/bin/sh\n{asked}\nexec /bin/cat "$@"\n')
    for tool in tools.iterdir():
        tool.chmod(0o755)

    def result(script: str, index: int) -> list[str]:
        (tmp_path / "index").write_text(f"{index}\n")
        (tmp_path / "told").write_text("")
        environment = {"PATH": f"{tools}:{os.environ['PATH']}", "WORK": str(tmp_path / "work")}
        subprocess.run(["sh", "-ec", script], env=environment, check=True, timeout=20)
        return (tmp_path / "told").read_text().splitlines()

    return result


BUILT = ["qdisc del dev vpn105 root", "qdisc del dev vpn105 ingress", *TEXT.format(name="vpn105", rate=3).splitlines()]


@pytest.mark.parametrize("changed", [frozenset({PATH, "vpn105"}), frozenset({PATH}), frozenset()])
def test_what_is_made_anew_meanwhile_gets_its_whole_tree(run: Run, changed: frozenset[str]) -> None:
    """Whether a figure changed, a comment, or nothing of its own: what comes before it restarted the tunnel."""
    running = 2 if "vpn105" in changed else 3
    assert run(shaping.apply(view(3, running, changed)), 9) == BUILT


def test_a_figure_changes_in_place_while_packets_flow(run: Run) -> None:
    told = run(shaping.apply(view(3, 2, frozenset({PATH, "vpn105"}))), 7)
    assert [line.split(" rate")[0] for line in told] == ["class replace dev vpn105 parent 1: classid 1:69 htb prio 2"]


def test_nothing_happens_to_what_stands_as_intended(run: Run) -> None:
    assert run(shaping.apply(view(3, 3, frozenset())), 7) == []
    assert run(shaping.restore(view(3, 3, frozenset())), 7) == []


def test_a_tunnel_that_was_not_there_is_built(run: Run) -> None:
    assert run(shaping.apply(view(3, None, frozenset({PATH, "vpn105"}))), 9) == BUILT


def test_undoing_gives_back_the_tree_of_what_was_made_anew(run: Run) -> None:
    told = run(shaping.restore(view(3, 3, frozenset())), 9)
    assert [line.split(" rate")[0] for line in told] == [
        *BUILT[:2],
        "qdisc add dev vpn105 root handle 1: htb r2q 10 default 0",
        "class replace dev vpn105 parent 1: classid 1:69 htb prio 2",
    ]


def test_it_is_applied_after_whatever_makes_interfaces() -> None:
    assert {"wireguard", "openvswitch"} <= shaping.follows
