# SPDX-License-Identifier: GPL-3.0-or-later
"""Words and times of the closing summary."""

from __future__ import annotations

import pytest

from ansible_collections.diskominfo.terpusat.plugins.module_utils.reports.run_summary import (
    Clock,
    HostRun,
    render,
    took,
)


@pytest.mark.parametrize(
    ("run", "state"),
    [
        (HostRun(), "in_sync"),
        (HostRun(changed=1, outcomes={"changed"}), "changed"),
        (HostRun(changed=2, failures=1), "failed"),
        (HostRun(failures=1, outcomes={"refused"}), "refused"),
        (HostRun(failures=1, outcomes={"rolled_back"}, changed=1), "rolled_back"),
        (HostRun(failures=1, outcomes={"auth_failed"}), "auth_failed"),
        (HostRun(outcomes={"offline"}), "unreachable"),
        (HostRun(unreachable=True, changed=3), "unreachable"),
    ],
)
def test_state_is_the_worst_thing_that_happened(run: HostRun, state: str) -> None:
    assert run.state == state


def test_clock_gives_each_task_the_time_until_the_next_starts() -> None:
    clock = Clock()
    for now, role, task in ((0, "base", "Packages"), (4, "base", "Files"), (5, "", "Probe"), (7, "", "")):
        clock.tick(now, role, task)
    assert dict(clock.roles) == {"base": 5, "(tanpa peran)": 2}
    assert dict(clock.tasks) == {"base : Packages": 4, "base : Files": 1, "Probe": 2}
    assert clock.total == 7


def test_worst_hosts_come_first_and_slow_tasks_are_named() -> None:
    clock = Clock()
    clock.tick(0, "base", "Packages")
    clock.tick(90, "", "")
    hosts = {"a": HostRun(), "b": HostRun(failures=1, messages=["satu\ndua"])}
    text = render(hosts, clock, {"ordered": ["x", "y"]}, False)
    lines = text.splitlines()
    assert lines[0] == "RINGKASAN (1 menit 30 detik)"
    assert lines[1].split() == ["b", "gagal", "satu", "dua"]
    assert lines[2].split() == ["a", "sesuai"]
    assert "2 dipesan (x, y)" in text
    assert "Tugas terlama: base : Packages 1 menit 30 detik" in text


@pytest.mark.parametrize(
    ("seconds", "text"), [(0.04, "0,0 detik"), (9.96, "10,0 detik"), (59.4, "59 detik"), (61, "1 menit 1 detik")]
)
def test_took(seconds: float, text: str) -> None:
    assert took(seconds) == text
