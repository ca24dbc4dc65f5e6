# SPDX-License-Identifier: GPL-3.0-or-later
"""What a person asks of a rollout, and what follows from it: who goes, in which wave, who waits for what."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from ...register.models import Opd, Register, Stage
from ...register.suggest import did_you_mean
from ..allocations import Allocations
from .facts import Facts
from .plan import Candidate, plan
from .stages import NAMES, following, position


@dataclass(frozen=True)
class Request:
    """Without ``to`` everybody may take the next step; without ``offices`` all are meant."""

    to: Stage | None = None
    offices: tuple[str, ...] = ()
    reason: str = ""


@dataclass(frozen=True)
class Move:
    """One OPD on its way, one stage forward or any number of stages back."""

    opd: Opd
    to: Stage

    @property
    def back(self) -> bool:
        return position(self.to) < position(self.opd.stage)


@dataclass(frozen=True)
class Decision:
    """``waves`` go in order; who goes back goes in the first, for that needs no evidence.

    ``waiting`` lack evidence. ``beside`` are named OPDs for which there is nothing to do now, with the reason; those of
    ``standing`` stand where they are wanted already. With ``mistakes`` nothing is done.
    """

    waves: tuple[tuple[Move, ...], ...] = ()
    waiting: tuple[Candidate, ...] = ()
    beside: tuple[tuple[str, str], ...] = ()
    standing: tuple[str, ...] = ()
    mistakes: tuple[str, ...] = ()


def decide(
    register: Register, allocations: Allocations, facts: Facts, request: Request, *, without: Collection[str] = ()
) -> Decision:
    """``without``: codes of OPDs that are not to be considered, because an interrupted run has them in hand."""
    mistakes = tuple(_mistakes(register, request))
    if mistakes:
        return Decision(mistakes=mistakes)
    named = [opd for opd in register.opds if opd.code in request.offices and opd.code not in without]
    backs = tuple(Move(opd, request.to) for opd in named if request.to is not None and _behind(opd, request.to))
    standing = tuple(opd.code for opd in named if opd.stage == request.to)
    beside = tuple(_beside(named, request.to))
    only = {opd.code for opd in register.opds if not request.offices or opd.code in request.offices} - set(without)
    forward = plan(register, allocations, facts, to=request.to, only=only)
    waves = tuple(tuple(Move(candidate.opd, candidate.to) for candidate in wave) for wave in forward.waves)
    return Decision((backs, *waves) if backs else waves, forward.waiting, beside, standing)


def _mistakes(register: Register, request: Request) -> Iterator[str]:
    known = {opd.code: opd for opd in register.opds}
    for code in request.offices:
        if code not in known:
            yield f"OPD '{code}' tidak ada di opds.yml.{did_you_mean(code, known)} Periksa terpusat_rollout_offices."
    backs = [code for code in request.offices if code in known and request.to and _behind(known[code], request.to)]
    if backs and not request.reason:
        yield (
            f"{', '.join(backs)} akan kembali ke tahap {request.to}; sebutkan alasannya: "
            "-e terpusat_rollout_reason='...'."
        )


def _beside(named: list[Opd], to: Stage | None) -> Iterator[tuple[str, str]]:
    for opd in named:
        after = following(opd.stage)
        if after is None and to is None:
            yield opd.code, f"sudah pada tahap terakhir ({NAMES[opd.stage]})"
        elif to is not None and position(to) > position(opd.stage) and after != to:
            yield opd.code, f"masih {opd.stage}; tahap tidak dilompati, yang berikutnya {after}"


def _behind(opd: Opd, to: Stage) -> bool:
    return position(to) < position(opd.stage)
