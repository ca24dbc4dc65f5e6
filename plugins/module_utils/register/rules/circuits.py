# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Lines: who uses them, how long and at what price."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from ..draft import Draft, Entry, if_known
from ..models import Circuit
from ..problem import Problem
from ..units import format_bit_rate, format_rupiah

_MEGABIT = 1_000_000


def check(draft: Draft) -> Iterator[Problem]:
    for entry in draft.circuits:
        yield from _user(entry)
        yield from _budget(entry)
        yield from _preferred(entry)
        yield from _contract(draft, entry)
        yield from _price(draft, entry)
        yield from _own_subscription(draft, entry)
    yield from _same_provider(draft)


def _user(entry: Entry[Circuit]) -> Iterator[Problem]:
    with if_known:
        is_uplink = entry.record.kind == "uplink"
        for key in ("opd", "location"):
            with if_known:
                value = getattr(entry.record, key)
                if is_uplink and value is not None:
                    yield entry.problem(
                        (key,), f"uplink dipakai bersama, jadi tidak punya '{key}'.", f"Hapus '{key}' dari jalur ini."
                    )
                elif not is_uplink and value is None:
                    yield entry.problem(
                        (),
                        f"jalur {entry.record.kind} harus menyebut '{key}'.",
                        f"Tambahkan '{key}: …' sesuai opds.yml.",
                    )
        if is_uplink and entry.record.handoff is None:
            yield entry.problem(
                (),
                "uplink belum punya 'handoff'.",
                "Tambahkan 'handoff: {address: …/30, gateway: …, dns: […]}' dari surat serah terima penyedia.",
            )


def _budget(entry: Entry[Circuit]) -> Iterator[Problem]:
    with if_known:
        if entry.record.kind != "own_subscription" and entry.record.budget_line is None:
            yield entry.problem(
                (),
                f"jalur {entry.record.kind} belum punya 'budget_line'.",
                "Tambahkan rekening DPA yang membayarnya; hanya langganan OPD sendiri boleh belum diketahui.",
            )


def _preferred(entry: Entry[Circuit]) -> Iterator[Problem]:
    with if_known:
        if entry.record.kind == "uplink" and entry.record.preferred is not None:
            yield entry.problem(
                ("preferred",),
                "uplink bersama diurutkan oleh 'role' (main sebelum backup), bukan oleh 'preferred'.",
                "Hapus 'preferred' dari jalur ini.",
            )


def _contract(draft: Draft, entry: Entry[Circuit]) -> Iterator[Problem]:
    with if_known:
        contract = entry.record.contract
        if contract.end < contract.start:
            yield entry.problem(
                ("contract", "end"),
                f"kontrak berakhir ({contract.end}) sebelum mulai ({contract.start}).",
                "Betulkan salah satu tanggalnya.",
            )
            return
        if draft.government is None or entry.record.kind != "uplink":
            return
        year = draft.government.record.fiscal_year
        if contract.end < date(year, 1, 1):
            yield entry.warning(
                ("contract", "end"),
                f"kontrak sudah berakhir {contract.end}, sebelum tahun anggaran {year}.",
                "Perbarui tanggal kontrak, atau hapus jalur ini bila sudah dihentikan.",
            )
        elif contract.end < date(year, 12, 31):
            yield entry.warning(
                ("contract", "end"),
                f"kontrak berakhir {contract.end}, padahal tahun anggaran {year} belum selesai: sesudah itu semua OPD "
                "yang memakai jalur ini padam.",
                "Siapkan perpanjangan dan rekening DPA-nya sebelum tanggal itu.",
            )


def _price(draft: Draft, entry: Entry[Circuit]) -> Iterator[Problem]:
    """A price far outside the bounds is most often a slip of a unit or of three zeros."""
    if draft.government is None:
        return
    with if_known:
        rules = draft.government.record.rules
        cost, capacity = entry.record.monthly_cost, entry.record.capacity.usable
        if cost == 0:
            return
        price = (cost * _MEGABIT / Decimal(capacity)).quantize(Decimal(1))
        low, high = rules.price_per_mbps_min, rules.price_per_mbps_max
        if low <= price <= high or low > high:
            return
        yield entry.warning(
            ("monthly_cost",),
            f"harga {format_rupiah(price)} per Mbps per bulan untuk {format_bit_rate(capacity)} di luar kewajaran "
            f"({format_rupiah(low)} sampai {format_rupiah(high)}).",
            "Periksa biaya dan satuan kapasitasnya; bila memang benar, ubah batasnya di rules (government.yml).",
        )


def _own_subscription(draft: Draft, entry: Entry[Circuit]) -> Iterator[Problem]:
    with if_known:
        if entry.record.kind != "own_subscription" or draft.government is None:
            return
        opd = draft.opds.by_name.get(entry.record.opd or "")
        year = draft.government.record.fiscal_year
        if opd is not None and opd.record.stage == "terminated" and entry.record.contract.end >= date(year, 1, 1):
            yield entry.warning(
                ("contract", "end"),
                f"OPD {opd.record.code} sudah terminated, tetapi langganan ini baru berakhir "
                f"{entry.record.contract.end}: belanja internet ganda.",
                "Hapus jalur ini bila sudah dihentikan, atau kembalikan tahap OPD-nya.",
            )


def _same_provider(draft: Draft) -> Iterator[Problem]:
    providers: dict[str, str] = {}
    uplinks = []
    for entry in draft.circuits:
        with if_known:
            if entry.record.kind == "uplink":
                uplinks.append(entry)
                if entry.record.role == "main":
                    providers[entry.record.provider.casefold()] = entry.record.id
    for entry in uplinks:
        with if_known:
            if entry.record.role == "backup" and (main := providers.get(entry.record.provider.casefold())):
                yield entry.warning(
                    ("provider",),
                    f"jalur cadangan ini dari penyedia yang sama dengan jalur utama {main}: keduanya dapat padam "
                    "bersama.",
                    "Pilih penyedia lain untuk jalur cadangan.",
                )
