# SPDX-License-Identifier: GPL-3.0-or-later
"""The platforms, one folder each. A folder ``<name>/`` with ``platform.py`` and a class `Platform` is a platform."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

from ..outcome import RefusedError
from .base import Platform


def names() -> list[str]:
    """Names of the platforms in this folder, sorted."""
    return sorted(entry.parent.name for entry in Path(__file__).parent.glob("*/platform.py"))


def load(name: str) -> Platform[Any, Any, Any]:
    """Return a fresh object of a platform by its folder's name.

    Raises:
        RefusedError: no such platform.
    """
    platform: Platform[Any, Any, Any] = _module(name).Platform()
    return platform


@cache
def _module(name: str) -> Any:
    if name not in names():
        raise RefusedError(f"platform {name!r} tidak dikenal; yang tersedia: {', '.join(names())}")
    return import_module(f".{name}.platform", package=__name__)
