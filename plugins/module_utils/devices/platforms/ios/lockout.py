# SPDX-License-Identifier: GPL-3.0-or-later
"""Would this configuration lock us out? Only what is certain is refused; the fresh login proves the rest.

`of_text` judges the intended text alone, before any login; `of_change` judges it beside what runs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from ...target import Target
from . import reach
from .acl import AccessList
from .outline import Outline, Section
from .ownership import claimed
from .text import Line
from .tree import Tree

if TYPE_CHECKING:
    from hier_config import HConfig, HConfigChild

_VTY = "line vty "
_ADDRESS = re.compile(r"^ip address (\d\S*) ")
_CLOSES_SSH = re.compile(r"^no (ip ssh|aaa authentication login default|username)\b")
_ACCESS_CLASS = re.compile(r"^access-class (\S+) in\b")
_ACCESS_GROUP = re.compile(r"^ip access-group (\S+) in$")
_REMOTE_LOGIN = re.compile(r"^aaa authentication login .*\bgroup\b")


def of_text(outline: Outline, own: Sequence[str], target: Target) -> Iterator[tuple[int, str]]:
    """Yield each line that certainly ends our access, and why. Line 0: a directive about users."""
    for section in outline.sections:
        if _CLOSES_SSH.match(section.text):
            yield section.header.number, "mematikan login SSH, padahal hanya itu jalan masuk kami"
        if section.text == "ip ssh version 1":
            yield section.header.number, "mengizinkan hanya SSH versi 1, yang tidak dapat kami pakai"
    terminals = [section for section in outline.sections if section.text.startswith(_VTY)]
    yield from _terminals(terminals)
    for section in terminals:
        for line in section.children():
            if match := _ACCESS_CLASS.match(line.text):
                yield from _filtered_line(outline, section, line, match[1], target, None)
    interface = next((section for section in outline.sections if _has(section, target.address)), None)
    if interface is not None:
        for line in interface.children():
            if line.text == "shutdown":
                yield line.number, f"mematikan antarmuka manajemen ({target.address})"
            if match := _ACCESS_GROUP.match(line.text):
                yield from _filtered_line(outline, interface, line, match[1], target, target.address)
    yield from _users(outline, own, target)


def of_change(intended: Tree, running: Tree, own: Sequence[str], after: HConfig, target: Target) -> Iterator[str]:
    """Yield why the device, with its own lines beside ours, would no longer let us in; sentences without line
    numbers.
    """
    before = interface_of(running.config, target.address)
    if before is None:
        return
    ours = after.children.get(before.text)
    if ours is None:
        if claimed(before.text, own):
            yield (
                f"{before.text} dengan alamat manajemen {target.address} akan dihapus, karena diklaim dengan ! own: "
                "dan tidak tertulis; tuliskan bagian itu"
            )
        return
    if interface_of(after, target.address) is None:
        yield (
            f"alamat manajemen {target.address} hilang dari {before.text}; pindahkan login ke alamat baru dulu "
            "(management_address di devices.yml), atau tulis alamat itu di bagian antarmukanya"
        )
    for line in ours.children:
        match = _ACCESS_GROUP.match(line.text)
        if match is None or any(entry.name == match[1] for entry in intended.lists.values()):
            continue
        for _, reason in _filtered(running.lists.values(), ours.text, match[1], target, target.address):
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


def _has(section: Section, address: str | None) -> bool:
    if not address or not section.text.startswith("interface "):
        return False
    return any((match := _ADDRESS.match(line.text)) and match[1] == address for line in section.children())


def _terminals(sections: Sequence[Section]) -> Iterator[tuple[int, str]]:
    closed: list[Line] = []
    for section in sections:
        line = next((line for line in section.children() if line.text.startswith("transport input")), None)
        if line is not None and not {"ssh", "all"} & set(line.text.split()[2:]):
            closed.append(line)
    if sections and len(closed) == len(sections):
        for line in closed:
            yield line.number, "tidak ada terminal vty yang menerima SSH; tulis transport input ssh"


def _filtered_line(
    outline: Outline, section: Section, line: Line, name: str, target: Target, address: str | None
) -> Iterator[tuple[int, str]]:
    for entry, reason in _filtered(outline.lists.values(), section.text, name, target, address):
        yield (outline.line_of(*entry) if entry else line.number), reason


def _filtered(
    lists: Iterable[AccessList], place: str, name: str, target: Target, address: str | None
) -> Iterator[tuple[tuple[str, str] | None, str]]:
    """Why the access list in force at a place keeps our sources out, if it certainly does: header and entry (None: the
    end of the list), and the reason.
    """
    found = next((entry for entry in lists if entry.name == name and entry.header.startswith("ip ")), None)
    if found is None or not found.entries or not target.sources:
        return
    standard = " standard " in found.header
    index = reach.denying(found.entries, target.sources, address, target.port, standard)
    if index is None:
        return
    entry = (found.header, found.entries[index]) if index >= 0 else None
    why = f"baris {found.entries[index]!r}" if index >= 0 else "penolakan di akhir daftar"
    sources = ", ".join(target.sources)
    yield entry, f"daftar akses {name} ({place}) menolak login dari {sources}: {why}"


def _users(outline: Outline, own: Sequence[str], target: Target) -> Iterator[tuple[int, str]]:
    lines = [section.header for section in outline.sections if section.text.startswith("username ")]
    users = {line.text.split()[1]: line for line in lines}
    claims = [prefix.split() for prefix in own if prefix.split()[0] == "username"]
    remote = any(_REMOTE_LOGIN.match(section.text) for section in outline.sections)
    if ["username"] in claims and not target.user and not remote:
        yield (
            0,
            "! own: username memiliki semua pengguna, padahal pengguna login kami tidak diketahui; isi ansible_user",
        )
    elif target.user and ["username", target.user] in claims and target.user not in users:
        yield 0, f"! own: username {target.user} menghapus pengguna login kami; cabut dari daftar pengelola"
    mine = users.get(target.user)
    if mine is not None and not re.search(r" (secret|password) |\bnopassword\b", f"{mine.text} ") and not remote:
        yield mine.number, f"pengguna login kami {target.user!r} tidak punya sandi, jadi tidak dapat login lagi"
