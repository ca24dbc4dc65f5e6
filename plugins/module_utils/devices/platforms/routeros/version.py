# SPDX-License-Identifier: GPL-3.0-or-later
"""RouterOS versions: ``7.16.2``, ``6.49.10 (long-term)``, ``7.20beta4``."""

from __future__ import annotations

import re
from functools import cache

Version = tuple[int, ...]

_NUMBER = re.compile(r"\s*v?(\d+)(?:\.(\d+))?(?:\.(\d+))?")


@cache
def parse(text: str) -> Version:
    """Return the numbers of a version; what follows them (beta, channel) does not count.

    Raises `ValueError` when the text does not begin with a version.
    """
    match = _NUMBER.match(text)
    if match is None:
        raise ValueError(text)
    return tuple(int(part) for part in match.groups() if part is not None)


def show(version: Version) -> str:
    """Return a version as people write it."""
    return ".".join(map(str, version))
