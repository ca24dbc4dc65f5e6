# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Pools, VLANs and rules of the government itself."""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import IPv4Network, IPv6Network
from itertools import combinations

from ..draft import Draft, Entry, if_known
from ..models import SEGMENTS, Government
from ..problem import Problem
from ..units import format_rupiah

# Below this a pool cannot hold what it is for: a LAN per office, a /30 per link, a server beside its gateway.
_SMALLEST = {"management": 30, "data_centre": 29, "office_lan": 24, "transit": 30, "loopback": 32}
# RFC 1918 and the shared range of RFC 6598.
_INSIDE = tuple(map(IPv4Network, ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10")))
_WIDEST_SOURCE = 16
# RFC 4193 and RFC 4291 section 2.4; the documentation prefix of RFC 3849 is nobody's.
UNIQUE_LOCAL = IPv6Network("fd00::/8")
_GLOBAL = IPv6Network("2000::/3")
_DOCUMENTATION = IPv6Network("2001:db8::/32")
_WIDEST_IPV6, _NARROWEST_IPV6 = 32, 56
_GLOBAL_ID_BITS = 40


def check(draft: Draft) -> Iterator[Problem]:
    if draft.government is None:
        return
    yield from _pools(draft.government)
    yield from _ipv6(draft.government)
    yield from _vlans(draft.government)
    yield from _sources(draft.government)
    yield from _prices(draft.government)


def known_pools(government: Entry[Government] | None) -> dict[str, IPv4Network]:
    """The IPv4 pools that could be read, by name."""
    pools: dict[str, IPv4Network] = {}
    if government is not None:
        for name in _SMALLEST:
            with if_known:
                pools[name] = getattr(government.record.address_pools, name)
    return pools


def _pools(government: Entry[Government]) -> Iterator[Problem]:
    pools = known_pools(government)
    for (first, one), (second, other) in combinations(pools.items(), 2):
        if one.overlaps(other):
            yield government.problem(
                ("address_pools", second),
                f"kolam {second} ({other}) bertumpang tindih dengan kolam {first} ({one}).",
                "Pilih subnet yang tidak saling memuat.",
            )
    for name, pool in pools.items():
        keys = ("address_pools", name)
        if pool.prefixlen > _SMALLEST[name]:
            yield government.problem(
                keys, f"kolam {name} ({pool}) terlalu kecil.", f"Gunakan subnet /{_SMALLEST[name]} atau lebih besar."
            )
        if not any(pool.subnet_of(inside) for inside in _INSIDE):
            yield government.warning(
                keys,
                f"kolam {name} ({pool}) bukan alamat privat.",
                "Pastikan alamat itu memang milik pemerintah daerah; bila bukan, pakai 10.0.0.0/8, 172.16.0.0/12, "
                "atau 192.168.0.0/16.",
            )


def _ipv6(government: Entry[Government]) -> Iterator[Problem]:
    with if_known:
        prefix = government.record.address_pools.ipv6
        if prefix is None:
            return
        keys = ("address_pools", "ipv6")
        private = prefix.subnet_of(UNIQUE_LOCAL)
        if not private and not prefix.subnet_of(_GLOBAL):
            yield government.problem(
                keys,
                f"{prefix} bukan prefiks yang boleh dipakai di dalam jaringan.",
                "Pakai prefiks milik pemerintah daerah (2000::/3), atau buat ULA dengan 40 bit acak, misalnya "
                "fd3c:91a7:5e20::/48 (RFC 4193).",
            )
        elif not _WIDEST_IPV6 <= prefix.prefixlen <= _NARROWEST_IPV6:
            yield government.problem(
                keys,
                f"panjang prefiks /{prefix.prefixlen} tidak dapat dipakai.",
                f"Gunakan /{_WIDEST_IPV6} sampai /{_NARROWEST_IPV6}; biasanya /48, cukup untuk dua ribu lokasi.",
            )
        elif private and not int(prefix.network_address) >> 80 & ((1 << _GLOBAL_ID_BITS) - 1):
            yield government.warning(
                keys,
                f"{prefix} tidak memakai 40 bit acak seperti diminta RFC 4193, jadi mudah bentrok dengan jaringan "
                "lain.",
                "Buat prefiks acak sebelum alamatnya dipakai, misalnya dengan: "
                "python3 -c \"import secrets; print(f'fd{secrets.token_hex(5)}')\".",
            )
        elif prefix.subnet_of(_DOCUMENTATION):
            yield government.warning(
                keys,
                f"{prefix} adalah prefiks contoh (RFC 3849) yang tidak diteruskan di internet.",
                "Ganti dengan prefiks milik pemerintah daerah atau ULA.",
            )


def _vlans(government: Entry[Government]) -> Iterator[Problem]:
    with if_known:
        vlans = government.record.vlans
        if vlans.data_centre in vlans.transit:
            yield government.problem(
                ("vlans", "data_centre"),
                f"VLAN pusat data {vlans.data_centre} berada di dalam rentang transit {vlans.transit}.",
                "Pilih nomor di luar rentang transit.",
            )
    with if_known:
        segments = government.record.vlans.segments
        names = ("office", *SEGMENTS)
        for index, name in enumerate(names):
            for first in names[:index]:
                with if_known:
                    if getattr(segments, first) == getattr(segments, name):
                        yield government.problem(
                            ("vlans", "segments", name),
                            f"VLAN {getattr(segments, name)} sudah dipakai untuk {first} di kantor.",
                            "Beri setiap jaringan di dalam kantor nomor VLAN sendiri.",
                        )


def _sources(government: Entry[Government]) -> Iterator[Problem]:
    with if_known:
        for index, source in enumerate(government.record.management_sources):
            if source.prefixlen == 0:
                yield government.problem(
                    ("management_sources", index),
                    "0.0.0.0/0 membuka pengelolaan perangkat untuk seluruh internet.",
                    "Tulis hanya subnet atau komputer pengelola, misalnya 10.99.0.1/32.",
                )
            elif source.prefixlen < _WIDEST_SOURCE:
                yield government.warning(
                    ("management_sources", index),
                    f"{source} membuka pengelolaan untuk {source.num_addresses} alamat.",
                    "Persempit menjadi komputer pengelola saja.",
                )


def _prices(government: Entry[Government]) -> Iterator[Problem]:
    with if_known:
        rules = government.record.rules
        if rules.price_per_mbps_min > rules.price_per_mbps_max:
            yield government.problem(
                ("rules", "price_per_mbps_min"),
                f"harga terendah {format_rupiah(rules.price_per_mbps_min)} lebih besar daripada harga tertinggi "
                f"{format_rupiah(rules.price_per_mbps_max)}.",
                "Tukar atau betulkan kedua angka itu.",
            )
