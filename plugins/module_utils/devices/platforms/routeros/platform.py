# SPDX-License-Identifier: GPL-3.0-or-later
"""The routeros platform: an export-style script is the intended state; MikroTik RouterOS 6 and 7 become it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ...guard import Guard, GuardState, Strength
from ...outcome import RefusedError, TransactionFailedError, UnsupportedError
from ...preflight import Preflight
from ...probes import Probe
from ...secrecy import Fingerprints
from ...session import Session
from ...state import Change, Comparison, differences, titles
from ...target import Target
from ..base import Platform as Contract
from . import guard as guarding
from . import items, key_files, management, preflight, probing, reading, script, users, version
from .cli import CommandError, run
from .deployment import Deployment, ask, masked
from .inverse import shown
from .lockout import lockouts
from .masking import mask
from .passwords import Password, wanted
from .patch import FINAL, Edit, Patch, backward, edits, forward
from .preflight import Device
from .reading import Reading
from .states import compare, refuse_losses

#: claims all items of a menu, as people read it in the text
_WHOLE = re.compile(r"# own: (\S+)$")
_EXPORT_TIME = 180.0


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
        self._deployment: Deployment | None = None
        self._compared: tuple[Intended, Reading] | None = None
        self._hide = Fingerprints()
        #: whether something waits for the confirm
        self._unfinished = False

    def guard_seconds(self, wanted: int) -> int:
        return wanted

    def parse(self, text: str, target: Target) -> Intended:
        self._target = target
        try:
            config = items.load(text)
        except script.ScriptError as error:
            raise RefusedError(f"baris {error.line}: {error}; perbaiki templat perannya") from error
        config.spared = target.user
        for line in filter(None, (_WHOLE.match(line) for line in text.splitlines())):
            if line[1] != users.PATH or not target.user:
                raise RefusedError(f"# own: {line[1]}: hanya /user, dan hanya bila pengguna login kami diketahui")
            config.whole.add(line[1])
            config.claimed.add(line[1])
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
            asked = [path for path in users.PATHS if path in intended.config.claimed]
            told = {path: users.answer(path, run(session, users.question(path, known))) for path in asked}
        except CommandError as error:
            raise RefusedError(f"{session.login.host}: konfigurasi tidak dapat dibaca ({error})") from error
        return reading.parse(text, known, secrets=shown, users=told)

    def normalise(self, intended: Intended, reading: Reading) -> Comparison:
        self._refuse(intended.config, reading.version)
        refuse_losses(intended.config, reading, intended.target)
        self._compared = intended, reading
        found = compare(intended.config, reading)
        # The account that we log in by is enrolment's, and nobody wants to be told of it each time.
        login = self._target.user or self._user
        ours = {f"{users.PATH}:": f"name={login}", f"{users.KEYS}:": f"user={login}"}
        told = (one for one in found.unmanaged if ours.get(one.partition(" ")[0], " ") not in one.split())
        return replace(found, unmanaged=tuple(told))

    def diff(self, comparison: Comparison, hide: Fingerprints) -> list[Change]:
        self._hide = hide
        secret = self._passwords(*self._compared) if self._compared else []
        return [
            Change(
                change.item,
                mask(change.before, hide, change.item.component),
                mask(change.after, hide, change.item.component),
            )
            for change in self._differences(comparison)
        ] + [password.change(hide) for password in secret if password.differs]

    def _differences(self, comparison: Comparison) -> list[Change]:
        """What waits for the confirm is no difference before it."""
        found = differences(comparison.running, comparison.intended)
        return [change for change in found if not (self._unfinished and _goes(change))]

    def _passwords(self, intended: Intended, reading: Reading) -> list[Password]:
        login = self._target.user or self._user
        return list(wanted(intended.config, reading.config, reading.passwords, login, self._hide))

    def render_patch(self, intended: Intended, reading: Reading, changes: Sequence[Change]) -> Patch:  # noqa: ARG002
        return forward(self._plan(intended, reading))

    def render_inverse(self, intended: Intended, reading: Reading, changes: Sequence[Change]) -> Patch:  # noqa: ARG002
        return backward(self._plan(intended, reading))

    def describe(self, patch: Patch, hide: Fingerprints) -> str:
        told = [mask(shown(key_files.shown(line)), hide) for line in patch.lines]
        if patch.final:
            told += ["# sesudah dikonfirmasi, sebab tidak dapat dikembalikan:", *patch.final]
        return "".join(f"{line}\n" for line in told)

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
        guard = self._deployed(session).arm(session, patch, inverse, seconds, strength)
        self._unfinished = bool(patch.final)
        return guard

    def apply(self, session: Session, guard: Guard) -> None:
        self._deployed(session).apply(session, guard)

    def applied(self, session: Session, guard: Guard) -> None:
        self._deployed(session).applied(session, guard)

    def run_probe(self, session: Session, probe: Probe, timeout: float) -> tuple[bool, str]:
        done, output = probing.try_once(session, probe, timeout)
        return done, masked(output)

    def revert(self, session: Session, guard: Guard) -> None:
        self._deployed(session).revert(session, guard)

    def guard_state(self, session: Session, guard: Guard) -> GuardState:
        return self._deployed(session).state(session, guard)

    def confirm(self, session: Session, guard: Guard) -> bool:
        return self._deployed(session).confirm(session, guard)

    def unsaved(self, session: Session, reading: Reading) -> bool:
        """Never: RouterOS writes every change to its storage."""
        del session, reading
        return False

    def save(self, session: Session) -> None:
        """RouterOS keeps every command as it is given; what nothing could undo comes now, and is read back."""
        if not self._unfinished or self._compared is None:
            return
        intended, _ = self._compared
        refused = self._deployed(session).finish(session)
        comparison = compare(intended.config, self.read(session, intended))
        left = [change for change in differences(comparison.running, comparison.intended) if _goes(change)]
        if left:
            raise TransactionFailedError(
                f"perubahan sudah berlaku dan dikonfirmasi, tetapi yang harus dicabut masih ada: {titles(left)}"
                f"{f' ({refused})' if refused else ''}; akun atau kunci itu MASIH DAPAT DIPAKAI. Cabut di konsol "
                "(/user), lalu jalankan sekali lagi"
            )
        self._unfinished = False

    def acknowledge(self, session: Session) -> None:
        ask(session, guarding.acknowledge())

    def _plan(self, intended: Intended, reading: Reading) -> list[Edit]:
        way = management.Path(intended.target, reading.config, intended.config)
        found = edits(intended.config, reading.config, reading.version, way, secrets=reading.secrets)
        # Last: what they were cannot be brought back.
        late = self._passwords(intended, reading)
        return [*found, *(Edit(users.PATH, "set", [one.forward], [one.inverse]) for one in late)]

    def _deployed(self, session: Session) -> Deployment:
        if self._device is None:
            _, self._device = preflight.check(session, self._target.user or session.login.user)
        if self._deployment is None:
            self._deployment = Deployment(self._device)
        return self._deployment

    def _refuse(self, config: items.Config, known: version.Version | None) -> None:
        wrong, lacking = items.check(config, known)
        lacking += key_files.problems(config, known)
        if wrong:
            raise RefusedError("; ".join([*wrong, *lacking]) + "; perbaiki templat perannya")
        if lacking:
            told = f" (RouterOS {version.show(known)})" if known else ""
            raise UnsupportedError("; ".join(lacking) + told)


def _goes(change: Change) -> bool:
    """Whether it is a removal that nothing can undo."""
    return change.item.component in FINAL and not change.after


def _known_version(target: Target) -> version.Version | None:
    try:
        return version.parse(target.version) if target.version else None
    except ValueError:
        return None
