# SPDX-License-Identifier: GPL-3.0-or-later
"""One read of a device: its export, whole, and what it says of itself."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ...outcome import RefusedError
from ...secrecy import Fingerprints
from . import passwords, script, version
from .items import Config, Entry, load
from .masking import mask
from .menus import TABLE

_HEADER = re.compile(r"^# .* by RouterOS (\S+)", re.MULTILINE)
_BROKEN = re.compile(r"^#\s*error exporting (\S.*)$", re.MULTILINE | re.IGNORECASE)
#: the guard's own entries, which come and go with every change
_OWN_JOBS = re.compile(r"^/system[ /]scheduler(?: |/)add .*\bname=\"?terpusat-")
#: names by which versions address what they make themselves
_BUILTIN = {
    ("/ppp/profile", "*0"): "default",
    ("/ppp/profile", "*FFFFFFFE"): "default-encryption",
}


@dataclass(frozen=True)
class Reading:
    """``text`` is the export; ``secrets`` tells whether it shows them; ``passwords`` are fingerprints by user."""

    text: str
    config: Config
    version: version.Version
    secrets: bool = True
    passwords: Mapping[str, str] = field(default_factory=dict)

    def snapshot(self, hide: Fingerprints) -> str:
        """The export without what changes by itself, secrets as fingerprints."""
        lines = [line for line in _joined(self.text) if not line.startswith("#") and not _OWN_JOBS.match(line)]
        return mask("\n".join(line for line in lines if line.strip()), hide) + "\n"


def parse(
    text: str,
    known: version.Version | None,
    *,
    secrets: bool = True,
    users: Mapping[str, Sequence[Entry]] | None = None,
) -> Reading:
    """Read an export; ``users``, by menu, take the place of those in it, if any.

    Raises:
        RefusedError: it is not a whole export, or the device itself could not export a menu.
    """
    header = _HEADER.search(text)
    running = version.parse(header[1]) if header else known
    if running is None:
        raise RefusedError("jawaban /export tidak dikenal sebagai ekspor RouterOS; jalankan /export di konsolnya")
    broken = _BROKEN.search(text)
    if broken:
        raise RefusedError(f"perangkat gagal mengekspor {broken[1].strip()}; periksa menu itu di konsol")
    try:
        config = load(text, TABLE.__contains__)
    except script.ScriptError as error:
        raise RefusedError(f"baris {error.line} ekspor perangkat tidak terbaca ({error})") from error
    for path, entries in (users or {}).items():
        config.entries[path] = list(entries)
    told = passwords.split(config)
    return Reading(text, _settled(config), running, secrets, told)


def _settled(config: Config) -> Config:
    """Leave the guard's own entries out, and call built-in items by their names."""
    jobs = config.of("/system/scheduler")
    if jobs:
        config.entries["/system/scheduler"] = [
            job for job in jobs if not job.values.get("name", "").startswith("terpusat-")
        ]
    for (path, number), name in _BUILTIN.items():
        config.entries[path] = [
            Entry(
                entry.menu, {"name": name, **{k: v for k, v in entry.values.items() if v != number}}, False, entry.line
            )
            if entry.target is not None and entry.target.name == number
            else entry
            for entry in config.of(path)
        ]
    return config


def _joined(text: str) -> list[str]:
    return re.sub(r"\\\r?\n[ \t]*", "", text).splitlines()
