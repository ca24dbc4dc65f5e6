# Copyright: Terpusat contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""playbooks/plan.yml on a government that has numbers, lacks some, or has none."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

Run = Callable[..., "CompletedProcess[str]"]
Edit = Callable[[Path, str, str], None]
PLAYBOOK = "playbooks/plan.yml"


def test_check_shows_the_diff_and_writes_nothing(run: Run, government: Path, edit: Edit) -> None:
    edit(government / "allocations.yml", "  srv2: 10.10.0.12\n", "")
    before = (government / "allocations.yml").read_text()
    done = run("ansible-playbook", PLAYBOOK, "-i", government, "--check", "--diff")
    assert done.returncode == 0, done.stderr
    assert "+  srv2: 10.10.0.12" in done.stdout
    assert "baru: server srv2 = 10.10.0.12" in done.stdout
    assert "changed=1" in done.stdout
    assert (government / "allocations.yml").read_text() == before


def test_from_nothing_then_again_changes_nothing(run: Run, government: Path) -> None:
    (government / "allocations.yml").unlink()
    first = run("ansible-playbook", PLAYBOOK, "-i", government)
    assert first.returncode == 0, first.stderr
    written = (government / "allocations.yml").read_text()
    second = run("ansible-playbook", PLAYBOOK, "-i", government)
    assert "changed=0" in second.stdout
    assert "Tidak ada nomor baru" in second.stdout
    assert (government / "allocations.yml").read_text() == written


def test_a_lock_file_that_only_git_still_has_is_not_made_anew(run: Run, government: Path) -> None:
    for command in (["init", "-q"], ["add", "-A"]):
        subprocess.run(["git", "-C", str(government), *command], check=True)
    (government / "allocations.yml").unlink()
    refused = run("ansible-playbook", PLAYBOOK, "-i", government)
    assert refused.returncode == 2
    assert "git menyimpannya" in refused.stdout + refused.stderr
    assert not (government / "allocations.yml").exists()
    subprocess.run(["git", "-C", str(government), "rm", "-q", "--cached", "allocations.yml"], check=True)
    assert run("ansible-playbook", PLAYBOOK, "-i", government).returncode == 0


def test_prune_releases_what_left(run: Run, government: Path, edit: Edit) -> None:
    edit(government / "allocations.yml", "  srv1: 10.10.0.11\n", "  srv1: 10.10.0.11\n  srv9: 10.10.0.19\n")
    edit(government / "allocations.yml", "61:10::11\n", "61:10::11\n  srv9: 2001:db8:61:10::19\n")
    kept = run("ansible-playbook", PLAYBOOK, "-i", government)
    assert "changed=0" in kept.stdout
    assert "server srv9" in kept.stdout
    pruned = run("ansible-playbook", PLAYBOOK, "-i", government, "-e", "terpusat_plan_prune=true")
    assert "changed=1" in pruned.stdout, pruned.stderr
    assert "srv9" not in (government / "allocations.yml").read_text()


def test_an_invalid_register_by_folder_is_explained(run: Run, government: Path, edit: Edit) -> None:
    edit(government / "register" / "devices.yml", "role: core_switch", "role: core_swich")
    before = (government / "allocations.yml").read_text()
    done = run("ansible-playbook", PLAYBOOK, "-i", "localhost,", "-e", f"terpusat_plan_folder={government}")
    assert done.returncode == 2
    assert "core_swich" in done.stdout + done.stderr
    assert "allocations.yml tidak diubah" in done.stdout + done.stderr
    assert (government / "allocations.yml").read_text() == before


def test_without_government_it_says_what_to_give(run: Run) -> None:
    done = run("ansible-playbook", PLAYBOOK, "-i", "localhost,")
    assert done.returncode == 2
    assert "-i inventories/<nama>" in done.stdout + done.stderr
