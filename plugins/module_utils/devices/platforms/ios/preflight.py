# SPDX-License-Identifier: GPL-3.0-or-later
"""Before anything is read for comparison: system, rights, who else is at work, and what a guard would have to stand on.

All questions go out in one round trip, the running configuration with them; a second one only where the archive is
missing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from ...guard import Strength
from ...outcome import BusyError, RefusedError, UnsupportedError
from ...preflight import Preflight
from . import cli, reading, snmp_users, timers, versions
from .cli import Terminal
from .parse import Intended
from .reading import Reading
from .text import scan
from .versions import Version

_COMMANDS = (
    cli.UNPAGED,
    "show version",
    "show privilege",
    timers.PENDING,
    "show configuration lock",
    timers.RELOAD,
    "dir",
    reading.COMMAND,
)
#: seconds that an old switch may think before it prints its configuration
_BUILD = 60.0
#: bytes that the archive's copy and our own file need at least
_ROOM = 262144


@dataclass(frozen=True)
class Found:
    """The preflight as the engine takes it, and the file system that files go to (``flash:``; empty: none).

    ``reading``: the running configuration at that moment.
    """

    preflight: Preflight
    reading: Reading
    storage: str
    files: tuple[str, ...]


def check(terminal: Terminal, host: str, intended: Intended) -> Found:
    """Raises as `platforms.base.Platform.preflight`."""
    commands = (*_COMMANDS, snmp_users.COMMAND) if intended.snmp_users else _COMMANDS
    answers = dict(zip(commands, terminal.run_all(commands, quiet=_BUILD), strict=True))
    facts = identity(answers["show version"])
    version = _supported(host, answers["show version"], facts)
    intended.require(version)
    privilege = re.search(r"privilege level is (\d+)", answers["show privilege"])
    if privilege is not None and privilege[1] != "15":
        raise RefusedError(
            f"{host}: hak login kami hanya level {privilege[1]}; beri privilege 15 pada pengguna itu. "
            "Belum ada yang diubah"
        )
    _nobody_else(host, answers)
    told = snmp_users.shown(answers.get(snmp_users.COMMAND, ""))
    running = replace(reading.whole(answers[reading.COMMAND], host), snmp_users=told)
    storage, free, files = _storage(answers["dir"])
    strength, reason = _strength(terminal, host, answers[timers.PENDING], running, free)
    return Found(Preflight(strength, reason=reason, facts=facts), running, storage, files)


def identity(answer: str) -> dict[str, str]:
    """What ``show version`` says of the device: version, model and serial, as far as they stand there."""
    patterns = {
        "version": r"^Cisco IOS(?: XE)? Software.*?, Version ([^\s,]+)",
        "model": r"^[Cc]isco (\S+) (?:\([^)]*\) )?(?:processor|with)",
        "serial": r"^(?:Processor board ID|System [Ss]erial [Nn]umber *:) ?(\S+)",
    }
    xe = re.search(r"^Cisco IOS XE Software, Version (\S+)", answer, re.MULTILINE)
    found = {
        name: match[1] for name, pattern in patterns.items() if (match := re.search(pattern, answer, re.MULTILINE))
    }
    if xe is not None:
        found["version"] = xe[1]
    model = re.search(r"^[Mm]odel [Nn]umber *: (\S+)", answer, re.MULTILINE)
    return found | ({"model": model[1]} if model else {})


def _supported(host: str, answer: str, facts: dict[str, str]) -> Version:
    system = next((line.strip() for line in answer.splitlines() if line.strip()), "tanpa jawaban")
    version = Version.parse(facts.get("version", ""))
    if version is None or not re.search(r"\bIOS\b", answer) or re.search(r"IOS XR|NX-OS|Adaptive Security", answer):
        raise UnsupportedError(
            f"{host}: bukan Cisco IOS atau IOS-XE ({system[:80]}); pilih platform lain. Belum ada yang diubah"
        )
    if not version.xe and version.numbers[:2] < versions.OLDEST:
        oldest = ".".join(map(str, versions.OLDEST))
        raise UnsupportedError(
            f"{host}: IOS {version.text} terlalu tua, paling rendah {oldest}; naikkan versinya. Belum ada yang diubah"
        )
    return version


def _nobody_else(host: str, answers: dict[str, str]) -> None:
    pending = timers.pending(answers[timers.PENDING])
    if pending is not None:
        raise BusyError(
            f"{host}: ada perubahan yang belum dikonfirmasi (oleh {pending.user}, sejak {pending.since}, batas "
            f"{pending.minutes} menit); perangkat mengembalikannya sendiri. Tunggu lalu ulangi, atau minta "
            f"{pending.user} menjalankan configure confirm"
        )
    lock = answers["show configuration lock"]
    if re.search(r"^\s*State\s*:\s*LOCKED", lock, re.MULTILINE):
        user = re.search(r"^\s*(?:User|TTY username)\s*:\s*(\S+)", lock, re.MULTILINE)
        line = re.search(r"^\s*TTY(?: number)?\s*:\s*(-?\d+)", lock, re.MULTILINE)
        who = f"{user[1] if user else 'tidak diketahui'} di terminal {line[1] if line else '?'}"
        raise BusyError(
            f"{host}: sesi lain sedang di mode konfigurasi ({who}); tunggu sampai selesai, atau clear line, lalu ulangi"
        )
    scheduled = timers.reload_pending(answers[timers.RELOAD])
    if scheduled is not None:
        raise BusyError(
            f"{host}: perangkat sudah dijadwalkan menyala ulang ({scheduled}); tunggu, atau batalkan dengan "
            "reload cancel"
        )


def _storage(answer: str) -> tuple[str, int | None, tuple[str, ...]]:
    folder = re.search(r"^Directory of (\S+?:)/?", answer, re.MULTILINE)
    free = re.search(r"\((\d+) bytes free\)", answer)
    files = tuple(re.findall(r"\s(terpusat-[\w-]+\.cfg)\s*$", answer, re.MULTILINE))
    return folder[1] if folder else "", int(free[1]) if free else None, files


def _strength(terminal: Terminal, host: str, pending: str, running: Reading, free: int | None) -> tuple[Strength, str]:
    """The best guard there is, and why it is not the revert timer."""
    if free is not None and free < _ROOM:
        lack = f"ruang penyimpanan tinggal {free} bita; hapus berkas lama (dir, delete)"
    elif re.search(r"Invalid input|Incomplete", pending):
        lack = "versi ini tidak mengenal configure terminal revert; naikkan ke 12.4(20)T atau lebih baru"
    elif not _archives(running):
        lack = "archive belum diatur; tulis archive dan path flash:arsip di templat, atau pasang lewat konsol"
    else:
        return Strength.NATIVE, ""
    startup = _settings(terminal.run("show startup-config", quiet=_BUILD))
    if startup and startup == _settings(running.text):
        return (
            Strength.REBOOT,
            f"{lack}; pengamannya menyala ulang, layanan berhenti beberapa menit bila tidak dikonfirmasi",
        )
    return Strength.NONE, (
        f"{lack}; menyala ulang juga tidak dapat dipakai karena startup-config {host} berbeda dari yang berjalan "
        "(periksa, lalu write memory)"
    )


def _archives(running: Reading) -> bool:
    """Whether the device keeps copies of its configuration: an archive without a path is not enabled."""
    archive = running.tree.config.children.get("archive")
    return archive is not None and any(line.text.startswith("path ") for line in archive.children)


def _settings(text: str) -> list[str]:
    return [f"{' ' * line.indent}{line.text}" for line in scan(text)]
