# SPDX-License-Identifier: GPL-3.0-or-later
"""How a change that was begun ends: kept, undone, or, when the device does not come back, not known.

A device that answers is read: it runs the new state, which is then saved, or the former one. What it was last asked to
do proves nothing, since it may have restarted in between.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

from .guard import Guard, GuardState
from .outcome import (
    AuthFailedError,
    OfflineError,
    RefusedError,
    RolledBackError,
    SessionLostError,
    StateUnknownError,
    TransactionFailedError,
)
from .platforms.base import Platform
from .report import Report
from .secrecy import Fingerprints
from .session import Session
from .state import State, differences, titles

Opener = Callable[[], Session]

#: seconds between two attempts to log in
LOGIN_PAUSE = 1.0
#: seconds that a restore may take after it started
RESTORE_TIME = 90.0
#: seconds in which a device that went away after the confirm is waited for: a router's restart and some more
RETURN_TIME = 300.0

#: a login that may work at the next attempt, or a session that broke
_UNREACHABLE = (SessionLostError, OfflineError, AuthFailedError, RefusedError)


class Settlement:
    """Of one transaction on one device. ``former`` is what it ran before, in the form of `Comparison.running`."""

    def __init__(
        self,
        platform: Platform[Any, Any, Any],
        connect: Opener,
        report: Report,
        hide: Fingerprints,
        intended: Any,
        former: State,
    ) -> None:
        self._platform = platform
        self._connect = connect
        self._report = report
        self._hide = hide
        self._intended = intended
        self._former = former

    def keep(self, session: Session) -> None:
        """Make a confirmed change last, and forget what has been reported.

        Raises:
            RolledBackError: the device went away before it had saved, and came back with the former state.
            StateUnknownError: it did not come back. TransactionFailedError: it runs the change and does not save it, or
            came back with neither state.
        """
        try:
            self._save(session)
        except SessionLostError as lost:
            self._find_out(lost)

    def undo(self, session: Session, guard: Guard, problem: str) -> None:
        """Have the guard fire, wait for it, and read back that the former state stands.

        Returns only when the device turns out to have taken the confirm, which is then kept; otherwise raises
        `RolledBackError`, `TransactionFailedError` or `StateUnknownError`.
        """
        self._fire(session, guard)
        reason = "perangkat tidak menjawab"
        for _ in _attempts(guard.remaining() + RESTORE_TIME):
            try:
                with self._connect() as fresh:
                    state = self._platform.guard_state(fresh, guard)
                    self._report.guard_state = state
                    if state is GuardState.RESTORED:
                        self._prove(fresh, problem)
                    elif state is GuardState.CONFIRMED:
                        self._report.after = self._snapshot(self._platform.read(fresh, self._intended))
                        self.keep(fresh)
                        return
                    elif state is GuardState.ARMED:
                        # The first attempt to fire it was lost with its session.
                        self._platform.revert(fresh, guard)
                    reason = f"keadaan pengaman: {state.value}"
            except _UNREACHABLE as error:
                reason = str(error)
        raise StateUnknownError(
            f"keadaan belum diketahui: perubahan tidak dikonfirmasi karena {problem}, dan pemulihan belum terbukti "
            f"({reason}). Pengaman {guard.id} di perangkat tetap memulihkan keadaan lama; periksa daya dan jalurnya, "
            "lalu jalankan sekali lagi: yang berlaku dibaca dan dituntaskan"
        )

    def _save(self, session: Session) -> None:
        self._platform.save(session)
        if self._report.notices:
            self._platform.acknowledge(session)

    def _find_out(self, lost: SessionLostError) -> None:
        """After a session that broke between the confirm and the end of the save."""
        reason, left = str(lost), ""
        for _ in _attempts(RETURN_TIME):
            try:
                with self._connect() as fresh:
                    reading = self._platform.read(fresh, self._intended)
                    comparison = self._platform.normalise(self._intended, reading)
                    self._report.after = self._snapshot(reading)
                    if not self._platform.diff(comparison, self._hide):
                        self._save(fresh)
                        return
                    if not differences(comparison.running, self._former):
                        raise RolledBackError(
                            f"perangkat terputus sebelum perubahan tersimpan ({lost}) dan kembali dengan keadaan lama, "
                            "yang sudah dibaca ulang; cari sebabnya (daya?), lalu jalankan sekali lagi"
                        )
                    # Perhaps it is still starting.
                    left = titles(differences(comparison.running, self._former))
            except _UNREACHABLE as error:
                reason = str(error)
        if left:
            raise TransactionFailedError(
                f"perangkat terputus sebelum perubahan tersimpan ({lost}) dan kembali dengan keadaan yang bukan lama "
                f"dan bukan baru; berbeda dari yang lama: {left}. Jalankan sekali lagi"
            )
        self._report.after = {}
        raise StateUnknownError(
            f"keadaan belum diketahui: perubahan sudah dikonfirmasi dan terbaca benar, lalu perangkat hilang sebelum "
            f"sempat disimpan dan tidak kembali dalam {RETURN_TIME:.0f} detik ({reason}). Periksa daya dan jalurnya, "
            "lalu jalankan sekali lagi: yang berlaku dibaca dan dituntaskan"
        )

    def _fire(self, session: Session, guard: Guard) -> None:
        try:
            self._platform.revert(session, guard)
        except _UNREACHABLE:
            # When this fails too, the timer on the device does it.
            with suppress(*_UNREACHABLE), self._connect() as fresh:
                self._platform.revert(fresh, guard)

    def _prove(self, session: Session, problem: str) -> None:
        platform = self._platform
        try:
            reading = platform.read(session, self._intended)
            now = platform.normalise(self._intended, reading).running
        except RefusedError as error:
            raise TransactionFailedError(f"{problem}; sesudah pemulihan keadaan tidak terbaca ({error})") from error
        self._report.after = self._snapshot(reading)
        left = differences(now, self._former)
        if left:
            raise TransactionFailedError(
                f"{problem}; pemulihan berjalan tetapi keadaan lama belum utuh, masih berbeda: {titles(left)}"
            )
        # What a later run would tell is told by this one.
        platform.acknowledge(session)
        raise RolledBackError(f"{problem}; keadaan lama sudah kembali dan diperiksa")

    def _snapshot(self, reading: Any) -> dict[str, str]:
        return self._platform.snapshot(reading, self._hide)


def _attempts(seconds: float) -> Iterator[None]:
    """One turn now, and one after each pause while there is time."""
    deadline = time.monotonic() + seconds
    while True:
        yield
        time.sleep(LOGIN_PAUSE)
        if time.monotonic() >= deadline:
            return
