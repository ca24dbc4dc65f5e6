# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What an import found, as text that a tired technician can read."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from ..render import render
from .answer_sheet import answer_sheet
from .cells import Flag
from .survey import Import

_WIDTH = 100
_ANSWERS = (
    "UNTUK BERKAS JAWABAN (salin; hapus '# ' di depan baris yang benar; isi setiap …;\n"
    "sel yang isinya memang benar: hapus bagian use)"
)
_LABEL = 9


def preview(result: Import, *, with_diff: bool = True) -> str:
    """Notes, diffs, changes and flagged cells, in this order: what needs a person is nearest to the prompt."""
    return "\n\n".join(part for part in _parts(result, with_diff) if part)


def _parts(result: Import, with_diff: bool) -> Iterator[str]:
    if result.notes:
        yield _titled("CATATAN", (f"- {note}" for note in result.notes))
    if with_diff and result.after:
        yield f"PERUBAHAN BERKAS\n\n{result.diff().rstrip()}"
    if result.changes:
        lowered = [change.text for change in result.changes if change.lowers]
        yield _titled(
            "YANG BERUBAH DI REGISTER", (f"- {change.text}" for change in result.changes if not change.lowers)
        )
        if lowered:
            yield _titled(
                "YANG TURUN (periksa: angka yang pernah ditulis menjadi lebih kecil)", (f"- {text}" for text in lowered)
            )
    if result.flags:
        yield f"SEL YANG DITANDAI ({len(result.flags)}; tidak diimpor)\n\n" + "\n\n".join(
            map(render_flag, result.flags)
        )
        sheet = answer_sheet(result.flags, several_files=len(result.read) > 1)
        if sheet:
            yield f"{_ANSWERS}\n\n{sheet}"
    if result.problems:
        yield render(result.problems)


def render_flag(flag: Flag) -> str:
    """``TANDA survei.xlsx [Survei] C14`` and indented lines: what stands there, why it is flagged, what to do."""
    rows = [
        ("OPD", flag.office),
        ("kolom", flag.column),
        ("isi", flag.found),
        ("alasan", flag.what),
        ("tindakan", flag.action),
    ]
    return "\n".join([f"TANDA {flag.place}", *(_row(label, text) for label, text in rows if text)])


def summary(result: Import, *, dry: bool, written: bool) -> list[str]:
    """A few lines for the end of the play."""
    lines = [f"Dibaca: {', '.join(result.read) or 'tidak ada'}; {result.rows} baris OPD."]
    new = len(result.changes)
    if result.after:
        names = ", ".join(result.after)
        lines.append(f"{new} perubahan {'akan' if dry or not written else 'sudah'} ditulis ke {names}.")
    else:
        lines.append("Tidak ada yang berubah di register.")
    if result.flags:
        lines.append(f"{len(result.flags)} sel ditandai dan tidak diimpor; alasan dan tindakannya tertulis di atas.")
    if written:
        lines.append("Simpan ke git, lalu jalankan playbooks/plan.yml --check --diff.")
    elif dry and result.after:
        lines.append("Belum ada yang ditulis; jalankan tanpa --check untuk menulisnya.")
    return lines


def _titled(title: str, lines: Iterator[str]) -> str:
    wrapped = [
        textwrap.fill(line, _WIDTH, subsequent_indent="  ", break_long_words=False, break_on_hyphens=False)
        for line in lines
    ]
    return "\n".join([title, "", *wrapped]) if wrapped else ""


def _row(label: str, text: str) -> str:
    lead = f"  {label:<{_LABEL}}: "
    return textwrap.fill(
        text,
        _WIDTH,
        initial_indent=lead,
        subsequent_indent=" " * len(lead),
        break_long_words=False,
        break_on_hyphens=False,
    )
