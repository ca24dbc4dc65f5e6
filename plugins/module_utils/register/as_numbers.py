# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Numbers of autonomous systems: which are private, which nobody's (IANA, special-purpose AS numbers)."""

from __future__ import annotations

_PRIVATE = (range(64512, 65535), range(4_200_000_000, 4_294_967_295))  # RFC 6996
_EXAMPLES = (range(64496, 64512), range(65536, 65552))  # RFC 5398
# RFC 7607, 6793, 7300, and what IANA keeps back.
_NOBODY = (range(1), range(23456, 23457), range(65535, 65536), range(65552, 131072), range(4_294_967_295, 1 << 32))


def is_private(asn: int) -> bool:
    """Whether it is one of RFC 6996, which no provider passes on."""
    return any(asn in numbers for numbers in _PRIVATE)


def is_usable(asn: int) -> bool:
    """Whether somebody may have it."""
    return not any(asn in numbers for numbers in _NOBODY)


def is_example(asn: int) -> bool:
    """Whether it is for documents only."""
    return any(asn in numbers for numbers in _EXAMPLES)
