# SPDX-License-Identifier: GPL-3.0-or-later
"""The bundle: complete files in one text, each behind a header like those of ``head -v``.

==> /etc/frr/frr.conf mode=0640 owner=frr group=frr <==
frr defaults traditional
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from ...outcome import RefusedError

_HEADER = re.compile(r"==> (?P<path>\S+)(?P<attributes>(?: [^ ]+)*) <==")
# Debian's own packages have capitals in account names (Debian-snmp, Debian-exim); useradd(8) allows dots too.
_ACCOUNT = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*")
_ATTRIBUTES = {"mode": re.compile(r"0?[0-7]{3}"), "owner": _ACCOUNT, "group": _ACCOUNT}
_PATH = re.compile(r"(/[A-Za-z0-9._@-]+)+")


@dataclass(frozen=True)
class File:
    """One complete file. ``mode`` has four octal digits; ``text`` ends in a newline unless empty."""

    path: str
    text: str
    mode: str = "0644"
    owner: str = "root"
    group: str = "root"

    def render(self) -> str:
        """The file as it stands in a bundle; also the form in which files are compared and shown."""
        return f"==> {self.path} mode={self.mode} owner={self.owner} group={self.group} <==\n{self.text}"


def parse(text: str) -> tuple[File, ...]:
    """Parse a bundle. Blank lines at the end of a file are not part of it.

    Raises:
        RefusedError: naming the line, what is wrong and what is expected.
    """
    files: list[File] = []
    lines: list[str] = []
    header: File | None = None
    for number, line in enumerate(text.splitlines(), 1):
        match = _HEADER.fullmatch(line.rstrip())
        if match:
            if header:
                files.append(_complete(header, lines))
            header, lines = _header(match, number), []
        elif header:
            lines.append(line)
        elif line.strip():
            raise RefusedError(
                f"bundel baris {number}: isi sebelum kepala berkas; baris pertama harus '==> /path/berkas <=='"
            )
    if header is None:
        raise RefusedError("bundel kosong: tidak ada satu pun kepala '==> /path/berkas <=='; periksa templat perannya")
    files.append(_complete(header, lines))
    seen: set[str] = set()
    for file in files:
        if file.path in seen:
            raise RefusedError(f"bundel memuat {file.path} dua kali; gabungkan menjadi satu berkas")
        seen.add(file.path)
    return tuple(files)


def render(files: Iterable[File]) -> str:
    """The inverse of `parse`."""
    return "\n".join(file.render() for file in files)


def _header(match: re.Match[str], number: int) -> File:
    path = match["path"]
    if not _PATH.fullmatch(path) or ".." in path.split("/"):
        raise RefusedError(f"bundel baris {number}: {path!r} bukan path mutlak yang sederhana")
    attributes: dict[str, str] = {}
    for word in match["attributes"].split():
        key, _, value = word.partition("=")
        pattern = _ATTRIBUTES.get(key)
        if pattern is None or not pattern.fullmatch(value):
            raise RefusedError(
                f"bundel baris {number}: atribut {word!r} tidak dikenal; yang berlaku: mode=0644 owner=root group=root"
            )
        attributes[key] = value
    if "mode" in attributes:
        attributes["mode"] = attributes["mode"].zfill(4)
    return File(path, "", **attributes)


def _complete(header: File, lines: list[str]) -> File:
    while lines and not lines[-1].strip():
        lines.pop()
    text = "".join(f"{line}\n" for line in lines)
    return File(header.path, text, header.mode, header.owner, header.group)
