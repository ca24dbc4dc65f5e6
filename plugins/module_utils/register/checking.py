# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One record against its model: pydantic's errors told in Bahasa Indonesia, each at its place."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from .document import Document
from .draft import Entry
from .fields import fields_by_key, nested_model
from .models import Record
from .plain import KeyPath
from .problem import Problem
from .refused import RefusedError
from .salvage import Tidied, UnknownKey, salvage, tidy
from .suggest import closest, did_you_mean

_CHOICE = re.compile(r"'([^']*)'")


def check_record[M: Record](
    model: type[M], document: Document, path: KeyPath, data: object
) -> tuple[Entry[M] | None, list[Problem]]:
    """Validate the data at ``path``. With problems the entry holds what could be understood, or is None."""
    try:
        return Entry(model.model_validate(data), document, path), []
    except ValidationError as first:
        error: ValidationError | None = first
    tidied = tidy(model, data)  # type: ignore[arg-type]  # what a Document holds
    problems = [_unknown_key(document, path, unknown) for unknown in tidied.unknown]
    if tidied.unknown:
        try:
            return Entry(model.model_validate(tidied.data), document, path), problems
        except ValidationError as second:
            error = second
    if error is not None:
        details = error.errors(include_url=False)
        problems += [_problem(model, document, path, tidied, detail) for detail in details]
    record = salvage(model, tidied.data)
    return (Entry(record, document, path) if record is not None else None), problems


def _unknown_key(document: Document, path: KeyPath, unknown: UnknownKey) -> Problem:
    full = (*path, *unknown.path)
    key = str(unknown.path[-1])
    if unknown.meant is not None:
        hint = f' Maksud Anda "{unknown.meant}"?'
        action = f"Ganti '{key}' menjadi '{unknown.meant}', atau hapus kunci ini."
    else:
        hint = ""
        action = f"Hapus kunci ini. Yang dikenal di sini: {', '.join(unknown.known)}."
    return Problem(
        document.position(full, of_key=True), document.key(full), f"kunci '{key}' tidak dikenal.{hint}", action
    )


def _problem(model: type[Record], document: Document, path: KeyPath, tidied: Tidied, detail: ErrorDetails) -> Problem:
    # pydantic's own mark of a key of a mapping that is none of the choices
    location = tuple(step for step in detail["loc"] if step != "[key]")
    full = (*path, *tidied.path_as_written(location))
    what, action = _words(model, location, detail)
    return Problem(document.position(full), document.key(full), what, action)


def _words(model: type[Record], location: KeyPath, detail: ErrorDetails) -> tuple[str, str]:
    kind, value = detail["type"], detail["input"]
    key = next((step for step in reversed(location) if isinstance(step, str)), "")
    if kind == "missing":
        return f"kunci '{key}' wajib diisi tetapi tidak ada.", f"Tambahkan '{key}: …'{_meaning(model, location)}"
    if value is None:
        return f"'{key}' tidak berisi apa-apa." if key else "bagian ini kosong.", (
            f"Isi nilainya{_meaning(model, location)} Bila tidak wajib, hapus kuncinya."
        )
    refused = detail.get("ctx", {}).get("error")
    if isinstance(refused, RefusedError):
        return refused.what, refused.action
    if kind == "literal_error":
        return _not_a_choice(value, _CHOICE.findall(str(detail.get("ctx", {}).get("expected", ""))))
    if kind == "tuple_type":
        example = f"[{value}]" if isinstance(value, str) else "[…]"
        return f"'{key}' harus berupa daftar.", f"Tulis dalam kurung siku {example}, atau satu baris '- …' tiap butir."
    if kind in ("model_type", "model_attributes_type", "dict_type"):
        return (
            "di sini harus ada kelompok kunci, bukan satu nilai.",
            f"Tulis misalnya {{{', '.join(f'{name}: …' for name in _keys_at(model, location))}}}.",
        )
    return f"nilai ini tidak dapat dipakai ({detail['msg']}).", "Periksa nilainya di panduan register."


def _not_a_choice(value: object, choices: list[str]) -> tuple[str, str]:
    listed = ", ".join(choices)
    if not isinstance(value, str):
        return "di sini harus satu kata, bukan daftar atau kelompok kunci.", f"Pilih salah satu: {listed}."
    near = closest(value, choices)
    action = f"Tulis '{near}', atau pilih yang lain: {listed}." if near else f"Pilih salah satu: {listed}."
    return f"'{value}' bukan pilihan yang dikenal.{did_you_mean(value, choices)}", action


def _meaning(model: type[Record], location: KeyPath) -> str:
    """`` (Kode OPD.)`` of the field at ``location``, or a full stop."""
    owner, key = model, ""
    for step in _names(location):
        if key:
            nested, _ = nested_model(owner, key)
            if nested is None:
                return "."
            owner = nested
        key = step
        if key not in fields_by_key(owner):
            return "."
    description = fields_by_key(owner)[key][1].description if key else None
    return f" ({description.rstrip('.')})." if description else "."


def _keys_at(model: type[Record], location: KeyPath) -> list[str]:
    owner = model
    for step in _names(location):
        nested, _ = nested_model(owner, step)
        if nested is None:
            return ["…"]
        owner = nested
    return [key for key, (_, info) in fields_by_key(owner).items() if info.is_required()]


def _names(location: KeyPath) -> Iterator[str]:
    return (step for step in location if isinstance(step, str))
