# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What must hold between the numbers of the lock file, and between them and the pools of the government."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping
from ipaddress import IPv4Address, IPv4Network

from ..register.document import Document, KeyPath
from ..register.models import Government
from ..register.problem import Problem
from .addressing import LINK_PREFIX
from .allocations import Allocations

SMALLEST_LAN = 29
_OUTSIDE = (
    "Kembalikan kolamnya di register/government.yml, atau hapus baris ini lalu jalankan playbooks/plan.yml; pemiliknya "
    "mendapat nomor baru. Bila jaringan ini belum dipasang, hapus saja seluruh berkas allocations.yml."
)


def check_rules(allocations: Allocations, government: Government, document: Document) -> Iterator[Problem]:
    """Every breach, placed at the later of two entries that collide."""
    flag = _Flag(document)
    yield from _data_centre(allocations, government, flag)
    yield from _addresses(allocations, government, flag)
    yield from _locations(allocations, government, flag)
    yield from _links(allocations, government, flag)


class _Flag:
    """Builds a problem at a key of the lock file."""

    def __init__(self, document: Document) -> None:
        self._document = document

    def __call__(self, path: KeyPath, what: str, action: str) -> Problem:
        return Problem(self._document.position(path), self._document.key(path), what, action)

    def outside(self, path: KeyPath, number: object, pool_name: str, pool: object) -> Problem:
        return self(path, f"{number} di luar {pool_name} ({pool}).", _OUTSIDE)

    def twice(self, path: KeyPath, number: object, first: str) -> Problem:
        return self(
            path,
            f"{number} sudah dipakai {first}.",
            "Hapus baris yang salah lalu jalankan playbooks/plan.yml; pemiliknya mendapat nomor yang masih kosong.",
        )


def _data_centre(allocations: Allocations, government: Government, flag: _Flag) -> Iterator[Problem]:
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


def _addresses(allocations: Allocations, government: Government, flag: _Flag) -> Iterator[Problem]:
    pool = government.address_pools.loopback
    for key, address in allocations.loopbacks.items():
        if not _is_host(address, pool):
            yield flag.outside(("loopbacks", key), address, "address_pools.loopback", pool)
    yield from _repeated("loopbacks", allocations.loopbacks, flag)
    centre = allocations.data_centre
    if centre is not None:
        for key, address in allocations.servers.items():
            if not _is_host(address, centre.subnet):
                yield flag.outside(("servers", key), address, "data_centre.subnet", centre.subnet)
            elif address == centre.gateway:
                yield flag.twice(("servers", key), address, "data_centre.gateway")
    yield from _repeated("servers", allocations.servers, flag)


def _locations(allocations: Allocations, government: Government, flag: _Flag) -> Iterator[Problem]:
    pool = government.address_pools.office_lan
    lans = {key: item.lan for key, item in allocations.locations.items()}
    for key, lan in lans.items():
        path = ("locations", key, "lan")
        if not lan.subnet_of(pool):
            yield flag.outside(path, lan, "address_pools.office_lan", pool)
        if lan.prefixlen > SMALLEST_LAN:
            yield flag(
                path, f"{lan} terlalu kecil untuk sebuah LAN.", f"Tulis subnet /{SMALLEST_LAN} atau yang lebih besar."
            )
    yield from _overlapping("locations", "lan", lans, flag)


def _links(allocations: Allocations, government: Government, flag: _Flag) -> Iterator[Problem]:
    pool = government.address_pools.transit
    vlans = government.vlans.transit
    subnets = {key: item.subnet for key, item in allocations.links.items()}
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
    yield from _overlapping("links", "subnet", subnets, flag)
    first: dict[int, str] = {}
    for key, item in allocations.links.items():
        if item.vlan in first:
            yield flag.twice(("links", key, "vlan"), f"VLAN {item.vlan}", f"links.{first[item.vlan]}")
        first.setdefault(item.vlan, key)


def _is_host(address: IPv4Address, network: IPv4Network) -> bool:
    return address in network and address not in (network.network_address, network.broadcast_address)


def _repeated(section: str, entries: Mapping[str, Hashable], flag: _Flag) -> Iterator[Problem]:
    first: dict[Hashable, str] = {}
    for key, number in entries.items():
        if number in first:
            yield flag.twice((section, key), number, f"{section}.{first[number]}")
        first.setdefault(number, key)


def _overlapping(section: str, field: str, subnets: Mapping[str, IPv4Network], flag: _Flag) -> Iterator[Problem]:
    order = {key: place for place, key in enumerate(subnets)}
    for one, other in _neighbours(subnets.items()):
        first, second = sorted((one, other), key=lambda key: order[key])
        yield flag(
            (section, second, field),
            f"{subnets[second]} beririsan dengan {subnets[first]} milik {section}.{first}.",
            "Hapus baris yang salah lalu jalankan playbooks/plan.yml; pemiliknya mendapat subnet yang masih kosong.",
        )


def _neighbours(subnets: Iterable[tuple[str, IPv4Network]]) -> Iterator[tuple[str, str]]:
    """Pairs that overlap; each subnet is held against the widest one that began before it."""
    widest: tuple[str, IPv4Network] | None = None
    for key, subnet in sorted(subnets, key=lambda item: (item[1].network_address, item[1].prefixlen)):
        if widest is not None and subnet.overlaps(widest[1]):
            yield widest[0], key
        if widest is None or subnet.broadcast_address > widest[1].broadcast_address:
            widest = key, subnet
