# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A government's folder -> its hosts, or everything that is wrong with its files."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ..register.loading import load
from ..register.problem import Problem
from .bandwidth.lock import FILE_NAME as PLAN_FILE
from .bandwidth.lock import read_plan_lock
from .hosts import Hosts, hosts
from .lock_file import FILE_NAME, read_lock
from .numbers6 import without_ipv6
from .overlaps import overlaps
from .successors import followed


@dataclass(frozen=True)
class FolderHosts:
    """``hosts`` is None exactly when one of ``problems`` is an error."""

    hosts: Hosts | None
    problems: tuple[Problem, ...]


def folder_hosts(folder: Path) -> FolderHosts:
    """``folder`` is absolute and holds ``register/``; lock files that do not exist yet are no problem."""
    loaded = load(folder / "register")
    if loaded.register is None:
        return FolderHosts(None, loaded.problems)
    lock = read_lock(folder / FILE_NAME, loaded.register)
    plan = read_plan_lock(folder / PLAN_FILE)
    problems = (*loaded.problems, *lock.problems, *plan.problems)
    if lock.allocations is None or plan.lock is None:
        return FolderHosts(None, problems)
    allocations = followed(loaded.register, lock.allocations)
    if loaded.register.government.address_pools.ipv6 is None:
        allocations = without_ipv6(allocations)
    problems = (*problems, *overlaps(loaded.register, allocations, folder))
    if any(problem.is_error for problem in problems):
        return FolderHosts(None, problems)
    return FolderHosts(hosts(loaded.register, allocations, folder, plan.lock), problems)
