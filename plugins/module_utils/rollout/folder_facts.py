# SPDX-License-Identifier: GPL-3.0-or-later
"""The facts that the gates read, out of a government's folder, its ledger of changes and its last drift check."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from ..devices.evidence.errors import EvidenceError
from ..devices.evidence.folder import EvidenceFolder
from ..devices.evidence.history import INTERRUPTED, events
from ..devices.evidence.measurements import Checked, Doubtful, MeasurementLedger
from ..devices.evidence.verify import check
from ..planning.acceptance.archive import FOLDER as MEASUREMENTS
from ..planning.acceptance.archive import Unreadable, read_result, result_files
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
from ..register.problem import Position, Problem

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
    try:
        checked = MeasurementLedger(folder, register.government.code, key).check()
    except EvidenceError as error:
        return FolderFacts(None, Allocations(), Facts(today), (*loaded.problems, _unread(folder, error)))
    paths = [path for path in result_files(folder) if path.relative_to(folder).as_posix() in checked.trusted]
    measurements = [read_result(path) for path in paths]
    doubted = _doubted(folder, checked, [path.relative_to(folder).as_posix() for path in paths])
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
    facts = Facts(now, measured, {name: found for name, (_, found) in devices.items()}, doubted)
    return FolderFacts(register, followed(register, lock.allocations), facts, loaded.problems, tuple(notes))


def _unread(folder: Path, error: EvidenceError) -> Problem:
    where = Position(str(folder / MEASUREMENTS))
    return Problem(where, "", str(error), "Periksa hak aksesnya, lalu ulangi.")


def _doubted(folder: Path, checked: Checked, trusted: list[str]) -> dict[str, str]:
    """By location, why its tests prove nothing: the last one that there is, or was, is not as it was measured.

    An older one does not take its place: a test that was not passed would only have to be taken away.
    """
    if not checked.chain.valid:
        told = (
            f"buku bukti pengukuran {checked.ledger} rusak, jadi hasil uji terimanya tidak terbukti; periksa dengan "
            "playbooks/evidence.yml"
        )
        return {"/".join(path.parts[-3:-1]): told for path in result_files(folder)}
    last = {"/".join(name.split("/")[1:3]): name.rpartition("/")[2] for name in sorted(trusted) if _central(name)}
    newest: dict[str, Doubtful] = {}
    for one in checked.doubtful:
        if _central(one.file) and one.name > last.get(one.location, ""):
            newest[one.location] = one
    return {location: str(one) for location, one in newest.items()}


def _central(name: str) -> bool:
    return name.endswith("-central.json")


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
