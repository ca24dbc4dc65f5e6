# SPDX-License-Identifier: GPL-3.0-or-later
"""The guard: what brings a device back by itself when nobody confirms a change."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from time import monotonic


class Strength(StrEnum):
    """How a platform comes back: its own commit-confirm, our inverse on the device, a reboot, or not at all."""

    NATIVE = "native"
    INVERSE = "inverse"
    REBOOT = "reboot"
    NONE = "none"


class GuardState(StrEnum):
    """Where an armed guard stands, as the device tells."""

    ARMED = "armed"
    RESTORING = "restoring"
    RESTORED = "restored"
    CONFIRMED = "confirmed"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Guard:
    """An armed guard. ``seconds`` run from the moment of arming, by the device's own clock."""

    id: str
    seconds: int
    strength: Strength
    armed_at: float = field(default_factory=monotonic)

    def remaining(self) -> float:
        """Seconds until it fires, at least 0, as the controller's clock sees it."""
        return max(0.0, self.armed_at + self.seconds - monotonic())

    def as_result(self) -> dict[str, str | int]:
        """The form that reports read."""
        return {"id": self.id, "seconds": self.seconds, "strength": self.strength.value}
