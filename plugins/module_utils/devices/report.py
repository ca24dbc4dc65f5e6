# SPDX-License-Identifier: GPL-3.0-or-later
"""What a transaction did and found, filled in as it goes, so that a failure tells how far it came."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from .guard import Guard, GuardState, Strength
from .outcome import Outcome
from .probes import ProbeResult
from .state import Change


@dataclass
class Report:
    """No text in it carries a secret: platforms mask what they hand over.

    ``before`` and ``after`` are the device's complete configuration as file name → text; ``after`` stays empty when
    nobody could read it. ``patch`` and ``inverse`` are the commands, one a line. ``unmanaged`` names what is on the
    device and is not ours.
    """

    outcome: Outcome = Outcome.FAILED
    message: str = ""
    changes: list[Change] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    unmanaged: tuple[str, ...] = ()
    patch: str = ""
    inverse: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)
    probes: list[ProbeResult] = field(default_factory=list)
    strength: Strength | None = None
    guard: Guard | None = None
    guard_state: GuardState | None = None
    before: Mapping[str, str] = field(default_factory=dict)
    after: Mapping[str, str] = field(default_factory=dict)

    @property
    def changed(self) -> bool:
        """Whether the device was (or in check mode would be) changed for good."""
        return self.outcome is Outcome.CHANGED
