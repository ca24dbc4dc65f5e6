# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How large a LAN must be for the people who work there, and how much room behind it is kept free."""

from __future__ import annotations

from functools import lru_cache

from ..register.models import AddressingRules
from .leases import leases_in

#: Of a place where nobody was counted.
USUAL_LAN = 24
WIDEST_LAN = 20


def lan_prefix(users: int, rules: AddressingRules) -> int:
    """Prefix length of the smallest LAN that leases an address to each of ``users``; 0 users: not counted."""
    if users == 0:
        return min(USUAL_LAN, rules.smallest_lan)
    return min(rules.smallest_lan, _fitting(users))


def room_prefix(lan: int, users: int, rules: AddressingRules) -> int:
    """Prefix length of the block kept free around a LAN of prefix length ``lan``, itself included.

    It is at least twice a LAN of usual size or smaller; a wider one has room inside. Without growth there is none.
    """
    if rules.lan_growth_percent == 0:
        return lan
    later = -(-users * (100 + rules.lan_growth_percent) // 100)
    return min(lan - 1 if lan >= USUAL_LAN else lan, _fitting(later))


@lru_cache(maxsize=1024)
def _fitting(users: int) -> int:
    return next((prefix for prefix in range(28, WIDEST_LAN, -1) if leases_in(prefix) >= users), WIDEST_LAN)
