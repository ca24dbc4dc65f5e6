# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Values as YAML text, in block or in flow style."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import yaml

from .edits import Tree, Word

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NO_MARKS = re.compile(r"[\w][\w ./()+-]*")
_FLOW_KEYS = frozenset({"coverage", "capacity", "contract", "existing_lans"})


def word(value: Word, *, in_flow: bool) -> str:
    """The scalar, quoted only where it must be. YAML itself is asked what the bare word would mean there."""
    text = value.text
    if _reads_as_is(text, in_flow=in_flow, is_text=value.is_text):
        return text
    return "'" + text.replace("'", "''") + "'"


def flow(value: Tree) -> str:
    """``{code: kantor, name: Kantor}``."""
    if isinstance(value, Word):
        return word(value, in_flow=True)
    if isinstance(value, list):
        return "[" + ", ".join(map(flow, value)) + "]"
    return "{" + ", ".join(f"{key}: {flow(item)}" for key, item in value.items()) + "}"


def block_item(value: dict[str, Tree], indent: int, newline: str) -> str:
    """``- code: …`` with the other keys below it; what is small stands in one line. Ends with ``newline``."""
    lines = list(_block(value))
    lead = " " * indent
    return newline.join([f"{lead}- {lines[0]}", *(f"{lead}  {line}" for line in lines[1:])]) + newline


def block_value(key: str, value: Tree) -> str:
    """``key: value`` in one line; containers in flow style."""
    return f"{key}: {word(value, in_flow=False) if isinstance(value, Word) else flow(value)}"


def block_lines(key: str, value: Tree) -> Iterator[str]:
    """``key: value``; a list has an item a line, unless it is one of those that are always short."""
    if isinstance(value, list) and value and key not in _FLOW_KEYS:
        yield f"{key}:"
        for element in value:
            yield f"  - {flow(element)}"
    else:
        yield block_value(key, value)


def _block(value: dict[str, Tree]) -> Iterator[str]:
    for key, item in value.items():
        yield from block_lines(key, item)


@lru_cache(maxsize=4096)  # a register says the same few words again and again
def _reads_as_is(text: str, *, in_flow: bool, is_text: bool) -> bool:
    # The two parsers disagree about some marks inside brackets ("0?"): a word must be plain to both.
    loaders = (_LOADER,) if _NO_MARKS.fullmatch(text) else (_LOADER, yaml.SafeLoader)
    return all(_plain(text, loader, in_flow=in_flow, is_text=is_text) for loader in loaders)


def _plain(text: str, loader: Any, *, in_flow: bool, is_text: bool) -> bool:
    try:
        node = yaml.compose(f"[{text}]" if in_flow else f"k: {text}", Loader=loader)
    except yaml.YAMLError:
        return False
    if in_flow:
        inner = node.value if isinstance(node, yaml.SequenceNode) else []
        found = inner[0] if len(inner) == 1 else None
    else:
        pairs = node.value if isinstance(node, yaml.MappingNode) else []
        found = pairs[0][1] if len(pairs) == 1 else None
    if not isinstance(found, yaml.ScalarNode) or found.style or found.value != text:
        return False
    return not is_text or found.tag == "tag:yaml.org,2002:str"
