# SPDX-License-Identifier: GPL-3.0-or-later
"""`| include …`, `| exclude …`, `| begin …`, `| section …`, `| count …` behind show commands."""

import re

NAMES = ("append", "begin", "count", "exclude", "format", "include", "redirect", "section", "tee")


class BadFilter(Exception):  # noqa: N818
    """`column`: where in the text behind the bar; `kind`: invalid, incomplete or ambiguous."""

    def __init__(self, kind: str, column: int) -> None:
        super().__init__(kind)
        self.kind = kind
        self.column = column


def split(line: str) -> tuple[str, str | None]:
    """(command, filter) at the first ` | `."""
    command, bar, rest = line.partition("|")
    return (command.rstrip(), rest) if bar else (line, None)


def apply(text: str, filter_text: str) -> str:
    """BadFilter when it is none."""
    match = re.match(r"\s*(\S+)(?:\s+(.*))?$", filter_text.rstrip())
    if match is None:
        raise BadFilter("incomplete", len(filter_text))
    names = [name for name in NAMES if name.startswith(match[1].lower())]
    if len(names) != 1 or names[0] in ("append", "redirect", "tee", "format"):
        raise BadFilter("ambiguous" if len(names) > 1 else "invalid", match.start(1))
    if not match[2]:
        raise BadFilter("incomplete", len(filter_text))
    return _FILTERS[names[0]](text.split("\n"), match[2])


def _regex(pattern: str) -> re.Pattern[str]:
    # In IOS an underscore also stands for the ends of a word.
    try:
        return re.compile(pattern.replace("_", r"(?:_|[,{}() ]|^|$)"))
    except re.error:
        return re.compile(re.escape(pattern))


def _joined(lines: list[str]) -> str:
    return "".join(f"{line}\n" for line in lines)


def _include(lines: list[str], pattern: str) -> str:
    regex = _regex(pattern)
    return _joined([line for line in lines if line and regex.search(line)])


def _exclude(lines: list[str], pattern: str) -> str:
    regex = _regex(pattern)
    return _joined([line for line in lines[:-1] if not regex.search(line)])


def _begin(lines: list[str], pattern: str) -> str:
    regex = _regex(pattern)
    start = next((i for i, line in enumerate(lines) if regex.search(line)), len(lines))
    return "\n".join(lines[start:])


def _section(lines: list[str], pattern: str) -> str:
    exclude = re.match(r"(include|exclude)\s+(.*)$", pattern)
    regex = _regex(exclude[2] if exclude else pattern)
    wanted = exclude is None or exclude[1] == "include"
    out: list[str] = []
    depth: int | None = None
    for line in lines:
        indent = len(line) - len(line.lstrip(" "))
        if depth is not None and line and indent > depth:
            inside = True
        else:
            inside = bool(line) and bool(regex.search(line))
            depth = indent if inside else None
        if line and inside == wanted and (wanted or line != "!"):
            out.append(line)
    return _joined(out)


def _count(lines: list[str], pattern: str) -> str:
    regex = _regex(pattern)
    return f"Number of lines which match regexp = {sum(bool(regex.search(line)) for line in lines)}\n"


_FILTERS = {"include": _include, "exclude": _exclude, "begin": _begin, "section": _section, "count": _count}
