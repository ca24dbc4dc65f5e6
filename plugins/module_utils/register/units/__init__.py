# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Units as people write them: link speeds, sizes and money. Odd ones are refused with the reason, never converted."""

from __future__ import annotations

from .bit_rate import format_bit_rate, parse_bit_rate
from .byte_size import format_byte_size, parse_byte_size
from .rupiah import format_rupiah, parse_rupiah

__all__ = [
    "format_bit_rate",
    "format_byte_size",
    "format_rupiah",
    "parse_bit_rate",
    "parse_byte_size",
    "parse_rupiah",
]
