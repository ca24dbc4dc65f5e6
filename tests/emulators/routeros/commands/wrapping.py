# SPDX-License-Identifier: GPL-3.0-or-later
r"""Long lines of an export: broken with `\`, four blanks before the rest."""

WIDTH = 79
_INDENT = "    "


def wrap(line: str) -> str:
    """The line in pieces of at most `WIDTH` characters, which the parser joins to the same line."""
    if len(line) <= WIDTH:
        return line
    rows: list[str] = []
    row = ""
    for word in _words(line):
        glue = " " if row.strip() else ""
        if len(row) + len(glue) + len(word) <= WIDTH - 2:
            row += glue + word
            continue
        name, equals, value = word.partition("=")
        if not value.startswith('"') or len(_INDENT) + len(word) <= WIDTH - 2:
            rows.append(row + glue + "\\")
            row = _INDENT + word
            continue
        # A long text goes on behind the name and breaks inside its quotes.
        row += glue + name + equals
        if len(row) > WIDTH - 8:
            rows.append(row + "\\")
            row = _INDENT
        for piece in _pieces(value, WIDTH - 2 - len(row)):
            if row.strip() and row.endswith(_CUT):
                rows.append(row[: -len(_CUT)] + "\\")
                row = _INDENT
            row += piece + _CUT
        row = row.removesuffix(_CUT)
    rows.append(row)
    return "\n".join(rows)


_CUT = "\0"


def _words(line: str) -> list[str]:
    """Split at blanks outside of quotes and brackets."""
    words, word, inside, depth, escaped = [], "", False, 0, False
    for char in line:
        if escaped:
            escaped = False
        elif char == "\\":
            escaped = True
        elif char == '"':
            inside = not inside
        elif not inside and char in "[]":
            depth += 1 if char == "[" else -1
        if char == " " and not inside and not depth:
            words.append(word)
            word = ""
        else:
            word += char
    return [*words, word]


def _pieces(value: str, first: int) -> list[str]:
    r"""Pieces of a quoted text; never cuts an escape, and leading blanks of a piece are written `\_`."""
    units: list[str] = []
    place = 0
    while place < len(value):
        size = 1
        if value[place] == "\\":
            size = 3 if value[place + 1 : place + 3].isalnum() and value[place + 1] in "0123456789ABCDEF" else 2
        units.append(value[place : place + size])
        place += size
    pieces, piece, room = [], "", max(first, 8)
    for unit in units:
        if len(piece) + len(unit) > room:
            pieces.append(piece)
            piece, room = "", WIDTH - 2 - len(_INDENT)
        piece += "\\_" if unit == " " and not piece and pieces else unit
    return [*pieces, piece]
