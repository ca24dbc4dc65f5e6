# SPDX-License-Identifier: GPL-3.0-or-later
"""Services: whether they run now and start at boot is part of the running state of the component they belong to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

_STARTS_AT_BOOT = frozenset({"enabled", "static", "alias", "indirect", "generated"})
_PROPERTIES = "Id,LoadState,ActiveState,UnitFileState,ExecMainStartTimestampMonotonic"

Properties = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class Unit:
    """A systemd unit. ``runs`` False: only its start at boot is looked after, not whether it is active now."""

    name: str
    runs: bool = True

    @property
    def title(self) -> str:
        """The item's name in diffs."""
        return f"layanan {self.name.removesuffix('.service')}"

    def intended(self) -> str:
        """Canonical text of the wanted state."""
        return _text(active=True if self.runs else None, boot=True)

    def running(self, properties: Properties) -> str:
        """Canonical text of the state read."""
        shown = properties.get(self.name, {})
        return _text(active=is_active(shown) if self.runs else None, boot=starts_at_boot(shown))

    def ensure(self, properties: Properties) -> str:
        """Shell that makes it run and start at boot. Enabling is slow (SysV links), so only where it is missing."""
        lines = [] if starts_at_boot(properties.get(self.name, {})) else [f"systemctl enable -q {self.name}\n"]
        lines += [f"systemctl start {self.name}\n"] if self.runs else []
        return "".join(lines)

    def restore(self, properties: Properties) -> str:
        """Shell that brings enablement and activity back to what was read."""
        shown = properties.get(self.name, {})
        if shown.get("LoadState") != "loaded":
            return ""
        enabled = f"systemctl is-enabled -q {self.name} 2>/dev/null"
        if starts_at_boot(shown):
            lines = [f"{enabled} || systemctl enable -q {self.name}\n"]
        else:
            lines = [f"! {enabled} || systemctl disable -q {self.name}\n"]
        if self.runs:
            lines.append(f"systemctl {'start' if is_active(shown) else 'stop'} {self.name}\n")
        return "".join(lines)


def read(units: Iterable[Unit]) -> str:
    """Shell that prints the properties of all units."""
    return f"systemctl show -p {_PROPERTIES} {' '.join(unit.name for unit in units)}"


def parse(output: str) -> dict[str, dict[str, str]]:
    """Parse `read`'s output: properties by unit name."""
    units: dict[str, dict[str, str]] = {}
    for block in output.split("\n\n"):
        properties = dict(line.partition("=")[::2] for line in block.splitlines() if "=" in line)
        if "Id" in properties:
            units[properties["Id"]] = properties
    return units


def is_active(properties: Mapping[str, str]) -> bool:
    """Active, also in the sense of a oneshot unit that stays active after it ended."""
    return properties.get("ActiveState") in ("active", "reloading")


def starts_at_boot(properties: Mapping[str, str]) -> bool:
    """Enabled for good: ``enabled-runtime`` is gone after a reboot."""
    return properties.get("UnitFileState") in _STARTS_AT_BOOT


def started_at(properties: Mapping[str, str]) -> float:
    """When the main process started, in seconds since boot; 0 when it never did.

    Not by the clock on the wall: a router without a battery boots in the past and has the time set later.
    """
    return int(properties.get("ExecMainStartTimestampMonotonic", "") or 0) / 1_000_000


def _text(*, active: bool | None, boot: bool) -> str:
    lines = [] if active is None else [f"aktif: {_word(active)}"]
    return "\n".join([*lines, f"menyala saat boot: {_word(boot)}"]) + "\n"


def _word(value: bool) -> str:
    return "ya" if value else "tidak"
