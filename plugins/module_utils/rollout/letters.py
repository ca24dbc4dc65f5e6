# SPDX-License-Identifier: GPL-3.0-or-later
"""The data for the letter that ends an OPD's own subscription, as text for whoever writes it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ..planning.rollout.facts import Facts
from ..planning.rollout.letter import Cancellation, cancellations
from ..register.models import Register
from ..register.units import format_rupiah
from ..whole_files import write_whole
from .journal import Run

FOLDER = "laporan"


def letters(run: Run, register: Register, facts: Facts) -> Iterator[Cancellation]:
    """Those of the OPDs whose subscriptions this run has ended."""
    for office in run.of("done"):
        if office.to == "terminated" and not office.back:
            # The day of the cutover is the one that the register held before this run.
            opd = register.opd(office.code).model_copy(update={"stage_since": office.former.since})
            yield from cancellations(opd, register, facts)


def letter_text(found: Cancellation, register: Register, run: Run) -> str:
    """What the letter has to say, one line each."""
    government = register.government
    return "\n".join(
        [
            "DATA SURAT PENGAKHIRAN LANGGANAN INTERNET",
            "",
            f"Pemerintah daerah  : {government.name}",
            f"Kepada             : {found.provider}",
            f"Perangkat daerah   : {found.opd}",
            f"Lokasi             : {found.location}",
            f"Langganan          : {found.circuit}",
            f"Kontrak berakhir   : {found.contract_end}",
            f"Surat diterima     : {_deadline(found)}",
            f"Biaya per bulan    : {format_rupiah(found.monthly_cost)}",
            f"Rekening DPA       : {found.budget_line or '-'}",
            f"Pindah ke pusat    : {found.cutover}",
            f"Tanpa keluhan sejak: {found.quiet_since}",
            f"Disetujui rollout  : {run.day} ({run.id})",
            "",
            "Langganan ini tidak diperlukan lagi. Batas pemberitahuan dihitung dari rules.subscriptions.notice_days "
            "tanpa hari libur nasional; cocokkan dengan kontraknya.",
            "",
        ]
    )


def _deadline(found: Cancellation) -> str:
    if found.late:
        return f"batasnya ({found.latest}) sudah lewat; bila diterima hari ini, paling cepat berakhir {found.ends}"
    return f"paling lambat {found.latest}"


def write_letters(folder: Path, found: list[tuple[Cancellation, str]]) -> list[Path]:
    """``laporan/pengakhiran-<circuit>.txt`` of the government's folder, each written whole. Raises OSError."""
    written = []
    for cancellation, text in found:
        target = folder / FOLDER / f"pengakhiran-{cancellation.circuit}.txt"
        target.parent.mkdir(parents=True, exist_ok=True)
        write_whole(target, text.encode(), mode=0o644)
        written.append(target)
    return written
