# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The lock file's content: every number that was ever given out, and to whom."""

from __future__ import annotations

from collections.abc import Mapping
from ipaddress import IPv4Address
from typing import Annotated, Any

from pydantic import BeforeValidator, ConfigDict, Field

from ..register.models import Record
from ..register.models.addresses import Address, Network
from ..register.models.scalars import VlanId, scalar
from ..register.refused import RefusedError

VERSION = 1


def _version(value: Any) -> int:
    if value == VERSION or scalar(value, "nomor versi", str(VERSION)) == str(VERSION):
        return VERSION
    raise RefusedError(
        f"versi {value} tidak dikenal.",
        f"Versi Terpusat ini membaca versi {VERSION}. Pakai versi Terpusat yang menulis berkas ini.",
    )


Version = Annotated[int, BeforeValidator(_version)]


class DataCentre(Record):
    """The one network of the servers."""

    vlan: VlanId
    subnet: Network
    gateway: Address


class LocationAllocation(Record):
    lan: Network

    @property
    def gateway(self) -> IPv4Address:
        return self.lan.network_address + 1


class LinkAllocation(Record):
    """A link to the core switch: its VLAN there, and a /30 of which the core switch has the first host address."""

    vlan: VlanId
    subnet: Network

    @property
    def core_address(self) -> IPv4Address:
        return self.subnet.network_address + 1

    @property
    def far_address(self) -> IPv4Address:
        return self.subnet.network_address + 2


class Allocations(Record):
    """Keys: loopbacks by device, locations by ``opd/location``, links by ``device:port``, servers by name.

    Of the two ends of a link the one that is not the core switch names it.
    """

    model_config = ConfigDict(title="Alokasi")

    version: Version = VERSION
    data_centre: DataCentre | None = None
    loopbacks: Mapping[str, Address] = Field(default_factory=dict)
    locations: Mapping[str, LocationAllocation] = Field(default_factory=dict)
    links: Mapping[str, LinkAllocation] = Field(default_factory=dict)
    servers: Mapping[str, Address] = Field(default_factory=dict)
