# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Days as offices write them. What two people would read in two ways is refused."""

from __future__ import annotations

import re
from datetime import date

from ..refused import RefusedError
from .wordlists import meanings

_MONTHS = {
    word: int(number)
    for word, number in meanings(
        """
        1: januari, jan, january
        2: februari, pebruari, feb, peb, february
        3: maret, mar, mrt, march
        4: april, apr
        5: mei, may
        6: juni, jun, june
        7: juli, jul, july
        8: agustus, agu, agt, ags, aug, august
        9: september, sep, sept
        10: oktober, okt, oct, october
        11: november, nopember, nov, nop
        12: desember, des, dec, december
        """
    ).items()
}
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})", re.ASCII)
_FIGURES = re.compile(r"(\d{1,2})\s*[-/. ]\s*(\d{1,2})\s*[-/. ]\s*(\d{4})", re.ASCII)
_WORDS = re.compile(r"(\d{1,2})(?:\s*[-/. ]\s*|)([a-z]+)\.?(?:\s*[-/. ]\s*|)(\d{4})", re.ASCII)
_SHORT_YEAR = re.compile(r"\d{1,2}\s*[-/. ]\s*(?:\d{1,2}|[a-z]+)\.?\s*[-/. ]\s*\d{2}", re.ASCII)
_MONTH_ONLY = re.compile(r"([a-z]+)\.?\s*[-/. ]?\s*(\d{4})", re.ASCII)
_UNTIL = re.compile(r"\s*(?:s\s*/\s*d|s\.d\.?|sd|sampai(?:\s+dengan)?|hingga|–|—|\s-\s|\bto\b)\s*", re.IGNORECASE)
_TIME_OF_DAY = re.compile(r"[ T]00:00(?::00(?:\.0+)?)?$")


def parse_day(text: str, *, day_first: bool) -> date:
    """``2026-12-31``, ``31 Desember 2026``, ``31/12/2026`` → date.

    ``05/06/2026`` is 5 June here and 6 May in a spreadsheet set to English: refused, unless the header says
    (``day_first``), as are years of two figures and months without a day. Raises RefusedError.
    """
    low = _TIME_OF_DAY.sub("", text.strip()).casefold()
    if parts := _ISO.fullmatch(low):
        return _day(text, int(parts[1]), int(parts[2]), int(parts[3]))
    if (parts := _WORDS.fullmatch(low)) and parts[2] in _MONTHS:
        return _day(text, int(parts[3]), _MONTHS[parts[2]], int(parts[1]))
    if parts := _FIGURES.fullmatch(low):
        first, second, year = int(parts[1]), int(parts[2]), int(parts[3])
        if first <= 12 and second <= 12 and first != second and not day_first:
            raise RefusedError(
                f"'{text}' dapat berarti {year}-{second:02d}-{first:02d} atau {year}-{first:02d}-{second:02d}.",
                "Tulis dengan nama bulan, atau beri '(tgl/bln/thn)' pada judul kolomnya bila semua tanggal begitu.",
            )
        if first <= 12 < second:
            raise RefusedError(
                f"'{text}' menaruh bulan di depan (cara Amerika): {year}-{first:02d}-{second:02d}?",
                "Tulis dengan nama bulan, misalnya 31 Desember 2026.",
            )
        return _day(text, year, second, first)
    if _SHORT_YEAR.fullmatch(low):
        raise RefusedError(f"'{text}' bertahun dua angka.", "Tulis tahun dengan empat angka.")
    if (parts := _MONTH_ONLY.fullmatch(low)) and parts[1] in _MONTHS:
        raise RefusedError(f"'{text}' tidak menyebut harinya.", "Tulis tanggal lengkap menurut kontrak.")
    if low.isascii() and low.isdigit() and 30_000 < int(low) < 80_000:
        raise RefusedError(
            f"'{text}' adalah tanggal yang kehilangan formatnya di Excel.",
            "Format selnya sebagai tanggal, lalu simpan.",
        )
    raise RefusedError(f"'{text}' bukan tanggal.", "Tulis misalnya 31 Desember 2026 atau 2026-12-31.")


def parse_period(text: str, *, day_first: bool) -> tuple[date, date]:
    """``1 Januari 2026 s/d 31 Desember 2026`` → first and last day. Raises RefusedError."""
    parts = [part for part in _UNTIL.split(text) if part.strip()]
    if len(parts) != 2:
        raise RefusedError(
            f"'{text}' tidak menyebut hari pertama dan hari terakhir.",
            "Tulis misalnya '1 Januari 2026 s/d 31 Desember 2026'.",
        )
    return parse_day(parts[0], day_first=day_first), parse_day(parts[1], day_first=day_first)


def _day(text: str, year: int, month: int, day: int) -> date:
    if not 2000 <= year <= 2100:
        raise RefusedError(f"tahun pada '{text}' di luar kewajaran.", "Periksa tahunnya.")
    try:
        return date(year, month, day)
    except ValueError:
        raise RefusedError(f"tanggal '{text}' tidak ada di kalender.", "Periksa hari dan bulannya.") from None
