# SPDX-License-Identifier: GPL-3.0-or-later
"""The stages in order, and their names for people."""

from __future__ import annotations

from ...register.models import STAGES, Stage

NAMES: dict[Stage, str] = {
    "surveyed": "disurvei",
    "planned": "direncanakan",
    "provisioned": "perangkat siap",
    "parallel": "masa transisi",
    "accepted": "lulus uji terima",
    "cutover": "pindah ke jalur pusat",
    "terminated": "langganan lama diakhiri",
}


def position(stage: Stage) -> int:
    """0 for surveyed."""
    return STAGES.index(stage)


def following(stage: Stage) -> Stage | None:
    """The stage after this one; None after the last."""
    index = position(stage) + 1
    return STAGES[index] if index < len(STAGES) else None


def at_least(stage: Stage, other: Stage) -> bool:
    """Whether ``stage`` is ``other`` or comes after it."""
    return position(stage) >= position(other)
