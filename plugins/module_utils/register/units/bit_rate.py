# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Link speeds: text to integer bit/s and back."""

from __future__ import annotations

import re

from ..refused import RefusedError
from ..suggest import closest
from .quantity import format_quantity, split_quantity, whole

UNITS = {"bps": 1, "kbps": 1_000, "Mbps": 1_000_000, "Gbps": 1_000_000_000}
# What people also write and nobody reads in two ways: the b stays small.
_SPELLINGS = {**UNITS, "Kbps": UNITS["kbps"], "mbps": UNITS["Mbps"], "gbps": UNITS["Gbps"]}
# Above this a unit was mistaken: no local government buys a terabit per second.
_CEILING = 1_000_000_000_000

_EXAMPLE = "20 Mbps"
_BYTE = re.compile(
    r"(?:[kKmMgGtT]i?B(?:ps|/s|yte/s)?|[kmgt]?i?[Bb]ytes?(?:/s|ps)?|(?:kilo|mega|giga|tera)[ -]?bytes?.*)"
)
_BIT = re.compile(r"(?i:(?P<prefix>[kmg])(?:ega|iga|ilo)?)\s*(?:b|bit|bits|b/s|bit/s|bits/s|bit/detik)")


def parse_bit_rate(text: str) -> int:
    """``20 Mbps``, ``1,5 Gbps``, ``512 kbps`` → bit/s.

    Raises RefusedError for no unit, byte units (``100 MBps``, ``1 gigabyte``), unknown units (``1000 bandwith``), a
    point in the number, zero, negative, and more than 1000 Gbps. Source of the rule: design, section 3 (never convert
    silently; budget documents write "1 gigabyte" for a link's speed).
    """
    value, unit = split_quantity(text, _EXAMPLE)
    factor = _SPELLINGS.get(unit)
    if factor is None:
        raise _unit_refused(text, unit)
    rate = whole(value, factor, text, "bit per detik")
    if rate > _CEILING:
        raise RefusedError(f"'{text}' lebih besar dari 1000 Gbps.", "Periksa angka dan satuannya.")
    return rate


def format_bit_rate(bits_per_second: int) -> str:
    """bit/s (positive) → ``1,5 Gbps``; ``parse_bit_rate`` of the result gives the same number back."""
    return format_quantity(bits_per_second, UNITS)


def _unit_refused(text: str, unit: str) -> RefusedError:
    number = text[: len(text) - len(unit)].strip() if unit else text.strip()
    if not unit:
        return RefusedError(f"'{text}' tidak bersatuan.", f"Tulis satuannya: '{text} Mbps', atau kbps atau Gbps.")
    if unit == unit.upper() and unit.upper() in {"KBPS", "MBPS", "GBPS"}:
        small = {"KBPS": "kbps", "MBPS": "Mbps", "GBPS": "Gbps"}[unit]
        return RefusedError(
            f"satuan '{unit}' tidak jelas: B besar berarti byte, b kecil berarti bit.",
            f"Bila yang dimaksud bit per detik, tulis '{number} {small}'.",
        )
    if _BYTE.fullmatch(unit):
        return RefusedError(
            f"'{unit}' adalah satuan byte, sedangkan kecepatan jalur ditulis dalam bit per detik (1 byte = 8 bit).",
            "Lihat angka di kontrak penyedia lalu tulis dengan kbps, Mbps, atau Gbps.",
        )
    if bits := _BIT.fullmatch(unit):
        name = {"k": "kbps", "m": "Mbps", "g": "Gbps"}[bits["prefix"].lower()]
        return RefusedError(
            f"'{unit}' bukan satuan kecepatan yang baku.", f"Maksud Anda '{number} {name}'? Tulis begitu."
        )
    if re.search(r"\d", unit):  # "2x50 Mbps", "20 s.d. 30 Mbps": the number is not all of it
        return RefusedError(f"'{text}' bukan satu angka dengan satu satuan.", f"Tulis misalnya '{_EXAMPLE}'.")
    near = closest(unit, UNITS)
    hint = f"Maksud Anda '{number} {near}'? " if near else ""
    return RefusedError(
        f"satuan '{unit}' tidak dikenal untuk kecepatan jalur.", f"{hint}Gunakan kbps, Mbps, atau Gbps."
    )
