# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""YAML as plain data in which every scalar is still the text a person wrote."""

from __future__ import annotations

from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

type Plain = str | list[Plain] | dict[str, Plain] | None
type KeyPath = tuple[str | int, ...]


def name_of(data: Plain) -> str | None:
    """The name that a record gives itself, for messages."""
    if not isinstance(data, dict):
        return None
    return next((v for v in (data.get(k) for k in ("code", "id", "name", "opd")) if isinstance(v, str) and v), None)


def child_node(node: Node | None, step: str | int) -> tuple[Node | None, Node] | None:
    """Key (None in a list) and value of the part of ``node`` at ``step``; None when there is none."""
    if isinstance(node, MappingNode):
        return next(((k, v) for k, v in node.value if isinstance(k, ScalarNode) and k.value == step), None)
    if isinstance(node, SequenceNode) and isinstance(step, int) and 0 <= step < len(node.value):
        return None, node.value[step]
    return None
