# SPDX-License-Identifier: GPL-3.0-or-later
"""A device that holds ``key = value`` lines and has a commit-confirm of its own."""

from __future__ import annotations

from collections.abc import Sequence

from ...guard import Guard, GuardState, Strength
from ...outcome import ApplyFailedError, BusyError, RefusedError
from ...preflight import Preflight
from ...probes import Probe
from ...secrecy import Fingerprints
from ...session import Session
from ...state import Change, Comparison, Item, differences
from ...target import Target
from ..base import Platform as Contract

Lines = dict[str, str]


class Platform(Contract[Lines, Lines, Lines]):
    """Reads with ``show``, changes with ``load`` under ``arm``, keeps with ``confirm``."""

    device_type = "generic"
    interactive = False
    reads_by_exec = True

    def guard_seconds(self, wanted: int) -> int:
        return wanted

    def parse(self, text: str, target: Target) -> Lines:
        del target
        for number, line in enumerate(text.splitlines(), 1):
            if line.strip() and " = " not in line:
                raise RefusedError(f"baris {number}: {line!r} bukan kunci = nilai")
        return _parse(text)

    def preflight(self, session: Session, intended: Lines) -> Preflight:
        del intended
        if self._ask(session, "state") == "armed":
            raise BusyError("ada perubahan yang belum dikonfirmasi; tunggu lalu ulangi")
        return Preflight(Strength.NATIVE, facts={"version": self._ask(session, "version")})

    def read(self, session: Session, intended: Lines) -> Lines:
        del intended
        return _parse(self._ask(session, "show"))

    def normalise(self, intended: Lines, reading: Lines) -> Comparison:
        return Comparison(_state(intended), _state(reading))

    def diff(self, comparison: Comparison, hide: Fingerprints) -> list[Change]:
        del hide
        return differences(comparison.running, comparison.intended)

    def render_patch(self, intended: Lines, reading: Lines, changes: Sequence[Change]) -> Lines:
        del reading, changes
        return intended

    def render_inverse(self, intended: Lines, reading: Lines, changes: Sequence[Change]) -> Lines:
        del intended, changes
        return reading

    def describe(self, patch: Lines, hide: Fingerprints) -> str:
        del hide
        return _render(patch)

    def snapshot(self, reading: Lines, hide: Fingerprints) -> dict[str, str]:
        del hide
        return {"keyval.txt": _render(reading)}

    def management_changes(self, intended: Lines, reading: Lines, changes: Sequence[Change]) -> list[str]:
        del intended, reading, changes
        return []

    def arm(self, session: Session, patch: Lines, inverse: Lines, seconds: int, strength: Strength) -> Guard:
        del inverse  # the device keeps what it had
        self._patch = patch
        self._ask(session, f"arm {seconds}")
        return Guard("keyval", seconds, strength)

    def apply(self, session: Session, guard: Guard) -> None:
        del guard
        answer = session.run("load", _render(self._patch).encode())
        if answer.code:
            raise ApplyFailedError(answer.err.decode().strip())

    def applied(self, session: Session, guard: Guard) -> None:
        """`load` is whole when it has answered."""

    def run_probe(self, session: Session, probe: Probe, timeout: float) -> tuple[bool, str]:
        answer = session.run(probe.command, timeout=timeout)
        return answer.code == 0, answer.out.decode()

    def revert(self, session: Session, guard: Guard) -> None:
        del guard
        self._ask(session, "revert")

    def guard_state(self, session: Session, guard: Guard) -> GuardState:
        del guard
        return GuardState(self._ask(session, "state"))

    def confirm(self, session: Session, guard: Guard) -> bool:
        del guard
        return session.run("confirm").code == 0

    def unsaved(self, session: Session, reading: Lines) -> bool:
        return _parse(self._ask(session, "saved")) != reading

    def save(self, session: Session) -> None:
        self._ask(session, "save")

    def acknowledge(self, session: Session) -> None:
        """The device does not remember its restores."""

    def _ask(self, session: Session, command: str) -> str:
        return session.run(command).out.decode().strip()


def _parse(text: str) -> Lines:
    return dict(line.strip().split(" = ", 1) for line in text.splitlines() if line.strip())


def _render(lines: Lines) -> str:
    return "".join(f"{key} = {value}\n" for key, value in sorted(lines.items()))


def _state(lines: Lines) -> dict[Item, str]:
    return {Item("keyval", "running", key): f"{value}\n" for key, value in lines.items()}
