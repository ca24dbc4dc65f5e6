# SPDX-License-Identifier: GPL-3.0-or-later
"""What a platform found out before anything was read for comparison."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from .guard import Strength


@dataclass(frozen=True)
class Preflight:
    """``strength`` is what a guard armed now would have; ``reason`` says why not the platform's best, and what to do.

    ``notices`` are sentences for the operator (such as an earlier automatic restore), ``facts`` what the device said of
    itself (``version``, ``model``, ``serial``).
    """

    strength: Strength
    notices: tuple[str, ...] = ()
    reason: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)
