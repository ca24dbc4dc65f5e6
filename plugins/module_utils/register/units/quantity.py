# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A number followed by a unit, in Indonesian notation (comma before decimals)."""

from __future__ import annotations

import re
from decimal import Decimal

from ..refused import RefusedError

_PARTS = re.compile(r"(?P<sign>[-+−]?)\s*(?P<number>\d[\d.,]*)\s*(?P<unit>.*)", re.DOTALL | re.ASCII)
_NUMBER = re.compile(r"\d+(,\d+)?", re.ASCII)
_MAX_DIGITS = 30


def split_quantity(text: str, example: str) -> tuple[Decimal, str]:
    """Split ``1,5 Gbps`` into (Decimal('1.5'), 'Gbps'); the unit may be empty.

    A point is refused in either reading: in Indonesian notation it separates thousands, in most data sheets it
    starts the decimals, and `1.500 Mbps` read the wrong way is a thousandfold error.

    Raises RefusedError for anything that does not start with one positive number. ``example`` is a correct value.
    """
    parts = _PARTS.fullmatch(text.replace("\u00a0", " ").strip())
    if parts is None:
        raise RefusedError(f"'{text}' tidak diawali angka.", f"Tulis angka lalu satuannya, misalnya '{example}'.")
    number, unit = parts["number"], parts["unit"].strip()
    if parts["sign"] in ("-", "−"):
        raise RefusedError(f"'{text}' bernilai negatif.", f"Tulis angka lebih dari nol, misalnya '{example}'.")
    if parts["sign"] == "+":
        raise RefusedError(f"'{text}' diawali tanda tambah.", f"Tulis angkanya saja, misalnya '{example}'.")
    if "." in number:
        raise _point(text, number, unit)
    if not _NUMBER.fullmatch(number) or len(number) > _MAX_DIGITS:
        raise RefusedError(f"'{number}' bukan satu angka yang utuh.", f"Tulis satu angka, misalnya '{example}'.")
    value = Decimal(number.replace(",", "."))
    if value == 0:
        raise RefusedError(f"'{text}' bernilai nol.", f"Tulis angka lebih dari nol, misalnya '{example}'.")
    return value, unit


def whole(value: Decimal, factor: int, text: str, base: str) -> int:
    """``value`` × ``factor`` as an integer number of ``base`` units; RefusedError when it is not a whole number."""
    product = value * factor
    if product != product.to_integral_value():
        raise RefusedError(f"'{text}' bukan kelipatan bulat dari 1 {base}.", "Kurangi angka di belakang koma.")
    return int(product)


def format_quantity(amount: int, units: dict[str, int]) -> str:
    """``amount`` (positive) in the largest of ``units`` that is not above it, exactly, with a decimal comma."""
    if amount <= 0:
        raise ValueError(f"amount must be positive, not {amount}")
    name, factor = max(((n, f) for n, f in units.items() if f <= amount), key=lambda item: item[1])
    value = format(Decimal(amount) / factor, "f")
    if "." in value:
        value = value.rstrip("0").rstrip(".")
    return f"{value.replace('.', ',')} {name}"


def _point(text: str, number: str, unit: str) -> RefusedError:
    suffix = f" {unit}" if unit else ""
    if "," in number:  # both marks: the last one starts the decimals, if it stands only once
        mark = max(".,", key=number.rindex)
        whole_part, _, decimals = number.rpartition(mark)
        meant = re.sub(r"[.,]", "", whole_part) + (f",{decimals}" if number.count(mark) == 1 else decimals)
        return RefusedError(f"'{text}' memakai titik dan koma.", f"Maksud Anda '{meant}{suffix}'? Tulis tanpa titik.")
    units, _, decimals = number.partition(".")
    as_decimal = f"{units},{decimals.replace('.', '')}".rstrip("0").rstrip(",") + suffix
    as_thousands = number.replace(".", "") + suffix
    return RefusedError(
        f"titik pada '{text}' dapat dibaca sebagai pemisah ribuan atau sebagai pecahan.",
        f"Tulis '{as_decimal}' (koma untuk pecahan) atau '{as_thousands}' (tanpa titik).",
    )
