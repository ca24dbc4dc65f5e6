# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The network once more, with the IPv6 addresses of the same devices and offices.

Every rule that is made from a network (zones, forwarding, shaping, services) is made from this one by the same
functions, so IPv6 permits what IPv4 permits and nothing else. What the government writes down as IPv4 addresses
(operators, time servers, recorders, log servers) does not exist here: nobody manages a device over IPv6, and cameras,
which talk to recorders only, have none.
"""

from __future__ import annotations

from dataclasses import replace
from ipaddress import IPv6Address, IPv6Network
from typing import TYPE_CHECKING, Any

from .allocations import Allocations, DataCentre
from .ipv6_parts import parts

if TYPE_CHECKING:
    from .network import Network, Office, OfficeSegment

#: The only segment that has IPv6.
_WITH_IPV6 = "public_wifi"


def six(four: Network, allocations: Allocations) -> Network:
    """``four`` in IPv6. Everything in it has its numbers: who lacks some has obstacles and is not planned.

    The fields of a network are declared as IPv4, as all of planning reads them so; the rules only write addresses and
    ask what lies in what, which both families answer.
    """
    government = four.register.government
    prefix = government.address_pools.ipv6
    if prefix is None:
        raise ValueError("dual_stack without address_pools.ipv6")
    part = parts(prefix)
    pools = government.address_pools.model_copy(
        update={
            "management": part.management,
            "data_centre": part.data_centre,
            "office_lan": part.offices,
            "transit": part.transit,
            "loopback": part.loopback,
        }
    )
    nobody: dict[str, Any] = {
        "management_sources": (),
        "time_servers": (),
        "cctv_recorders": (),
        "log_servers": (),
        "snmp": None,
    }
    register = four.register.model_copy(
        update={"government": government.model_copy(update={"address_pools": pools, **nobody})}
    )
    return replace(
        four,
        family=6,
        register=register,
        data_centre=_data_centre(four.data_centre, part.data_centre),
        servers=[],
        loopbacks=dict[str, Any]({device.name: allocations.loopbacks6[device.name] for device in four.devices}),
        offices=[_office(office, allocations) for office in four.offices],
    )


def _data_centre(centre: DataCentre, pool: IPv6Network) -> DataCentre:
    subnet = centre.subnet6 or pool
    return centre.model_copy(update={"subnet": subnet, "gateway": centre.gateway6 or subnet.network_address + 1})


def _office(office: Office, allocations: Allocations) -> Office:
    numbers = allocations.locations[office.router.location_ref]
    fields: dict[str, Any] = {
        "lan": numbers.lan6,
        "segments": tuple(
            _segment(segment, numbers.segments6[segment.use])
            for segment in office.segments
            if segment.use == _WITH_IPV6
        ),
    }
    return replace(office, **fields)


def _segment(segment: OfficeSegment, subnet: IPv6Network) -> OfficeSegment:
    fields: dict[str, Any] = {"subnet": subnet}
    return replace(segment, **fields)


def missing_numbers6(device: str, link_keys: list[str], location: str | None, allocations: Allocations) -> list[str]:
    """Keys of the lock file that ``device`` lacks for IPv6. ``location`` is that of an OPD router, else None."""
    found = [] if device in allocations.loopbacks6 else [f"loopbacks6.{device}"]
    found += [
        f"links.{key}.subnet6" for key in link_keys if key in allocations.links and not allocations.links[key].subnet6
    ]
    numbers = allocations.locations.get(location or "")
    if numbers is not None:
        found += [] if numbers.lan6 else [f"locations.{location}.lan6"]
        if _WITH_IPV6 in numbers.segments and _WITH_IPV6 not in numbers.segments6:
            found.append(f"locations.{location}.segments6.{_WITH_IPV6}")
    return found


def link_local(address: IPv6Address) -> IPv6Address:
    """The link-local address with the same interface identifier, for interfaces that make none themselves."""
    return IPv6Address((0xFE80 << 112) | (int(address) & ((1 << 64) - 1)))
