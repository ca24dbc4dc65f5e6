# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The lock file's content: every number that was ever given out, and to whom."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from ipaddress import IPv4Address, IPv6Address
from typing import Annotated, Any

from pydantic import BeforeValidator, ConfigDict, Field

from ..register.models import Record, Segment
from ..register.models.addresses import Address, Network
from ..register.models.ipv6 import Address6, Network6
from ..register.models.scalars import VlanId, scalar
from ..register.refused import RefusedError
from .leases import LeaseRange, Leases, default_range

#: What is written. Files of version 1 (no IPv6, areas, leases, segments, and no last line) are read as well.
VERSION = 2
READABLE = (1, VERSION)
BACKBONE = IPv4Address("0.0.0.0")


def _version(value: Any) -> int:
    text = scalar(str(value) if isinstance(value, int) else value, "nomor versi", str(VERSION))
    if text in map(str, READABLE):
        return VERSION
    raise RefusedError(
        f"versi {value} tidak dikenal.",
        f"Versi Terpusat ini membaca versi {' dan '.join(map(str, READABLE))}. Pakai versi Terpusat yang menulis "
        "berkas ini.",
    )


Version = Annotated[int, BeforeValidator(_version)]


class DataCentre(Record):
    """The one network of the servers."""

    vlan: VlanId
    subnet: Network
    gateway: Address
    subnet6: Network6 | None = None
    gateway6: Address6 | None = None


class LocationAllocation(Record):
    """The LAN of a location, what of it is leased, and the segments beside it. ``*6``: a /64 each."""

    lan: Network
    dhcp: Leases | None = None
    lan6: Network6 | None = None
    segments: Mapping[Segment, Network] = Field(default_factory=dict)
    segments6: Mapping[Segment, Network6] = Field(default_factory=dict)

    @property
    def gateway(self) -> IPv4Address:
        return self.lan.network_address + 1

    @property
    def lease_range(self) -> LeaseRange:
        """What is leased in the LAN: as recorded, else the default for its size."""
        return self.dhcp or default_range(self.lan)


class LinkAllocation(Record):
    """A link to the core switch: its VLAN there, and a /30 of which the core switch has the first host address.

    ``subnet6`` is a /127 (RFC 6164), the core switch has the even address. ``area`` is the link's OSPF area.
    """

    vlan: VlanId
    subnet: Network
    subnet6: Network6 | None = None
    area: Address = BACKBONE

    @property
    def core_address(self) -> IPv4Address:
        return self.subnet.network_address + 1

    @property
    def far_address(self) -> IPv4Address:
        return self.subnet.network_address + 2

    @property
    def core_address6(self) -> IPv6Address | None:
        return None if self.subnet6 is None else self.subnet6.network_address

    @property
    def far_address6(self) -> IPv6Address | None:
        return None if self.subnet6 is None else self.subnet6.network_address + 1


class Allocations(Record):
    """Keys: loopbacks by device, locations by ``opd/location``, links by ``device:port``, servers by name.

    Of the two ends of a link the one that is not the core switch names it.
    """

    model_config = ConfigDict(title="Alokasi")

    version: Version = VERSION
    data_centre: DataCentre | None = None
    loopbacks: Mapping[str, Address] = Field(default_factory=dict)
    loopbacks6: Mapping[str, Address6] = Field(default_factory=dict)
    locations: Mapping[str, LocationAllocation] = Field(default_factory=dict)
    links: Mapping[str, LinkAllocation] = Field(default_factory=dict)
    servers: Mapping[str, Address] = Field(default_factory=dict)
    servers6: Mapping[str, Address6] = Field(default_factory=dict)

    @cached_property
    def _areas(self) -> dict[str, IPv4Address]:
        return {key.partition(":")[0]: link.area for key, link in self.links.items()}

    def area_of(self, device: str) -> IPv4Address:
        """The OSPF area of everything of an OPD router that is not a link: loopback, LAN, segments.

        Core switches and border routers are in the backbone.
        """
        return self._areas.get(device, BACKBONE)
