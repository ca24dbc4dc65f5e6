# SPDX-License-Identifier: GPL-3.0-or-later
"""Looking at a device without changing it: what it is, who its neighbours are, its configuration, single commands.

A platform that can be looked at has ``platforms/<name>/inspection.py`` with a class `Inspection`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from importlib import import_module
from pathlib import Path
from typing import Any, Protocol

from .outcome import RefusedError, UnsupportedError
from .secrecy import Fingerprints
from .session import Session
from .target import Target

#: nothing a person types to look at something is longer, or has another line in it
_LONGEST = 500
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")


@dataclass(frozen=True)
class Neighbour:
    """A device seen on a port. ``protocol`` is lldp, cdp or mndp; what was not told is empty."""

    protocol: str
    local_port: str
    name: str
    port: str = ""
    address: str = ""
    platform: str = ""


@dataclass(frozen=True)
class DeviceFacts:
    """What a device says of itself. ``uptime`` in seconds, None when it does not tell; unknown texts are empty."""

    hostname: str
    model: str
    version: str
    serial: str
    uptime: int | None
    neighbours: Sequence[Neighbour] = ()
    notices: Sequence[str] = ()

    def as_result(self, platform: str) -> dict[str, Any]:
        """The form of ``ansible_facts.terpusat_device``."""
        return {
            "platform": platform,
            "hostname": self.hostname,
            "model": self.model,
            "version": self.version,
            "serial": self.serial,
            "uptime_seconds": self.uptime,
            "neighbours": [asdict(neighbour) for neighbour in self.neighbours],
        }


@dataclass(frozen=True)
class CommandOutput:
    """What a command printed, and whether the device took it for one."""

    ok: bool
    text: str


class Inspection(Protocol):
    """One vendor's way to be looked at. It keeps no state."""

    #: netmiko's device type
    device_type: str
    #: whether commands go through the prompt; if not, through channels of the transport
    interactive: bool

    def facts(self, session: Session) -> DeviceFacts:
        """Ask what the device is. Raises `SessionLostError`, `RefusedError`."""

    def check(self, command: str) -> str:
        """Return the command as it will be sent, before any login.

        Raises:
            RefusedError: it is not on the list of commands that only read; the message says what is.
        """

    def run(self, session: Session, command: str, timeout: float) -> CommandOutput:
        """Run what `check` returned. Raises `SessionLostError`."""

    def mask(self, text: str, hide: Fingerprints) -> str:
        """Replace what is secret by its place in an output."""

    def backup(self, session: Session, target: Target, hide: Fingerprints) -> Mapping[str, str]:
        """The complete configuration, relative file name → text: no secrets, nothing volatile.

        Raises `SessionLostError`, `RefusedError`.
        """


def names() -> list[str]:
    """Platforms that can be looked at, sorted."""
    return sorted(path.parent.name for path in (Path(__file__).parent / "platforms").glob("*/inspection.py"))


def load(name: str) -> Inspection:
    """Return a platform's inspection.

    Raises:
        UnsupportedError: there is none of that name.
    """
    if name not in names():
        raise UnsupportedError(f"platform {name!r} tidak dapat diperiksa; yang tersedia: {', '.join(names())}")
    module = import_module(f".platforms.{name}.inspection", package=__package__)
    inspection: Inspection = module.Inspection()
    return inspection


def plain(command: str) -> str:
    """The command with single spaces.

    Raises:
        RefusedError: it is empty, too long, or has more than one line or control characters.
    """
    if _CONTROL.search(command.strip()):
        raise RefusedError(f"perintah {command!r} memuat baris baru atau karakter kendali; satu perintah satu baris")
    words = " ".join(command.split())
    if not words or len(words) > _LONGEST:
        raise RefusedError(f"perintah kosong atau lebih dari {_LONGEST} karakter")
    return words


def allowed(command: str, patterns: Sequence[re.Pattern[str]], examples: str) -> str:
    """The command when a whole pattern matches it.

    Raises:
        RefusedError: none does; ``examples`` tells what would.
    """
    if any(pattern.fullmatch(command) for pattern in patterns):
        return command
    raise RefusedError(
        f"perintah {command!r} tidak ada di daftar perintah baca; belum ada login. Yang boleh: {examples}. Tulis kata "
        "kunci lengkap; perubahan konfigurasi hanya lewat device_config"
    )


_UNITS = {"year": 365 * 86400, "week": 7 * 86400, "day": 86400, "hour": 3600, "minute": 60, "second": 1}


def spoken_seconds(text: str) -> int | None:
    """``1 year, 2 weeks, 3 minutes`` as seconds; None when no unit is in it. A year counts 365 days, as IOS counts."""
    found = re.findall(r"(\d+) (year|week|day|hour|minute|second)s?\b", text)
    return sum(int(count) * _UNITS[unit] for count, unit in found) if found else None
