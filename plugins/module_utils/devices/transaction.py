# SPDX-License-Identifier: GPL-3.0-or-later
"""The guarded transaction: the only way this project changes a network device. It knows no vendor.

    preflight → read → normalise → diff → (check mode stops) → arm guard → apply → NEW login + probes → re-read
    → confirm

The re-read comes before the confirm, so that a device which did not become what was intended goes back as well.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import replace
from functools import partial
from typing import Any

from . import probes_here
from .guard import Guard, GuardState, Strength
from .journal import Journal, NoJournal
from .outcome import (
    ApplyFailedError,
    DeviceError,
    Outcome,
    RefusedError,
    SessionLostError,
)
from .platforms.base import Platform
from .preflight import Preflight
from .probes import Probe, ProbeResult, run_probe
from .report import Report
from .secrecy import Fingerprints
from .session import Session
from .settlement import LOGIN_PAUSE, Opener, Settlement
from .state import UNSAVED, State, titles
from .target import Target

#: part of the guard's time in which a new login must succeed
_LOGIN_SHARE = 0.5


class Transaction:
    """One device, one intended configuration, one run."""

    def __init__(
        self,
        platform: Platform[Any, Any, Any],
        connect: Opener,
        *,
        target: Target,
        guard_seconds: int,
        probes: Sequence[Probe] = (),
        check_mode: bool = False,
        allow_unguarded: bool = False,
        hide: Fingerprints | None = None,
        journal: Journal | None = None,
    ) -> None:
        """``connect`` opens a fresh session each time; it raises the errors of `Session.open`.

        ``allow_unguarded``: a person has said that the management path may be changed although nothing would bring it
        back. ``hide`` makes the fingerprints of secrets.
        """
        self._platform = platform
        self._connect = connect
        self._target = target
        self._guard_seconds = platform.guard_seconds(guard_seconds)
        self._probes = probes
        self._check_mode = check_mode
        self._allow_unguarded = allow_unguarded
        self._hide = hide or Fingerprints()
        self._journal = journal or NoJournal()
        self._begun = False
        self.report = Report()

    def run(self, config: str) -> Report:
        """Bring the device to ``config``, or leave it as it was. Never raises; the report tells the outcome."""
        report = self.report
        try:
            self._run(config)
        except DeviceError as error:
            report.outcome = error.outcome
            report.message = str(error)
        except SessionLostError as error:
            # Before arming nothing was touched; after it every loss is handled where it happens.
            report.outcome = Outcome.OFFLINE
            report.message = f"{error}; belum ada yang diubah"
        if self._begun:
            try:
                self._journal.end(report)
            except DeviceError as error:
                # The device is as the report says; that its end stands nowhere must not pass unseen.
                report.notices.append(f"akhir perubahan belum tercatat di buku bukti: {error}")
        return report

    def _run(self, config: str) -> None:
        platform, report = self._platform, self.report
        for probe in self._probes:
            probe.check()
            refusal = platform.probe_refusal(probe) if probe.where == "device" else ""
            if refusal:
                raise RefusedError(f"uji {probe.name!r} tidak dapat dijalankan: {refusal}. Belum ada yang diubah")
        intended = platform.parse(config, self._target)
        with self._connect() as session:
            preflight = platform.preflight(session, intended)
            report.notices += preflight.notices
            report.facts, report.strength = preflight.facts, preflight.strength
            reading = platform.read(session, intended)
            comparison = platform.normalise(intended, reading)
            report.unmanaged = comparison.unmanaged
            report.changes = platform.diff(comparison, self._hide)
            if not report.changes and platform.unsaved(session, reading):
                # A run that ended between its confirm and its save left this behind.
                self._save_only(session, intended, reading, comparison.running)
                return
            if report.changes:
                patch = platform.render_patch(intended, reading, report.changes)
                inverse = platform.render_inverse(intended, reading, report.changes)
                report.patch = platform.describe(patch, self._hide)
                report.inverse = platform.describe(inverse, self._hide)
                self._judge_strength(preflight, platform.management_changes(intended, reading, report.changes))
            if not report.changes or self._check_mode:
                report.outcome = Outcome.CHANGED if report.changes else Outcome.IN_SYNC
                report.message = self._describe()
                if preflight.notices and not self._check_mode:
                    platform.acknowledge(session)
                return
            probes = self._binding_probes(session)
            report.before = platform.snapshot(reading, self._hide)
            self._begin()
            guard = report.guard = platform.arm(session, patch, inverse, self._guard_seconds, preflight.strength)
            report.guard_state = GuardState.ARMED
            settlement = self._settlement(intended, comparison.running)
            problem = self._change(session, guard, intended, probes, settlement)
            if problem is not None:
                settlement.undo(session, guard, problem)
                # Only a confirm whose answer was lost comes back here.
            report.outcome = Outcome.CHANGED
            report.message = self._describe()

    def _settlement(self, intended: Any, former: State) -> Settlement:
        return Settlement(self._platform, self._connect, self.report, self._hide, intended, former)

    def _save_only(self, session: Session, intended: Any, reading: Any, running: State) -> None:
        """What runs is as intended, but would not survive a reboot."""
        report = self.report
        report.changes = [UNSAVED]
        report.outcome = Outcome.CHANGED
        report.message = "sesuai, tetapi belum tersimpan untuk menyala ulang; " + (
            "akan disimpan" if self._check_mode else "disimpan"
        )
        if not self._check_mode:
            report.before = self._platform.snapshot(reading, self._hide)
            self._begin()
            report.after = report.before
            self._settlement(intended, running).keep(session)

    def _begin(self) -> None:
        self._journal.begin(self.report)
        self._begun = True

    def _judge_strength(self, preflight: Preflight, touched: Sequence[str]) -> None:
        """Refuse to touch the management path without a guard, unless a person has said so."""
        if preflight.strength is not Strength.NONE:
            return
        if touched and not self._allow_unguarded:
            raise RefusedError(
                f"{self._target.host}: perubahan menyentuh jalur manajemen ({', '.join(touched)}), padahal perangkat "
                f"tidak dapat mengembalikannya sendiri ({preflight.reason}). Belum ada yang diubah; perbaiki itu dulu, "
                "atau nyatakan allow_unguarded: true pada tugas ini dan siapkan orang di depan perangkat"
            )
        self.report.notices.append(f"diubah tanpa pengaman otomatis: {preflight.reason}")

    def _binding_probes(self, session: Session) -> list[Probe]:
        """The probes that must pass after the change: those that can say something about it."""
        binding: list[Probe] = []
        for probe in self._probes:
            if probe.only_if_passed_before:
                before = self._run_probe(session, replace(probe, retries=0), partial(float, probe.timeout))
                if not before.ok:
                    note = f"tidak mengikat, sebelum perubahan pun gagal ({before.output})"
                    self.report.probes.append(ProbeResult(probe.name, False, note, binding=False))
                    continue
            binding.append(probe)
        return binding

    def _run_probe(self, session: Session, probe: Probe, remaining: Callable[[], float]) -> ProbeResult:
        if probe.where == "controller":
            return run_probe(probe, probes_here.run, remaining)
        return run_probe(probe, partial(self._platform.run_probe, session), remaining)

    def _change(
        self, session: Session, guard: Guard, intended: Any, probes: Sequence[Probe], settlement: Settlement
    ) -> str | None:
        """Apply and prove it; return what went wrong, or None after the confirm."""
        platform, report = self._platform, self.report
        try:
            platform.apply(session, guard)
        except ApplyFailedError as error:
            return str(error)
        except RefusedError as error:
            return f"penerapan tidak dapat dimulai ({error})"
        except SessionLostError:
            pass  # perhaps only the old session did not survive: the new login decides
        fresh, problem = self._after_apply(guard)
        if fresh is None:
            return problem
        with fresh:
            try:
                for probe in probes:
                    result = self._run_probe(fresh, probe, guard.remaining)
                    report.probes.append(result)
                    if not result.ok:
                        return f"uji {probe.name!r} gagal ({result.output})"
                reading = platform.read(fresh, intended)
                remaining = platform.diff(platform.normalise(intended, reading), self._hide)
                if remaining:
                    return "setelah diterapkan masih berbeda: " + titles(remaining)
                if not platform.confirm(fresh, guard):
                    return f"pengaman {guard.seconds} detik habis sebelum perubahan dikonfirmasi"
            except ApplyFailedError as error:
                return str(error)
            except RefusedError as error:
                return f"pembacaan ulang gagal ({error})"
            except SessionLostError as error:
                return f"sesi baru terputus sebelum perubahan dikonfirmasi ({error})"
            report.after = platform.snapshot(reading, self._hide)
            report.guard_state = GuardState.CONFIRMED
            settlement.keep(fresh)
        return None

    def _after_apply(self, guard: Guard) -> tuple[Session | None, str]:
        """A fresh session on a device that says it has applied everything; None with what went wrong.

        A device that is busy with the change may keep a session waiting: there is time for another one while half of
        the guard's is left.
        """
        while True:
            fresh, problem = self._log_in_again(guard)
            if fresh is None:
                return None, problem
            with ExitStack() as closing:
                closing.enter_context(fresh)
                try:
                    self._platform.applied(fresh, guard)
                except ApplyFailedError as error:
                    return None, str(error)
                except RefusedError as error:
                    return None, f"pembacaan ulang gagal ({error})"
                except SessionLostError as error:
                    if guard.remaining() <= guard.seconds * _LOGIN_SHARE:
                        return None, f"sesi baru terputus sebelum perubahan dikonfirmasi ({error})"
                else:
                    closing.pop_all()  # the caller's from here on
                    return fresh, ""
            time.sleep(LOGIN_PAUSE)

    def _log_in_again(self, guard: Guard) -> tuple[Session | None, str]:
        limit = time.monotonic() + guard.seconds * _LOGIN_SHARE
        while True:
            try:
                session = self._connect()
            except DeviceError as error:
                reason = str(error)
            else:
                self.report.probes.append(ProbeResult("login", True))
                return session, ""
            if time.monotonic() + LOGIN_PAUSE > min(limit, guard.armed_at + guard.seconds):
                self.report.probes.append(ProbeResult("login", False, reason))
                return None, f"login baru setelah perubahan gagal ({reason})"
            time.sleep(LOGIN_PAUSE)

    def _describe(self) -> str:
        if not self.report.changes:
            return "sesuai"
        verb = "akan diubah" if self._check_mode else "diubah"
        return f"{verb}: {titles(self.report.changes)}"
