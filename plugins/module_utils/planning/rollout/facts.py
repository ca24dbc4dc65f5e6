# SPDX-License-Identifier: GPL-3.0-or-later
"""What is known about the offices besides the register: the day, what was measured in them, how their routers stood."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from ...register.models import Line


@dataclass(frozen=True)
class Measured:
    """The last acceptance test of a location over one line. ``failed``: criteria beyond their threshold."""

    day: date
    line: Line = "central"
    failed: tuple[str, ...] = ()

    @property
    def passed(self) -> bool:
        return not self.failed


@dataclass(frozen=True)
class Standing:
    """What was last known of a router: by the change that was made to it, or by a drift check after that.

    ``found``: ``good``, ``deviates`` (somebody changed it), or ``unknown`` (a change that failed or was interrupted).
    """

    day: date
    source: Literal["change", "drift"]
    found: Literal["good", "deviates", "unknown"]


@dataclass(frozen=True)
class Facts:
    """``measured`` by ``opd/location``; ``devices`` by name, those that nothing is known of are not in it.

    ``doubted`` by ``opd/location``: why its tests prove nothing, because the last one is not as it was measured.
    """

    today: date
    measured: Mapping[str, Measured] = field(default_factory=dict)
    devices: Mapping[str, Standing] = field(default_factory=dict)
    doubted: Mapping[str, str] = field(default_factory=dict)
