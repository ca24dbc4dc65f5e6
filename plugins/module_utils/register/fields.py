# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How the fields of a model look in YAML: their keys and the records nested in them."""

from __future__ import annotations

from functools import cache
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import TypeAdapter
from pydantic.fields import FieldInfo

from .models import Record


@cache
def fields_by_key(model: type[Record]) -> dict[str, tuple[str, FieldInfo]]:
    """Key in YAML → (attribute name, field)."""
    return {info.alias or name: (name, info) for name, info in model.model_fields.items()}


@cache
def nested_model(model: type[Record], key: str) -> tuple[type[Record] | None, bool]:
    """The record type inside the field ``key`` and whether the field is a list of them."""
    return _nested(fields_by_key(model)[key][1].annotation)


@cache
def adapter(model: type[Record], key: str) -> TypeAdapter[Any]:
    """Validates one field by itself."""
    info = fields_by_key(model)[key][1]
    # The name is there because Annotated needs one argument more than the type; pydantic ignores it.
    annotated: Any = Annotated[info.annotation, key, *info.metadata]
    return TypeAdapter(annotated)


def _nested(annotation: Any) -> tuple[type[Record] | None, bool]:
    if isinstance(annotation, type) and issubclass(annotation, Record):
        return annotation, False
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is tuple and arguments:
        return _nested(arguments[0])[0], True
    if origin in (Union, UnionType):
        return next((found for found in map(_nested, arguments) if found[0] is not None), (None, False))
    return None, False
