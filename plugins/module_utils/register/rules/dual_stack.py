# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""IPv6 on devices: who can have it, and by which lines it leaves.

A network half of which filters IPv6 and half does not is worse than none, so it is all or nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import IPv6Network

from ..draft import Draft, Entry, if_known
from ..models import Circuit, Handoff6
from ..problem import Problem
from .government import UNIQUE_LOCAL

#: Platforms whose templates bring addresses and packet filter together.
PLATFORMS = frozenset({"linux"})


def check(draft: Draft) -> Iterator[Problem]:
    yield from _handoffs(draft)
    with if_known:
        if draft.government is None or not draft.government.record.dual_stack:
            return
        yield from _prefix(draft)
        yield from _platforms(draft)
        yield from _way_out(draft)


def _prefix(draft: Draft) -> Iterator[Problem]:
    assert draft.government is not None
    with if_known:
        if draft.government.record.address_pools.ipv6 is None:
            yield draft.government.problem(
                ("dual_stack",),
                "dual_stack meminta IPv6, tetapi tidak ada prefiksnya.",
                "Tulis address_pools.ipv6 (dari penyedia, registri, atau ULA), atau hapus 'dual_stack'.",
            )


def _platforms(draft: Draft) -> Iterator[Problem]:
    for entry in draft.devices:
        with if_known:
            device = entry.record
            if device.in_service and device.platform not in PLATFORMS:
                yield entry.problem(
                    ("platform",),
                    f"{device.name} ({device.platform}) in_service, tetapi versi ini memasang IPv6 lengkap dengan "
                    f"firewall-nya hanya pada platform {', '.join(sorted(PLATFORMS))}; jaringan yang separuhnya tidak "
                    "menyaring IPv6 lebih buruk daripada tanpa IPv6.",
                    "Hapus 'dual_stack' di government.yml sampai perangkat itu diganti; nomor IPv6 tetap disimpan.",
                )


def _way_out(draft: Draft) -> Iterator[Problem]:
    assert draft.government is not None
    if not draft.circuits.complete:
        return
    for entry in draft.circuits:
        with if_known:
            if entry.record.handoff6 is not None:
                return
    yield draft.government.warning(
        ("dual_stack",),
        "tidak ada uplink dengan 'handoff6': IPv6 hanya ada di dalam jaringan, ke internet tetap lewat IPv4.",
        "Minta penyedia meneruskan prefiks Anda lalu tulis 'handoff6: {address: …/64, gateway: …}' pada uplink-nya, "
        "atau biarkan bila memang cukup.",
    )


def _handoffs(draft: Draft) -> Iterator[Problem]:
    seen: list[tuple[Entry[Circuit], IPv6Network]] = []
    for entry in draft.circuits:
        with if_known:
            handoff = entry.record.handoff6
            if handoff is None:
                continue
            yield from _kind(entry)
            yield from _addresses(entry, handoff)
            yield from _routed(draft, entry, handoff)
            network = handoff.address.network
            for other, theirs in seen:
                if theirs.overlaps(network):
                    yield entry.problem(
                        ("handoff6", "address"),
                        f"subnet {network} juga dipakai jalur di {other.place}.",
                        "Setiap uplink punya subnet serah terima sendiri; periksa surat penyedia.",
                    )
            seen.append((entry, network))


def _kind(entry: Entry[Circuit]) -> Iterator[Problem]:
    with if_known:
        if entry.record.kind != "uplink":
            yield entry.problem(
                ("handoff6",),
                f"IPv6 keluar hanya lewat uplink bersama; jalur {entry.record.kind} tidak membawa prefiks pemerintah "
                "daerah.",
                "Hapus 'handoff6' dari jalur ini.",
            )


def _addresses(entry: Entry[Circuit], handoff: Handoff6) -> Iterator[Problem]:
    network = handoff.address.network
    if handoff.gateway == handoff.address.ip:
        yield entry.problem(
            ("handoff6", "gateway"),
            f"gateway sama dengan alamat kita ({handoff.gateway}).",
            "Tulis alamat sisi penyedia.",
        )
    elif handoff.gateway not in network and not handoff.gateway.is_link_local:
        yield entry.problem(
            ("handoff6", "gateway"),
            f"gateway {handoff.gateway} tidak satu subnet dengan {handoff.address} dan bukan link-local.",
            f"Tulis alamat penyedia di dalam {network} atau fe80::…, atau betulkan panjang subnet di 'address'.",
        )


def _routed(draft: Draft, entry: Entry[Circuit], handoff: Handoff6) -> Iterator[Problem]:
    if draft.government is None:
        return
    with if_known:
        prefix = draft.government.record.address_pools.ipv6
        if prefix is None:
            yield entry.problem(
                ("handoff6",),
                "jalur ini membawa IPv6, tetapi pemerintah daerah belum punya prefiks.",
                "Tulis prefiks dari penyedia di address_pools.ipv6 (government.yml), atau hapus 'handoff6'.",
            )
        elif prefix.subnet_of(UNIQUE_LOCAL):
            yield entry.problem(
                ("handoff6",),
                f"prefiks {prefix} adalah ULA, yang tidak diteruskan penyedia mana pun, dan tidak ada NAT untuk IPv6.",
                "Pakai prefiks dari penyedia atau registri di address_pools.ipv6, atau hapus 'handoff6'.",
            )
        elif prefix.overlaps(handoff.address.network):
            yield entry.problem(
                ("handoff6", "address"),
                f"subnet {handoff.address.network} berada di dalam prefiks {prefix} yang dibagi-bagi oleh perencanaan.",
                "Minta subnet serah terima di luar prefiks itu kepada penyedia.",
            )
