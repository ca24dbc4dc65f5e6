# SPDX-License-Identifier: GPL-3.0-or-later
"""A change on its way: patch and inverse as files on the device, its guard, and what became of both."""

from __future__ import annotations

import getpass
import re
import secrets
import socket
import time
from datetime import datetime

from ...guard import Guard, GuardState, Strength
from ...outcome import ApplyFailedError, BusyError, FileRefusedError, RefusedError
from ...secrecy import Fingerprints
from ...session import Session
from . import guard as guarding
from . import key_files
from .cli import CommandError, problem, run
from .guard import Files
from .inverse import answered, questions
from .masking import mask
from .patch import Patch
from .preflight import Device

#: versions that can read a file without doing what it says
_DRY_RUN = (7, 16)

_STATES = {
    guarding.GUARD: GuardState.ARMED,
    guarding.CONFIRMED: GuardState.CONFIRMED,
}
_RESTORES = {"restored": GuardState.RESTORED, "restoring": GuardState.RESTORING}


def masked(text: str) -> str:
    """A device's words without secrets."""
    return mask(text, Fingerprints())


def ask(session: Session, text: str, timeout: float = 15.0) -> str:
    """Run a command. Raises `RefusedError` with the device's own words."""
    try:
        return run(session, text, timeout)
    except CommandError as error:
        raise RefusedError(f"{session.login.host}: {masked(str(error))}") from error


class Deployment:
    """One change on one device; the methods are those of `platforms.base`, whose docstrings hold here."""

    def __init__(self, device: Device) -> None:
        self._device = device
        self._patch: Patch | None = None
        self._undone = False

    def arm(self, session: Session, patch: Patch, inverse: Patch, seconds: int, strength: Strength) -> Guard:
        inverse = self._complete(session, inverse)
        guard_id = f"{datetime.now():%Y%m%dT%H%M%S}-{secrets.token_hex(3)}"
        files = self._device.files(guard_id)
        bare = strength is Strength.NONE
        names = {content: files.key(number) for number, content in enumerate(key_files.contents(patch.lines), 1)}
        patch = self._patch = Patch(key_files.named(patch.lines, names), patch.final)
        texts = {
            **{name: f"{content}\n" for content, name in names.items()},
            files.patch: guarding.plain_file(patch.lines, "perubahan") if bare else guarding.patch_file(patch.lines),
            files.inverse: guarding.plain_file(inverse.lines, "pemulihan"),
        }
        needed = 2 * sum(len(text) for text in texts.values())
        free = self._device.free
        if free is not None and free < needed:
            raise RefusedError(
                f"{session.login.host}: ruang simpan tinggal {free} byte, perlu {needed}; hapus berkas lama"
            )
        try:
            for name, text in texts.items():
                session.put(text.encode(), name)
        except FileRefusedError as error:
            raise RefusedError(f"{session.login.host}: berkas perubahan tidak diterima perangkat ({error})") from error
        self._try_out(session, files)
        started = time.monotonic()
        if not bare:
            author = re.sub(r"[^A-Za-z0-9._@-]", "-", f"{getpass.getuser()}@{socket.gethostname()}")
            held = [name for name in guarding.POLICIES if not self._device.policies or name in self._device.policies]
            try:
                run(session, guarding.arm(files, seconds, author, held))
            except CommandError as error:
                if "terpusat-sibuk" in str(error):
                    self._discard(session, files)
                    raise BusyError(
                        f"{session.login.host}: proses lain baru saja mulai mengubah perangkat ini; tunggu lalu ulangi"
                    ) from error
                ask(session, guarding.disarm(files))
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
        told = dict(line.partition("=")[::2] for line in ask(session, script).splitlines() if "=" in line)
        try:
            # A list is told with semicolons.
            values = {text: told[f"former{n}"].replace(";", ",") for n, text in enumerate(asked)}
        except KeyError as error:
            raise RefusedError(
                f"{session.login.host}: nilai semula tidak terbaca ({asked[0]}), jadi tidak dapat dikembalikan; "
                "periksa menu itu di konsol"
            ) from error
        unset = self._device.version >= _DRY_RUN
        return Patch(answered(inverse.lines, values, unset=unset))

    def _try_out(self, session: Session, files: Files) -> None:
        if self._device.version < _DRY_RUN:
            return
        try:
            complaint = problem(run(session, guarding.dry_run(files), 60.0))
        except CommandError as error:
            complaint = str(error)
        if complaint is not None:
            self._discard(session, files)
            raise RefusedError(
                f"{session.login.host}: perangkat menolak sintaks perubahan ({masked(complaint)}); "
                "belum ada yang diubah"
            )

    def _discard(self, session: Session, files: Files) -> None:
        try:
            run(session, f'/file remove [find name~"terpusat-{files.id}-"]')
        except CommandError:
            return  # the next run's confirm takes them along

    def apply(self, session: Session, guard: Guard) -> None:
        files = self._device.files(guard.id)
        try:
            if guard.strength is Strength.NONE:
                run(session, f"/import file-name={files.patch}", guard.seconds)
                return
            run(session, guarding.apply(files, self._device.version))
        except CommandError as error:
            raise ApplyFailedError(f"penerapan ditolak perangkat ({masked(str(error))})") from error
        self.applied(session, guard)

    def applied(self, session: Session, guard: Guard) -> None:
        if guard.strength is Strength.NONE:
            return
        while True:
            # Short waits: when the change cuts this session, that shows within seconds.
            jobs = guarding.parse_entries(ask(session, guarding.await_apply(2), 8.0))
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

    def finish(self, session: Session) -> str:
        """What had to wait for the confirm; the device's own words about what it refused, empty when nothing was."""
        refused: list[str] = []
        for line in self._patch.final if self._patch else ():
            try:
                run(session, line)
            except CommandError as error:
                refused.append(masked(str(error)))
        return "; ".join(dict.fromkeys(refused))

    def _failed_line(self, step: str, error: str) -> str:
        lines = self._patch.lines if self._patch else ()
        number = int(step) if step.isdigit() else 0
        line = masked(lines[number - 1]) if 0 < number <= len(lines) else "baris yang tidak diketahui"
        told = f" ({masked(error)})" if error else ""
        return f"langkah {number} dari {len(lines)} gagal diterapkan: {line}{told}"

    def revert(self, session: Session, guard: Guard) -> None:
        files = self._device.files(guard.id)
        if guard.strength is Strength.NONE:
            ask(session, f"/import file-name={files.inverse}", guard.seconds)
            self._undone = True
            self._discard(session, files)
            return
        ask(session, guarding.revert(files))

    def state(self, session: Session, guard: Guard) -> GuardState:
        if guard.strength is Strength.NONE:
            return GuardState.RESTORED if self._undone else GuardState.ARMED
        jobs = guarding.parse_entries(ask(session, guarding.entries()))
        mine = {name: job for name, job in jobs.items() if job.get("id") == guard.id}
        for name, state in _STATES.items():
            if name in mine:
                return state
        if guarding.RESTORE in mine:
            return _RESTORES.get(mine[guarding.RESTORE].get("state", ""), GuardState.UNKNOWN)
        # Only a confirm takes away every entry of a guard.
        return GuardState.CONFIRMED if guarding.BOOT not in mine else GuardState.UNKNOWN

    def confirm(self, session: Session, guard: Guard) -> bool:
        files = self._device.files(guard.id)
        if guard.strength is Strength.NONE:
            self._discard(session, files)
            return True
        return "terpusat-won" in ask(session, guarding.confirm(files))
