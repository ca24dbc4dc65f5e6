# SPDX-License-Identifier: GPL-3.0-or-later
"""How exports write values: plain where that is unmistakable, else quoted with escapes."""

import re

_PLAIN = re.compile(r"[A-Za-z0-9_.:/,*!<>@%+^-]+")
_ESCAPES = {'"': '\\"', "\\": "\\\\", "$": "\\$", "?": "\\?", "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def quoted(value: str, *, always: bool = False) -> str:
    """`10M`, `"PT Contoh"`, `""`."""
    if value and not always and _PLAIN.fullmatch(value):
        return value
    return '"' + "".join(_escape(char) for char in value) + '"'


def _escape(char: str) -> str:
    if char in _ESCAPES:
        return _ESCAPES[char]
    if char < " " or char == "\x7f":
        return f"\\{ord(char):02X}"
    if char > "\x7f":
        return "".join(f"\\{byte:02X}" for byte in char.encode())
    return char
