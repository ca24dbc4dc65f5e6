# SPDX-License-Identifier: GPL-3.0-or-later
"""The intended configuration: text → tree, or every reason why it is refused, each with its line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from ...outcome import RefusedError, UnsupportedError
from ...target import Target
from . import lockout, modes, snmp_users, spelling, versions
from .accounts import CHAIN, keys
from .outline import Outline
from .ownership import Claim
from .rules import slots
from .snmp_users import SnmpUser
from .text import Line, TextError, scan
from .tree import Tree, headers, load
from .versions import Version

_OWN = re.compile(r"^!\s*own:\s*(.*?)\s*$")
_SHOWN = 12
#: what a terminal takes for an order, or nobody sees in a template
_UNTYPED = re.compile(r"[\x00-\x09\x0b\x0c\x0e-\x1f\x7f\u200b\ufeff]")


@dataclass(frozen=True)
class Intended:
    """``lines`` as they were written.

    ``snmp_users`` stand beside the lines: no configuration shows them.
    ``own``: command prefixes (``! own: ip route``); what runs under them and is not intended is removed.
    """

    lines: tuple[Line, ...]
    own: tuple[str, ...]
    target: Target
    snmp_users: tuple[SnmpUser, ...] = ()

    @cached_property
    def outline(self) -> Outline:
        """The lines by section."""
        return Outline.of(self.lines)

    @cached_property
    def claim(self) -> Claim:
        """What of the device is ours."""
        chain = {name for section in self.outline.sections if section.text == CHAIN for name in keys(section.lines)}
        known = (header for line in self.outline.headers for header in headers(line))
        return Claim(known, self.own, self.target.user, chain)

    @cached_property
    def tree(self) -> Tree:
        """The configuration for comparing; made when it is needed, which in a fleet it hardly ever is."""
        return load(self.lines)

    def paths(self) -> Iterator[tuple[tuple[str, ...], int]]:
        """Every line as the path to it, and its number in the text."""
        path: tuple[str, ...] = ()
        for line in self.lines:
            path = (*path[: line.indent], line.text)
            yield path, line.number

    def require(self, version: Version) -> None:
        """Raise `UnsupportedError`, naming the lines, when a release lacks something that is used."""
        found = versions.lacking(version, self.paths())
        if found:
            listed = "; ".join(f"baris {number}: {name} belum ada di versi {version.text}" for number, name in found)
            raise UnsupportedError(f"{listed}. Naikkan versi perangkat, atau ubah templatnya")


def parse(text: str, target: Target) -> Intended:
    """Raises as `platforms.base.Platform.parse`."""
    problems: list[tuple[int, str]] = []
    for number, line in enumerate(text.split("\n") if _UNTYPED.search(text) else (), 1):
        if "\t" in line and line.strip() != "quit":
            problems.append((number, "berisi tab; pakai spasi, satu untuk tiap tingkat"))
        elif (found := _UNTYPED.search(line)) and found[0] != "\t":
            problems.append((number, f"berisi karakter kendali {found[0]!r}, yang di perangkat menjadi perintah"))
    own = tuple(_directives(text, problems))
    lines: list[Line] = []
    try:
        lines += scan(text)
    except TextError as error:
        problems.append((error.number, str(error)))
    problems += _structure(lines)
    if not lines and not problems:
        raise RefusedError("konfigurasi yang diminta kosong; periksa templat perannya")
    _refuse(problems)
    shown, users = snmp_users.split(lines)
    intended = Intended(shown, own, target, users)
    for number, reason in lockout.of_text(intended.outline, own, target):
        problems.append((number or _directive_line(text), reason))
    _refuse(problems)
    version = Version.parse(target.version) if target.version else None
    if version is not None:
        intended.require(version)
    return intended


def _directives(text: str, problems: list[tuple[int, str]]) -> Iterator[str]:
    for number, line in enumerate(text.split("\n"), 1):
        if not line.startswith("!"):
            continue
        match = _OWN.match(line)
        if match is not None and match[1]:
            yield match[1]
        elif match is not None or re.match(r"^!\s*own\b", line):
            problems.append((number, "! own: harus diikuti awalan perintah, misalnya ! own: ip route"))


def _directive_line(text: str) -> int:
    lines = text.split("\n")
    return next((n for n, line in enumerate(lines, 1) if (m := _OWN.match(line)) and m[1].startswith("username")), 1)


def _structure(lines: Sequence[Line]) -> Iterator[tuple[int, str]]:
    """Indentation, parents, spelling, what stands twice."""
    path: list[str] = []
    seen: dict[tuple[str, ...], int] = {}
    taken: dict[tuple[str, ...], int] = {}
    for line in lines:
        if line.indent > len(path):
            yield line.number, _deep(line, path)
            continue
        path = [*path[: line.indent], line.text]
        place = tuple(path)
        if line.indent and not modes.is_submode(place[:-1]):
            yield (
                line.number,
                (f"{place[-2].split()[0]!r} bukan bagian yang punya anak baris; periksa indentasi atau nama bagiannya"),
            )
            continue
        wrong = spelling.problem(place)
        if wrong:
            yield line.number, wrong
        elif place in seen and not _repeatable(place):
            yield line.number, f"sudah tertulis pada baris {seen[place]}; gabungkan menjadi satu"
        elif not line.indent and (slot := next((slot for slot in slots(line.text) if slot in taken), None)):
            yield (
                line.number,
                f"bertentangan dengan baris {taken[slot]}: perangkat menyimpan satu; hapus salah satu",
            )
        seen.setdefault(place, line.number)
        if not line.indent:
            taken.update((slot, line.number) for slot in slots(line.text))


def _deep(line: Line, path: Sequence[str]) -> str:
    if not path:
        return f"menjorok {line.indent} spasi tanpa bagian di atasnya"
    return f"menjorok {line.indent} spasi, paling banyak {len(path)} di sini; pakai satu spasi untuk tiap tingkat"


def _repeatable(path: tuple[str, ...]) -> bool:
    return path[-1].startswith("remark ")


def _refuse(problems: list[tuple[int, str]]) -> None:
    if problems:
        ordered = sorted(set(problems))
        more = f"; dan {len(ordered) - _SHOWN} lagi" if len(ordered) > _SHOWN else ""
        listed = "; ".join(f"baris {number}: {text}" for number, text in ordered[:_SHOWN])
        raise RefusedError(f"konfigurasi ditolak sebelum login: {listed}{more}")
