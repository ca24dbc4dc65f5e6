# SPDX-License-Identifier: GPL-3.0-or-later
"""All commands of the console: importing the modules announces what they hold."""

from . import (  # noqa: F401
    control,
    edit,
    export,
    fetch,
    files,
    functions,
    imports,
    language,
    logs,
    safe_mode,
    show,
    system,
    tools,
    users,
)
from .registry import SIGNATURES, handler

__all__ = ["SIGNATURES", "handler"]
