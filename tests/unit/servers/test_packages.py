# SPDX-License-Identifier: GPL-3.0-or-later
"""packages asks dpkg first and apt only when something is missing."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from ansible_collections.diskominfo.terpusat.plugins.modules import packages

DPKG_QUERY = """#!/bin/sh
shift 2
for name; do
    if [ -e "$STATE/$name" ]; then printf '%s\\t%s\\n' "$name" "$(cat "$STATE/$name")"; else status=1; fi
done
exit ${status:-0}
"""
# Knows a package only after an update when $STATE/needs-update exists, and fails wholly when $STATE/offline exists.
APT_GET = """#!/bin/sh
echo "$@" >> "$STATE/../calls"
verb=$(echo "$@" | grep -oE '(update|install|remove)' | head -n 1)
[ "$verb" = update ] && [ -e "$STATE/../offline" ] && { echo "E: Failed to fetch" >&2; exit 100; }
[ "$verb" = update ] && rm -f "$STATE/../needs-update"
[ "$verb" = install ] && [ -e "$STATE/../needs-update" ] && { echo "E: Unable to locate package" >&2; exit 100; }
[ "$verb" = install ] && [ -e "$STATE/../interrupted" ] && {
    echo "E: dpkg was interrupted, you must manually run 'dpkg --configure -a' to correct the problem." >&2; exit 100; }
for last; do :; done
[ "$verb" = install ] && printf installed > "$STATE/$last"
[ "$verb" = remove ] && printf config-files > "$STATE/$last"
exit 0
"""

DPKG = """#!/bin/sh
[ "$1 $2" = "--configure --pending" ] && rm -f "$STATE/../interrupted"
"""


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with dpkg-query and apt-get in front of the PATH; ``state/<name>`` is dpkg's word for a package."""
    (tmp_path / "bin").mkdir()
    (tmp_path / "state").mkdir()
    (tmp_path / "calls").touch()
    for name, text in (("dpkg-query", DPKG_QUERY), ("apt-get", APT_GET), ("dpkg", DPKG)):
        (tmp_path / "bin" / name).write_text(text)
        (tmp_path / "bin" / name).chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}/bin:{os.environ['PATH']}")
    monkeypatch.setenv("STATE", f"{tmp_path}/state")
    lists = tmp_path / "partial"
    lists.mkdir()
    monkeypatch.setattr(packages, "LISTS", str(lists))
    (tmp_path / "state" / "sudo").write_text("installed")
    return tmp_path


def verbs(machine: Path) -> list[str]:
    lines = (machine / "calls").read_text().splitlines()
    return [next(word for word in line.split() if word in ("update", "install", "remove")) for line in lines]


def test_nothing_missing_means_no_network(machine: Path, run_module: Any) -> None:
    (machine / "offline").touch()
    answer = run_module(packages.main, present=["sudo"], absent=["telnetd"])
    assert not answer["changed"]
    assert verbs(machine) == []


def test_missing_package_is_foreseen_without_lists_and_installed(machine: Path, run_module: Any) -> None:
    (machine / "offline").touch()
    foreseen = run_module(packages.main, check=True, present=["sudo", "nginx"])
    assert foreseen["installed"] == ["nginx"]
    assert verbs(machine) == []
    (machine / "offline").unlink()
    assert run_module(packages.main, present=["sudo", "nginx"])["installed"] == ["nginx"]
    assert verbs(machine) == ["install"], "the lists were fetched a moment ago"
    assert not run_module(packages.main, present=["sudo", "nginx"])["changed"]


def test_old_lists_are_fetched_first(machine: Path, run_module: Any) -> None:
    os.utime(machine / "partial", (1, 1))
    run_module(packages.main, present=["nginx"])
    assert verbs(machine) == ["update", "install"]


def test_lists_that_name_what_is_gone_are_fetched_again(machine: Path, run_module: Any) -> None:
    (machine / "needs-update").touch()
    assert run_module(packages.main, present=["nginx"])["changed"]
    assert verbs(machine) == ["install", "update", "install"]


def test_an_installation_killed_half_way_is_completed(machine: Path, run_module: Any) -> None:
    (machine / "interrupted").touch()
    (machine / "state" / "nginx").write_text("half-configured")
    assert run_module(packages.main, present=["nginx"])["installed"] == ["nginx"]
    assert verbs(machine) == ["install", "install"]
    assert not run_module(packages.main, present=["nginx"])["changed"]


def test_unreachable_archive_says_what_to_check(machine: Path, run_module: Any) -> None:
    os.utime(machine / "partial", (1, 1))
    (machine / "offline").touch()
    answer = run_module(packages.main, present=["nginx"])
    assert answer["failed"]
    assert "terpusat_apt_proxy" in answer["msg"]
    assert "Failed to fetch" in answer["msg"]


@pytest.mark.usefixtures("machine")
def test_surplus_is_removed_once(run_module: Any) -> None:
    assert run_module(packages.main, absent=["sudo"])["removed"] == ["sudo"]
    assert not run_module(packages.main, absent=["sudo"])["changed"], "configuration left behind is not installed"
    assert run_module(packages.main, check=True, present=["sudo"])["installed"] == ["sudo"]
