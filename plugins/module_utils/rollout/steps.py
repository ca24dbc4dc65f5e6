# SPDX-License-Identifier: GPL-3.0-or-later
"""The steps of a rollout, each of which may be the last one before the process is killed.

    plan ─▶ desk ─▶ each wave: begin ─▶ (routers configured, asked) ─▶ judge ─▶ (who failed, back) ─▶ settle ─▶ close

What is meant is in the journal before the register says it, and the register says it before a router is touched; an end
is in the ledger before it is in the journal. So a run that goes on after a kill finds out what is left to do, and what
it does again (a configuration that stands already) changes nothing.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from ..devices.evidence.folder import EvidenceFolder
from ..devices.evidence.process import alive
from ..planning.rollout.evidence import evidence
from ..planning.rollout.gates import routers_in_service
from ..planning.rollout.plan import Candidate
from ..planning.rollout.request import Decision, Move, Request, decide
from ..planning.rollout.stages import at_least
from ..planning.rollout.waves import goes_on
from ..register.models import Register, Stage
from ..register.problem import Problem
from ..register.render import render_one
from .errors import RolloutError
from .folder_facts import FolderFacts, folder_facts
from .journal import IN_HAND, Journal, Office, Run
from .records import OWNER, Records
from .stage_file import StageAt, staged


@dataclass(frozen=True)
class Planned:
    """What a run is going to do. ``resumed``: codes of OPDs that a killed run had in hand."""

    run: Run
    decision: Decision
    known: FolderFacts
    resumed: tuple[str, ...]

    @property
    def waves(self) -> list[list[Office]]:
        """Those whose routers are configured, wave by wave; the others are a matter of the register alone."""
        numbers = sorted({office.wave for office in self.run.offices})
        found = [[o for o in self.run.offices if o.wave == n and o.routers and _left(o)] for n in numbers]
        return [wave for wave in found if wave]

    @property
    def desk(self) -> list[Office]:
        return [office for office in self.run.offices if not office.routers and _left(office)]

    @property
    def backbone(self) -> bool:
        """Whether the core and the border must learn of an office first."""
        return any(office.to == "provisioned" for wave in self.waves for office in wave)


@dataclass(frozen=True)
class Wave:
    """Hosts to be configured for the new stage, and for the former one; ``stop``: no further wave begins.

    ``central``: those of ``apply`` that must reach the government's network, ``own``: whose own lines must live. Who
    goes back needs neither: he goes because something does not work.
    """

    apply: tuple[str, ...] = ()
    undo: tuple[str, ...] = ()
    central: tuple[str, ...] = ()
    own: tuple[str, ...] = ()
    stop: bool = False


#: stages in which an office has two lines
_BOTH_LINES: frozenset[Stage] = frozenset({"parallel", "accepted", "cutover"})

type Results = Mapping[str, str]
"""Host → why it did not end as it should, empty when it did; a host that is missing never got so far."""


class Rollout:
    """One government's rollout; every method raises RolloutError and OSError."""

    def __init__(self, folder: Path, state: EvidenceFolder, records: Records, drift_report: Path) -> None:
        """``folder`` holds ``register/``; ``state`` is the government's state folder."""
        self.folder = folder
        self.journal = Journal(state.root)
        self._state = state
        self._records = records
        self._drift_report = drift_report

    def known(self, day: date | None) -> FolderFacts:
        """The facts of ``day``, or of today."""
        known = folder_facts(self.folder, self._state, self._drift_report, day, self._records.key)
        if known.register is None:
            raise RolloutError(*map(render_one, known.problems))
        return known

    def plan(self, request: Request, day: date | None, *, dry: bool) -> Planned:
        """Decide who goes; a run that was killed is taken over. ``dry``: nothing is written."""
        known = self.known(day)
        assert known.register is not None
        with nullcontext() if dry else self.journal.held():
            former = self.journal.load()
            if former is not None and former.finished:
                former = None
            if former is not None and former.owner != OWNER and alive(former.owner) is not False:
                raise RolloutError(
                    f"rollout lain sedang berjalan (proses {former.owner}); tunggu sampai selesai. Bila proses itu di "
                    f"komputer lain dan sudah tidak ada, sisihkan {self.journal.path}, lalu ulangi"
                )
            planned = self._planned(request, known, known.register, former)
            if not planned.decision.mistakes and not dry:
                self.journal.save(planned.run)
            return planned

    def _planned(self, request: Request, known: FolderFacts, register: Register, former: Run | None) -> Planned:
        kept = list(former.offices) if former is not None and former.request == request else []
        if former is not None and not kept:
            kept = former.of(*IN_HAND)
        kept = [office for office in kept if office.state != "waiting"]
        in_hand = [office for office in kept if office.state in IN_HAND]
        decision = decide(register, known.allocations, known.facts, request, without={office.code for office in kept})
        decision = self._without_errors(decision, known.facts.today)
        same = former is not None and former.request == request
        run = Run(
            id=former.id if former is not None and same else _run_id(),
            folder=str(self.folder),
            to=request.to,
            only=list(request.offices),
            reason=request.reason,
            day=known.facts.today.isoformat(),
            owner=OWNER,
            failures_allowed=register.government.rules.rollout.failures_allowed,
            resumed=former is not None,
            offices=kept,
        )
        for office in in_hand:
            office.wave = 1
        first = 2 if in_hand else 1
        for number, wave in enumerate(decision.waves, first):
            run.offices += [_office(move, number, register, known) for move in wave]
        return Planned(run, decision, known, tuple(office.code for office in in_hand))

    def _without_errors(self, decision: Decision, today: date) -> Decision:
        """Who would make the government's folder invalid waits, with the error as what is missing."""
        moves = [move for wave in decision.waves for move in wave]
        if not self._errors(moves, today):
            return decision
        held = {move.opd.code: found for move in moves if (found := self._errors([move], today))}
        waves = tuple(tuple(m for m in wave if m.opd.code not in held) for wave in decision.waves)
        waiting = tuple(
            Candidate(move.opd, move.to, tuple(map(render_one, held[move.opd.code])))
            for move in moves
            if move.opd.code in held
        )
        return Decision(
            tuple(wave for wave in waves if wave),
            (*decision.waiting, *waiting),
            decision.beside,
            decision.standing,
        )

    def _errors(self, moves: Iterable[Move], today: date) -> tuple[Problem, ...]:
        goals = {move.opd.code: StageAt(move.to, today) for move in moves}
        return staged(self.folder / "register", goals).errors() if goals else ()

    def desk(self) -> None:
        """Bring those to their stage who have no router to be configured."""
        with self.journal.held():
            run = self._mine()
            offices = [office for office in run.offices if not office.routers and _left(office)]
            self._announce(run, offices)
            for office in offices:
                office.state = "failed" if office.state == "returning" else "done"
            self._end(run, offices)

    def begin(self, hosts: Iterable[str]) -> Wave:
        """Write the stages of the wave to which these hosts belong."""
        with self.journal.held():
            run = self._mine()
            wave = [office for office in _of(run, hosts) if _left(office)]
            if not any(office.state in IN_HAND for office in wave) and self._stopped(run):
                return Wave(stop=True)
            self._announce(run, wave)
            forward = [office for office in wave if not office.back]
            return Wave(
                _routers(wave, "begun"),
                _routers(wave, "returning"),
                central=_routers(forward, "begun"),
                own=_routers((office for office in forward if office.to in _BOTH_LINES), "begun"),
            )

    def judge(self, hosts: Iterable[str], results: Results) -> Wave:
        """Send those back whose routers did not end as they should, in the register first."""
        with self.journal.held():
            run = self._mine()
            wave = _of(run, hosts)
            bad = {office.code: _bad(office, results) for office in wave if office.state == "begun"}
            failed = [office for office in wave if bad.get(office.code)]
            for office in failed:
                office.why = "; ".join(bad[office.code])
                office.state = "begun" if office.back else "returning"
            self.journal.save(run)
            lost = [office for office in failed if office.back]
            for office in lost:
                office.state = "stuck"
            self._end(run, lost)
            self._write(run, [office for office in wave if office.state == "returning"])
            return Wave(undo=_routers(wave, "returning"))

    def settle(self, hosts: Iterable[str], results: Results) -> Wave:
        """Note how the offices of the wave ended; ``results`` are those of the routers that were brought back."""
        with self.journal.held():
            run = self._mine()
            wave = [office for office in _of(run, hosts) if office.state in IN_HAND]
            for office in wave:
                if office.state == "begun":
                    office.state = "done"
                    continue
                bad = _bad(office, results)
                office.state = "stuck" if bad else "failed"
                office.why += f"; belum kembali: {'; '.join(bad)}" if bad else ""
            self._end(run, wave)
            return Wave(stop=self._stopped(run))

    def close(self) -> Run:
        """The run is over; what still waits was not begun."""
        with self.journal.held():
            run = self._mine()
            run.finished = not run.of(*IN_HAND)
            self.journal.save(run)
            return run

    def _mine(self) -> Run:
        run = self.journal.load()
        if run is None or run.owner != OWNER:
            raise RolloutError(f"{self.journal.path} kini milik rollout lain; jalankan lagi perintah yang sama")
        return run

    def _announce(self, run: Run, offices: list[Office]) -> None:
        """Journal, then ledger, then register."""
        for office in offices:
            if office.state == "waiting":
                office.state = "begun"
        self.journal.save(run)
        for office in offices:
            self._records.begin(office, run, resumed=run.resumed)
        self._write(run, offices)

    def _write(self, run: Run, offices: list[Office]) -> None:
        file = staged(self.folder / "register", {office.code: office.goal(run.today) for office in offices})
        errors = file.errors()
        if errors:
            raise RolloutError(*map(render_one, errors))
        file.write()

    def _end(self, run: Run, offices: list[Office]) -> None:
        """Ledger, then journal."""
        for office in offices:
            self._records.end(office, run, resumed=run.resumed)
        self.journal.save(run)

    def _stopped(self, run: Run) -> bool:
        if not goes_on(run.failures, run.failures_allowed):
            run.stopped = True
            self.journal.save(run)
        return run.stopped


def _left(office: Office) -> bool:
    return office.state == "waiting" or office.state in IN_HAND


def _of(run: Run, hosts: Iterable[str]) -> list[Office]:
    wanted = set(hosts)
    return [office for office in run.offices if wanted & set(office.routers)]


def _routers(offices: Iterable[Office], state: str) -> tuple[str, ...]:
    return tuple(router for office in offices if office.state == state for router in office.routers)


def _bad(office: Office, results: Results) -> list[str]:
    """Each router that did not end as it should, with the reason."""
    return [
        f"{router}: {results.get(router, 'tidak sampai diperiksa')}"
        for router in office.routers
        if results.get(router, "-")
    ]


def _office(move: Move, wave: int, register: Register, known: FolderFacts) -> Office:
    opd = move.opd
    touched = at_least(move.to, "provisioned") or at_least(opd.stage, "provisioned")
    return Office(
        code=opd.code,
        source=opd.stage,
        source_since=opd.stage_since.isoformat() if opd.stage_since else None,
        to=move.to,
        back=move.back,
        wave=wave,
        routers=[router.name for router in routers_in_service(opd, register)] if touched else [],
        evidence=[] if move.back else list(evidence(opd, move.to, register, known.facts)),
        transaction=secrets.token_hex(8),
    )


def _run_id() -> str:
    return f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}-{secrets.token_hex(4)}"
