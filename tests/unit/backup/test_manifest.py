# SPDX-License-Identifier: GPL-3.0-or-later
"""What a snapshot must give back, and how its absence is told."""

from __future__ import annotations

import shutil
import time
from pathlib import Path

import pytest
from terpusat_backup import manifest
from terpusat_backup.manifest import Manifest

NONE = Manifest("")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    (folder / "tmp").mkdir(parents=True)
    (folder / "a").write_bytes(b"satu")
    (folder / "tmp" / "b").write_bytes(b"sementara")
    (folder / "link").symlink_to("a")
    return folder


def built(data: Path, last: Manifest = NONE, *, before: int | None = None) -> Manifest:
    before = time.time_ns() + 10**9 if before is None else before
    return manifest.build("s1", [str(data)], [str(data / "tmp")], before, last)


def restored(data: Path, root: Path) -> Path:
    shutil.copytree(data, Path(f"{root}{data}"), symlinks=True)
    return root


def test_it_knows_files_and_links_and_not_what_is_excluded(data: Path) -> None:
    found = built(data)
    assert set(found.files) == {str(data / "a")}
    assert found.links == {str(data / "link"): "a"}
    assert manifest.manifest_of(found.text()) == found


def test_what_changed_after_the_snapshot_began_is_left_out(data: Path) -> None:
    found = built(data, before=time.time_ns() - 10**10)
    assert found.files == {}
    assert found.links == {}


def test_a_file_that_was_not_touched_is_not_read_again(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = built(data)
    monkeypatch.setattr(manifest, "sha256", lambda _path: "dibaca lagi")
    assert built(data, first).files == first.files
    (data / "a").write_bytes(b"lain")
    assert built(data, first).files[str(data / "a")][-1] == "dibaca lagi"


def test_what_is_back_is_counted(data: Path, tmp_path: Path) -> None:
    compared = manifest.compare(built(data), restored(data, tmp_path / "root"))
    assert (compared.files, compared.bytes, compared.problems) == (1, 4, ())


def test_damage_is_named(data: Path, tmp_path: Path) -> None:
    expected, root = built(data), restored(data, tmp_path / "root")
    Path(f"{root}{data}/a").write_bytes(b"sato")
    Path(f"{root}{data}/link").unlink()
    assert manifest.compare(expected, root).problems == (
        f"{data}/a kembali dengan isi lain",
        f"tautan {data}/link tidak kembali",
    )
    Path(f"{root}{data}/a").unlink()
    assert f"{data}/a tidak kembali" in manifest.compare(expected, root).problems
    assert manifest.compare(expected, root, ("/lain/",)).problems == ()


def test_owners_are_found_by_name() -> None:
    here = {"app-simpus": 991}
    assert manifest.owners({"997": "app-simpus", "996": "pergi", "995": ""}, lambda name: here[name]) == {997: 991}
