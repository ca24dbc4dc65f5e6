# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A router's ends of its links to the core switch."""

from __future__ import annotations

from ...register.models import Device
from ..network import Network
from ..shapes import Interface
from . import common


def link_interfaces(device: Device, network: Network) -> list[Interface]:
    """One interface a link; with ``members`` where the link is a bundle of cables."""
    found: list[Interface] = []
    for planned in network.links_of(device):
        link = planned.link
        interface = common.interface(
            link.far_interface,
            "link",
            f"{link.core.name}:{link.core_interface}",
            planned.allocation.far_address,
            planned.allocation.subnet,
        )
        if link.far_members:
            interface["members"] = link.far_members
        found.append(interface)
    return found
