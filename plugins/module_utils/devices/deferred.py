# SPDX-License-Identifier: GPL-3.0-or-later
"""Modules that others import and hardly ever use, executed when they are first used.

`importlib.util.LazyLoader` does not serve: the import statement itself asks such a module for its ``__spec__``, which
loads it.
"""

from __future__ import annotations

import sys
import threading
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType
from typing import Any

_lock = threading.RLock()


class _Deferred(ModuleType):
    """Stands in ``sys.modules`` until somebody wants something of the real module."""

    def __getattr__(self, attribute: str) -> Any:
        if attribute.startswith("__"):
            raise AttributeError(attribute)
        with _lock:
            if sys.modules.get(self.__name__) is self:
                del sys.modules[self.__name__]
            return getattr(import_module(self.__name__), attribute)


def module(name: str) -> None:
    """Have the next ``import name`` cost nothing until one of the module's attributes is asked for.

    Nothing happens when the module is imported already or is not installed.
    """
    if name in sys.modules:
        return
    spec = find_spec(name)
    if spec is None:
        return
    found = _Deferred(name)
    found.__spec__ = spec
    found.__path__ = list(spec.submodule_search_locations or [])
    sys.modules[name] = found
