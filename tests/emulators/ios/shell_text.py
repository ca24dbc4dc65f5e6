# SPDX-License-Identifier: GPL-3.0-or-later
"""Differences between printed configurations."""

import difflib


def differences(old: list[str], new: list[str]) -> list[str]:
    """The commands that lead from one printed configuration to another, as a rollback lists them."""
    before, after = _placed(old), _placed(new)
    out: list[str] = []
    for parents, text in [line for line in before if line not in set(after)]:
        out += [*parents, text.removeprefix("no ") if text.startswith("no ") else f"no {text}"]
    for parents, text in [line for line in after if line not in set(before)]:
        out += [*parents, text]
    return out


def _placed(lines: list[str]) -> list[tuple[tuple[str, ...], str]]:
    """Each line with the headers it stands under."""
    out: list[tuple[tuple[str, ...], str]] = []
    open_at: list[tuple[int, str]] = []
    for line in lines:
        if line.strip() in ("", "!"):
            continue
        depth = len(line) - len(line.lstrip(" "))
        while open_at and open_at[-1][0] >= depth:
            open_at.pop()
        out.append((tuple(text for _, text in open_at), line.strip()))
        open_at.append((depth, line.strip()))
    return out


def contextual(old: list[str], new: list[str]) -> str:
    """`show archive config differences`"""
    rows = [row for row in difflib.ndiff(old, new) if row[0] in "+-" and row[2:].strip() not in ("", "!")]
    return "!Contextual Config Diffs:\n" + "".join(f"{row[0]}{row[2:]}\n" for row in rows)
