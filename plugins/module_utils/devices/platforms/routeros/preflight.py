# SPDX-License-Identifier: GPL-3.0-or-later
"""Before anything is read: version, rights, what the guard depends on, and who else is at work on the device."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ...guard import Strength
from ...outcome import BusyError, RefusedError, UnsupportedError
from ...preflight import Preflight
from ...session import Session
from . import guard, version
from .cli import CommandError, run
from .quote import string

_OLDEST = (6, 43)
#: device-mode can forbid the scheduler; the holder of safe mode can be asked for
_LATER = (
    ((7, 17), ':put ("scheduler=" . [/system device-mode get scheduler])'),
    ((7, 18), ':put ("safe=" . [/safe-mode get enabled]); :put ("holder=" . [/safe-mode get user])'),
)
_NEEDED = ("read", "write", "policy", "test", "ftp")
_CAUSES = {"timer": "batas waktu konfirmasi habis", "boot": "perangkat menyala ulang di tengah perubahan"}


@dataclass(frozen=True)
class Device:
    """What the guard and the reading need to know. ``free`` in bytes; ``policies`` empty when they cannot be read."""

    version: version.Version
    policies: frozenset[str]
    free: int | None
    flash: bool

    @property
    def shows_secrets(self) -> bool:
        """Whether an export tells secrets to us: version 6 always, 7 with the policy ``sensitive``."""
        return self.version < (7,) or not self.policies or "sensitive" in self.policies

    def files(self, guard_id: str) -> guard.Files:
        """Names of the guard's files."""
        return guard.Files(guard_id, "flash/" if self.flash else "")


def check(session: Session, user: str) -> tuple[Preflight, Device]:
    """Ask the device, changing nothing.

    Raises:
        RefusedError: rights are missing. BusyError: somebody else is at work. UnsupportedError: not a RouterOS we know.
    """
    host = session.login.host
    try:
        answers = run(session, _questions(user))
    except CommandError as error:
        raise UnsupportedError(
            f"{host} tidak menjawab sebagai RouterOS ({error}); periksa platform di devices.yml"
        ) from error
    facts = dict(
        line.partition("=")[::2] for line in answers.splitlines() if "=" in line and not line.startswith("job=")
    )
    try:
        running = version.parse(facts.get("version", ""))
    except ValueError as error:
        raise UnsupportedError(f"{host} tidak menyebut versi RouterOS-nya; periksa platform di devices.yml") from error
    if running < _OLDEST:
        raise UnsupportedError(
            f"{host}: RouterOS {facts['version']} terlalu tua; perbarui ke {version.show(_OLDEST)} atau lebih baru"
        )
    facts |= _later_facts(session, running)
    policies = frozenset(facts.get("policy", "").replace(";", ",").split(",")) - {""}
    missing = [name for name in _NEEDED if policies and name not in policies]
    if missing:
        raise RefusedError(
            f"{host}: kelompok pengguna {user!r} tidak punya hak {', '.join(missing)}; tambahkan di /user group"
        )
    notices = _others(host, guard.parse_entries(answers), facts)
    free = facts.get("free", "")
    device = Device(running, policies, int(free) if free.isdigit() else None, facts.get("flash", "0") != "0")
    if not device.shows_secrets:
        notices.append(
            f"{host}: pengguna {user!r} tidak punya hak sensitive, jadi rahasia tidak dapat dibandingkan; "
            "tambahkan policy sensitive di /user group"
        )
    told = {"version": facts["version"].split(" ")[0], "model": facts.get("model", "")}
    if facts.get("scheduler") in ("false", "no"):
        reason = (
            "device-mode melarang scheduler, sehingga perangkat tidak dapat memulihkan diri; jalankan "
            "/system/device-mode/update scheduler=yes lalu tekan tombol reset atau matikan dayanya sesuai petunjuk"
        )
        return Preflight(Strength.NONE, tuple(notices), reason, told), device
    return Preflight(Strength.INVERSE, tuple(notices), "", told), device


def _questions(user: str) -> str:
    name = string(user)
    return "; ".join(
        [
            ':put ("version=" . [/system resource get version])',
            ':put ("model=" . [/system resource get board-name])',
            ':do {:put ("free=" . [/system resource get free-hdd-space])} on-error={}',
            ':do {:put ("flash=" . [:len [/file find name="flash"]])} on-error={}',
            f":do {{:local g [/user get [find name={name}] group]; "
            ':put ("policy=" . [:tostr [/user group get [find name=$g] policy]])} on-error={}',
            ':do {:put ("floating=" . [:len [/system history find floating-undo=yes]])} on-error={}',
            guard.entries(),
        ]
    )


def _later_facts(session: Session, running: version.Version) -> dict[str, str]:
    """What only later versions can be asked: an older one would not even read a script that names it."""
    questions = [text for since, text in _LATER if running >= since]
    found: dict[str, str] = {}
    for attempt in ([questions] if questions else []), [[text] for text in questions]:
        for group in attempt:
            try:
                answers = run(session, "; ".join(group))
            except CommandError:
                # A build without one of them: ask for each alone.
                continue
            found |= dict(line.partition("=")[::2] for line in answers.splitlines() if "=" in line)
        if found:
            break
    return found


def _others(host: str, jobs: Mapping[str, Mapping[str, str]], facts: Mapping[str, str]) -> list[str]:
    """Raise `BusyError` when somebody is at work; return notices about what happened before."""
    if facts.get("safe") in ("true", "yes"):
        who = facts.get("holder") or "sesi lain"
        raise BusyError(f"{host}: {who} sedang memakai safe mode; minta ia menyelesaikannya (Ctrl+X), lalu ulangi")
    if facts.get("floating", "0") not in ("0", ""):
        raise BusyError(
            f"{host}: ada {facts['floating']} perubahan dalam safe mode sesi lain yang belum dilepas; "
            "minta pemiliknya menyelesaikan (Ctrl+X), lalu ulangi"
        )
    armed = jobs.get(guard.GUARD)
    if armed is not None:
        raise BusyError(
            f"{host}: ada perubahan lain yang belum dikonfirmasi (oleh {armed.get('by', 'tidak diketahui')}); "
            f"perangkat mengembalikannya sendiri pada {armed.get('next') or 'waktu yang tidak diketahui'}. "
            "Tunggu lalu ulangi"
        )
    restored = jobs.get(guard.RESTORE)
    if restored is not None and restored.get("state") == "restoring":
        raise BusyError(f"{host}: perangkat sedang mengembalikan perubahan yang tidak dikonfirmasi. Tunggu lalu ulangi")
    if restored is None:
        return []
    if restored.get("state") != "restored":
        raise RefusedError(
            f"{host}: pemulihan otomatis perubahan oleh {restored.get('by', 'tidak diketahui')} gagal; bandingkan "
            "konfigurasinya dengan cadangan terakhir, lalu hapus /system scheduler terpusat-restore dan ulangi"
        )
    cause = restored.get("cause", "")
    return [
        f"perubahan oleh {restored.get('by', 'tidak diketahui')} dikembalikan otomatis "
        f"{restored.get('at', '').replace('_', ' ')}: {_CAUSES.get(cause, cause or 'sebab tidak diketahui')}"
    ]
