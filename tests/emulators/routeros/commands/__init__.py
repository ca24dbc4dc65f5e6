# SPDX-License-Identifier: GPL-3.0-or-later
"""All commands of the console."""

from . import control, edit, export, files, functions, imports, language, logs, safe_mode, show, system, tools, users
from .registry import SIGNATURES, handler

__all__ = [
           "SIGNATURES",
           "control",
           "edit",
           "export",
           "files",
           "functions",
           "handler",
           "imports",
           "language",
           "logs",
           "safe_mode",
           "show",
           "system",
           "tools",
           "users",
]  # fmt: skip
