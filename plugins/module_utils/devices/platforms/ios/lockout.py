# SPDX-License-Identifier: GPL-3.0-or-later
"""Would this configuration lock us out? Only what is certain is refused; the fresh login proves the rest.

`of_text` judges the intended text alone, before any login; `of_change` judges it beside what runs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from hier_config import HConfig, HConfigChild

from ...target import Target
from . import reach
from .tree import Tree

_VTY = "line vty "
_ADDRESS = re.compile(r"^ip address (\d\S*) ")


def of_text(tree: Tree, own: Sequence[str], target: Target) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield the path of each line that certainly ends our access, and why."""
    config = tree.config
    for line in config.get_children(re_search=r"^no (ip ssh|aaa authentication login default|username)\b"):
        yield (line.text,), "mematikan login SSH, padahal hanya itu jalan masuk kami"
    if config.get_child(equals="ip ssh version 1") is not None:
        yield ("ip ssh version 1",), "mengizinkan hanya SSH versi 1, yang tidak dapat kami pakai"
    yield from _terminals(config)
    for section in config.get_children(startswith=_VTY):
        for line in section.get_children(re_search=r"^access-class \S+ in\b"):
            yield from _filtered(tree, section, line, target, None)
    interface = interface_of(config, target.address)
    if interface is not None:
        if "shutdown" in interface.children:
            yield (interface.text, "shutdown"), f"mematikan antarmuka manajemen ({target.address})"
        for line in interface.get_children(re_search=r"^ip access-group \S+ in$"):
            yield from _filtered(tree, interface, line, target, target.address)
    yield from _users(config, own, target)


def of_change(intended: Tree, running: Tree, after: HConfig, target: Target) -> Iterator[str]:
    """Yield why the device, with its own lines beside ours, would no longer let us in; sentences without line
    numbers.
    """
    before = interface_of(running.config, target.address)
    if before is None:
        return
    ours = after.children.get(before.text)
    if ours is None:
        return
    if interface_of(after, target.address) is None:
        yield (
            f"alamat manajemen {target.address} hilang dari {before.text}; pindahkan login ke alamat baru dulu "
            "(management_address di devices.yml), atau tulis alamat itu di bagian antarmukanya"
        )
    for line in ours.get_children(re_search=r"^ip access-group \S+ in$"):
        name = line.text.split()[2]
        if any(entry.name == name for entry in intended.lists.values()):
            continue
        for _, reason in _filtered(running, ours, line, target, target.address):
            yield reason


def interface_of(config: HConfig, address: str | None) -> HConfigChild | None:
    """The interface section that has an address."""
    if not address:
        return None
    for section in config.get_children(startswith="interface "):
        for line in section.children:
            match = _ADDRESS.match(line.text)
            if match is not None and match[1] == address:
                return section
    return None


def _terminals(config: HConfig) -> Iterator[tuple[tuple[str, ...], str]]:
    closed: list[tuple[str, ...]] = []
    sections = list(config.get_children(startswith=_VTY))
    for section in sections:
        line = section.get_child(startswith="transport input")
        if line is not None and not {"ssh", "all"} & set(line.text.split()[2:]):
            closed.append((section.text, line.text))
    if sections and len(closed) == len(sections):
        for path in closed:
            yield path, "tidak ada terminal vty yang menerima SSH; tulis transport input ssh"


def _filtered(
    tree: Tree, section: HConfigChild, line: HConfigChild, target: Target, address: str | None
) -> Iterator[tuple[tuple[str, ...], str]]:
    """Why the access list that a line names keeps our sources out, if it certainly does."""
    name = line.text.split()[1 if line.text.startswith("access-class") else 2]
    found = next(
        (entry for entry in tree.lists.values() if entry.name == name and entry.header.startswith("ip ")), None
    )
    if found is None or not found.entries or not target.sources:
        return
    standard = " standard " in found.header
    index = reach.denying(found.entries, target.sources, address, target.port, standard)
    if index is None:
        return
    path = (found.header, found.entries[index]) if index >= 0 else (section.text, line.text)
    why = f"baris {found.entries[index]!r}" if index >= 0 else "penolakan di akhir daftar"
    sources = ", ".join(target.sources)
    yield path, f"daftar akses {name} ({section.text}) menolak login dari {sources}: {why}"


def _users(config: HConfig, own: Sequence[str], target: Target) -> Iterator[tuple[tuple[str, ...], str]]:
    users = {line.text.split()[1]: line for line in config.get_children(startswith="username ")}
    claimed = any("username".startswith(prefix.split()[0]) and len(prefix.split()) == 1 for prefix in own)
    remote = config.get_child(re_search=r"^aaa authentication login .*\bgroup\b") is not None
    if claimed and not users:
        yield (
            (),
            "! own: username memiliki semua pengguna, tetapi tidak ada baris username: tidak ada yang dapat login",
        )
    elif claimed and target.user and target.user not in users and not remote:
        yield (), f"! own: username memiliki semua pengguna, tetapi pengguna login kami {target.user!r} tidak tertulis"
    mine = users.get(target.user)
    if mine is not None and not re.search(r" (secret|password) |\bnopassword\b", f"{mine.text} ") and not remote:
        yield (mine.text,), f"pengguna login kami {target.user!r} tidak punya sandi, jadi tidak dapat login lagi"
