# SPDX-License-Identifier: GPL-3.0-or-later
"""The key for fingerprints: made once, kept secret, the same for all processes."""

from __future__ import annotations

import multiprocessing
from pathlib import Path
from typing import Any

import pytest

from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.evidence.errors import EvidenceError
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.evidence.folder import EvidenceFolder
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.evidence.key import fingerprint_key


def test_it_is_made_once_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "state" / "fingerprint.key"
    key = fingerprint_key(path)
    assert len(key) == 32
    assert fingerprint_key(path) == key
    assert oct(path.stat().st_mode)[-3:] == "600"
    assert sorted(entry.name for entry in path.parent.iterdir()) == ["fingerprint.key"]


def test_the_given_one_counts(tmp_path: Path) -> None:
    assert fingerprint_key(tmp_path / "k", "kunci dari vault yang panjang\n") == b"kunci dari vault yang panjang"
    assert not (tmp_path / "k").exists()
    with pytest.raises(EvidenceError, match="terlalu pendek"):
        fingerprint_key(tmp_path / "k", "pendek")


def test_a_readable_or_broken_one_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "k"
    fingerprint_key(path)
    path.chmod(0o640)
    with pytest.raises(EvidenceError, match="chmod 600"):
        fingerprint_key(path)
    path.chmod(0o600)
    path.write_text("abcd")
    with pytest.raises(EvidenceError, match="rusak"):
        fingerprint_key(path)


def _ask(path: Path, results: Any) -> None:
    results.put(fingerprint_key(path))


def test_many_processes_get_one_key(tmp_path: Path) -> None:
    context = multiprocessing.get_context("fork")
    results: Any = context.Queue()
    workers = [context.Process(target=_ask, args=(tmp_path / "k", results)) for _ in range(20)]
    for worker in workers:
        worker.start()
    keys = {results.get(timeout=30) for _ in workers}
    for worker in workers:
        worker.join(30)
    assert len(keys) == 1


def test_the_folder_follows_xdg(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    assert EvidenceFolder.of("kab-x").ledger == tmp_path / "terpusat" / "kab-x" / "evidence"
    monkeypatch.delenv("XDG_STATE_HOME")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert EvidenceFolder.of("kab-x").root == tmp_path / ".local" / "state" / "terpusat" / "kab-x"
    assert EvidenceFolder.of("kab-x", "~/lain").root == tmp_path / "lain"
