# SPDX-License-Identifier: GPL-3.0-or-later
"""The releases of one application on the server.

- ``<base>/<code>/releases/<id>``: one complete copy each, named by its content
- ``<base>/<code>/current``: link to the release that is served, switched in one rename
- ``<base>/<code>/previous``: link to the release served before
- ``<base>/<code>/shared``: what the application writes; no release ever touches it
"""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass

from . import tree
from .tree import TreeError

SHARED_FOLDERS = ("data", "sessions", "tmp")


@dataclass(frozen=True)
class Application:
    """Where an application lies and whose group may read it. ``uid``/``gid`` belong to the application's own user,
    ``owner`` to whoever owns its code: root, so that the application cannot change itself."""

    folder: str
    uid: int
    gid: int
    owner: int = 0

    def release_folder(self, release: str) -> str:
        return os.path.join(self.folder, "releases", release)

    def linked(self, name: str) -> str | None:
        """Id of the release that ``current`` or ``previous`` points to."""
        path = os.path.join(self.folder, name)
        return os.path.basename(os.readlink(path)) if os.path.islink(path) else None

    def kept(self) -> list[str]:
        """Ids on the disk, newest first."""
        folder = os.path.join(self.folder, "releases")
        if not os.path.isdir(folder):
            return []
        names = [name for name in os.listdir(folder) if not name.startswith(".")]
        return sorted(names, key=lambda name: os.lstat(os.path.join(folder, name)).st_mtime, reverse=True)

    def intact(self, release: str) -> bool:
        """True when the release is on the disk with exactly the content its id names."""
        folder = self.release_folder(release)
        try:
            return os.path.isdir(folder) and tree.release_id(tree.scan(folder)) == release
        except TreeError:
            return False  # something that no release can hold was put there by hand

    def entries(self, release: str | None) -> list[tree.Entry]:
        """What a release on the disk holds now; empty when there is none."""
        if release is None or not os.path.isdir(self.release_folder(release)):
            return []
        try:
            return tree.scan(self.release_folder(release))
        except TreeError:
            return []


def _folder(path: str, mode: int, uid: int, gid: int, change: bool) -> bool:
    """Make a folder be there with this access; True when it was not so. Touches nothing unless ``change``."""
    if os.path.isdir(path) and not os.path.islink(path) and tree.access_of(path) == (mode, uid, gid):
        return False
    if change:
        os.makedirs(path, exist_ok=True)
        os.chown(path, uid, gid)
        os.chmod(path, mode)
    return True


def prepare(application: Application, shared: bool, change: bool) -> list[str]:
    """Folders around the releases; those that were missing or had other access."""
    wanted = [(application.folder, 0o750, application.owner)]
    wanted.append((os.path.join(application.folder, "releases"), 0o750, application.owner))
    if shared:
        root = os.path.join(application.folder, "shared")
        wanted.append((root, 0o700, application.uid))
        wanted += [(os.path.join(root, name), 0o700, application.uid) for name in SHARED_FOLDERS]
    return [path for path, mode, uid in wanted if _folder(path, mode, uid, application.gid, change)]


def install(application: Application, release: str, archive: str) -> None:
    """Unpack an archive as this release, whole or not at all. Raises TreeError when its content is another."""
    final = application.release_folder(release)
    fresh = os.path.join(application.folder, "releases", f".{release}.new")
    shutil.rmtree(fresh, ignore_errors=True)
    os.mkdir(fresh, 0o750)
    tree.unpack(archive, fresh, application.gid, application.owner)
    found = tree.release_id(tree.scan(fresh))
    if found != release:
        shutil.rmtree(fresh)
        raise TreeError(f"Isi arsip rilis {release} tidak cocok ({found}); salinan terpotong, jalankan lagi.")
    if not os.path.isdir(final):
        os.rename(fresh, final)
        return
    # A release that was altered by hand: serve the fresh copy while the damaged one is exchanged.
    served = application.linked("current") == release
    if served:
        _link(application, "current", os.path.basename(fresh))
    damaged = os.path.join(application.folder, "releases", f".{release}.damaged")
    shutil.rmtree(damaged, ignore_errors=True)
    os.rename(final, damaged)
    if served:
        shutil.copytree(fresh, final, symlinks=True)
        tree.set_access(final, application.gid, application.owner)
        _link(application, "current", release)
        shutil.rmtree(fresh)
    else:
        os.rename(fresh, final)
    shutil.rmtree(damaged)


def _link(application: Application, name: str, release: str) -> None:
    temporary = os.path.join(application.folder, f".{name}.new")
    if os.path.lexists(temporary):
        os.unlink(temporary)
    os.symlink(os.path.join("releases", release), temporary)
    os.replace(temporary, os.path.join(application.folder, name))


def switch(application: Application, release: str) -> None:
    """Serve ``release`` from now on and remember which one was served before."""
    served = application.linked("current")
    if served == release:
        return
    if served is not None and os.path.isdir(application.release_folder(served)):
        _link(application, "previous", served)
    os.utime(application.release_folder(release))  # the newest is the one served last
    _link(application, "current", release)


def prune(application: Application, keep: int, change: bool) -> list[str]:
    """Remove the oldest releases above ``keep``, never the current or previous one, and debris of interrupted runs."""
    safe = {application.linked("current"), application.linked("previous")}
    surplus = [name for name in application.kept()[max(keep, 1) :] if name not in safe]
    folder = os.path.join(application.folder, "releases")
    hidden = [name for name in os.listdir(folder) if name.startswith(".")] if os.path.isdir(folder) else []
    debris = [name for name in hidden if name not in safe]
    for name in [*surplus, *debris]:
        if change:
            shutil.rmtree(os.path.join(folder, name))
    return surplus
