# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What can still be used of a record that has mistakes, so that they are all found in one run."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from pydantic import ValidationError

from .fields import adapter, fields_by_key, nested_model
from .models import Record
from .plain import KeyPath, Plain
from .suggest import closest


@dataclass(frozen=True, slots=True)
class UnknownKey:
    """A key at ``path`` that no field has; ``meant`` is the missing field whose name is nearest."""

    path: KeyPath
    meant: str | None
    known: tuple[str, ...]


@dataclass(slots=True)
class Tidied:
    """Data without unknown keys. A key that was misspelt stands under its right name; ``written`` maps back."""

    data: Plain
    unknown: list[UnknownKey] = field(default_factory=list)
    written: dict[KeyPath, str] = field(default_factory=dict)

    def path_as_written(self, path: KeyPath) -> KeyPath:
        steps = tuple(path)
        return tuple(
            self.written.get(steps[: index + 1], step) if isinstance(step, str) else step
            for index, step in enumerate(steps)
        )


def tidy(model: type[Record], data: Plain) -> Tidied:
    """Take unknown keys out of ``data``, at every depth."""
    tidied = Tidied(None)
    tidied.data = _tidy(model, data, (), tidied)
    return tidied


def salvage[M: Record](model: type[M], data: Plain) -> M | None:
    """A record with the fields of ``data`` that are valid; reading another one raises UnknownFieldError."""
    if not isinstance(data, dict):
        return None
    values = dict(_valid_fields(model, data))
    record = model.model_construct(_fields_set=set(values), **values)
    for key, (name, _) in fields_by_key(model).items():
        if name not in values and (key in data or model.model_fields[name].is_required()):
            record.__dict__.pop(name, None)
        elif name in values:
            record.__dict__[name] = values[name]
    return record


def _valid_fields(model: type[Record], data: dict[str, Plain]) -> Iterator[tuple[str, object]]:
    for key, (name, _) in fields_by_key(model).items():
        if key not in data:
            continue
        try:
            yield name, adapter(model, key).validate_python(data[key])
        except ValidationError:
            nested, is_list = nested_model(model, key)
            value = data[key]
            if nested is None:
                continue
            if is_list and isinstance(value, list):
                # What is no mapping at all keeps its place, so that the others keep their numbers.
                yield name, tuple(salvage(nested, item if isinstance(item, dict) else {}) for item in value)
            elif not is_list and (record := salvage(nested, value)) is not None:
                yield name, record


def _tidy(model: type[Record], data: Plain, path: KeyPath, tidied: Tidied) -> Plain:
    if not isinstance(data, dict):
        return data
    known = fields_by_key(model)
    missing = [key for key in known if key not in data]
    result: dict[str, Plain] = {}
    for key, value in data.items():
        name = key
        if key not in known:
            meant = closest(key, missing)
            tidied.unknown.append(UnknownKey((*path, key), meant or closest(key, known), tuple(known)))
            if meant is None:
                continue
            missing.remove(meant)
            tidied.written[(*path, meant)] = key
            name = meant
        result[name] = _tidy_value(model, name, value, (*path, name), tidied)
    return result


def _tidy_value(model: type[Record], key: str, value: Plain, path: KeyPath, tidied: Tidied) -> Plain:
    nested, is_list = nested_model(model, key)
    if nested is None:
        return value
    if is_list and isinstance(value, list):
        return [_tidy(nested, item, (*path, index), tidied) for index, item in enumerate(value)]
    return value if is_list else _tidy(nested, value, path, tidied)
