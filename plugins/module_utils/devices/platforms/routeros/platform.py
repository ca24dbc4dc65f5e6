# SPDX-License-Identifier: GPL-3.0-or-later
"""The routeros platform: an export-style script is the intended state; MikroTik RouterOS 6 and 7 become it."""

from __future__ import annotations

import getpass
import re
import secrets
import socket
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from ...guard import Guard, GuardState, Strength
from ...outcome import ApplyFailedError, BusyError, FileRefusedError, RefusedError, UnsupportedError
from ...preflight import Preflight
from ...probes import Probe
from ...secrecy import Fingerprints
from ...session import Session
from ...state import Change, Comparison, differences
from ...target import Target
from ..base import Platform as Contract
from . import guard as guarding
from . import items, management, preflight, probing, reading, script, users, version
from .cli import CommandError, problem, run
from .guard import Files
from .inverse import answered, questions, shown
from .lockout import lockouts
from .masking import mask
from .passwords import Password, wanted
from .patch import Edit, Patch, backward, edits, forward
from .preflight import Device
from .reading import Reading
from .states import compare, refuse_losses

#: versions that can read a file without doing what it says
_DRY_RUN = (7, 16)
_EXPORT_TIME = 180.0
_STATES = {
    guarding.GUARD: GuardState.ARMED,
    guarding.CONFIRMED: GuardState.CONFIRMED,
}
_RESTORES = {"restored": GuardState.RESTORED, "restoring": GuardState.RESTORING}


@dataclass(frozen=True)
class Intended:
    """A parsed script, and whom it is for."""

    config: items.Config
    target: Target


class Platform(Contract[Intended, Reading, Patch]):
    """The contract of `platforms.base`, whose docstrings hold here; one object serves one transaction."""

    device_type = "mikrotik_routeros"
    interactive = False
    reads_by_exec = True

    def __init__(self) -> None:
        self._device: Device | None = None
        self._target = Target("")
        self._user = ""
        self._patch: Patch | None = None
        self._undone = False
        self._compared: tuple[Intended, Reading] | None = None
        self._hide = Fingerprints()

    def guard_seconds(self, wanted: int) -> int:
        return wanted

    def parse(self, text: str, target: Target) -> Intended:
        self._target = target
        try:
            config = items.load(text)
        except script.ScriptError as error:
            raise RefusedError(f"baris {error.line}: {error}; perbaiki templat perannya") from error
        if not config.claimed:
            raise RefusedError("konfigurasi kosong: tidak ada satu menu pun; periksa templat perannya")
        self._refuse(config, _known_version(target))
        lost = lockouts(config, target)
        if lost:
            raise RefusedError("akan memutus akses kelola terakhir: " + "; ".join(lost))
        return Intended(config, target)

    def preflight(self, session: Session, intended: Intended) -> Preflight:
        user = self._user = intended.target.user or session.login.user
        result, self._device = preflight.check(session, user)
        self._refuse(intended.config, self._device.version)
        return result

    def read(self, session: Session, intended: Intended) -> Reading:
        known = self._device.version if self._device else _known_version(intended.target)
        shown = self._device.shows_secrets if self._device else True
        full = "" if known is not None and known < (7,) else " show-sensitive"
        try:
            try:
                text = run(session, f"/export terse{full if shown else ''}", _EXPORT_TIME)
            except CommandError:
                if known is not None:
                    raise
                # Version 6 does not know the word, and shows secrets without it.
                text = run(session, "/export terse", _EXPORT_TIME)
            asked = users.PATH in intended.config.claimed
            told = users.answer(run(session, users.question(known))) if asked else None
        except CommandError as error:
            raise RefusedError(f"{session.login.host}: konfigurasi tidak dapat dibaca ({error})") from error
        return reading.parse(text, known, secrets=shown, users=told)

    def normalise(self, intended: Intended, reading: Reading) -> Comparison:
        self._refuse(intended.config, reading.version)
        refuse_losses(intended.config, reading, intended.target)
        self._compared = intended, reading
        return compare(intended.config, reading)

    def diff(self, comparison: Comparison, hide: Fingerprints) -> list[Change]:
        self._hide = hide
        secret = self._passwords(*self._compared) if self._compared else []
        return [
            Change(
                change.item,
                mask(change.before, hide, change.item.component),
                mask(change.after, hide, change.item.component),
            )
            for change in differences(comparison.running, comparison.intended)
        ] + [password.change(hide) for password in secret if password.differs]

    def _passwords(self, intended: Intended, reading: Reading) -> list[Password]:
        login = self._target.user or self._user
        return list(wanted(intended.config, reading.config, reading.passwords, login, self._hide))

    def render_patch(self, intended: Intended, reading: Reading, changes: Sequence[Change]) -> Patch:  # noqa: ARG002
        return forward(self._plan(intended, reading))

    def render_inverse(self, intended: Intended, reading: Reading, changes: Sequence[Change]) -> Patch:  # noqa: ARG002
        return backward(self._plan(intended, reading))

    def describe(self, patch: Patch, hide: Fingerprints) -> str:
        return "".join(mask(shown(line), hide) + "\n" for line in patch.lines)

    def snapshot(self, reading: Reading, hide: Fingerprints) -> dict[str, str]:
        return {"export.rsc": reading.snapshot(hide)}

    def management_changes(
        self,
        intended: Intended,
        reading: Reading,
        changes: Sequence[Change],  # noqa: ARG002
    ) -> list[str]:
        return list(dict.fromkeys(edit.reason for edit in self._plan(intended, reading) if edit.reason))

    def arm(self, session: Session, patch: Patch, inverse: Patch, seconds: int, strength: Strength) -> Guard:
        device = self._known_device(session)
        inverse = self._complete(session, inverse)
        self._patch = patch
        guard_id = f"{datetime.now():%Y%m%dT%H%M%S}-{secrets.token_hex(3)}"
        files = device.files(guard_id)
        bare = strength is Strength.NONE
        texts = {
            files.patch: guarding.plain_file(patch.lines, "perubahan") if bare else guarding.patch_file(patch.lines),
            files.inverse: guarding.plain_file(inverse.lines, "pemulihan"),
        }
        needed = 2 * sum(len(text) for text in texts.values())
        if device.free is not None and device.free < needed:
            raise RefusedError(
                f"{session.login.host}: ruang simpan tinggal {device.free} byte, perlu {needed}; hapus berkas lama"
            )
        try:
            for name, text in texts.items():
                session.put(text.encode(), name)
        except FileRefusedError as error:
            raise RefusedError(f"{session.login.host}: berkas perubahan tidak diterima perangkat ({error})") from error
        self._try_out(session, device, files)
        started = time.monotonic()
        if not bare:
            author = re.sub(r"[^A-Za-z0-9._@-]", "-", f"{getpass.getuser()}@{socket.gethostname()}")
            held = [name for name in guarding.POLICIES if not device.policies or name in device.policies]
            try:
                run(session, guarding.arm(files, seconds, author, held))
            except CommandError as error:
                if "terpusat-sibuk" in str(error):
                    self._discard(session, files)
                    raise BusyError(
                        f"{session.login.host}: proses lain baru saja mulai mengubah perangkat ini; tunggu lalu ulangi"
                    ) from error
                self._ask(session, guarding.disarm(files))
                raise RefusedError(
                    f"{session.login.host}: pengaman tidak dapat dipasang ({error}); belum ada yang diubah"
                ) from error
        return Guard(guard_id, seconds, strength, started)

    def _complete(self, session: Session, inverse: Patch) -> Patch:
        """Ask for the former values that the export did not show."""
        asked = questions(inverse.lines)
        if not asked:
            return inverse
        script = "; ".join(f':put ("former{n}=" . [:tostr [{text}]])' for n, text in enumerate(asked))
        told = dict(line.partition("=")[::2] for line in self._ask(session, script).splitlines() if "=" in line)
        try:
            # A list is told with semicolons.
            values = {text: told[f"former{n}"].replace(";", ",") for n, text in enumerate(asked)}
        except KeyError as error:
            raise RefusedError(
                f"{session.login.host}: nilai semula tidak terbaca ({asked[0]}), jadi tidak dapat dikembalikan; "
                "periksa menu itu di konsol"
            ) from error
        unset = self._known_device(session).version >= _DRY_RUN
        return Patch(answered(inverse.lines, values, unset=unset))

    def _try_out(self, session: Session, device: Device, files: Files) -> None:
        if device.version < _DRY_RUN:
            return
        try:
            complaint = problem(run(session, guarding.dry_run(files), 60.0))
        except CommandError as error:
            complaint = str(error)
        if complaint is not None:
            self._discard(session, files)
            raise RefusedError(
                f"{session.login.host}: perangkat menolak sintaks perubahan ({self._masked(complaint)}); "
                "belum ada yang diubah"
            )

    def _discard(self, session: Session, files: Files) -> None:
        try:
            run(session, f'/file remove [find name~"terpusat-{files.id}-"]')
        except CommandError:
            return  # the next run's confirm takes them along

    def apply(self, session: Session, guard: Guard) -> None:
        device = self._known_device(session)
        files = device.files(guard.id)
        try:
            if guard.strength is Strength.NONE:
                run(session, f"/import file-name={files.patch}", guard.seconds)
                return
            run(session, guarding.apply(files, device.version))
        except CommandError as error:
            raise ApplyFailedError(f"penerapan ditolak perangkat ({self._masked(str(error))})") from error
        self.applied(session, guard)

    def applied(self, session: Session, guard: Guard) -> None:
        if guard.strength is Strength.NONE:
            return
        while True:
            # Short waits: when the change cuts this session, that shows within seconds.
            jobs = guarding.parse_entries(self._ask(session, guarding.await_apply(2), 8.0))
            job = jobs.get(guarding.GUARD)
            if job is None or job.get("id") != guard.id:
                raise ApplyFailedError("pengaman sudah bekerja sebelum perubahan selesai diterapkan")
            if job.get("apply") == "ok":
                return
            if job.get("apply"):
                raise ApplyFailedError(self._failed_line(job.get("step", ""), job.get("error", "")))
            if "begun" not in job:
                raise ApplyFailedError("perintah untuk menerapkan tidak sampai di perangkat")
            if guard.remaining() <= 0:
                raise ApplyFailedError(f"penerapan belum selesai dalam {guard.seconds} detik")

    def _failed_line(self, step: str, error: str) -> str:
        lines = self._patch.lines if self._patch else ()
        number = int(step) if step.isdigit() else 0
        line = self._masked(lines[number - 1]) if 0 < number <= len(lines) else "baris yang tidak diketahui"
        told = f" ({self._masked(error)})" if error else ""
        return f"langkah {number} dari {len(lines)} gagal diterapkan: {line}{told}"

    def run_probe(self, session: Session, probe: Probe, timeout: float) -> tuple[bool, str]:
        done, output = probing.try_once(session, probe, timeout)
        return done, self._masked(output)

    def revert(self, session: Session, guard: Guard) -> None:
        files = self._known_device(session).files(guard.id)
        if guard.strength is Strength.NONE:
            self._ask(session, f"/import file-name={files.inverse}", guard.seconds)
            self._undone = True
            self._discard(session, files)
            return
        self._ask(session, guarding.revert(files))

    def guard_state(self, session: Session, guard: Guard) -> GuardState:
        if guard.strength is Strength.NONE:
            return GuardState.RESTORED if self._undone else GuardState.ARMED
        jobs = guarding.parse_entries(self._ask(session, guarding.entries()))
        mine = {name: job for name, job in jobs.items() if job.get("id") == guard.id}
        for name, state in _STATES.items():
            if name in mine:
                return state
        if guarding.RESTORE in mine:
            return _RESTORES.get(mine[guarding.RESTORE].get("state", ""), GuardState.UNKNOWN)
        # Only a confirm takes away every entry of a guard.
        return GuardState.CONFIRMED if guarding.BOOT not in mine else GuardState.UNKNOWN

    def confirm(self, session: Session, guard: Guard) -> bool:
        files = self._known_device(session).files(guard.id)
        if guard.strength is Strength.NONE:
            self._discard(session, files)
            return True
        return "terpusat-won" in self._ask(session, guarding.confirm(files))

    def unsaved(self, session: Session, reading: Reading) -> bool:
        """Never: RouterOS writes every change to its storage."""
        del session, reading
        return False

    def save(self, session: Session) -> None:
        """Nothing to do: RouterOS keeps every command as it is given."""

    def acknowledge(self, session: Session) -> None:
        self._ask(session, guarding.acknowledge())

    def _ask(self, session: Session, text: str, timeout: float = 15.0) -> str:
        try:
            return run(session, text, timeout)
        except CommandError as error:
            raise RefusedError(f"{session.login.host}: {self._masked(str(error))}") from error

    def _masked(self, text: str) -> str:
        return mask(text, Fingerprints())

    def _plan(self, intended: Intended, reading: Reading) -> list[Edit]:
        way = management.Path(intended.target, reading.config, intended.config)
        found = edits(intended.config, reading.config, reading.version, way, secrets=reading.secrets)
        # Last: what they were cannot be brought back.
        late = self._passwords(intended, reading)
        return [*found, *(Edit(users.PATH, "set", [one.forward], [one.inverse]) for one in late)]

    def _known_device(self, session: Session) -> Device:
        if self._device is None:
            _, self._device = preflight.check(session, self._target.user or session.login.user)
        return self._device

    def _refuse(self, config: items.Config, known: version.Version | None) -> None:
        wrong, lacking = items.check(config, known)
        if wrong:
            raise RefusedError("; ".join([*wrong, *lacking]) + "; perbaiki templat perannya")
        if lacking:
            told = f" (RouterOS {version.show(known)})" if known else ""
            raise UnsupportedError("; ".join(lacking) + told)


def _known_version(target: Target) -> version.Version | None:
    try:
        return version.parse(target.version) if target.version else None
    except ValueError:
        return None
