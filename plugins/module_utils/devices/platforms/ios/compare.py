# SPDX-License-Identifier: GPL-3.0-or-later
"""Both sides in one form: what runs and is ours, and what should run in the spelling that the device would use."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ...outcome import RefusedError
from ...state import Comparison, Item
from . import acl, lockout, modes, ownership, secrets
from .outline import is_access_list
from .parse import Intended
from .rules import ORDERED, ORDERED_CHILD
from .tree import Tree, empty

if TYPE_CHECKING:
    from hier_config import HConfig, HConfigChild


@dataclass(frozen=True)
class Sides:
    """``before`` and ``after``: our part of the configuration; ``running``: all of it."""

    before: HConfig
    after: HConfig
    running: Tree
    intended: Tree
    unmanaged: tuple[str, ...]


def sides(intended: Intended, running: Tree) -> Sides:
    """Bring both sides together.

    Raises:
        RefusedError: the device lacks an interface that is intended, would lock us out, or holds a secret that nobody
        can
            compare.
    """
    before, unmanaged = ownership.owned(running, intended.claim)
    after = empty()
    try:
        for child in intended.tree.config.children:
            _adopt(after, child, running.config)
    except secrets.UnverifiableError as error:
        raise RefusedError(f"{error}; belum ada yang diubah") from error
    for child in before.children:
        if modes.PERMANENT.match(child.text) and child.text not in after.children:
            _reset(after, child)
    _refuse(intended, running, after)
    return Sides(before, after, running, intended.tree, unmanaged)


def comparison(found: Sides) -> Comparison:
    """The comparable texts of both sides, one for each section and one for each family of single lines."""
    running = {item: _text(nodes) for item, nodes in _items(found.before).items()}
    wanted = {item: _text(nodes) for item, nodes in _items(found.after).items()}
    return Comparison(wanted, running, found.unmanaged)


def _adopt(parent: HConfig | HConfigChild, node: HConfigChild, beside: HConfig | HConfigChild) -> None:
    """Copy an intended line, in the form that the device has it in when both say the same."""
    text = node.text
    twin = beside.children.get(text)
    if twin is None and secrets.is_secret(text):
        key = secrets.key_of(node.text)
        for candidate in beside.children:
            if secrets.key_of(candidate.text) == key and secrets.same(node.text, candidate.text):
                twin, text = candidate, candidate.text
                break
    copy = parent.add_child(text, return_if_present=True)
    for child in node.children:
        _adopt(copy, child, twin if twin is not None else empty())


def _reset(after: HConfig, section: HConfigChild) -> None:
    """A claimed section that cannot be removed is emptied; whether it is shut down is left as it is."""
    header = after.add_child(section.text)
    if section.text.startswith("interface ") and "shutdown" in section.children:
        header.add_child("shutdown")


def _refuse(intended: Intended, running: Tree, after: HConfig) -> None:
    problems: list[str] = []
    for child in intended.tree.config.get_children(re_search=modes.PHYSICAL.pattern):
        if child.text not in running.config.children:
            number = intended.tree.where.get((child.text,), "?")
            problems.append(f"baris {number}: {child.text} tidak ada di perangkat ini")
    vlan = intended.tree.config.get_child(re_search=r"^vlan \d")
    if vlan is not None and _hides_vlans(running.config, after):
        number = intended.tree.where.get((vlan.text,), "?")
        problems.append(
            f"baris {number}: perangkat memakai VTP mode server atau client, yang tidak menampilkan VLAN di "
            "show running-config; tambahkan vtp mode transparent pada konfigurasi"
        )
    problems += lockout.of_change(intended.tree, running, intended.own, after, intended.target)
    if problems:
        raise RefusedError(
            f"konfigurasi ditolak, belum ada yang diubah: {'; '.join(problems)}. Perbaiki register atau templatnya"
        )


def _hides_vlans(running: HConfig, after: HConfig) -> bool:
    """Whether a switch keeps its VLANs in vlan.dat only (Cisco "Configuring VTP": modes server and client)."""
    transparent = r"^vtp mode (transparent|off)\b"
    if any(config.get_child(re_search=transparent) is not None for config in (running, after)):
        return False
    switch = running.get_child(startswith=("spanning-tree extend system-id", "vtp "))
    return switch is not None and running.get_child(re_search=r"^vlan \d") is None


def _items(config: HConfig) -> dict[Item, list[HConfigChild]]:
    items: dict[Item, list[HConfigChild]] = {}
    for child in config.children:
        component, name = modes.name_of(child.text)
        items.setdefault(Item(component, "running", name), []).append(child)
    return items


def _text(nodes: list[HConfigChild]) -> str:
    return "".join(_shown(node) for node in sorted(nodes, key=lambda node: node.text))


def _shown(node: HConfigChild) -> str:
    indent = " " * (node.depth() - 1)
    first, newline, rest = node.text.partition("\n")
    text = f"{indent}{first}\n"
    if newline and first.startswith("certificate"):
        digest = hashlib.sha256(rest.encode()).hexdigest()
        return f"{indent}{first} sha256 {digest}\n"
    if newline:
        return text + "".join(f"{indent} {line}\n" for line in rest.split("\n"))
    if node.depth() == 1 and is_access_list(node.text):
        return text + acl.normal_form([child.text for child in node.children])
    children = list(node.children)
    ordered = [child for child in children if ORDERED_CHILD.match(child.text)] if ORDERED.match(node.text) else []
    rest_of_them = [child for child in children if child not in ordered]
    for child in (*sorted(rest_of_them, key=lambda child: child.text), *ordered):
        text += _shown(child)
    return text
