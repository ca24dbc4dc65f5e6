# SPDX-License-Identifier: GPL-3.0-or-later
"""Taking a new device in: our user with our key is proven in a fresh session before the factory's way in is closed.

Killed or cut off anywhere, one of the two ways in still works, and the next run goes on from there. A platform that can
be enrolled has ``platforms/<name>/enrolment.py`` with a class `Enrolment`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Protocol

from ..public_key import PublicKey
from .outcome import (
    AuthFailedError,
    DeviceError,
    OfflineError,
    Outcome,
    RefusedError,
    SessionLostError,
    TransactionFailedError,
    UnsupportedError,
)
from .probes import ProbeResult
from .report import Report
from .session import Session

_USER = re.compile(r"[a-z_][a-z0-9_-]{0,30}", re.I)


def public_key(line: str) -> PublicKey:
    """The key in the line of a ``.pub`` file. Raises `RefusedError`."""
    try:
        return PublicKey.parse(line)
    except ValueError as error:
        raise RefusedError(f"kunci publik pengelola: {error}") from None


@dataclass(frozen=True)
class Account:
    """The management user that is made; ``password`` is for the console."""

    user: str
    key: PublicKey
    password: str = field(repr=False)

    def check(self, factory_user: str) -> None:
        """Raises `RefusedError` when a name or password cannot be used on every platform."""
        if self.user == factory_user:
            # Also the reason why a factory user can be removed: somebody else is there already.
            raise RefusedError(
                f"pengguna pengelola tidak boleh bernama seperti pengguna pabrik ({factory_user!r}), yang dikenal "
                "semua orang; isi ansible_user dengan nama lain"
            )
        if not _USER.fullmatch(self.user):
            raise RefusedError(
                f"nama pengguna {self.user!r} tidak dapat dipakai; huruf, angka, _ dan -, paling banyak 31"
            )
        if not re.fullmatch(r"[!#%&()*+,./0-9:<=>@A-Z\[\]^_a-z{|}~-]{8,64}", self.password):
            raise RefusedError(
                "kata sandi konsol harus 8 sampai 64 karakter tanpa spasi, kutip, $, ?, ; dan garis miring terbalik; "
                "ganti di vault"
            )


class Enrolment(Protocol):
    """One vendor's way to be taken in. Every method may be repeated after it was cut off anywhere."""

    #: netmiko's device type
    device_type: str
    #: whether sessions go through the prompt
    interactive: bool
    #: the user that such devices come with
    factory_user: str

    def install(self, session: Session, account: Account) -> list[str]:
        """Make the user and its key, with full rights; return what had to be done, in Bahasa Indonesia.

        A password of a user that exists already is left alone. Raises `UnsupportedError`, `TransactionFailedError`.
        """

    def lacks(self, session: Session) -> str:
        """In a session of the new user: which right it lacks, or an empty text."""

    def retire(self, session: Session, factory_user: str) -> list[str]:
        """In a session of the new user: close the factory user's way in; return what had to be done.

        Raises as `install`.
        """

    def pending(self, session: Session, factory_user: str) -> bool:
        """Whether the factory's user is still there, or would be after a reboot; asked in the new user's session."""

    def save(self, session: Session) -> None:
        """Make it survive a reboot. Raises `TransactionFailedError`."""


Opener = Callable[[], Session]


def names() -> list[str]:
    """Platforms that can be enrolled, sorted."""
    return sorted(path.parent.name for path in (Path(__file__).parent / "platforms").glob("*/enrolment.py"))


def load(name: str) -> Enrolment:
    """Return a platform's enrolment. Raises `UnsupportedError`."""
    if name not in names():
        raise UnsupportedError(f"platform {name!r} tidak dapat didaftarkan; yang tersedia: {', '.join(names())}")
    enrolment: Enrolment = import_module(f".platforms.{name}.enrolment", package=__package__).Enrolment()
    return enrolment


class Enroller:
    """One device, one run. ``report.patch`` lists what was done."""

    def __init__(
        self,
        platform: Enrolment,
        account: Account,
        factory_user: str,
        ours: Opener,
        factory: Opener | None,
        factory_open: Callable[[], bool],
        begun: Callable[[Report], None],
    ) -> None:
        """``ours`` logs in with the key, ``factory`` with the factory's password (None: nobody knows it).

        ``factory_open`` tells whether that password still lets somebody in. ``begun`` is told before anything on the
        device is changed; it may raise `RefusedError`.
        """
        self._platform = platform
        self._account = account
        self._factory_user = factory_user
        self._ours = ours
        self._factory = factory
        self._factory_open = factory_open
        self._begun = begun
        self._told = False
        self.report = Report()

    def run(self, *, check_mode: bool) -> Report:
        """Take the device in; never raises, the report tells the outcome."""
        report = self.report
        try:
            steps = self._look() if check_mode else self._enrol()
            report.outcome = Outcome.CHANGED if steps else Outcome.IN_SYNC
            verb = "akan dilakukan" if check_mode else "dilakukan"
            report.message = (
                f"{verb}: {', '.join(steps)}" if steps else "sudah terdaftar; tidak ada yang perlu dilakukan"
            )
        except DeviceError as error:
            report.outcome, report.message = error.outcome, str(error)
        except SessionLostError as error:
            report.outcome = Outcome.OFFLINE
            report.message = (
                f"{error}; pendaftaran terputus, salah satu jalan masuk tetap berlaku. Jalankan sekali lagi"
            )
        return report

    @property
    def begun(self) -> bool:
        """Whether something on the device may have been changed."""
        return self._told

    def _look(self) -> list[str]:
        """What a run would do, as far as it can be seen without doing it."""
        try:
            with self._ours() as session:
                missing = self._platform.pending(session, self._factory_user)
                return [f"menutup pengguna pabrik {self._factory_user}"] if missing else []
        except AuthFailedError:
            with self._open_factory():
                return [
                    f"membuat pengguna {self._account.user} dengan kunci SSH",
                    f"menutup pengguna pabrik {self._factory_user}",
                ]

    def _enrol(self) -> list[str]:
        done: list[str] = []
        try:
            session = self._ours()
        except AuthFailedError:
            done += self._install()
            session = self._fresh("login baru dengan kunci")
        lacking = self._lacks(session)
        if lacking and not done:
            # Somebody else's half of a work, or an earlier run of ours that was cut off.
            session.close()
            done += self._install()
            session = self._fresh("login baru dengan kunci")
            lacking = self._lacks(session)
        with session:
            if lacking:
                raise TransactionFailedError(
                    f"pengguna {self._account.user} dapat masuk tetapi {lacking}; pengguna pabrik "
                    f"{self._factory_user} dibiarkan. Perbaiki haknya lalu jalankan sekali lagi"
                )
            if done or self._factory_open() or self._platform.pending(session, self._factory_user):
                self._touch()
                # Nothing left to close, and yet here: an earlier run was cut off before it could save.
                done += self._note(self._platform.retire(session, self._factory_user) or ["konfigurasi disimpan"])
                self._platform.save(session)
                self._fresh("login sesudah pengguna pabrik ditutup").close()
                if self._factory_open():
                    raise TransactionFailedError(
                        f"login pabrik {self._factory_user} masih diterima; tutup lewat konsol"
                    )
                self.report.probes.append(ProbeResult("login pabrik ditolak", True))
        return done

    def _lacks(self, session: Session) -> str:
        try:
            return self._platform.lacks(session)
        except BaseException:
            session.close()
            raise

    def _install(self) -> list[str]:
        with self._open_factory() as factory:
            self._touch()
            steps = self._note(self._platform.install(factory, self._account))
            # Also what is about to be proven must survive a power cut.
            self._platform.save(factory)
        return steps

    def _fresh(self, name: str) -> Session:
        try:
            session = self._ours()
        except (AuthFailedError, OfflineError) as error:
            self.report.probes.append(ProbeResult(name, False, str(error)))
            raise TransactionFailedError(
                f"{name} gagal ({error}); pengguna pabrik {self._factory_user} dibiarkan bila belum ditutup"
            ) from error
        self.report.probes.append(ProbeResult(name, True))
        return session

    def _open_factory(self) -> Session:
        if self._factory is None:
            raise AuthFailedError(
                f"login {self._account.user!r} dengan kunci ditolak, dan kata sandi pabrik tidak diberikan; isi "
                "terpusat_factory_password di vault"
            )
        try:
            return self._factory()
        except AuthFailedError as error:
            raise AuthFailedError(
                f"login {self._account.user!r} dengan kunci maupun login pabrik {self._factory_user!r} ditolak; "
                "periksa stiker perangkat atau atur ulang perangkat"
            ) from error

    def _touch(self) -> None:
        if not self._told:
            self._begun(self.report)
            self._told = True

    def _note(self, steps: list[str]) -> list[str]:
        self.report.patch = "\n".join([*self.report.patch.splitlines(), *steps])
        return steps
