# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Finding the table in a sheet: its header (title rows above, two-row headers), and which rows are offices."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from .cells import Cell, Flag, Place, Sheet, Suggestion, column_letters, range_columns
from .headers import IGNORE, Header, is_header, recognise, simplify
from .values import is_nothing
from .wordlists import listed

_SEARCHED = 40
_HEADER_ROWS = 3
# Group titles over a header ("Langganan sekarang" over "Provider") that add nothing to the titles below them.
_NEUTRAL = frozenset(
    listed(
        """
        langganan, internet, sekarang, saat, ini, eksisting, existing, data, kondisi, layanan, kontrak, identitas,
        profil, opd, skpd, perangkat, daerah, umum, isp, informasi, isian, jaringan, koneksi
        """
    )
)
_TOTAL = re.compile(r"(?:sub\s*)?(?:total|jumlah|rata-?\s?rata|grand total)\b", re.IGNORECASE)
_CLOSING = re.compile(
    r"mengetahui|menyetujui|dibuat oleh|catatan\b|keterangan\s*:|nip\b|sumber\s*:|tempat,? tanggal|petunjuk|\*",
    re.IGNORECASE,
)
_COLUMN_NUMBER = re.compile(r"\(?\d{1,2}\)?", re.ASCII)
_SECTION = re.compile(r"(?:[IVX]+|[A-Z]|\d+)[.)]\s*\S+", re.ASCII)


@dataclass(frozen=True, slots=True)
class SurveyRow:
    """One row: only cells that say something, by column key."""

    number: int
    cells: dict[str, Cell]


@dataclass(slots=True)
class Table:
    """``columns`` are those understood, with the number each stands in; ``flags`` and ``notes`` tell the rest."""

    sheet: Sheet
    header_row: int = 0
    columns: dict[str, tuple[int, Header]] = field(default_factory=dict)
    rows: list[SurveyRow] = field(default_factory=list)
    flags: list[Flag] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def unit(self, key: str) -> str:
        return self.columns[key][1].unit

    def title(self, key: str) -> str:
        return self.columns[key][1].title


@dataclass(frozen=True, slots=True)
class _Found:
    score: int
    top: int
    bottom: int
    headers: dict[int, Header]


def score(sheet: Sheet, answers: Mapping[str, str]) -> int:
    """How much of the best header of this sheet is understood; 0 for none."""
    found = _find(sheet, answers)
    return found.score if found else 0


def read_table(sheet: Sheet, answers: Mapping[str, str]) -> Table | None:
    """The table of ``sheet``, or None when no row of it looks like a header."""
    found = _find(sheet, answers)
    if found is None:
        return None
    table = Table(sheet, found.bottom)
    _take_columns(table, found)
    _take_rows(table, found)
    return table


def _find(sheet: Sheet, answers: Mapping[str, str]) -> _Found | None:
    best: _Found | None = None
    numbers = sorted(sheet.rows)[:_SEARCHED]
    cache: dict[str, Header] = {}
    for top in numbers:
        for height in range(_HEADER_ROWS):
            bottom = top + height
            if bottom not in sheet.rows:
                break
            headers = _labels(sheet, top, bottom, answers, cache)
            found = _Found(_score(headers), top, bottom, headers)
            if best is None or found.score > best.score:
                best = found
    return best if best is not None and best.score else None


def _score(headers: Mapping[int, Header]) -> int:
    known = {header.column.key for header in headers.values() if header.reading == "known" and header.column}
    others = sum(header.reading in ("ambiguous", "refused") for header in headers.values())
    identity = bool(known & {"opd_name", "opd_code"})
    # Without an office a row of text may look like a header: it must say more.
    enough = len(known) + others >= 2 if identity else len(known) >= 3 or (known and len(known) + others >= 3)
    return 2 * len(known) + others + (1 if identity else 0) if enough else 0


def _labels(
    sheet: Sheet, top: int, bottom: int, answers: Mapping[str, str], cache: dict[str, Header]
) -> dict[int, Header]:
    def read(text: str) -> Header:
        if text not in cache:
            cache[text] = recognise(text, answers)
        return cache[text]

    labels: dict[int, Header] = {}
    columns = {column for row in range(top, bottom + 1) for column in sheet.rows.get(row, {})}
    for column in sorted(columns):
        texts = [sheet.cell(row, column).text for row in range(top, bottom + 1)]
        parts = list(dict.fromkeys(text for text in texts if text))
        header = read(" ".join(parts))
        if header.reading not in ("known", "unused") and len(parts) > 1:
            group = set(simplify(" ".join(parts[:-1])).split())
            alone = read(parts[-1])
            # "Usulan" over "Biaya/bln" is not what is paid today: only what adds nothing may be left out.
            if group <= _NEUTRAL and alone.reading != "unknown":
                header = alone
        labels[column] = header
    return labels


def _take_columns(table: Table, found: _Found) -> None:
    sheet = table.sheet
    seen: dict[str, list[int]] = {}
    for column, header in found.headers.items():
        place = Place(sheet.file, sheet.name, found.bottom, column)
        used = any(column in cells for row, cells in sheet.rows.items() if row > found.bottom)
        if header.reading == "known" and header.column is not None:
            seen.setdefault(header.column.key, []).append(column)
        elif header.reading != "unused" and used:
            table.flags.append(
                Flag(
                    place,
                    header.title,
                    header.title,
                    "",
                    f"kolom tidak dibaca: {header.what}",
                    header.action,
                    tuple(Suggestion("headers", header.title, key) for key in dict.fromkeys((*header.choices, IGNORE))),
                )
            )
    for key, columns in seen.items():
        header = found.headers[columns[0]]
        place = Place(sheet.file, sheet.name, found.bottom, columns[0])
        if len(columns) > 1:
            letters = ", ".join(map(column_letters, columns))
            table.flags.append(
                Flag(
                    place,
                    header.title,
                    header.title,
                    "",
                    f"kolom {letters} berarti hal yang sama ({key}); semuanya tidak dibaca.",
                    "Ganti judul atau hapus kolom yang tidak dipakai.",
                )
            )
        elif columns[0] in sheet.hidden_columns:
            table.flags.append(
                Flag(
                    place,
                    header.title,
                    header.title,
                    "",
                    f"kolom {column_letters(columns[0])} tersembunyi, jadi tidak dibaca.",
                    "Tampilkan kolom itu dan periksa isinya, atau hapus.",
                )
            )
        else:
            table.columns[key] = (columns[0], header)
    _tell_columns_without_title(table, found)


def _tell_columns_without_title(table: Table, found: _Found) -> None:
    sheet = table.sheet
    titled = {column for column, header in found.headers.items() if header.title}
    untitled: dict[int, int] = {}
    for row in sorted(sheet.rows):
        if row > found.bottom:
            for column, cell in sheet.rows[row].items():
                if column not in titled and not cell.across and cell.text:
                    untitled.setdefault(column, row)
    if untitled and table.columns:
        width = max(column for column, _ in table.columns.values())
        inside = [column_letters(column) for column in sorted(untitled) if column < width]
        if inside:
            table.notes.append(f"{sheet.title}: kolom tanpa judul tidak dibaca: {', '.join(inside)}.")


def _take_rows(table: Table, found: _Found) -> None:
    sheet = table.sheet
    if not {"opd_name", "opd_code"} & table.columns.keys():
        table.flags.append(
            Flag(
                Place(sheet.file, sheet.name, found.bottom, 1),
                "",
                "",
                "",
                "tidak ada kolom nama atau kode OPD, jadi lembar ini tidak dibaca.",
                "Beri judul 'Nama OPD' pada kolomnya, atau sebut di berkas jawaban (headers).",
            )
        )
        return
    previous = found.bottom
    hidden: list[int] = []
    numbers = [row for row in sorted(sheet.rows) if row > found.bottom]
    for position, row in enumerate(numbers):
        gap, previous = row > previous + 1, row
        if row in sheet.hidden_rows:
            hidden.append(row)
            continue
        kind = _kind(table, found, row, gap)
        if kind == "closing":
            rest = f"baris {row}" if position == len(numbers) - 1 else f"baris {row} sampai {numbers[-1]}"
            table.notes.append(f"{sheet.title}: {rest} sesudah tabel tidak dibaca ('{_first_text(sheet, row)}').")
            break
        if kind == "another table":
            table.flags.append(_another_table(sheet, row, numbers[-1]))
            break
        if kind in ("total", "name only"):
            said = "jumlah, dilewati" if kind == "total" else "hanya nama, tidak ada isian"
            table.notes.append(f"{sheet.title}: baris {row} {said} ('{_first_text(sheet, row)}').")
        elif kind == "nameless":
            cell = next(iter(_cells(table, row).values()))
            table.flags.append(
                Flag(
                    cell.place,
                    "",
                    cell.text,
                    "",
                    f"baris {row} tidak menyebut OPD, jadi tidak dibaca.",
                    "Isi nama OPD di baris itu, atau kosongkan barisnya.",
                )
            )
        elif kind == "office":
            table.rows.append(SurveyRow(row, _cells(table, row)))
    table.flags += _hidden_flags(sheet, hidden)


def _kind(table: Table, found: _Found, row: int, gap: bool) -> str:
    sheet = table.sheet
    texts = [cell.text for cell in sheet.rows[row].values() if cell.text]
    if not texts and not any(cell.flaw for cell in sheet.rows[row].values()):
        return "empty"
    if len(texts) > 1 and all(_COLUMN_NUMBER.fullmatch(text) for text in texts) and row <= found.bottom + 2:
        return "column numbers"
    if _is_header_again(table, row):
        return "header"
    if is_header(cell.text for cell in sheet.rows[row].values() if cell.kind == "text"):
        return "another table"
    cells = _cells(table, row)
    identity = [cells[key] for key in ("opd_name", "opd_code") if key in cells]
    first = texts[0] if texts else ""
    if any(_TOTAL.match(cell.text) for cell in identity) or (not identity and _TOTAL.match(first)):
        return "total"
    if any(_CLOSING.match(cell.text) for cell in identity) or (_CLOSING.match(first) and not identity):
        return "closing"
    if not identity:
        return "nothing" if not cells else "closing" if gap and len(cells) == 1 else "nameless"
    if not cells.keys() - {"opd_name", "opd_code"}:
        wide = any(cell.across for cell in sheet.rows[row].values())
        return "section" if wide or (len(texts) == 1 and _SECTION.fullmatch(texts[0])) else "name only"
    return "office"


def _is_header_again(table: Table, row: int) -> bool:
    """A header repeated at the top of a printed page."""
    matches = [
        simplify(table.sheet.cell(row, column).text) == simplify(table.sheet.cell(table.header_row, column).text)
        for column, _ in table.columns.values()
        if table.sheet.cell(row, column).text
    ]
    return len(matches) >= 2 and all(matches)


def _another_table(sheet: Sheet, row: int, last: int) -> Flag:
    """Its columns stand in another order: read under the first header, people would become megabits."""
    return Flag(
        Place(sheet.file, sheet.name, row, 1),
        "",
        _first_text(sheet, row),
        "",
        f"baris {row} adalah judul tabel lain, jadi baris {row} sampai {last} tidak dibaca.",
        "Pindahkan tabel itu ke lembar atau berkas sendiri, atau samakan urutan kolomnya dengan tabel pertama.",
    )


def _cells(table: Table, row: int) -> dict[str, Cell]:
    cells: dict[str, Cell] = {}
    taken = {column for column, _ in table.columns.values()}
    for key, (column, header) in table.columns.items():
        cell = table.sheet.cell(row, column)
        assert header.column is not None
        if cell.across:
            covered = range_columns(cell.across)
            if column != covered.start:
                continue  # its value stands further left
            if len(taken & set(covered)) > 1:
                cell = Cell(cell.place, "text", cell.text, flaw=_wide(cell.across))
        if not is_nothing(cell, header.column):
            cells[key] = cell
    return cells


def _wide(name: str) -> tuple[str, str]:
    return f"sel gabungan {name} meliputi beberapa kolom.", "Pisahkan selnya, lalu isi tiap kolom."


def _hidden_flags(sheet: Sheet, hidden: list[int]) -> Iterator[Flag]:
    for first, last in _runs(hidden):
        span = f"baris {first}" if first == last else f"baris {first} sampai {last}"
        yield Flag(
            Place(sheet.file, sheet.name, first, 1),
            "",
            _first_text(sheet, first),
            "",
            f"{span} tersembunyi, jadi tidak dibaca.",
            "Tampilkan (hapus penyaring) dan periksa isinya, atau hapus barisnya.",
        )


def _runs(numbers: list[int]) -> Iterator[tuple[int, int]]:
    start = last = None
    for number in numbers:
        if start is None or last is None or number != last + 1:
            if start is not None and last is not None:
                yield start, last
            start = number
        last = number
    if start is not None and last is not None:
        yield start, last


def _first_text(sheet: Sheet, row: int) -> str:
    cells = sheet.rows.get(row, {})
    return next((cells[column].text for column in sorted(cells) if cells[column].text), "")
