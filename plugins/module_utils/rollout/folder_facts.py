# SPDX-License-Identifier: GPL-3.0-or-later
"""The facts that the gates read, out of a government's folder, its ledger of changes and its last drift check."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from ..devices.evidence.folder import EvidenceFolder
from ..devices.evidence.history import INTERRUPTED, events
from ..devices.evidence.verify import check
from ..planning.acceptance.archive import Unreadable, results
from ..planning.acceptance.promises import promised
from ..planning.acceptance.standing import standing
from ..planning.allocations import Allocations
from ..planning.bandwidth.lock import FILE_NAME as PLAN_FILE
from ..planning.bandwidth.lock import read_plan_lock
from ..planning.lock_file import FILE_NAME, read_lock
from ..planning.rollout.facts import Facts, Standing
from ..planning.successors import followed
from ..register.loading import load
from ..register.models import Register
from ..register.problem import Problem

#: ends of a transaction after which it is not certain what a device runs
_UNCERTAIN = frozenset({"failed", INTERRUPTED})
_CERTAIN = frozenset({"changed", "rolled_back"})
#: a device that could not be asked says nothing for or against itself
_DRIFT: Mapping[str, str] = {"in_sync": "good", "drift": "deviates"}


@dataclass(frozen=True)
class FolderFacts:
    """``register``, ``allocations`` and ``facts`` belong together; with ``problems`` that are errors they are empty.

    ``notes`` are what could not be read and counts for nothing.
    """

    register: Register | None
    allocations: Allocations
    facts: Facts
    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()


def folder_facts(
    folder: Path, state: EvidenceFolder, drift_report: Path, day: date | None, key: bytes | None = None
) -> FolderFacts:
    """``folder`` holds ``register/``; no ``day`` is today over there; ``key`` opens a sealed ledger. Raises OSError."""
    loaded = load(folder / "register")
    today = day or date.min
    nothing = FolderFacts(None, Allocations(), Facts(today), loaded.problems)
    if loaded.register is None:
        return nothing
    register = loaded.register
    lock, plan = read_lock(folder / FILE_NAME, register), read_plan_lock(folder / PLAN_FILE)
    if lock.allocations is None or plan.lock is None:
        return FolderFacts(None, Allocations(), Facts(today), (*loaded.problems, *lock.problems, *plan.problems))
    zone = ZoneInfo(register.government.iana_time_zone)
    measurements = list(results(folder))
    notes = [
        f"{one.path}: {one.reason}; hasil ini tidak dihitung" for one in measurements if isinstance(one, Unreadable)
    ]
    now = day or datetime.now(zone).date()
    taken = [one for one in measurements if not isinstance(one, Unreadable)]
    # A clock that was wrong, or a date typed by hand: it would be the newest test for as long as nobody looks.
    notes += [
        f"uji terima {one.location} bertanggal {one.taken.astimezone(zone):%Y-%m-%d %H.%M}, sesudah hari ini; hasil "
        "ini tidak dihitung. Periksa jam komputer pengukur, lalu ukur lagi"
        for one in taken
        if one.taken.astimezone(zone).date() > now
    ]
    taken = [one for one in taken if one.taken.astimezone(zone).date() <= now]
    rates = {ref: promise.cir_bps for ref, promise in promised(register, plan.lock).items()}
    measured = standing(taken, register, rates)
    devices = dict(_ledger(state, register.government.code, zone, key, notes))
    for name, found in _drift(drift_report, zone, notes):
        if name not in devices or devices[name][0] < found[0]:
            devices[name] = found
    facts = Facts(now, measured, {name: found for name, (_, found) in devices.items()})
    return FolderFacts(register, followed(register, lock.allocations), facts, loaded.problems, tuple(notes))


type _Dated = tuple[datetime, Standing]


def _ledger(
    state: EvidenceFolder, government: str, zone: ZoneInfo, key: bytes | None, notes: list[str]
) -> Iterator[tuple[str, _Dated]]:
    found = check(state.ledger, government, key)
    if not found.valid:
        notes.append(f"buku bukti {state.ledger} rusak; periksa dengan playbooks/evidence.yml")
    for event in events(found.entries):
        if event.record.get("action") != "device_config":
            continue
        outcome = event.outcome
        if outcome in _CERTAIN | _UNCERTAIN:
            when = event.when.astimezone(zone)
            verdict = "good" if outcome in _CERTAIN else "unknown"
            yield event.device, (when, Standing(when.date(), "change", verdict))  # type: ignore[arg-type]


def _drift(path: Path, zone: ZoneInfo, notes: list[str]) -> Iterator[tuple[str, _Dated]]:
    """The last drift report; a run that never checked a device says nothing of it."""
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
        when = datetime.fromisoformat(document["ended"]).astimezone(zone)
        hosts = {str(name): str(host["state"]) for name, host in document["hosts"].items()}
    except FileNotFoundError:
        return
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        notes.append(f"laporan penyimpangan {path} tidak terbaca ({error}); tidak dihitung")
        return
    for name, state in hosts.items():
        if state in _DRIFT:
            yield name, (when, Standing(when.date(), "drift", _DRIFT[state]))  # type: ignore[arg-type]
