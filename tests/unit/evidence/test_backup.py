# SPDX-License-Identifier: GPL-3.0-or-later
"""The repository of configurations: what any git reads of it, and what a killed process leaves."""

from __future__ import annotations

import multiprocessing
import os
import shutil
import subprocess
import time
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from dulwich.refs import DiskRefsContainer

from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.evidence import backup as backup_module
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.evidence.backup import Backup, Kept
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.evidence.errors import EvidenceError

WHEN = datetime(2026, 11, 22, 9, 30, tzinfo=timezone(timedelta(hours=7)))
FILES = {"export.rsc": "/ip address\nadd\n", "etc/frr/frr.conf": "router ospf\n"}


def keep(folder: Path, files: dict[str, str] = FILES, device: str = "rt-a", message: str = "uji\n") -> Kept:
    return Backup(folder).keep(device, files, author="budi@ctl", message=message, when=WHEN)


def git(folder: Path, *arguments: str) -> str:
    if shutil.which("git") is None:
        pytest.skip("no git program on this machine to read the repository with")
    done = subprocess.run(
        ["git", "-c", f"safe.directory={folder}", *arguments], cwd=folder, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def whole(folder: Path) -> None:
    """Git itself finds no fault, and the files are what the branch says."""
    assert "missing" not in git(folder, "fsck", "--full", "--strict")
    assert git(folder, "status", "--porcelain") == ""


def test_git_reads_what_was_kept(tmp_path: Path) -> None:
    folder = tmp_path / "state" / "backup"
    first = keep(folder)
    assert first.changed
    second = keep(
        folder, {"export.rsc": "/ip address\nadd disabled=yes\n"}, message="rt-a: sesudah (TIKET-7)\n\nRun: x\n"
    )
    keep(folder, {"running.cfg": "hostname sw\n"}, device="sw-1")
    whole(folder)
    log = git(folder, "log", "--format=%H %an %ae %aI %s", "rt-a").splitlines()
    assert log[0] == f"{second.commit} budi budi@ctl 2026-11-22T09:30:00+07:00 rt-a: sesudah (TIKET-7)"
    assert len(log) == 2
    assert git(folder, "show", f"{first.commit}:rt-a/etc/frr/frr.conf") == "router ospf\n"
    assert not (folder / "rt-a" / "etc").exists()
    assert (folder / "rt-a" / "export.rsc").read_text() == "/ip address\nadd disabled=yes\n"
    assert Backup(folder).read("rt-a") == {"export.rsc": "/ip address\nadd disabled=yes\n"}
    assert oct(folder.stat().st_mode)[-3:] == "700"


def test_nothing_changed_is_no_commit(tmp_path: Path) -> None:
    folder = tmp_path / "backup"
    first = keep(folder)
    again = keep(folder)
    assert again == Kept(first.commit, False)
    assert git(folder, "rev-list", "--count", "HEAD").strip() == "1"


@pytest.mark.parametrize("name", ["../x", "a/../b", ".git/config", "", "a//b", "/etc/x", "a\nb", ".ssh"])
def test_a_name_that_leaves_the_folder_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(EvidenceError, match="tidak dapat dipakai"):
        keep(tmp_path / "backup", {name: "x"})
    with pytest.raises(EvidenceError, match="tidak dapat dipakai"):
        keep(tmp_path / "backup", {"ok": "x"}, device=name if "/" in name or not name else "..")


def test_somebody_elses_folder_is_not_taken_over(tmp_path: Path) -> None:
    folder = tmp_path / "backup"
    folder.mkdir()
    (folder / "surat.txt").write_text("penting")
    with pytest.raises(EvidenceError):
        keep(folder)
    assert (folder / "surat.txt").read_text() == "penting"


def test_a_damaged_repository_says_so(tmp_path: Path) -> None:
    folder = tmp_path / "backup"
    keep(folder)
    for path in (folder / ".git" / "objects").rglob("*"):
        if path.is_file():
            path.chmod(0o600)
            path.write_bytes(b"sampah")
    with pytest.raises(EvidenceError, match="fsck"):
        keep(folder, {"a": "b"})


class KilledError(BaseException):
    """Stands for kill -9: nothing that the code does on an Exception happens."""


@pytest.mark.parametrize("step", range(8))
def test_killed_at_any_step_the_next_run_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: int) -> None:
    folder = tmp_path / "backup"
    keep(folder)
    calls = []

    def dying(real: Any) -> Any:
        def call(*args: Any, **named: Any) -> Any:
            calls.append(1)
            if len(calls) == step + 1:
                raise KilledError
            return real(*args, **named)

        return call

    monkeypatch.setattr(backup_module, "_past_stale_lock", dying(backup_module._past_stale_lock))
    monkeypatch.setattr(backup_module, "write_whole", dying(backup_module.write_whole))
    new = {"export.rsc": "baru\n", "lain.rsc": "x\n"}
    with pytest.raises(KilledError):
        keep(folder, new)
    monkeypatch.undo()
    git(folder, "fsck", "--full", "--strict")
    assert Backup(folder).read("rt-a") in (FILES, new)
    whole(folder)
    keep(folder, new)
    whole(folder)
    assert Backup(folder).read("rt-a") == new


def test_killed_while_the_repository_is_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "backup"
    real = backup_module.Repo.init

    def half(*args: Any, **named: Any) -> Any:
        real(*args, **named)
        raise KilledError

    monkeypatch.setattr(backup_module.Repo, "init", half)
    with pytest.raises(KilledError):
        keep(folder)
    monkeypatch.undo()
    keep(folder)
    whole(folder)


def test_gits_own_lock_files_of_a_killed_process_do_not_block(tmp_path: Path) -> None:
    folder = tmp_path / "backup"
    keep(folder)
    old = time.time() - 60
    for name in ("refs/heads/main.lock", "index.lock"):
        stale = folder / ".git" / name
        stale.write_text("")
        os.utime(stale, (old, old))
    keep(folder, {"a": "b"})
    whole(folder)


def test_a_branch_moved_by_hand_is_not_overwritten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "backup"
    keep(folder)
    monkeypatch.setattr(DiskRefsContainer, "set_if_equals", lambda *_args, **_named: False)
    with pytest.raises(EvidenceError, match="diubah proses lain"):
        keep(folder, {"a": "b"})


def _keep_many(folder: Path, device: str) -> None:
    for number in range(4):
        Backup(folder).keep(
            device, {"a": f"{device} {number}\n"}, author="budi@ctl", message="x\n", when=datetime.now(UTC)
        )


def test_many_processes_at_once(tmp_path: Path) -> None:
    folder = tmp_path / "backup"
    context = multiprocessing.get_context("fork")
    writers = [context.Process(target=_keep_many, args=(folder, f"rt-{n}")) for n in range(12)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(60)
    whole(folder)
    assert git(folder, "rev-list", "--count", "HEAD").strip() == "48"
    assert all((folder / f"rt-{n}" / "a").read_text() == f"rt-{n} 3\n" for n in range(12))
