# SPDX-License-Identifier: GPL-3.0-or-later
"""What a lab raises on the machine, and gives back when the last lab is gone.

Every systemd holds a handful of inotify instances, and the kernel's usual limit of 128 for root is used up by some
twenty machines; past it their units fail at random. And where podman writes the control groups itself, all its
containers together weigh as much as one single process of ours: beside a few that compute, a router takes seconds to
answer a login.
"""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from labkit import machine, namespaces
from labkit.progress import Progress

_FOLDER = Path("/run/terpusat")


@dataclass(frozen=True)
class Limit:
    """A number in a file of the kernel.

    ``podmans``: it is that of a control group which podman itself makes where there is no systemd, with its first
    container, so the folder may have to be made.
    """

    name: str
    label: str
    path: Path
    needed: int
    podmans: bool = False

    @property
    def former(self) -> Path:
        """Where the number that was found is kept."""
        return _FOLDER / f"former-{self.name}"

    def raise_(self) -> tuple[int, int] | None:
        """Raise it unless it suffices; (former, new) when it was raised."""
        if self.podmans:
            if machine.has_systemd():
                return None
            if self.path.parent.with_name(self.path.name).exists():
                self.path.parent.mkdir(exist_ok=True)
        if not self.path.exists() or (current := int(self.path.read_text())) >= self.needed:
            return None
        if not self.former.exists():
            self.former.write_text(f"{current}\n")
        self.path.write_text(f"{self.needed}\n")
        return current, self.needed

    def give_back(self) -> None:
        """Restore what was found."""
        if self.former.exists():
            if self.path.exists():
                self.path.write_text(self.former.read_text())
            self.former.unlink()


_PARENT = "libpod_parent"  # podman's group of all containers where it has no systemd to ask
LIMITS = (
    Limit("inotify-instances", "Batas inotify mesin", Path("/proc/sys/fs/inotify/max_user_instances"), 2048),
    # 1024 is one process. Where systemd is, it has a slice for machines that weighs as much as all people together.
    Limit(
        "cpu-shares", "Bobot CPU kontainer", Path("/sys/fs/cgroup/cpu") / _PARENT / "cpu.shares", 16384, podmans=True
    ),
)


def raise_for_lab(progress: Progress) -> None:
    """Raise what does not suffice; the former values are kept until the last lab is gone."""
    with _locked():
        for limit in LIMITS:
            if raised := limit.raise_():
                progress.step(f"{limit.label} dinaikkan dari {raised[0]} ke {raised[1]} sampai lab terakhir dihapus.")


def give_back() -> None:
    """Restore the former values when no lab of any checkout is left."""
    with _locked():
        if not namespaces.names("terpusat-"):
            for limit in LIMITS:
                limit.give_back()


@contextmanager
def _locked() -> Iterator[None]:
    _FOLDER.mkdir(parents=True, exist_ok=True)
    with (_FOLDER / "limits.lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
