# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One YAML file as plain data in which every scalar is still the text a person wrote, and where each part stands."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

import yaml
from yaml.nodes import Node, ScalarNode

from .plain import KeyPath, Plain, child_node, name_of
from .problem import Position, Problem
from .reader import Reader
from .yaml_messages import explain

__all__ = ["Document", "KeyPath", "Plain", "read_document"]

_BRACKET = re.compile(r"[\[\]{}]")
_DEEPEST = 100
# libyaml reads some twenty times faster; PyYAML is not always built with it.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(slots=True)
class Document:
    """``data`` is None when the file is empty or could not be read; ``problems`` says why."""

    path: Path
    data: Plain = None
    root: Node | None = None
    problems: list[Problem] = field(default_factory=list)

    @property
    def readable(self) -> bool:
        return self.root is not None

    def position(self, path: KeyPath, *, of_key: bool = False) -> Position:
        """Where the value at ``path`` starts (or its key); the nearest place above it when it does not exist."""
        node = self.root
        mark = node.start_mark if node is not None else None
        for step in path:
            found = child_node(node, step)
            if found is None:
                break
            key, node = found
            # A block value starts on a line below its key; the key is what a person looks for.
            mark = (
                key.start_mark if key is not None and (of_key or not isinstance(node, ScalarNode)) else node.start_mark
            )
        if mark is None:
            return Position(str(self.path))
        return Position(str(self.path), mark.line + 1, mark.column + 1)

    def key(self, path: KeyPath) -> str:
        """``('devices', 2, 'ports')`` → ``devices[br1].ports``; an entry without a name is counted from 1: ``[#3]``."""
        text, data = "", self.data
        for step in path:
            if isinstance(step, int):
                data = data[step] if isinstance(data, list) and step < len(data) else None
                text += f"[{name_of(data) or f'#{step + 1}'}]"
            else:
                data = data.get(step) if isinstance(data, dict) else None
                text += f".{step}" if text else step
        return text

    def flag(self, position: Position, key: str, what: str, action: str) -> None:
        self.problems.append(Problem(position, key, what, action))


def read_document(path: Path) -> Document:
    """Read and parse ``path``; never raises for what the file holds, all trouble goes into ``problems``."""
    document = Document(path)
    text = _text(document)
    if text is None:
        return document
    try:
        if _brackets_deep(text) > _DEEPEST:  # libyaml would end the whole process
            raise RecursionError
        document.root = yaml.compose(text, Loader=_LOADER)
        if document.root is not None:
            _read(document, document.root)
    except yaml.YAMLError as error:
        document.problems.append(explain(str(path), text, error))
    except RecursionError:
        document.root = document.data = None
        document.flag(
            Position(str(path)),
            "",
            "isi berkas bersarang terlalu dalam.",
            "Cari kurung yang tidak ditutup, lalu tutup.",
        )
    return document


def _read(document: Document, root: Node) -> None:
    reader = Reader()
    document.data = reader.plain(root, ())
    for flaw in reader.flaws:  # told only now, because a key is named by what stands beside it
        position = Position(str(document.path), flaw.mark.line + 1, flaw.mark.column + 1)
        document.flag(position, document.key(flaw.path), flaw.what, flaw.action)


def _brackets_deep(text: str) -> int:
    """Most brackets open at one place, quotes and comments not told apart."""
    deepest = depth = 0
    for bracket in _BRACKET.findall(text):
        depth += 1 if bracket in "[{" else -1
        deepest = max(deepest, depth)
    return deepest


def _text(document: Document) -> str | None:
    whole = Position(str(document.path))
    try:
        raw = document.path.read_bytes()
    except OSError as error:
        document.flag(
            whole, "", f"berkas tidak dapat dibaca ({error.strerror}).", "Periksa hak akses berkas dan foldernya."
        )
        return None
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        column = error.start - (raw.rfind(b"\n", 0, error.start) + 1) + 1
        document.flag(
            Position(str(document.path), line, column),
            "",
            "berkas tidak tersimpan sebagai UTF-8.",
            "Buka dengan penyunting teks, lalu simpan ulang dengan pengodean UTF-8.",
        )
        return None
