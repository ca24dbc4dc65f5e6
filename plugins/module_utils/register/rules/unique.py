# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What may stand only once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from ..draft import Draft, Entry, grouped, if_known
from ..models import Device, Record, Server
from ..plain import KeyPath
from ..problem import Problem

# Ansible's own group names and ours; a host of the same name makes `--limit` and group variables ambiguous.
_RESERVED_HOSTS = frozenset({"all", "ungrouped", "localhost", "network", "servers"})


def check(draft: Draft) -> Iterator[Problem]:
    yield from _twice(draft.opds, lambda opd: opd.code, ("code",), "kode OPD")
    yield from _twice(draft.circuits, lambda circuit: circuit.id, ("id",), "nama jalur")
    yield from _twice(draft.bandwidth, lambda bandwidth: bandwidth.opd, ("opd",), "bandwidth untuk OPD")
    yield from _twice(draft.applications, lambda application: application.code, ("code",), "kode aplikasi")
    yield from _twice(draft.events, lambda event: event.code, ("code",), "kode acara")
    yield from _twice(draft.findings, lambda finding: finding.id, ("id",), "nomor temuan")
    yield from _twice(draft.complaints, lambda complaint: complaint.id, ("id",), "nomor keluhan")
    yield from _twice(draft.applications, lambda application: application.domain, ("domain",), "domain")
    yield from _twice(draft.nodes, lambda node: node.name, ("name",), "nama perangkat atau server")
    yield from _twice(
        draft.nodes, lambda node: str(node.management_address), ("management_address",), "alamat pengelolaan"
    )
    yield from _assets(draft)
    yield from _inside_records(draft)
    yield from _group_names(draft)
    yield from _reserved_names(draft)


def _twice[R: Record](
    entries: Iterable[Entry[R]], key: Callable[[R], str], keys: KeyPath, what: str
) -> Iterator[Problem]:
    for value, same in grouped(entries, lambda entry: key(entry.record)).items():
        for entry in same[1:]:
            yield entry.problem(
                keys,
                f"{what} '{value}' sudah dipakai di {same[0].place}.",
                "Beri nilai lain, atau hapus salah satu bila memang sama.",
            )


def _assets(draft: Draft) -> Iterator[Problem]:
    """OPD + kode barang + nomor register is one thing; 65 switches may share the code (facts/domain.md, section 1)."""

    def identity(entry: Entry[Device | Server]) -> tuple[str, str, int]:
        record = entry.record
        owner = record.opd if isinstance(record, Device) else record.owner
        return owner, *record.asset.identity

    for (opd, code, number), same in grouped(draft.nodes, identity).items():
        for entry in same[1:]:
            yield entry.problem(
                ("asset", "register"),
                f"barang {code} nomor register {number} milik {opd} sudah tercatat di {same[0].place} "
                f"({same[0].record.name}).",
                "Cocokkan nomor register dengan Kartu Inventaris Barang; setiap unit punya nomor sendiri.",
            )


def _inside_records(draft: Draft) -> Iterator[Problem]:
    for opd in draft.opds:
        with if_known:
            codes = [location.code for location in opd.record.locations]
            yield from _repeated(opd, "locations", "code", codes, "kode lokasi")
    for node in draft.nodes:
        with if_known:
            names = [port.name for port in node.record.ports]
            yield from _repeated(node, "ports", "name", names, "nama port")
    for application in draft.applications:
        with if_known:
            yield from _repeated(application, "depends_on", None, application.record.depends_on, "aplikasi")
    if draft.government is not None:
        with if_known:
            sources = [str(source) for source in draft.government.record.management_sources]
            yield from _repeated(draft.government, "management_sources", None, sources, "subnet")
        with if_known:
            times = [str(address) for address in draft.government.record.time_servers]
            yield from _repeated(draft.government, "time_servers", None, times, "server waktu")


def _repeated(
    entry: Entry[Record], key: str, name_key: str | None, values: Iterable[str], what: str
) -> Iterator[Problem]:
    seen: set[str] = set()
    for index, value in enumerate(values):
        if value in seen:
            keys: KeyPath = (key, index, name_key) if name_key else (key, index)
            yield entry.problem(keys, f"{what} '{value}' ditulis dua kali di sini.", "Ganti atau hapus salah satunya.")
        seen.add(value)


def _group_names(draft: Draft) -> Iterator[Problem]:
    """Groups are ``location_<opd>_<location>`` with - as _: `a-b/c` and `a/b-c` would be one group."""
    groups: dict[str, str] = {}
    for opd in draft.opds:
        with if_known:
            for index, location in enumerate(opd.record.locations):
                with if_known:
                    ref = f"{opd.record.code}/{location.code}"
                    group = ref.replace("/", "_").replace("-", "_")
                    first = groups.setdefault(group, ref)
                    if first != ref:
                        yield opd.problem(
                            ("locations", index, "code"),
                            f"lokasi {ref} dan {first} menghasilkan nama grup Ansible yang sama (location_{group}).",
                            "Ubah salah satu kodenya.",
                        )


def _reserved_names(draft: Draft) -> Iterator[Problem]:
    for node in draft.nodes:
        with if_known:
            if node.record.name in _RESERVED_HOSTS:
                yield node.problem(
                    ("name",),
                    f"nama '{node.record.name}' dipakai Ansible atau Terpusat sebagai nama grup.",
                    f"Pilih nama lain, misalnya '{node.record.name}-1'.",
                )
