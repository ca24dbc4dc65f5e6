# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One YAML file as plain data in which every scalar is still the text a person wrote, and where each part stands."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from .problem import Position, Problem
from .yaml_messages import explain

type Plain = str | list[Plain] | dict[str, Plain] | None
type KeyPath = tuple[str | int, ...]

_NULL = frozenset({"", "~", "null", "Null", "NULL"})
_SCALAR_TAGS = frozenset(
    {f"tag:yaml.org,2002:{name}" for name in ("str", "int", "float", "bool", "null", "timestamp", "value", "merge")}
)
_COLLECTION_TAGS = frozenset({"tag:yaml.org,2002:map", "tag:yaml.org,2002:seq"})
_NUMBER_HEAD = re.compile(r"(?i:rp\.? ?)?[\d.]+", re.ASCII)
_NUMBER_TAIL = re.compile(r"\d+ *[A-Za-z/]*|-", re.ASCII)
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
            found = _child(node, step)
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
                text += f"[{_name_of(data) or f'#{step + 1}'}]"
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
        document.root = yaml.compose(text, Loader=_LOADER)
    except yaml.YAMLError as error:
        document.problems.append(explain(str(path), text, error))
        return document
    if document.root is not None:
        _Reader(document).read(document.root)
    return document


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


class _Reader:
    """Turns nodes into plain data; an alias costs nothing because a node is read once."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._done: dict[int, Plain] = {}
        self._open: set[int] = set()
        self._pending: list[tuple[Position, KeyPath, str, str]] = []

    def read(self, root: Node) -> None:
        """Fill the document's data and problems."""
        self._document.data = self.plain(root, ())
        for position, path, what, action in self._pending:  # a key is named by what stands beside it
            self._document.flag(position, self._document.key(path), what, action)

    def plain(self, node: Node, path: KeyPath) -> Plain:
        if id(node) in self._done:
            return self._done[id(node)]
        if id(node) in self._open:
            self._flag(node, path, "bagian ini merujuk dirinya sendiri (alias *).", "Tulis isinya secara lengkap.")
            return None
        self._open.add(id(node))
        data = self._read(node, path)
        self._open.discard(id(node))
        self._done[id(node)] = data
        return data

    def _read(self, node: Node, path: KeyPath) -> Plain:
        if node.tag not in (_SCALAR_TAGS if isinstance(node, ScalarNode) else _COLLECTION_TAGS):
            self._flag(
                node,
                path,
                f"tanda '{_short_tag(node.tag)}' tidak dipakai di register.",
                "Hapus tandanya. Kata sandi dan rahasia lain disimpan di Ansible Vault, bukan di register.",
            )
        if isinstance(node, ScalarNode):
            value: str = node.value
            return None if not node.style and value in _NULL else value
        if isinstance(node, SequenceNode):
            return [self.plain(child, (*path, index)) for index, child in enumerate(node.value)]
        return self._mapping(node, path) if isinstance(node, MappingNode) else None

    def _mapping(self, node: MappingNode, path: KeyPath) -> dict[str, Plain]:
        data: dict[str, Plain] = {}
        first_line: dict[str, int] = {}
        last = ""
        for key, value in node.value:
            if not isinstance(key, ScalarNode):
                self._flag(
                    key,
                    path,
                    "kunci harus berupa satu kata.",
                    "Bila nilainya memuat '{', '[', atau ':', apit dengan tanda kutip.",
                )
                continue
            name: str = key.value
            if (cut := _cut_number(node, last, data, key, value)) is not None:
                self._cut(node, path, last, cut)
                data[last] = cut
            elif name == "<<" and not key.style:
                self._flag(key, (*path, name), "penggabungan '<<' tidak didukung.", "Tulis kuncinya secara lengkap.")
            elif name in data:
                self._flag(
                    key,
                    (*path, name),
                    f"kunci '{name}' ditulis dua kali (pertama di baris {first_line[name]}).",
                    "Hapus salah satunya; yang tersisa harus yang benar.",
                )
            else:
                data[name] = self.plain(value, (*path, name))
                first_line[name] = key.start_mark.line + 1
                last = name
        return data

    def _cut(self, node: MappingNode, path: KeyPath, name: str, whole: str) -> None:
        found = _child(node, name)
        self._flag(
            found[1] if found else node,
            (*path, name),
            f"koma di dalam kurung {{ }} memisahkan isi, jadi '{whole}' terbaca sebagai dua bagian.",
            f'Apit dengan tanda kutip: {name}: "{whole}"',
        )

    def _flag(self, node: Node, path: KeyPath, what: str, action: str) -> None:
        mark = node.start_mark
        position = Position(str(self._document.path), mark.line + 1, mark.column + 1)
        self._pending.append((position, path, what, action))


def _cut_number(node: MappingNode, last: str, data: dict[str, Plain], key: ScalarNode, value: Node) -> str | None:
    """The whole number when ``{ram: 1,5 GB}`` was read as ram: 1 and a key `5 GB`; else None."""
    before = data.get(last)
    if not node.flow_style or key.style or not isinstance(value, ScalarNode) or value.style or value.value:
        return None
    if isinstance(before, str) and _NUMBER_HEAD.fullmatch(before) and _NUMBER_TAIL.fullmatch(key.value):
        return f"{before},{key.value}"
    return None


def _name_of(data: Plain) -> str | None:
    if not isinstance(data, dict):
        return None
    return next((v for v in (data.get(k) for k in ("code", "id", "name", "opd")) if isinstance(v, str) and v), None)


def _child(node: Node | None, step: str | int) -> tuple[Node | None, Node] | None:
    if isinstance(node, MappingNode):
        return next(((k, v) for k, v in node.value if isinstance(k, ScalarNode) and k.value == step), None)
    if isinstance(node, SequenceNode) and isinstance(step, int) and 0 <= step < len(node.value):
        return None, node.value[step]
    return None


def _short_tag(tag: str) -> str:
    return "!!" + tag.removeprefix("tag:yaml.org,2002:") if tag.startswith("tag:yaml.org,2002:") else tag
