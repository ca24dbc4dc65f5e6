# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""From a cell to a value of the register, through the register's own units. What is odd is refused, never converted."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from ipaddress import IPv4Network

from pydantic import TypeAdapter, ValidationError

from ..models.addresses import OfficeNetwork
from ..models.scalars import Code, CountOrZero, Text
from ..refused import RefusedError
from ..units import parse_bit_rate, parse_rupiah
from .cells import Cell
from .columns import Column, Reads
from .dates import parse_day, parse_period
from .headers import simplify
from .wordlists import listed, meanings

type Value = str | int | bool | Decimal | date | tuple[date, date] | tuple[IPv4Network, ...]

_NETWORK: TypeAdapter[IPv4Network] = TypeAdapter(OfficeNetwork)
_TEXT: TypeAdapter[str] = TypeAdapter(Text)
_CODE: TypeAdapter[str] = TypeAdapter(Code)
_COUNT: TypeAdapter[int] = TypeAdapter(CountOrZero)

# A cell that says in words that there is nothing.
_DASHES = frozenset({"-", "--", "---", "–", "—", "."})
_NOTHING = _DASHES | frozenset(
    {
        "n/a",
        "na",
        "nihil",
        "tidak ada",
        "tdk ada",
        "belum ada",
        "blm ada",
        "kosong",
        "tidak tersedia",
        "none",
        "(kosong)",
    }
)
_YES = frozenset({"ya", "y", "yes", "ada", "iya", "v", "✓", "✔", "√", "benar", "true", "1"})
_NO = frozenset({"tidak", "tdk", "t", "no", "n", "tidak ada", "bukan", "salah", "false", "0"})
_PEOPLE = re.compile(r"(\d+)\s*(?:orang|org|pegawai|pengguna|asn|jiwa|user|users)\.?", re.IGNORECASE | re.ASCII)
_MEDIA = meanings(
    """
    leased_fiber: fo, fiber optik, fiber optic, fiber, fibre optic, serat optik, kabel fo, ftth, kabel fiber optik,
      leased fiber
    radio: radio, wireless, nirkabel, radio ptp, radio p2p, point to point, wireless radio
    starlink: starlink
    vpn: vpn
    """
)
_UNCERTAIN_MEDIA = listed(
    "4g, 5g, adsl, dsl, gsm, kabel, lan, lte, modem, satelit, seluler, tembaga, vsat, wi fi, wifi"
)
_ROLE = meanings(
    """
    main: utama, main, primer, primary
    backup: cadangan, backup, back up, sekunder
    """
)
_PLACE_KIND = meanings(
    """
    office: kantor, office, gudang
    school: sekolah, school
    clinic: puskesmas, klinik, clinic, rumah sakit, pustu
    data_centre: ruang server, pusat data, data centre
    """
)
_KINDS = ("dinas", "badan", "kecamatan", "kelurahan", "puskesmas", "sekolah", "sekretariat", "lainnya")
_APART = re.compile(r"[;,\s]+|\bdan\b|&")
_HOST_PLACEHOLDER = re.compile(r"(\d{1,3}\.\d{1,3}\.\d{1,3})\.(?:x|xxx|\*|0)", re.IGNORECASE | re.ASCII)
_ODD = re.compile(
    r"±|\+/-|\bkurang lebih\b|\bsekitar\b|\bkira\b|\bminimal\b|\bmin\b|\bmaks|\bmax\b|\bup to\b|\?|[<>≤≥]|%"
    r"|\d\s*[-–]\s*\d",
    re.IGNORECASE,
)


def is_nothing(cell: Cell, column: Column) -> bool:
    """Whether the cell is empty or says in words that there is nothing."""
    if cell.flaw is not None:
        return False
    if cell.kind == "blank":
        return True
    # "tidak ada" answers a yes-or-no question; a dash answers nothing.
    return cell.text.casefold() in (_DASHES if column.reads == "yes_no" else _NOTHING)


def parse(cell: Cell, column: Column, unit: str) -> Value:
    """The value of a cell that is not empty. ``unit`` stands in the header and applies to bare numbers only.

    Raises RefusedError with what is wrong and what to do.
    """
    if cell.flaw is not None:
        raise RefusedError(*cell.flaw)
    if cell.kind == "day" and column.reads not in ("day", "text"):
        raise RefusedError(
            f"Excel menganggapnya tanggal ({cell.text}); yang diketik sudah hilang.",
            "Format selnya sebagai teks, lalu tulis ulang.",
        )
    if column.reads in ("rate", "count", "rupiah") and (odd := _ODD.search(cell.text)):
        raise RefusedError(f"'{cell.text}' bukan angka pasti ('{odd[0]}').", "Minta angka yang pasti.")
    return _READERS[column.reads](cell, unit)


def _text(cell: Cell, _unit: str) -> Value:
    return _through(_TEXT, cell.text)


def _code(cell: Cell, _unit: str) -> Value:
    # Upper case is how people write abbreviations; a code has none.
    return _through(_CODE, cell.text.casefold())


def _count(cell: Cell, _unit: str) -> Value:
    if cell.kind == "number":
        if cell.number is None or cell.number != cell.number.to_integral_value():
            raise RefusedError(f"{cell.text} bukan bilangan bulat.", "Tulis jumlah orang.")
        if cell.unit and not _PEOPLE.fullmatch(f"1 {cell.unit}"):
            raise RefusedError(f"'{cell.text} {cell.unit}' bukan jumlah orang.", "Tulis jumlah orang.")
        return _through(_COUNT, format(cell.number, "f"))
    people = _PEOPLE.fullmatch(cell.text)
    return _through(_COUNT, people[1] if people else cell.text)


def _yes_no(cell: Cell, _unit: str) -> Value:
    word = cell.text.casefold().rstrip(".!")
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise RefusedError(f"'{cell.text}' bukan ya atau tidak.", "Tulis 'ya' atau 'tidak'.")


def _rate(cell: Cell, unit: str) -> Value:
    own = f"{cell.text} {cell.unit}" if cell.unit else cell.text
    if cell.kind == "text" and (grouped := _MAYBE_GROUPED.match(own)):
        whole, decimals = grouped.groups()
        raise RefusedError(
            f"koma pada '{cell.text}' dapat dibaca sebagai pecahan atau sebagai pemisah ribuan.",
            f"Tulis '{whole}{decimals}' atau '{f'{whole},{decimals}'.rstrip('0').rstrip(',')}'.",
        )
    bare = re.fullmatch(r"[\d.,]+", own, re.ASCII)
    return parse_bit_rate(f"{own} {unit}" if bare and unit else own)


def _rupiah(cell: Cell, _unit: str) -> Value:
    if cell.kind != "number" or cell.number is None:
        return parse_rupiah(_PER_MONTH.sub("", cell.text))
    if cell.unit and cell.unit.casefold().rstrip(".") not in ("rp", "idr"):
        raise RefusedError(f"'{cell.unit} {cell.text}' bukan rupiah.", "Tulis jumlahnya dalam rupiah.")
    cents = cell.number.quantize(Decimal("0.01"))
    if cents != cell.number:
        raise RefusedError(f"{cell.text} mempunyai pecahan sen.", "Bulatkan menurut tagihan.")
    return parse_rupiah(format(cents, "f").replace(".", ","))


# "1,500 Mbps": one and a half here, fifteen hundred in a spreadsheet set to English. "0,512" is no thousand.
_MAYBE_GROUPED = re.compile(r"([1-9]\d{0,2}),(\d{3})(?![\d.,])", re.ASCII)
_PER_MONTH = re.compile(r"\s*(?:/|per)\s*(?:bln|bulan)\.?$", re.IGNORECASE)


def _day(cell: Cell, unit: str) -> Value:
    return cell.day if cell.day is not None else parse_day(cell.text, day_first=unit == "dmy")


def _period(cell: Cell, unit: str) -> Value:
    return parse_period(cell.text, day_first=unit == "dmy")


def _lans(cell: Cell, _unit: str) -> Value:
    found: list[IPv4Network] = []
    for part in filter(None, (piece.strip() for piece in _APART.split(cell.text))):
        if hosts := _HOST_PLACEHOLDER.fullmatch(part):
            raise RefusedError(
                f"'{part}' tidak menyebut panjang subnet.", f"Tanyakan; biasanya yang dimaksud {hosts[1]}.0/24."
            )
        network = _through(_NETWORK, part)
        if network not in found:
            found.append(network)
    if not found:
        raise RefusedError(f"'{cell.text}' bukan subnet.", "Tulis misalnya 192.168.1.0/24.")
    return tuple(found)


def _media(cell: Cell, _unit: str) -> Value:
    word = simplify(cell.text)
    if word in _MEDIA:
        return _MEDIA[word]
    hint = " Satelit selain Starlink dan seluler belum ada di register." if word in _UNCERTAIN_MEDIA else ""
    raise RefusedError(
        f"media '{cell.text}' tidak dikenal.{hint}", "Pilih: serat optik, radio, Starlink, atau VPN; lihat kontraknya."
    )


def _role(cell: Cell, _unit: str) -> Value:
    if found := _ROLE.get(simplify(cell.text)):
        return found
    raise RefusedError(f"'{cell.text}' bukan utama atau cadangan.", "Tulis 'utama' atau 'cadangan'.")


def _place_kind(cell: Cell, _unit: str) -> Value:
    if found := _PLACE_KIND.get(simplify(cell.text)):
        return found
    raise RefusedError(
        f"jenis lokasi '{cell.text}' tidak dikenal.", "Tulis kantor, sekolah, puskesmas, atau ruang server."
    )


def _kind(cell: Cell, _unit: str) -> Value:
    word = cell.text.casefold()
    if word in _KINDS:
        return word
    raise RefusedError(f"jenis OPD '{cell.text}' tidak dikenal.", f"Pilih salah satu: {', '.join(_KINDS)}.")


def _through[V](adapter: TypeAdapter[V], text: str) -> V:
    try:
        return adapter.validate_python(text)
    except ValidationError as error:
        refused = error.errors()[0].get("ctx", {}).get("error")
        if isinstance(refused, RefusedError):
            raise RefusedError(refused.what, refused.action) from None
        raise RefusedError(f"'{text}' tidak dapat dipakai.", "Periksa isinya.") from None


_READERS: dict[Reads, Callable[[Cell, str], Value]] = {
    "text": _text,
    "code": _code,
    "kind": _kind,
    "place_kind": _place_kind,
    "count": _count,
    "yes_no": _yes_no,
    "rate": _rate,
    "rupiah": _rupiah,
    "day": _day,
    "period": _period,
    "lans": _lans,
    "media": _media,
    "role": _role,
}
