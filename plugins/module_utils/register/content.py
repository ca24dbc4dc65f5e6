# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What stands under the one top-level key of a register file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .document import Document, read_document
from .kinds import Kind
from .plain import KeyPath, Plain
from .problem import Position, Problem
from .suggest import closest


@dataclass(frozen=True, slots=True)
class Content:
    """``value`` is None when there is nothing to check; ``document.problems`` says why."""

    document: Document
    path: KeyPath
    value: Plain

    def problem(self, what: str, action: str) -> Problem:
        return Problem(self.document.position(self.path), self.document.key(self.path), what, action)


def read_content(folder: Path, kind: Kind[Any]) -> Content:
    """Read ``folder/<kind>.yml``. Content under a wrong top-level key is still handed on, so that it gets checked."""
    path = folder / kind.file_name
    if not path.exists():
        document = Document(path)
        document.flag(
            Position(str(path)),
            "",
            f"berkas {kind.file_name} tidak ada.",
            f"Buat berkas itu; bila memang belum ada isinya, tulis satu baris: {kind.empty_example}"
            if not kind.single
            else f"Salin dari inventories/contoh/register/{kind.file_name}, lalu sesuaikan.",
        )
        return Content(document, (kind.stem,), None)
    document = read_document(path)
    if document.problems and not document.readable:
        return Content(document, (kind.stem,), None)
    data = document.data
    if data is None:
        document.flag(
            Position(str(path)),
            "",
            "berkas kosong.",
            f"Tulis sedikitnya satu baris: {kind.empty_example}" if not kind.single else "Isi dengan 'government:'.",
        )
        return Content(document, (kind.stem,), None)
    if isinstance(data, list):
        document.flag(
            document.position(()),
            "",
            f"berkas ini tidak diawali kunci '{kind.stem}:'.",
            f"Tulis '{kind.stem}:' di baris pertama, lalu daftarnya di bawahnya.",
        )
        return Content(document, (), data)
    if not isinstance(data, dict):
        document.flag(
            document.position(()),
            "",
            "isi berkas bukan 'kunci: nilai'.",
            f"Awali berkas dengan '{kind.stem}:'.",
        )
        return Content(document, (kind.stem,), None)
    return _under_top_key(document, kind, data)


def _under_top_key(document: Document, kind: Kind[Any], data: dict[str, Plain]) -> Content:
    document.problems += _wrong_keys(document, kind, data)
    if kind.stem in data:
        if data[kind.stem] is None:
            document.flag(
                document.position((kind.stem,)),
                kind.stem,
                f"'{kind.stem}' tidak berisi apa-apa.",
                f"Bila memang kosong, tulis: {kind.empty_example}" if not kind.single else "Isi datanya.",
            )
        return Content(document, (kind.stem,), data[kind.stem])
    stand_in = next(iter(data)) if len(data) == 1 else closest(kind.stem, data)
    if not data:
        document.flag(
            document.position(()), "", f"kunci '{kind.stem}' tidak ada.", f"Awali berkas dengan '{kind.stem}:'."
        )
    return Content(document, (stand_in or kind.stem,), data[stand_in] if stand_in else None)


def _wrong_keys(document: Document, kind: Kind[Any], data: dict[str, Plain]) -> Iterator[Problem]:
    missing = kind.stem not in data
    for key in data:
        if key != kind.stem:
            yield Problem(
                document.position((key,), of_key=True),
                key,
                f"kunci teratas '{key}' tidak dikenal."
                + (f' Maksud Anda "{kind.stem}"?' if missing and (len(data) == 1 or closest(key, [kind.stem])) else ""),
                f"Berkas {kind.file_name} hanya berisi satu kunci teratas: '{kind.stem}:'. Ganti atau hapus kunci ini.",
            )
