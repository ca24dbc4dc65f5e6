# SPDX-License-Identifier: GPL-3.0-or-later
"""FRR configuration as sections and lines, so that two texts compare without regard to order and decoration."""

from __future__ import annotations

import re

#: global lines that FRR shows on its own account: they count only when the intended configuration speaks of them
_ENVIRONMENT = re.compile(
    r"frr version |frr defaults |hostname |domainname |log |service integrated-vtysh-config|agentx"
    r"|(no )?ip(v6)? forwarding$"
)
_NOISE = re.compile(r"Building configuration\.\.\.|Current configuration:|end|!.*|#.*")
_LEAVES = re.compile(r"exit(-\S+)?|quit")
#: sections that FRR leaves out of its output when nothing stands in them
_VANISH_EMPTY = re.compile(r"interface ")

Section = tuple[str, ...]


def parse(text: str) -> dict[Section, set[str]]:
    """Lines by the path of headers above them; global lines under ``()``. Indentation gives the nesting."""
    sections: dict[Section, set[str]] = {(): set()}
    stack: list[tuple[int, str]] = []
    for raw in text.splitlines():
        line = " ".join(raw.split())
        if not line or _NOISE.fullmatch(line):
            continue
        indent = len(raw) - len(raw.lstrip())
        if _LEAVES.fullmatch(line):
            # At the section's own indentation when it closes one, deeper inside address families.
            while stack and stack[-1][0] >= indent:
                stack.pop()
            continue
        while stack and stack[-1][0] >= indent:
            stack.pop()
        path = tuple(header for _, header in stack)
        sections.setdefault(path, set()).add(line)
        stack.append((indent, line))
    return sections


def canonical(text: str, wanted: str) -> str:
    """Sorted text of a configuration, without what only FRR itself adds (judged by ``wanted``, the intended text)."""
    sections = parse(text)
    spoken = {_subject(line) for line in parse(wanted)[()]}
    kept = {
        line
        for line in sections[()]
        if not (_ENVIRONMENT.match(line) and _subject(line) not in spoken)
        and not (_VANISH_EMPTY.match(line) and (line,) not in sections)
    }
    lines: list[str] = []
    _render(sections, (), sorted(kept), lines)
    return "".join(f"{line}\n" for line in lines)


def _render(sections: dict[Section, set[str]], path: Section, members: list[str], lines: list[str]) -> None:
    for member in members:
        lines.append(" " * len(path) + member)
        below = (*path, member)
        if below in sections:
            _render(sections, below, sorted(sections[below]), lines)


def _subject(line: str) -> str:
    """What a global line is about, so that ``hostname a`` and ``hostname b`` are the same subject."""
    match = _ENVIRONMENT.match(line)
    return match[0].removeprefix("no ") if match else line
