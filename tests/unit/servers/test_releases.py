# SPDX-License-Identifier: GPL-3.0-or-later
"""Releases are named by their content, switched whole, and found out when somebody changes them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ansible_collections.diskominfo.terpusat.plugins.module_utils.servers import releases, tree

NAME = st.text("abc.é -", min_size=1, max_size=6).filter(lambda name: name.strip(".") != "" and name == name.strip())
TREES = st.dictionaries(st.lists(NAME, min_size=1, max_size=3).map("/".join), st.binary(max_size=40), max_size=6)


def build(folder: Path, content: dict[str, bytes], executable: tuple[str, ...] = ()) -> Path:
    """Write files; a name that is already a folder (or whose parent is a file) is left out."""
    folder.mkdir(parents=True)
    for name, data in content.items():
        path = folder / name
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        except (FileExistsError, NotADirectoryError, IsADirectoryError):
            continue
        path.chmod(0o755 if name in executable else 0o644)
    return folder


def application(folder: Path) -> releases.Application:
    made = releases.Application(str(folder), os.getuid(), os.getgid(), owner=os.getuid())
    releases.prepare(made, shared=False, change=True)
    return made


def deliver(source: Path, target: releases.Application, archive: Path) -> str:
    """What the action plugin and the module do together for one application."""
    entries = tree.scan(str(source))
    release = tree.release_id(entries)
    with archive.open("wb") as stream:
        tree.pack(str(source), entries, stream)
    releases.install(target, release, str(archive))
    releases.switch(target, release)
    return release


@settings(max_examples=60, deadline=None)
@given(content=TREES)
def test_what_is_packed_is_what_is_unpacked(
    tmp_path_factory: pytest.TempPathFactory, content: dict[str, bytes]
) -> None:
    base = tmp_path_factory.mktemp("tree")
    source = build(base / "source", content)
    target = application(base / "app")
    release = deliver(source, target, base / "archive")
    assert target.intact(release)
    served = Path(target.folder, "current")
    for path in source.rglob("*"):
        if path.is_file():
            assert (served / path.relative_to(source)).read_bytes() == path.read_bytes()
    assert tree.access_drift(target.release_folder(release), os.getgid(), os.getuid()) == []


@settings(max_examples=60, deadline=None)
@given(content=TREES.filter(bool), data=st.data())
def test_every_difference_gives_another_name(
    tmp_path_factory: pytest.TempPathFactory, content: dict[str, bytes], data: st.DataObject
) -> None:
    base = tmp_path_factory.mktemp("tree")
    source = build(base / "source", content)
    files = sorted(path for path in source.rglob("*") if path.is_file())
    before = tree.release_id(tree.scan(str(source)))
    victim = data.draw(st.sampled_from(files))
    change = data.draw(st.sampled_from(["content", "mode", "name", "gone", "link", "extra"]))
    if change == "content":
        victim.write_bytes(victim.read_bytes() + b"x")
    elif change == "mode":
        victim.chmod(0o755)
    elif change == "name":
        victim.rename(victim.with_name(victim.name + "z"))
    elif change == "extra":
        victim.with_name(victim.name + "z").write_bytes(b"")
    else:
        victim.unlink()
        if change == "link":
            victim.symlink_to("x")
    assert tree.release_id(tree.scan(str(source))) != before


def test_order_of_the_disk_and_times_do_not_matter(tmp_path: Path) -> None:
    first = build(tmp_path / "a", {"x/1": b"1", "x/2": b"2", "y": b"3"})
    second = build(tmp_path / "b", {"y": b"3", "x/2": b"2", "x/1": b"1"})
    os.utime(second / "y", (1, 1))
    assert tree.release_id(tree.scan(str(first))) == tree.release_id(tree.scan(str(second)))


def test_excluded_names_are_no_part_of_a_release(tmp_path: Path) -> None:
    source = build(tmp_path / "a", {"index.html": b"1", ".git/config": b"rahasia", "x/.y.swp": b""})
    assert [entry.path for entry in tree.scan(str(source), [".git", "*.swp"])] == ["index.html", "x"]


@pytest.mark.parametrize("target", ["/etc/passwd", "../../other", ".."])
def test_link_out_of_the_folder_is_refused(tmp_path: Path, target: str) -> None:
    source = build(tmp_path / "a", {"index.html": b"1"})
    (source / "keluar").symlink_to(target)
    with pytest.raises(tree.TreeError, match="keluar"):
        tree.scan(str(source))


def test_link_inside_the_folder_stays_a_link(tmp_path: Path) -> None:
    source = build(tmp_path / "a", {"x/1": b"1"})
    (source / "terbaru").symlink_to("x/1")
    target = application(tmp_path / "app")
    deliver(source, target, tmp_path / "archive")
    assert os.readlink(tmp_path / "app" / "current" / "terbaru") == "x/1"


def test_missing_source_says_where_it_is_named(tmp_path: Path) -> None:
    with pytest.raises(tree.TreeError, match=r"register/applications\.yml"):
        tree.scan(str(tmp_path / "tidak-ada"))


def test_truncated_or_foreign_archive_never_becomes_a_release(tmp_path: Path) -> None:
    source = build(tmp_path / "a", {"index.html": b"1"})
    other = build(tmp_path / "b", {"index.html": b"2"})
    target = application(tmp_path / "app")
    with (tmp_path / "archive").open("wb") as stream:
        tree.pack(str(other), tree.scan(str(other)), stream)
    release = tree.release_id(tree.scan(str(source)))
    with pytest.raises(tree.TreeError, match=release):
        releases.install(target, release, str(tmp_path / "archive"))
    assert target.kept() == []


def test_switch_remembers_the_former_release_and_prune_keeps_it(tmp_path: Path) -> None:
    target = application(tmp_path / "app")
    names = []
    for number in range(5):
        source = build(tmp_path / f"s{number}", {"index.html": str(number).encode()})
        names.append(deliver(source, target, tmp_path / "archive"))
        moment = 1_700_000_000 + number
        os.utime(target.release_folder(names[-1]), (moment, moment))
    assert (target.linked("current"), target.linked("previous")) == (names[4], names[3])
    (tmp_path / "app" / "releases" / ".sisa.new").mkdir()
    assert releases.prune(target, 3, change=False) == [names[1], names[0]]
    releases.prune(target, 3, change=True)
    assert target.kept() == [names[4], names[3], names[2]]
    assert not (tmp_path / "app" / "releases" / ".sisa.new").exists()
    releases.switch(target, names[2])
    assert releases.prune(target, 1, change=True) == [names[3]]
    assert set(target.kept()) == {names[2], names[4]}, "the served one and the one before stay"


@pytest.mark.parametrize("served", [True, False])
def test_release_changed_by_hand_is_replaced(tmp_path: Path, served: bool) -> None:
    target = application(tmp_path / "app")
    source = build(tmp_path / "a", {"index.html": b"asli", "img/x": b"1"})
    release = deliver(source, target, tmp_path / "archive")
    if not served:
        deliver(build(tmp_path / "b", {"index.html": b"lain"}), target, tmp_path / "archive-b")
    Path(target.release_folder(release), "index.html").write_bytes(b"dirusak")
    Path(target.release_folder(release), "sisipan.php").write_bytes(b"<?php")
    assert not target.intact(release)
    releases.install(target, release, str(tmp_path / "archive"))
    assert target.intact(release)
    assert (target.linked("current") == release) is served
    assert [name for name in os.listdir(tmp_path / "app" / "releases") if name.startswith(".")] == []


def test_wrong_access_is_found(tmp_path: Path) -> None:
    target = application(tmp_path / "app")
    release = deliver(build(tmp_path / "a", {"index.html": b"1"}), target, tmp_path / "archive")
    folder = target.release_folder(release)
    os.chmod(f"{folder}/index.html", 0o644)
    assert target.intact(release), "same content"
    assert tree.access_drift(folder, os.getgid(), os.getuid()) == [f"{folder}/index.html"]
    tree.set_access(folder, os.getgid(), os.getuid())
    assert tree.access_drift(folder, os.getgid(), os.getuid()) == []
