# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Editing YAML as text: only the characters that must change do.

A round trip through a YAML library normalises what it does not remember (indentation of comments, spaces inside
brackets, long lines). Here the parser only says where each node stands, and the text is cut there, so everything else
stays byte for byte. What comes out is read again and must hold exactly what was meant.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from ..plain import KeyPath, Plain, child_node
from ..reader import Reader
from .edits import Append, Edit, RemoveItem, RemoveKey, Tree, Word
from .yaml_words import block_item, block_lines, flow, word

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

# A record of so many keys is still written in one line where a list has no example yet.
_ONE_LINE = 5


class UneditableError(Exception):
    """A file is written in a way that cannot be edited with certainty; ``path`` is the place."""

    def __init__(self, path: KeyPath) -> None:
        super().__init__(path)
        self.path = path


@dataclass(slots=True)
class _Cut:
    """Replace ``text[start:end]``. Of insertions at one place the deepest comes first, since it ends first."""

    start: int
    end: int
    new: str
    rank: tuple[int, int]


@dataclass(slots=True)
class _Text:
    text: str
    root: Node
    newline: str
    cuts: list[_Cut] = field(default_factory=list)

    def cut(self, start: int, end: int, new: str, depth: int = 0) -> None:
        self.cuts.append(_Cut(start, end, new, (-depth, len(self.cuts))))

    def result(self) -> str:
        text = self.text
        if text[-1:] not in ("\n", "\r") and any(cut.start == len(text) for cut in self.cuts):
            text += self.newline
            self.cuts = [
                replace(c, start=len(text), end=len(text)) if c.start == len(self.text) else c for c in self.cuts
            ]
        for cut in sorted(self.cuts, key=lambda c: (c.start, c.rank), reverse=True):
            text = text[: cut.start] + cut.new + text[cut.end :]
        return text


def edited(text: str, edits: Iterable[Edit]) -> str:
    """``text`` with the edits made. Raises UneditableError when the result would not be exactly what is meant."""
    listed = list(edits)
    if not listed:
        return text
    root = yaml.compose(text, Loader=_LOADER)
    if root is None:
        raise UneditableError(())
    work = _Text(text, root, "\r\n" if "\r\n" in text else "\n")
    appended: dict[KeyPath, list[Tree]] = {}
    added: dict[tuple[KeyPath, str | None], list[tuple[str, Tree]]] = {}
    for edit in listed:
        if isinstance(edit, Append):
            appended.setdefault(edit.path, []).append(edit.value)
        elif isinstance(edit, RemoveKey):
            _remove(work, edit.path)
        elif isinstance(edit, RemoveItem):
            _remove_item(work, edit.path)
        elif (value := _node(root, edit.path)) is not None:
            _replace(work, edit.path, value, edit.value)
        else:
            added.setdefault((edit.path[:-1], edit.after), []).append((str(edit.path[-1]), edit.value))
    for (path, after), pairs in added.items():
        _add_keys(work, path, pairs, after)
    for path, values in appended.items():
        _append(work, path, values)
    result = work.result()
    _prove(text, result, listed)
    return result


def _node(root: Node, path: KeyPath) -> Node | None:
    node: Node | None = root
    for step in path:
        found = child_node(node, step)
        if found is None:
            return None
        node = found[1]
    return node


def _replace(work: _Text, path: KeyPath, node: Node, value: Tree) -> None:
    in_flow = _inside_flow(work.root, path)
    simple = (
        isinstance(node, ScalarNode)
        and (not node.style or node.style in "'\"")
        and node.start_mark.line == node.end_mark.line
    )
    in_one_line = isinstance(node, SequenceNode) and node.flow_style
    if not (simple or in_one_line):
        raise UneditableError(path)
    new = word(value, in_flow=in_flow) if isinstance(value, Word) else flow(value)
    work.cut(node.start_mark.index, node.end_mark.index, new)


def _inside_flow(root: Node, path: KeyPath) -> bool:
    node: Node | None = root
    for step in path:
        if isinstance(node, MappingNode | SequenceNode) and node.flow_style:
            return True
        found = child_node(node, step)
        node = found[1] if found else None
    return False


def _remove(work: _Text, path: KeyPath) -> None:
    node = _node(work.root, path[:-1])
    keys = [key.value for key, _ in node.value] if isinstance(node, MappingNode) else []
    if not isinstance(node, MappingNode) or path[-1] not in keys or len(keys) == 1:
        raise UneditableError(path)
    index = keys.index(path[-1])
    key, value = node.value[index]
    if node.flow_style and index:
        work.cut(node.value[index - 1][1].end_mark.index, value.end_mark.index, "")
    elif node.flow_style:
        work.cut(key.start_mark.index, node.value[1][0].start_mark.index, "")
    elif index:
        start = work.text.rfind("\n", 0, key.start_mark.index) + 1
        work.cut(start, _line_after(work, value), "")
    else:  # the first key of an item shares its line with the dash
        work.cut(key.start_mark.index, node.value[1][0].start_mark.index, "")


def _remove_item(work: _Text, path: KeyPath) -> None:
    node = _node(work.root, path[:-1])
    index = path[-1]
    if not isinstance(node, SequenceNode) or not isinstance(index, int) or not 0 <= index < len(node.value) > 1:
        raise UneditableError(path)
    items = node.value
    item = items[index]
    if node.flow_style and index:
        work.cut(items[index - 1].end_mark.index, item.end_mark.index, "")
    elif node.flow_style:
        work.cut(item.start_mark.index, items[1].start_mark.index, "")
    else:
        start = work.text.rfind("\n", 0, item.start_mark.index) + 1
        if work.text[start : item.start_mark.index].strip() != "-":  # a dash that shares its line with another one
            raise UneditableError(path)
        work.cut(start, _line_after(work, item), "")


def _add_keys(work: _Text, path: KeyPath, pairs: list[tuple[str, Tree]], after: str | None) -> None:
    node = _node(work.root, path)
    if not isinstance(node, MappingNode) or not node.value:
        raise UneditableError(path)
    last = next((value for key, value in node.value if key.value == after), node.value[-1][1])
    if node.flow_style:
        text = "".join(f", {key}: {flow(value)}" for key, value in pairs)
        work.cut(last.end_mark.index, last.end_mark.index, text, len(path))
        return
    column = node.value[0][0].start_mark.column
    position = _line_after(work, last)
    found = [line for key, value in pairs for line in block_lines(key, value)]
    lines = "".join(" " * column + line + work.newline for line in found)
    work.cut(position, position, lines, len(path))


def _append(work: _Text, path: KeyPath, values: list[Tree]) -> None:
    node = _node(work.root, path)
    if not isinstance(node, SequenceNode):
        raise UneditableError(path)
    if node.flow_style and not node.value and not _inside_flow(work.root, path):
        _open_empty_list(work, path, node, values)
    elif node.flow_style:
        items = ", ".join(map(flow, values))
        position = node.value[-1].end_mark.index if node.value else node.start_mark.index + 1
        work.cut(position, position, f", {items}" if node.value else items, len(path))
    else:
        _append_block(work, path, node, values)


def _append_block(work: _Text, path: KeyPath, node: SequenceNode, values: list[Tree]) -> None:
    dash = node.start_mark.column
    last = node.value[-1]
    position = _line_after(work, last, deeper_than=dash)
    in_flow = isinstance(last, MappingNode) and bool(last.flow_style)
    spaced = len(node.value) > 1 and _blank_line_between(work.text, node.value[-2], last)
    blank = work.newline if spaced else ""
    text = "".join(
        blank
        + (
            block_item(value, dash, work.newline)
            if isinstance(value, dict) and not in_flow
            else f"{' ' * dash}- {flow(value)}{work.newline}"
        )
        for value in values
    )
    work.cut(position, position, text, len(path))


def _open_empty_list(work: _Text, path: KeyPath, node: SequenceNode, values: list[Tree]) -> None:
    """``opds: []`` becomes a list of lines below the key; a comment behind the brackets stays where it is."""
    key = child_node(_node(work.root, path[:-1]), path[-1])
    if key is None or key[0] is None:
        raise UneditableError(path)
    column = key[0].start_mark.column + 2
    start = node.start_mark.index
    end = node.end_mark.index
    if not work.text[end : _end_of_line(work.text, end)].strip():
        start = len(work.text[:start].rstrip(" "))
    work.cut(start, end, "")
    position = _line_after(work, node)
    lines = [
        block_item(value, column, work.newline)
        if isinstance(value, dict) and len(value) > _ONE_LINE and len(path) == 1
        else f"{' ' * column}- {flow(value)}{work.newline}"
        for value in values
    ]
    apart = work.newline if len(path) == 1 and lines[0].count(work.newline) > 1 else ""
    work.cut(position, position, apart.join(lines), len(path))


def _line_after(work: _Text, node: Node, deeper_than: int | None = None) -> int:
    """Start of the line after the last one of ``node``.

    Comments below that are indented deeper than ``deeper_than`` belong to the node.
    """
    text = work.text
    position = _end_of_line(text, _end(text, node))
    position = _past_break(text, position)
    if deeper_than is not None:
        probe = position
        while probe < len(text):
            line = text[probe : _end_of_line(text, probe)]
            if line.strip() and not (line.lstrip().startswith("#") and len(line) - len(line.lstrip()) > deeper_than):
                break
            probe = _past_break(text, _end_of_line(text, probe))
            if line.strip():
                position = probe
    return position


def _end(text: str, node: Node) -> int:
    """Where the content of ``node`` ends; the parser's own mark of a block collection stands at the next token."""
    if isinstance(node, MappingNode) and not node.flow_style and node.value:
        return _end(text, node.value[-1][1])
    if isinstance(node, SequenceNode) and not node.flow_style and node.value:
        return _end(text, node.value[-1])
    if isinstance(node, ScalarNode) and node.style in ("|", ">"):
        return len(text[: node.end_mark.index].rstrip())
    return int(node.end_mark.index)


def _end_of_line(text: str, position: int) -> int:
    ends = [found for found in (text.find("\n", position), text.find("\r", position)) if found >= 0]
    return min(ends, default=len(text))


def _past_break(text: str, position: int) -> int:
    if text.startswith("\r\n", position):
        return position + 2
    return position + 1 if position < len(text) else position


def _blank_line_between(text: str, first: Node, second: Node) -> bool:
    between = text[_end(text, first) : second.start_mark.index].replace("\r\n", "\n")
    return any(not line.strip() for line in between.split("\n")[1:-1])


def _prove(before: str, after: str, edits: list[Edit]) -> None:
    """The new text must hold exactly the old data with the edits; that finds aliases, odd indentation and the like."""
    wanted, found = _plain(before), _plain(after)
    for edit in edits:
        target: Plain = wanted
        for step in edit.path if isinstance(edit, Append) else edit.path[:-1]:
            target = target[step]  # type: ignore[index]
        if isinstance(edit, Append):
            target.append(_data(edit.value))  # type: ignore[union-attr]
        elif isinstance(edit, RemoveKey | RemoveItem):
            del target[edit.path[-1]]  # type: ignore[union-attr, arg-type]
        else:
            target[edit.path[-1]] = _data(edit.value)  # type: ignore[index]
    if wanted != found:
        raise UneditableError(edits[0].path)


def _plain(text: str) -> Plain:
    try:
        root = yaml.compose(text, Loader=_LOADER)
    except yaml.YAMLError:
        return None
    # Aliases share one object, and an edit would seem to be meant in both places: JSON knows no sharing.
    data: Plain = json.loads(json.dumps(Reader().plain(root, ()))) if root is not None else None
    return data


def _data(value: Tree) -> Plain:
    if isinstance(value, Word):
        return value.text
    if isinstance(value, list):
        return [_data(item) for item in value]
    return {key: _data(item) for key, item in value.items()}
