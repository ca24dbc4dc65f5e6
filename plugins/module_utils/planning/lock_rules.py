# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What must hold between the numbers of the lock file, and between them and the pools of the government."""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import IPv4Address, IPv4Network

from ..register.document import Document, KeyPath
from ..register.models import Government
from ..register.problem import Problem
from .addressing import LINK_PREFIX
from .allocations import BACKBONE, Allocations, LocationAllocation
from .leases import LeaseRange, default_range
from .lock_flag import Flag
from .lock_rules6 import check_rules6

SMALLEST_LAN = 29


def check_rules(allocations: Allocations, government: Government, document: Document) -> Iterator[Problem]:
    """Every breach, placed at the later of two entries that collide."""
    flag = Flag(document)
    found = [
        *_data_centre(allocations, government, flag),
        *_addresses(allocations, government, flag),
        *_locations(allocations, government, flag),
        *_links(allocations, government, flag),
        *_areas(allocations, flag),
        *check_rules6(allocations, government, flag),
    ]
    yield from flag.condensed(found)


def _data_centre(allocations: Allocations, government: Government, flag: Flag) -> Iterator[Problem]:
    centre = allocations.data_centre
    if centre is None:
        return
    pool = government.address_pools.data_centre
    if not centre.subnet.subnet_of(pool):
        yield flag.outside(("data_centre", "subnet"), centre.subnet, "address_pools.data_centre", pool)
    if not _is_host(centre.gateway, centre.subnet):
        yield flag(
            ("data_centre", "gateway"),
            f"{centre.gateway} bukan alamat host di {centre.subnet}.",
            f"Tulis alamat di dalam subnet itu, biasanya {centre.subnet.network_address + 1}.",
        )
    if centre.vlan != government.vlans.data_centre:
        yield flag(
            ("data_centre", "vlan"),
            f"VLAN {centre.vlan} berbeda dari vlans.data_centre di government.yml ({government.vlans.data_centre}).",
            "Samakan keduanya. Mengganti VLAN yang sudah berjalan memutus semua server sampai site.yml selesai.",
        )


def _addresses(allocations: Allocations, government: Government, flag: Flag) -> Iterator[Problem]:
    pool = government.address_pools.loopback
    for key, address in allocations.loopbacks.items():
        if not _is_host(address, pool):
            yield flag.outside(("loopbacks", key), address, "address_pools.loopback", pool)
    yield from flag.repeated("loopbacks", allocations.loopbacks)
    centre = allocations.data_centre
    if centre is not None:
        for key, address in allocations.servers.items():
            if not _is_host(address, centre.subnet):
                yield flag.outside(("servers", key), address, "data_centre.subnet", centre.subnet)
            elif address == centre.gateway:
                yield flag.twice(("servers", key), address, "data_centre.gateway")
    yield from flag.repeated("servers", allocations.servers)


def _locations(allocations: Allocations, government: Government, flag: Flag) -> Iterator[Problem]:
    pool = government.address_pools.office_lan
    subnets: dict[KeyPath, IPv4Network] = {}
    for key, item in allocations.locations.items():
        subnets["locations", key, "lan"] = item.lan
        subnets |= {("locations", key, "segments", name): subnet for name, subnet in item.segments.items()}
        if item.dhcp is not None:
            yield from _leases(key, item, item.dhcp, flag)
    for path, subnet in subnets.items():
        if not subnet.subnet_of(pool):
            yield flag.outside(path, subnet, "address_pools.office_lan", pool)
        if subnet.prefixlen > SMALLEST_LAN:
            yield flag(
                path,
                f"{subnet} terlalu kecil untuk sebuah LAN.",
                f"Tulis subnet /{SMALLEST_LAN} atau yang lebih besar.",
            )
    yield from flag.overlapping(subnets)


def _leases(key: str, item: LocationAllocation, leases: LeaseRange, flag: Flag) -> Iterator[Problem]:
    good = default_range(item.lan)
    if not (_is_host(leases.first, item.lan) and _is_host(leases.last, item.lan)):
        yield flag(
            ("locations", key, "dhcp"),
            f"rentang {leases} di luar {item.lan}.",
            f"Tulis rentang di dalam LAN itu, misalnya {good}, atau hapus 'dhcp' lalu jalankan playbooks/plan.yml.",
        )
    elif leases.first <= item.gateway <= leases.last:
        yield flag(
            ("locations", key, "dhcp"),
            f"rentang {leases} memuat gateway {item.gateway}.",
            f"Tulis rentang tanpa alamat itu, misalnya {good}.",
        )


def _links(allocations: Allocations, government: Government, flag: Flag) -> Iterator[Problem]:
    pool = government.address_pools.transit
    vlans = government.vlans.transit
    subnets: dict[KeyPath, IPv4Network] = {
        ("links", key, "subnet"): item.subnet for key, item in allocations.links.items()
    }
    for key, item in allocations.links.items():
        if not item.subnet.subnet_of(pool):
            yield flag.outside(("links", key, "subnet"), item.subnet, "address_pools.transit", pool)
        if item.subnet.prefixlen != LINK_PREFIX:
            yield flag(
                ("links", key, "subnet"),
                f"{item.subnet} bukan /{LINK_PREFIX}.",
                f"Sambungan antarperangkat memakai /{LINK_PREFIX}: dua alamat, satu di tiap ujung.",
            )
        if item.vlan not in vlans:
            yield flag.outside(("links", key, "vlan"), f"VLAN {item.vlan}", "vlans.transit", vlans)
        if allocations.data_centre is not None and item.vlan == allocations.data_centre.vlan:
            yield flag.twice(("links", key, "vlan"), f"VLAN {item.vlan}", "data_centre")
    yield from flag.overlapping(subnets)
    first: dict[int, str] = {}
    for key, item in allocations.links.items():
        if item.vlan in first:
            yield flag.twice(("links", key, "vlan"), f"VLAN {item.vlan}", f"links.{first[item.vlan]}")
        first.setdefault(item.vlan, key)


def _areas(allocations: Allocations, flag: Flag) -> Iterator[Problem]:
    """A router in two areas would become an area border router, which only the core switch is."""
    areas: dict[str, tuple[str, IPv4Address]] = {}
    for key, item in allocations.links.items():
        first, area = areas.setdefault(key.partition(":")[0], (key, item.area))
        if area != item.area:
            yield flag(
                ("links", key, "area"),
                f"area {item.area} berbeda dari area {area} pada links.{first} milik perangkat yang sama.",
                f"Samakan areanya; {BACKBONE} berlaku bila 'area' tidak ditulis.",
            )


def _is_host(address: IPv4Address, network: IPv4Network) -> bool:
    return address in network and address not in (network.network_address, network.broadcast_address)
