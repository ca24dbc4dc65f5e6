# SPDX-License-Identifier: GPL-3.0-or-later
"""What operators read before a rollout and after it."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from datetime import timedelta

from ..planning.rollout.plan import Candidate
from ..planning.rollout.stages import NAMES
from ..register.models import Register
from .journal import Office, Run, State
from .steps import Planned

_WIDTH = 118
_STATES: dict[State, str] = {
    "waiting": "BELUM DIMULAI",
    "begun": "BELUM SELESAI",
    "returning": "BELUM SELESAI",
    "done": "berhasil",
    "failed": "GAGAL, dikembalikan",
    "stuck": "GAGAL, router belum sesuai register",
}


def preview(planned: Planned, register: Register, *, dry: bool) -> str:
    """The plan: waves with the evidence of each OPD, then who waits for what."""
    run, decision = planned.run, planned.decision
    lines = [f"RENCANA ROLLOUT {register.government.name} ({run.day}){_dry(dry)}"]
    if planned.resumed:
        lines.append(f"  Melanjutkan rollout {run.id} yang terputus; diselesaikan dulu: {', '.join(planned.resumed)}.")
    elif run.resumed:
        lines.append(f"  Melanjutkan rollout {run.id} yang terputus.")
    for office in run.offices:
        if office.state in ("done", "failed", "stuck"):
            lines.append(f"  Sudah: {_head(office)}  {_STATES[office.state]}")
    if planned.desk:
        lines += ["  Cukup di register", *_offices(planned.desk)]
    for number, wave in enumerate(planned.waves, 1):
        lines += [f"  Gelombang {number}", *_offices(wave)]
    if not planned.desk and not planned.waves:
        lines.append("  Tidak ada OPD yang dapat naik tahap sekarang.")
    if decision.waiting:
        lines.append("  Menunggu bukti")
    for candidate in decision.waiting:
        lines += _waiting(candidate)
    lines += _beside(planned)
    return "\n".join([*lines, *(f"  Catatan: {note}" for note in planned.known.notes)])


def summary(run: Run, planned_waiting: Iterable[Candidate], register: Register) -> str:
    """How every OPD of the run ended, and what to do now."""
    lines = [f"HASIL ROLLOUT {register.government.name} ({run.day})"]
    for office in run.offices:
        lines.append(f"  {_head(office)}  {_STATES[office.state]}")
        lines += _facts("bukti", office.evidence)
        lines += _facts("sebab", [office.why] if office.why else [])
        lines += _facts("lakukan", [_advice(office, run, register)])
    for candidate in planned_waiting:
        lines += _waiting(candidate)
    if run.stopped:
        count = len(run.failures)
        lines.append(
            f"  Dihentikan: {count} OPD gagal, yang diizinkan {run.failures_allowed} (rules.rollout.failures_allowed)."
        )
    if any(office.state in ("done", "stuck") for office in run.offices):
        lines.append("  Simpan ke git: perubahan tahap ada di register/opds.yml (lihat dengan git diff).")
    if len(lines) == 1:
        lines.append("  Tidak ada OPD yang naik tahap.")
    return "\n".join(lines)


def _dry(dry: bool) -> str:
    return " - hanya diperiksa, tidak ada yang diubah" if dry else ""


def _head(office: Office) -> str:
    arrow = "kembali ke" if office.back else "->"
    return f"{office.code:<12} {office.source} {arrow} {office.to}"


def _offices(offices: Iterable[Office]) -> Iterator[str]:
    for office in offices:
        yield f"    {_head(office)}" + (f"  ({', '.join(office.routers)})" if office.routers else "")
        yield from _facts("bukti", office.evidence)


def _waiting(candidate: Candidate) -> Iterator[str]:
    yield f"    {candidate.opd.code:<12} {candidate.opd.stage} -> {candidate.to}  menunggu"
    yield from _facts("kurang", candidate.missing)


def _beside(planned: Planned) -> Iterator[str]:
    for code, reason in planned.decision.beside:
        yield f"    {code:<12} tidak ikut: {reason}"
    for code in planned.decision.standing:
        yield f"    {code:<12} sudah pada tahap itu"


def _facts(label: str, sentences: Iterable[str]) -> Iterator[str]:
    for number, sentence in enumerate(sentences):
        first = f"      {label if not number else '':<8}{':' if not number else ' '} "
        for line in sentence.splitlines():
            yield from textwrap.wrap(line, _WIDTH, initial_indent=first, subsequent_indent=" " * len(first))
            first = " " * len(first)


def _advice(office: Office, run: Run, register: Register) -> str:
    routers = ",".join(office.routers)
    if office.state == "done" and not office.back:
        return _next_step(office, run, register)
    return {
        "done": "cari sebabnya, benahi, lalu naikkan lagi",
        "failed": "benahi sebabnya, lalu jalankan lagi perintah yang sama",
        "stuck": f"benahi {routers}, lalu playbooks/network.yml --limit {routers} dan playbooks/drift.yml",
    }.get(office.state, "jalankan lagi perintah yang sama")


def _next_step(office: Office, run: Run, register: Register) -> str:
    days = register.government.rules.rollout.quiet_days
    earliest = run.today + timedelta(days=days)
    return {
        "planned": "pasang router dan tulis in_service di devices.yml, isi allocated di bandwidth.yml",
        "provisioned": "sambungkan kantor ke jalur pusat di samping jalur lamanya, lalu naikkan ke parallel",
        "parallel": "ukur dengan playbooks/accept.yml, lalu naikkan ke accepted",
        "accepted": "sepakati hari pindah dengan OPD, lalu naikkan ke cutover",
        "cutover": f"catat keluhan di complaints.yml; bila {days} hari tanpa keluhan (paling cepat {earliest}), "
        "naikkan ke terminated",
        "terminated": "kirim surat pengakhiran langganan lama; datanya ada di laporan/",
    }.get(office.to, NAMES[office.to])
