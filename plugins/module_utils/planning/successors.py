# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Numbers follow a place that changes its name or its OPD: ``formerly`` in opds.yml."""

from __future__ import annotations

from ..register.models import Register
from .allocations import Allocations, LocationAllocation


def moves(register: Register, allocations: Allocations) -> dict[str, str]:
    """Old ``opd/location`` -> new one, of the numbers that go over.

    Who has numbers already keeps them; those of the former place then stay reserved. Of several former places the first
    one with numbers is followed.
    """
    found: dict[str, str] = {}
    for opd in register.opds:
        for location in opd.locations:
            ref = f"{opd.code}/{location.code}"
            if location.formerly and ref not in allocations.locations:
                former = next((former for former in location.formerly if former in allocations.locations), None)
                if former is not None:
                    found[former] = ref
    return found


def followed(register: Register, allocations: Allocations) -> Allocations:
    """``allocations`` under the names that places have now."""
    moved = moves(register, allocations)
    if not moved:
        return allocations
    locations: dict[str, LocationAllocation] = {
        moved.get(ref, ref): allocation for ref, allocation in allocations.locations.items()
    }
    return allocations.model_copy(update={"locations": locations})
