# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How providers hand uplinks over: addresses, gateway, resolvers."""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import IPv4Address

from ..draft import Draft, Entry, if_known
from ..models import Circuit, Handoff
from ..problem import Problem
from .government import known_pools

# Resolvers outside the country's filter: ISPs cut port 53 to them and offices lost all internet
# (facts/domain.md, section 2).
_FOREIGN_RESOLVERS = frozenset(
    map(IPv4Address, ("8.8.8.8", "8.8.4.4", "1.1.1.1", "1.0.0.1", "9.9.9.9", "208.67.222.222", "208.67.220.220"))
)


def check(draft: Draft) -> Iterator[Problem]:
    for entry in draft.circuits:
        with if_known:
            handoff = entry.record.handoff
            if handoff is not None:
                yield from _addresses(draft, entry, handoff)
                yield from _resolvers(entry, handoff)
    yield from _apart(draft)


def _addresses(draft: Draft, entry: Entry[Circuit], handoff: Handoff) -> Iterator[Problem]:
    with if_known:
        address, network = handoff.address, handoff.address.network
        for name, pool in known_pools(draft.government).items():
            if pool.overlaps(network):
                yield entry.problem(
                    ("handoff", "address"),
                    f"subnet {network} bertumpang tindih dengan kolam {name} ({pool}).",
                    "Ubah kolam di government.yml; alamat dari penyedia tidak dapat kita ubah.",
                )
        yield from _end_of_network(entry, "address", address.ip, handoff)
        if handoff.gateway not in network:
            yield entry.problem(
                ("handoff", "gateway"),
                f"gateway {handoff.gateway} tidak satu subnet dengan {address}.",
                f"Tulis alamat penyedia di dalam {network}, atau betulkan panjang subnet di 'address'.",
            )
        elif handoff.gateway == address.ip:
            yield entry.problem(
                ("handoff", "gateway"),
                f"gateway sama dengan alamat kita ({handoff.gateway}).",
                "Tulis alamat sisi penyedia.",
            )
        else:
            yield from _end_of_network(entry, "gateway", handoff.gateway, handoff)


def _end_of_network(entry: Entry[Circuit], key: str, address: IPv4Address, handoff: Handoff) -> Iterator[Problem]:
    network = handoff.address.network
    if network.prefixlen >= 31 or address not in (network.network_address, network.broadcast_address):  # RFC 3021
        return
    yield entry.problem(
        ("handoff", key),
        f"{address} adalah alamat jaringan atau broadcast dari {network}.",
        f"Periksa lagi di surat penyedia; yang dapat dipakai {network.network_address + 1} sampai "
        f"{network.broadcast_address - 1}.",
    )


def _resolvers(entry: Entry[Circuit], handoff: Handoff) -> Iterator[Problem]:
    with if_known:
        for index, resolver in enumerate(handoff.dns):
            if resolver in _FOREIGN_RESOLVERS:
                yield entry.warning(
                    ("handoff", "dns", index),
                    f"{resolver} bukan DNS penyedia; banyak penyedia menutup port 53 ke sana, lalu internet mati.",
                    "Tulis alamat DNS dari surat serah terima penyedia.",
                )


def _apart(draft: Draft) -> Iterator[Problem]:
    seen: list[tuple[Entry[Circuit], Handoff]] = []
    for entry in draft.circuits:
        with if_known:
            handoff = entry.record.handoff
            if handoff is None:
                continue
            network = handoff.address.network
            for other, theirs in seen:
                if theirs.address.network.overlaps(network):
                    yield entry.problem(
                        ("handoff", "address"),
                        f"subnet {network} juga dipakai jalur di {other.place}.",
                        "Setiap uplink punya subnet serah terima sendiri; periksa surat penyedia.",
                    )
            seen.append((entry, handoff))
