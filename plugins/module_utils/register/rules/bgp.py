# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""BGP with providers: AS numbers, neighbours, and above all what may be announced (RFC 7454, MANRS)."""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import IPv4Network
from itertools import combinations

from ..as_numbers import is_example, is_private, is_usable
from ..carriers import at_border
from ..draft import Draft, Entry, if_known
from ..models import Announcements, BgpSession, Circuit, Government
from ..problem import Problem
from .government import known_pools

# What is on nobody's internet (RFC 6890 and its registry); the documentation ranges are judged apart.
_NOT_PUBLIC = tuple(
    map(
        IPv4Network,
        (
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
            "192.0.0.0/24", "192.168.0.0/16", "198.18.0.0/15", "224.0.0.0/3",
        ),
    )
)  # fmt: skip
_DOCUMENTATION = tuple(map(IPv4Network, ("192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24")))  # RFC 5737
_LONGEST, _SHORTEST = 24, 8  # RFC 7454 section 6.1.3


def check(draft: Draft) -> Iterator[Problem]:
    lines = [entry for entry in draft.circuits if _session(entry) is not None]
    for entry in lines:
        with if_known:
            if entry.record.kind != "uplink":
                yield _not_shared(entry)
                continue
        session = _session(entry)
        if session is not None:
            yield from _numbers(draft, entry, session)
            yield from _neighbour(entry, session)
            yield from _limits(entry, session)
            yield from _announced(draft, entry, session)
    if draft.government is not None:
        yield from _prefixes(draft, draft.government, lines)
    yield from _order(draft)


def _session(entry: Entry[Circuit]) -> BgpSession | None:
    with if_known:
        return entry.record.bgp
    return None


def _not_shared(entry: Entry[Circuit]) -> Problem:
    dhcp = entry.record.handoff is None
    return entry.problem(
        ("bgp",),
        "BGP hanya untuk uplink bersama yang masuk di border router"
        + (", dan jalur ini beralamat dari DHCP." if dhcp else "."),
        "Hapus 'bgp' dari jalur ini; jalur milik OPD diawasi dengan ping ('track').",
    )


def _numbers(draft: Draft, entry: Entry[Circuit], session: BgpSession) -> Iterator[Problem]:
    for key in ("asn", "own_asn"):
        with if_known:
            number = getattr(session, key)
            if number is not None and not is_usable(number):
                yield entry.problem(
                    ("bgp", key),
                    f"nomor AS {number} tidak boleh dipakai siapa pun (dicadangkan IANA).",
                    "Periksa lagi di surat penyedia; nomor privat 64512-65534 atau 4200000000-4294967294.",
                )
            elif number is not None and is_example(number):
                yield entry.warning(
                    ("bgp", key),
                    f"nomor AS {number} hanya untuk contoh (RFC 5398).",
                    "Ganti dengan nomor dari surat penyedia.",
                )
    with if_known:
        government = draft.government.record if draft.government is not None else None
        own = session.own_asn
        if own is None and government is not None:
            own = government.asn
            if own is None:
                yield entry.problem(
                    ("bgp",),
                    "nomor AS kita untuk sesi ini belum ada.",
                    "Tulis 'asn' di government.yml, atau 'own_asn' di sini bila penyedia yang memberi nomornya.",
                )
        if own is not None and own == session.asn:
            yield entry.problem(
                ("bgp", "asn"),
                f"nomor AS penyedia sama dengan nomor AS kita ({own}).",
                "Tulis nomor AS penyedia (surat serah terima, atau whois); nomor kita di 'own_asn' atau "
                "government.yml.",
            )


def _neighbour(entry: Entry[Circuit], session: BgpSession) -> Iterator[Problem]:
    with if_known:
        handoff, neighbour = entry.record.handoff, session.neighbour
        if handoff is None or neighbour is None:
            return
        network = handoff.address.network
        if neighbour not in network:
            yield entry.problem(
                ("bgp", "neighbour"),
                f"router BGP {neighbour} tidak di subnet serah terima {network}.",
                "Mintalah sesi BGP langsung di jalur ini (satu subnet); sesi lewat beberapa router tidak didukung.",
            )
        elif neighbour == handoff.address.ip:
            yield entry.problem(
                ("bgp", "neighbour"),
                f"{neighbour} adalah alamat kita sendiri.",
                "Tulis alamat router penyedia, atau hapus kunci ini bila sama dengan gateway.",
            )


def _limits(entry: Entry[Circuit], session: BgpSession) -> Iterator[Problem]:
    with if_known:
        if session.accept == "table" and session.max_prefixes is None:
            yield entry.problem(
                ("bgp", "accept"),
                "tabel penyedia diterima tanpa batas jumlah prefiks.",
                "Tulis 'max_prefixes' sedikit di atas yang dijanjikan penyedia (tabel penuh tahun 2026 sekitar "
                "1.050.000, jadi 1200000), atau pakai accept: default.",
            )


def _announced(draft: Draft, entry: Entry[Circuit], session: BgpSession) -> Iterator[Problem]:
    with if_known:
        if draft.government is None or session.announce is None:
            return
        known = _of(draft.government)
        for index, prefix in enumerate(session.announce):
            if prefix not in (known.prefixes if known is not None else ()):
                yield entry.problem(
                    ("bgp", "announce", index),
                    f"{prefix} bukan salah satu dari bgp.prefixes di government.yml.",
                    "Hanya prefiks sendiri yang boleh diumumkan; tulis di bgp.prefixes dahulu, atau hapus di sini.",
                )


def _of(government: Entry[Government]) -> Announcements | None:
    return government.record.bgp


def _prefixes(draft: Draft, government: Entry[Government], lines: list[Entry[Circuit]]) -> Iterator[Problem]:
    with if_known:
        announced = _of(government)
        if announced is None:
            return
        with if_known:
            for index, prefix in enumerate(announced.prefixes):
                yield from _prefix(draft, government, index, prefix, lines)
            for (_, one), (index, other) in combinations(enumerate(announced.prefixes), 2):
                if one.overlaps(other):
                    yield government.problem(
                        ("bgp", "prefixes", index),
                        f"prefiks {other} bertumpang tindih dengan {one}.",
                        "Tulis setiap prefiks satu kali, sebesar yang tercatat di APNIC/IDNIC.",
                    )
            if announced.prefixes and draft.circuits.complete and not lines:
                yield government.warning(
                    ("bgp", "prefixes"),
                    "prefiks ini belum diumumkan: tidak ada jalur yang punya 'bgp'.",
                    "Tambahkan 'bgp: {asn: …}' pada uplink di circuits.yml.",
                )
        yield from _translated(government, announced)


def _prefix(
    draft: Draft, government: Entry[Government], index: int, prefix: IPv4Network, lines: list[Entry[Circuit]]
) -> Iterator[Problem]:
    keys = ("bgp", "prefixes", index)
    if prefix.prefixlen < _SHORTEST:
        yield government.problem(
            keys,
            f"{prefix} bukan prefiks satu pemerintah daerah; mengumumkannya membajak lalu lintas orang lain.",
            "Tulis persis prefiks di surat APNIC/IDNIC atau surat penyedia.",
        )
        return
    hidden = next((network for network in _NOT_PUBLIC if network.overlaps(prefix)), None)
    if hidden is not None:
        yield government.problem(
            keys,
            f"{prefix} berada di {hidden}, yang tidak ada di internet (RFC 6890).",
            "Hanya alamat publik milik pemerintah daerah yang diumumkan; alamat privat diterjemahkan (NAT).",
        )
        return
    for name, pool in known_pools(government).items():
        # A pool inside a prefix is a network with public addresses; the other way round part of a pool would leave.
        if pool.overlaps(prefix) and not pool.subnet_of(prefix):
            yield government.problem(
                keys,
                f"{prefix} hanya sebagian dari kolam {name} ({pool}).",
                "Kolam boleh terletak di dalam prefiks, tidak sebaliknya; ubah salah satunya.",
            )
    for entry in draft.circuits:
        with if_known:
            handoff = entry.record.handoff
            if handoff is not None and handoff.address.network.overlaps(prefix):
                yield government.problem(
                    keys,
                    f"{prefix} memuat subnet serah terima {handoff.address.network} di {entry.place}, milik penyedia.",
                    "Umumkan hanya prefiks sendiri, bukan subnet jalur ke penyedia.",
                )
    if any(prefix.subnet_of(network) for network in _DOCUMENTATION):
        yield government.warning(
            keys,
            f"{prefix} adalah prefiks contoh (RFC 5737) yang tidak diteruskan di internet.",
            "Ganti dengan prefiks milik pemerintah daerah.",
        )
    elif prefix.prefixlen > _LONGEST and _announced_as_ours(government, lines):
        yield government.warning(
            keys,
            f"{prefix} lebih kecil dari /{_LONGEST}: dengan nomor AS publik prefiks itu ditolak di internet.",
            f"Umumkan /{_LONGEST} atau lebih besar, atau pastikan penyedia menggabungkannya ke prefiksnya sendiri.",
        )


def _announced_as_ours(government: Entry[Government], lines: list[Entry[Circuit]]) -> bool:
    """Whether a session shows the prefix under a number of ours: a private one the provider replaces by its own."""
    for entry in lines:
        with if_known:
            session = entry.record.bgp
            own = (session.own_asn if session is not None else None) or government.record.asn
            if own is not None and not is_private(own):
                return True
    return False


def _translated(government: Entry[Government], announced: Announcements) -> Iterator[Problem]:
    with if_known:
        address = announced.nat_address
        if address is None:
            return
        keys = ("bgp", "nat_address")
        if not any(address in prefix for prefix in announced.prefixes):
            yield government.problem(
                keys,
                f"{address} tidak di dalam satu pun bgp.prefixes, jadi jawaban dari internet tidak kembali ke kita.",
                "Pilih satu alamat yang tidak dipakai di dalam prefixes.",
            )
        for name, pool in known_pools(government).items():
            if address in pool:
                yield government.problem(
                    keys,
                    f"{address} berada di kolam {name} ({pool}) dan kelak diberikan kepada komputer.",
                    "Pilih alamat di dalam prefixes yang di luar semua kolam.",
                )


def _order(draft: Draft) -> Iterator[Problem]:
    """The routes of a table win over any default route, so they must not come from a line that waits behind a static
    one."""
    for device in draft.devices:
        with if_known:
            if device.record.role != "border_router":
                continue
            static: Entry[Circuit] | None = None
            for circuit in at_border(device.record, (entry.record for entry in draft.circuits)):
                entry = draft.circuits.by_name[circuit.id]
                if circuit.bgp is None:
                    static = static or entry
                elif circuit.bgp.accept == "table" and static is not None:
                    yield entry.problem(
                        ("bgp", "accept"),
                        f"jalur {circuit.id} menunggu di belakang jalur statis {static.record.id}, tetapi rute dari "
                        "tabelnya lebih spesifik dan akan tetap dipakai.",
                        f"Pakai accept: default, atau pasang BGP juga di {static.record.id}.",
                    )
