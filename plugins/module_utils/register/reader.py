# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""From YAML nodes to plain data, with what YAML lets through and a register must not."""

from __future__ import annotations

from dataclasses import dataclass

from yaml.error import Mark
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from .plain import KeyPath, Plain

_NULL = frozenset({"", "~", "null", "Null", "NULL"})
_SCALAR_TAGS = frozenset(
    {f"tag:yaml.org,2002:{name}" for name in ("str", "int", "float", "bool", "null", "timestamp", "value", "merge")}
)
_COLLECTION_TAGS = frozenset({"tag:yaml.org,2002:map", "tag:yaml.org,2002:seq"})


@dataclass(frozen=True, slots=True)
class Flaw:
    """Something wrong with the data at ``path``, to be shown at ``mark``."""

    mark: Mark
    path: KeyPath
    what: str
    action: str


class Reader:
    """Turns nodes into plain data; an alias costs nothing because a node is read once."""

    def __init__(self) -> None:
        self.flaws: list[Flaw] = []
        self._done: dict[int, Plain] = {}
        self._open: set[int] = set()

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
        for pair in _pairs(node):
            key = pair.key
            if not isinstance(key, ScalarNode):
                self._flag(
                    key,
                    path,
                    "kunci harus berupa satu kata.",
                    "Bila nilainya memuat '{', '[', atau ':', apit dengan tanda kutip.",
                )
                continue
            name: str = key.value
            if name == "<<" and not key.style:
                self._flag(key, (*path, name), "penggabungan '<<' tidak didukung.", "Tulis kuncinya secara lengkap.")
            elif name in data:
                self._flag(
                    key,
                    (*path, name),
                    f"kunci '{name}' ditulis dua kali (pertama di baris {first_line[name]}).",
                    "Hapus salah satunya; yang tersisa harus yang benar.",
                )
            else:
                data[name] = pair.whole or self.plain(pair.value, (*path, name))
                first_line[name] = key.start_mark.line + 1
                if pair.whole is not None:
                    self._flag(
                        pair.value,
                        (*path, name),
                        f"koma di dalam kurung {{ }} memisahkan isi, jadi '{pair.whole}' terbaca sebagai beberapa "
                        "bagian.",
                        f'Apit dengan tanda kutip: {name}: "{pair.whole}"',
                    )
        return data

    def _flag(self, node: Node, path: KeyPath, what: str, action: str) -> None:
        self.flaws.append(Flaw(node.start_mark, path, what, action))


@dataclass(slots=True)
class _Pair:
    """A key and its value; ``whole`` is the text that commas cut into several keys, put together again."""

    key: Node
    value: Node
    whole: str | None = None
    end: Mark | None = None


def _pairs(node: MappingNode) -> list[_Pair]:
    """The pairs of a mapping. In ``{name: Ruang, lantai 2, ram: 1,5 GB}`` YAML reads `lantai 2` and `5 GB` as keys."""
    pairs: list[_Pair] = []
    for key, value in node.value:
        last = pairs[-1] if pairs else None
        if last is not None and node.flow_style and _is_scrap(key, value) and _is_plain_text(last.value):
            gap = key.start_mark.index - (last.end or last.value.end_mark).index
            last.whole = (last.whole or last.value.value) + ("," if gap == 1 else ", ") + key.value
            last.end = key.end_mark
        else:
            pairs.append(_Pair(key, value))
    return pairs


def _is_scrap(key: Node, value: Node) -> bool:
    """A key after which no colon stands: its empty value starts where the key ends."""
    plain_key = isinstance(key, ScalarNode) and not key.style
    return plain_key and _is_plain_text(value, empty=True) and value.start_mark.index == key.end_mark.index


def _is_plain_text(node: Node, *, empty: bool = False) -> bool:
    return isinstance(node, ScalarNode) and not node.style and (not node.value) is empty


def _short_tag(tag: str) -> str:
    return "!!" + tag.removeprefix("tag:yaml.org,2002:") if tag.startswith("tag:yaml.org,2002:") else tag
