# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Planning a government's folder: its register and today's lock file in, tomorrow's lock file and the reasons out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ..register.document import read_document
from ..register.loading import load
from ..register.models import Register
from ..register.problem import Problem
from .addressing import Shortage, plan
from .changes import changes, label
from .lock_file import FILE_NAME, read_lock
from .lock_text import lock_text
from .obstacles import obstacles
from .overlaps import overlaps
from .remarks import remarks


@dataclass(frozen=True)
class FolderPlan:
    """``before`` and ``after`` are the lock file's text, equal when nothing changes or when there are errors.

    ``changes`` (from ``before`` to ``after``), ``reserved`` (numbers without owner) and ``remarks`` are lines for
    operators; ``problems`` also holds the register's warnings.
    """

    path: Path
    before: str
    after: str
    changes: tuple[str, ...]
    reserved: tuple[str, ...]
    remarks: tuple[str, ...]
    problems: tuple[Problem, ...]

    @property
    def changed(self) -> bool:
        return self.before != self.after

    @property
    def errors(self) -> tuple[Problem, ...]:
        return tuple(problem for problem in self.problems if problem.is_error)


def plan_folder(folder: Path, *, prune: bool = False, grow: bool = False) -> FolderPlan:
    """Reads only. With an error nothing is planned: half a plan would be written and then relied upon."""
    path = folder / FILE_NAME
    loaded = load(folder / "register")
    if loaded.register is None:
        return FolderPlan(path, "", "", (), (), (), loaded.problems)
    register = loaded.register
    lock = read_lock(path, register)
    if lock.allocations is None:
        return FolderPlan(path, "", "", (), (), (), (*loaded.problems, *lock.problems))
    result = plan(register, lock.allocations, prune=prune, grow=grow)
    problems = (*loaded.problems, *_shortages(folder, result.shortages))
    problems = (*problems, *overlaps(register, result.allocations, folder))
    if any(problem.is_error for problem in problems):
        return FolderPlan(path, lock.text, lock.text, (), (), (), problems)
    # Text is only written anew when a number changed, so a person's comments survive until then.
    same = path.exists() and result.allocations == lock.allocations
    return FolderPlan(
        path=path,
        before=lock.text,
        after=lock.text if same else lock_text(result.allocations),
        changes=tuple(changes(lock.allocations, result.allocations, result.moved)),
        reserved=tuple(label(section, key) for section, key in result.reserved),
        remarks=(
            *_nothing_known(path, register),
            *result.notices,
            *remarks(register, result.allocations, obstacles(register, result.allocations)),
        ),
        problems=problems,
    )


def _nothing_known(path: Path, register: Register) -> Iterator[str]:
    """A lock file that got lost looks like a network that is planned for the first time."""
    serving = sum(device.in_service for device in register.devices)
    if serving and not path.exists():
        yield (
            f"{path.name} belum ada, jadi {serving} perangkat yang in_service pun mendapat nomor baru. Bila jaringan "
            "ini sudah berjalan, nomor lamanya ada di git atau cadangan: pulihkan dahulu, jangan terapkan rencana ini."
        )


def _shortages(folder: Path, shortages: tuple[Shortage, ...]) -> Iterator[Problem]:
    document = read_document(folder / "register" / "government.yml")
    for shortage in shortages:
        path = ("government", *shortage.name.split("."))
        yield Problem(
            document.position(path),
            document.key(path),
            f"{shortage.name} ({shortage.pool}) habis; belum mendapat nomor: {', '.join(shortage.left)}.",
            _remedy(shortage.name),
        )


def _remedy(name: str) -> str:
    if name == "address_pools.data_centre":
        widen = (
            "Perbesar data_centre.subnet di allocations.yml (masih di dalam kolamnya; kolamnya boleh ikut diperbesar)"
        )
    elif name == "vlans.transit":
        widen = "Perlebar rentang VLAN-nya"
    elif name == "address_pools.ipv6":
        widen = "Minta prefiks yang lebih pendek yang memuat prefiks sekarang"
    else:
        widen = "Perbesar kolamnya (tanpa memindahkan awalnya, supaya nomor lama tetap sah)"
    return (
        f"{widen}, atau lepaskan nomor yang pemiliknya sudah tidak ada: "
        "ansible-playbook playbooks/plan.yml -e terpusat_plan_prune=true."
    )
