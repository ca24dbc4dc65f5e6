# SPDX-License-Identifier: GPL-3.0-or-later
"""The one kernel limit of the machine that a lab has to raise, and gives back.

Every systemd holds a handful of inotify instances, and the kernel's usual limit of 128 for root is used up by some
twenty machines; past it their units fail at random.
"""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from labkit import namespaces
from labkit.progress import Progress

NEEDED = 2048
_LIMIT = Path("/proc/sys/fs/inotify/max_user_instances")
_FOLDER = Path("/run/terpusat")
_FORMER = _FOLDER / "former-inotify-instances"


def raise_for_lab(progress: Progress) -> None:
    """Raise the limit unless it suffices; the former value is kept until the last lab is gone."""
    with _locked():
        current = int(_LIMIT.read_text())
        if current >= NEEDED:
            return
        if not _FORMER.exists():
            _FORMER.write_text(f"{current}\n")
        _LIMIT.write_text(f"{NEEDED}\n")
    progress.step(f"Batas inotify mesin dinaikkan dari {current} ke {NEEDED} sampai lab terakhir dihapus.")


def give_back() -> None:
    """Restore the former limit when no lab of any checkout is left."""
    with _locked():
        if _FORMER.exists() and not namespaces.names("terpusat-"):
            _LIMIT.write_text(_FORMER.read_text())
            _FORMER.unlink()


@contextmanager
def _locked() -> Iterator[None]:
    _FOLDER.mkdir(parents=True, exist_ok=True)
    with (_FOLDER / "limits.lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
