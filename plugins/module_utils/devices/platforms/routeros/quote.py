# SPDX-License-Identifier: GPL-3.0-or-later
"""Strings of the RouterOS console: quoting and escapes (manual, "Scripting", constant escape sequences)."""

from __future__ import annotations

import re

#: what the console takes without quotes, whatever stands around it
_BARE = re.compile(r"!?[A-Za-z0-9][A-Za-z0-9._:/,+@-]*\Z")
_ESCAPES = {'"': '"', "\\": "\\", "$": "$", "?": "?", "_": " ", "n": "\n", "r": "\r", "t": "\t"}
_CONTROL = {"a": "\a", "b": "\b", "f": "\f", "v": "\v"}
_QUOTED = {'"': '\\"', "\\": "\\\\", "$": "\\$", "?": "\\?", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_HEX = re.compile(r"[0-9A-F]{2}")


def quote(text: str) -> str:
    """Return a value as it stands after ``name=``: bare where that is safe, else in double quotes."""
    if _BARE.match(text):
        return text
    return string(text)


def string(text: str) -> str:
    """Return a string in double quotes; nothing in it is a variable, a command or a line end any more.

    Bytes beyond ASCII are written in hexadecimal, as an export does.
    """
    parts: list[str] = []
    for character in text:
        if character in _QUOTED:
            parts.append(_QUOTED[character])
        elif " " <= character <= "~":
            parts.append(character)
        else:
            parts += [f"\\{byte:02X}" for byte in character.encode(errors="surrogateescape")]
    return f'"{"".join(parts)}"'


def unescape(text: str) -> str:
    """Return what stands between two quotes, escapes resolved. Raises `ValueError` for an unknown escape."""
    if "\\" not in text:
        return text
    out = bytearray()
    position = 0
    while position < len(text):
        character = text[position]
        position += 1
        if character != "\\":
            out += character.encode(errors="surrogateescape")
            continue
        code = text[position : position + 1]
        if code and code in _ESCAPES:
            out += _ESCAPES[code].encode()
            position += 1
        elif _HEX.match(text, position):
            out.append(int(text[position : position + 2], 16))
            position += 2
        elif code and code in _CONTROL:
            out += _CONTROL[code].encode()
            position += 1
        else:
            raise ValueError(f"\\{code}")
    return out.decode(errors="surrogateescape")
