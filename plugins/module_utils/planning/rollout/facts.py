# SPDX-License-Identifier: GPL-3.0-or-later
"""What is known about the offices besides the register: the day, and what was measured in them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

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
class Facts:
    """``measured`` by ``opd/location``."""

    today: date
    measured: Mapping[str, Measured] = field(default_factory=dict)
