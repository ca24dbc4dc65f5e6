# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Sizes of memory and disks: text to integer bytes and back (powers of 1000, as the labels say)."""

from __future__ import annotations

import re

from ..refused import RefusedError
from ..suggest import closest
from .quantity import format_quantity, split_quantity, whole

UNITS = {"B": 1, "kB": 1_000, "MB": 1_000_000, "GB": 1_000_000_000, "TB": 1_000_000_000_000}
_SPELLINGS = {**UNITS, "KB": UNITS["kB"]}
# Above this a unit was mistaken: it is more than a whole data centre of a regency holds.
_CEILING = 1_000_000_000_000_000_000

_EXAMPLE = "8 GB"
_BINARY = re.compile(r"(?i:(?P<prefix>[kmgt])ib)")
_SPEED = re.compile(r"(?i:[kmgt]?b(?:it|yte)?s?(?:ps|/s|/detik))")
_SHORT = re.compile(r"(?i:(?P<prefix>[kmgt])(?:b|ega|iga|era|ilo)?)")


def parse_byte_size(text: str) -> int:
    """``512 MB``, ``1,5 GB``, ``2 TB`` → bytes.

    Raises RefusedError for no unit, speeds (``8 Gbps``), bits (``8 Gb``), binary units (``8 GiB``), unknown units, a
    point in the number, zero and negative.
    """
    value, unit = split_quantity(text, _EXAMPLE)
    factor = _SPELLINGS.get(unit)
    if factor is None:
        raise _unit_refused(text, unit)
    size = whole(value, factor, text, "byte")
    if size > _CEILING:
        raise RefusedError(f"'{text}' lebih besar dari 1000000 TB.", "Periksa angka dan satuannya.")
    return size


def format_byte_size(size: int) -> str:
    """Bytes (positive) → ``1,5 GB``; ``parse_byte_size`` of the result gives the same number back."""
    return format_quantity(size, UNITS)


def _unit_refused(text: str, unit: str) -> RefusedError:
    number = text[: len(text) - len(unit)].strip() if unit else text.strip()
    if not unit:
        return RefusedError(f"'{text}' tidak bersatuan.", f"Tulis satuannya: '{text} GB', atau MB atau TB.")
    if binary := _BINARY.fullmatch(unit):
        return RefusedError(
            f"'{unit}' (kelipatan 1024) tidak dipakai di sini.",
            f"Tulis seperti di label barang: '{number} {binary['prefix'].upper()}B' (kelipatan 1000).",
        )
    if _SPEED.fullmatch(unit):
        return RefusedError(f"'{unit}' adalah satuan kecepatan, bukan ukuran.", "Tulis ukuran dengan MB, GB, atau TB.")
    if short := _SHORT.fullmatch(unit):
        name = short["prefix"].upper() + "B"
        reason = "b kecil berarti bit" if unit.endswith("b") else "satuan ini tidak baku"
        return RefusedError(f"satuan '{unit}' tidak jelas: {reason}.", f"Maksud Anda '{number} {name}'? Tulis begitu.")
    near = closest(unit, UNITS)
    hint = f"Maksud Anda '{number} {near}'? " if near else ""
    return RefusedError(f"satuan '{unit}' tidak dikenal untuk ukuran.", f"{hint}Gunakan MB, GB, atau TB.")
