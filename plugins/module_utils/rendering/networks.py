# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""IPv4 networks as the intent writes them."""

from __future__ import annotations

from collections.abc import Iterable
from ipaddress import IPv4Interface, IPv4Network, collapse_addresses


def collapse(cidrs: Iterable[str]) -> list[str]:
    """The shortest sorted list of networks that covers the same addresses; an interface address counts as its network.

    Raises ValueError for what is no IPv4 network.
    """
    return [str(network) for network in collapse_addresses(parse(cidrs))]


def parse(cidrs: Iterable[str]) -> list[IPv4Network]:
    """Networks of ``10.20.0.1/24`` or ``10.20.0.1``. Raises ValueError."""
    return [IPv4Interface(cidr).network for cidr in cidrs]
