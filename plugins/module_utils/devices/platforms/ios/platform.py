# SPDX-License-Identifier: GPL-3.0-or-later
"""The ios platform: brings the owned part of a Cisco IOS or IOS-XE configuration to what is intended."""

from __future__ import annotations

import secrets as randomness
import time
from collections.abc import Sequence
from datetime import datetime

from ...guard import Guard, GuardState, Strength
from ...outcome import DeviceError, RefusedError, SessionLostError, TransactionFailedError
from ...preflight import Preflight
from ...probes import Probe
from ...secrecy import Fingerprints
from ...session import Session
from ...state import Change, Comparison, differences
from ...target import Target
from ..base import Platform as Contract
from . import apply, compare, preflight, probes, reading, render, secrets, snmp_users, startup, timers, unchanged
from .cli import GO_ON, Terminal, errors
from .commands import Patch
from .compare import Sides
from .management import ManagementPath
from .parse import Intended, parse
from .reading import Reading

#: seconds of silence while the configuration is written to NVRAM
_SAVING = 120.0


class Platform(Contract[Intended, Reading, Patch]):
    """The contract of `platforms.base`, whose docstrings hold here."""

    device_type = "cisco_ios"
    interactive = True
    reads_by_exec = True

    def __init__(self) -> None:
        self._hide = Fingerprints()
        self._names: tuple[str, ...] = ()
        self._found: preflight.Found | None = None
        self._first: Reading | None = None
        self._intended: Intended | None = None
        self._former: Reading | None = None
        self._patch = Patch()
        self._inverse = Patch()
        #: what the revert timer does not take back
        self._beside = Patch()
        self._latest = ""
        self._file = ""
        self._confirming = False
        self._reverts = 0
        self._seen = ""

    def guard_seconds(self, wanted: int) -> int:
        minutes = -(-wanted // timers.MINUTE)
        return min(max(minutes, 1), timers.LONGEST_MINUTES) * timers.MINUTE

    def parse(self, text: str, target: Target) -> Intended:
        self._intended = parse(text, target)
        self._names = tuple(_hostnames(self._intended))
        return self._intended

    def probe_refusal(self, probe: Probe) -> str:
        return probes.refusal(probe)

    def preflight(self, session: Session, intended: Intended) -> Preflight:
        self._found = preflight.check(self._terminal(session), session.login.host, intended)
        self._first = self._found.reading
        return self._found.preflight

    def read(self, session: Session, intended: Intended) -> Reading:
        # What came with the preflight's answers, once: every later reading is a new one.
        first, self._first = self._first, None
        return first or reading.read(session, self._names, snmp=bool(intended.snmp_users))

    def unchanged(self, intended: Intended, reading: Reading) -> Comparison | None:
        self._latest = reading.text
        wanted, running = snmp_users.states(intended.snmp_users, reading.snmp_users)
        return unchanged.comparison(intended, reading) if wanted == running else None

    def normalise(self, intended: Intended, reading: Reading) -> Comparison:
        self._latest = reading.text
        found = compare.comparison(compare.sides(intended, reading.tree))
        wanted, running = snmp_users.states(intended.snmp_users, reading.snmp_users)
        return Comparison({**found.intended, **wanted}, {**found.running, **running}, found.unmanaged)

    def diff(self, comparison: Comparison, hide: Fingerprints) -> list[Change]:
        self._hide = hide
        users = self._intended.snmp_users if self._intended else ()
        return [
            Change(change.item, secrets.mask_text(change.before, hide), secrets.mask_text(change.after, hide))
            for change in differences(comparison.running, comparison.intended)
        ] + list(snmp_users.passwords(users, self._latest, hide))

    def render_patch(self, intended: Intended, reading: Reading, changes: Sequence[Change]) -> Patch:
        found = compare.sides(intended, reading.tree)
        users = snmp_users.patch(intended.snmp_users, reading.snmp_users, changes, self._hide)
        return render.patch(found, _path(intended, found)).before_protected(users)

    def render_inverse(self, intended: Intended, reading: Reading, changes: Sequence[Change]) -> Patch:
        self._former = reading
        found = compare.sides(intended, reading.tree)
        self._beside = Patch(tuple(snmp_users.inverse(intended.snmp_users, reading.snmp_users, changes)))
        return render.inverse(found, _path(intended, found)).before_protected(self._beside.commands)

    def describe(self, patch: Patch, hide: Fingerprints) -> str:
        return patch.describe(hide)

    def snapshot(self, reading: Reading, hide: Fingerprints) -> dict[str, str]:
        return {"running-config": secrets.mask_text(reading.archive(), hide)}

    def management_changes(self, intended: Intended, reading: Reading, changes: Sequence[Change]) -> list[str]:
        del changes
        found = compare.sides(intended, reading.tree)
        return render.touched(found, _path(intended, found))

    def arm(self, session: Session, patch: Patch, inverse: Patch, seconds: int, strength: Strength) -> Guard:
        terminal = self._terminal(session)
        guard_id = f"{datetime.now():%Y%m%d-%H%M%S}-{randomness.token_hex(3)}"
        self._patch, self._inverse = patch, inverse
        self._stage(session, terminal, guard_id)
        started = time.monotonic()
        try:
            if strength is Strength.NATIVE:
                timers.arm_revert(terminal, seconds // timers.MINUTE)
            elif strength is Strength.REBOOT:
                timers.arm_reload(terminal, seconds // timers.MINUTE)
        except SessionLostError:
            self._withdraw(session, strength)
            raise
        except DeviceError as error:
            self._clean_up(terminal)
            raise type(error)(f"{session.login.host}: {error}") from error
        return Guard(guard_id, seconds, strength, started)

    def apply(self, session: Session, guard: Guard) -> None:
        del guard
        terminal = self._terminal(session)
        if not self._file:
            apply.type_in(terminal, self._patch, self._hide)
            return
        try:
            apply.copy_in(terminal, self._file, self._patch, self._hide)
        finally:
            self._clean_up(terminal)

    def applied(self, session: Session, guard: Guard) -> None:
        """What was typed or copied has been carried out when the new login stands; a file of ours must not stay."""
        del guard
        self._clean_up(self._terminal(session))

    def run_probe(self, session: Session, probe: Probe, timeout: float) -> tuple[bool, str]:
        return probes.run(self._terminal(session), probe, timeout)

    def revert(self, session: Session, guard: Guard) -> None:
        terminal = self._terminal(session)
        self._reverts += 1
        self._clean_up(terminal)
        if guard.strength is Strength.NATIVE:
            timers.revert_now(terminal)
        elif guard.strength is Strength.REBOOT and self._reverts > 1:
            timers.reload_now(terminal)
        else:
            # With the reload still scheduled behind it, the commands are tried first: they stop no traffic.
            apply.type_all(terminal, self._inverse)

    def guard_state(self, session: Session, guard: Guard) -> GuardState:
        terminal = self._terminal(session)
        if guard.strength is Strength.NATIVE and _revert_pending(terminal):
            return GuardState.ARMED
        waiting = guard.strength is Strength.REBOOT and _reload_pending(terminal)
        now = reading.read(session, self._names)
        state = self._state_of(now)
        if state is GuardState.RESTORED and self._beside.commands:
            apply.type_all(terminal, self._beside)
            self._beside = Patch()
        if waiting:
            # Only what is proven to be back makes the restart needless.
            return state if state is GuardState.RESTORED and timers.cancel_reload(terminal) else GuardState.ARMED
        if guard.strength is Strength.NONE and state is GuardState.RESTORING and not self._confirming:
            return GuardState.ARMED
        return state

    def confirm(self, session: Session, guard: Guard) -> bool:
        terminal = self._terminal(session)
        self._confirming = True
        if guard.strength is Strength.NATIVE:
            return timers.confirm_revert(terminal)
        if guard.strength is Strength.REBOOT:
            return timers.cancel_reload(terminal)
        return True

    def unsaved(self, session: Session, reading: Reading) -> bool:
        if not startup.suspicious(reading.text):
            return False
        return startup.differs(reading.text, self._startup(session))

    def _startup(self, session: Session) -> str:
        if session.connection is None:
            return session.run("show startup-config", timeout=_SAVING).out.decode(errors="replace")
        return self._terminal(session).run("show startup-config", quiet=_SAVING)

    def save(self, session: Session) -> None:
        try:
            self._save(session)
        except SessionLostError as error:
            # A confirmed change that is not saved would go with the next power cut, and a later run sees it in place.
            try:
                with Session.open(session.login, self.device_type, interactive=True) as fresh:
                    self._save(fresh)
            except TransactionFailedError:
                raise
            except DeviceError as closed:
                raise error from closed

    def _save(self, session: Session) -> None:
        terminal = self._terminal(session)
        output = terminal.run("write memory", quiet=_SAVING, answers=GO_ON)
        if "[OK]" in output and not errors(output):
            return
        output = terminal.run("copy running-config startup-config", quiet=_SAVING, answers=GO_ON)
        if ("[OK]" in output or "bytes copied" in output) and not errors(output):
            return
        shown = (errors(output) or output.strip().splitlines()[-1:] or ["tanpa pesan"])[0]
        raise TransactionFailedError(
            f"{session.login.host}: perubahan berjalan dan sudah dikonfirmasi, tetapi tidak tersimpan ({shown}); "
            "jalankan write memory di perangkat setelah sebabnya hilang"
        )

    def acknowledge(self, session: Session) -> None:
        """Nothing to do: IOS keeps no record of a rollback that a later run would tell."""

    # -- parts of the steps above

    def _terminal(self, session: Session) -> Terminal:
        return Terminal(session, self._names)

    def _stage(self, session: Session, terminal: Terminal, guard_id: str) -> None:
        """Bring the patch to the device as a file, where it takes files; remove what an aborted run left there."""
        found = self._found
        if found is None or not found.storage or self._former is None:
            return
        for name in found.files:
            apply.delete(terminal, f"{found.storage}{name}")
        if "ip scp server enable" not in self._former.tree.config.children or apply.asks_for_users(self._patch):
            return
        # Short, so that no command with it outgrows a terminal of 80 columns.
        name = f"{found.storage}terpusat-{guard_id.rpartition('-')[2]}.cfg"
        try:
            if apply.upload(session, self.device_type, name, self._patch.file()):
                self._file = name
            else:
                # What arrived in part must not stay; the commands are typed instead.
                apply.delete(terminal, name)
        except SessionLostError as error:
            raise RefusedError(
                f"{session.login.host}: berkas perubahan tidak terkirim ({error}); belum ada yang diubah"
            ) from error

    def _withdraw(self, session: Session, strength: Strength) -> None:
        """After a session that broke while arming: nothing was changed, so no guard and no file should stay behind."""
        try:
            with Session.open(session.login, self.device_type, interactive=True) as fresh:
                terminal = self._terminal(fresh)
                if strength is Strength.NATIVE and _revert_pending(terminal):
                    timers.confirm_revert(terminal)
                elif strength is Strength.REBOOT:
                    timers.cancel_reload(terminal)
                self._clean_up(terminal)
        except (DeviceError, SessionLostError):
            return  # the timer ends by itself, and the next run removes the file

    def _clean_up(self, terminal: Terminal) -> None:
        name, self._file = self._file, ""
        try:
            if name:
                apply.delete(terminal, name)
        except SessionLostError:
            # A later session of this transaction does it, or the next run.
            self._file = name

    def _state_of(self, now: Reading) -> GuardState:
        """Where the device stands, judged by what it runs; a text that no longer moves counts as an end."""
        assert self._intended is not None
        assert self._former is not None
        former: Sides = compare.sides(self._intended, self._former.tree)
        wanted = compare.comparison(former)
        running = compare.comparison(compare.sides(self._intended, now.tree)).running
        if running == wanted.running:
            return GuardState.RESTORED
        if self._confirming and running == wanted.intended:
            return GuardState.CONFIRMED
        text = now.archive()
        settled, self._seen = text == self._seen, text
        return GuardState.RESTORED if settled else GuardState.RESTORING


def _path(intended: Intended, found: Sides) -> ManagementPath:
    return ManagementPath(intended.target, found.running.config, found.after)


def _hostnames(intended: Intended) -> list[str]:
    return [header.split()[1] for header in intended.outline.headers if header.startswith("hostname ")]


def _revert_pending(terminal: Terminal) -> bool:
    return timers.pending(terminal.run(timers.PENDING)) is not None


def _reload_pending(terminal: Terminal) -> bool:
    return timers.reload_pending(terminal.run(timers.RELOAD)) is not None
