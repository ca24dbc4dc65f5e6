# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The part of a LAN whose addresses are leased by DHCP."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import AddressValueError, IPv4Address, IPv4Network
from typing import Annotated, Any

from pydantic import BeforeValidator, WithJsonSchema

from ..register.models.scalars import scalar
from ..register.refused import RefusedError


@dataclass(frozen=True, slots=True)
class LeaseRange:
    """Addresses from ``first`` to ``last``, both included, written ``10.20.0.100-10.20.0.249``."""

    first: IPv4Address
    last: IPv4Address

    def __len__(self) -> int:
        return int(self.last) - int(self.first) + 1

    def __str__(self) -> str:
        return f"{self.first}-{self.last}"


def default_range(lan: IPv4Network) -> LeaseRange:
    """What is leased in a LAN of this size. Below and above stay free for printers and other fixed addresses.

    A /24 leases .100 to .249; a smaller LAN in proportion, a larger one from .100 of its first /24 to 6 before its end.
    """
    below = min(100, max(2, lan.num_addresses * 100 // 256))
    above = min(6, max(1, lan.num_addresses * 6 // 256))
    return LeaseRange(lan.network_address + below, lan.broadcast_address - above)


def leases_in(prefix_length: int) -> int:
    """How many addresses a LAN of this prefix length leases."""
    return len(default_range(IPv4Network((0, prefix_length))))


def _lease_range(value: Any) -> LeaseRange:
    if isinstance(value, LeaseRange):
        return value
    text = scalar(value, "rentang alamat", "10.20.0.100-10.20.0.249")
    first, dash, last = text.partition("-")
    try:
        if not dash:
            raise AddressValueError
        found = LeaseRange(IPv4Address(first.strip()), IPv4Address(last.strip()))
    except AddressValueError:
        raise RefusedError(
            f"'{text}' bukan rentang alamat.", "Tulis alamat pertama dan terakhir: 10.20.0.100-10.20.0.249."
        ) from None
    if found.first > found.last:
        raise RefusedError(f"rentang '{text}' terbalik.", f"Tulis yang kecil dahulu: {found.last}-{found.first}.")
    return found


Leases = Annotated[LeaseRange, BeforeValidator(_lease_range), WithJsonSchema({"type": "string"})]
