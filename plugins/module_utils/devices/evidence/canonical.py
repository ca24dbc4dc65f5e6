# SPDX-License-Identifier: GPL-3.0-or-later
"""One text for one value: the JSON Canonicalization Scheme (RFC 8785), for what evidence holds.

Keys are sorted by their UTF-16 code units, nothing is escaped that need not be, there is no white space. Numbers with a
fraction are refused, for their canonical form is that of ECMAScript; durations are kept as whole seconds.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping

type Value = bool | int | str | list[Value] | Mapping[str, Value] | None

#: RFC 8785 inherits I-JSON's (RFC 7493) limit: beyond it readers disagree on a number.
_LARGEST = 2**53 - 1


def canonical(value: Value) -> bytes:
    """Return the canonical UTF-8 form.

    Raises:
        TypeError: a float, a key that is no text, or another type that JSON does not have.
        ValueError: an integer beyond 2**53 - 1, or a text with half of a surrogate pair.
    """
    return "".join(_parts(value)).encode()


def digest(value: Value) -> str:
    """SHA-256 of the canonical form, 64 hexadecimal digits."""
    return hashlib.sha256(canonical(value)).hexdigest()


def _parts(value: Value) -> list[str]:
    if value is None:
        return ["null"]
    if isinstance(value, bool):
        return ["true" if value else "false"]
    if isinstance(value, int):
        if abs(value) > _LARGEST:
            raise ValueError(f"{value} is beyond 2**53 - 1")
        return [str(int(value))]
    if isinstance(value, str):
        return [json.dumps(str(value), ensure_ascii=False)]
    if isinstance(value, list | tuple):
        return ["[", *_joined([_parts(entry) for entry in value]), "]"]
    if isinstance(value, Mapping):
        if not all(isinstance(key, str) for key in value):
            raise TypeError("a key that is no text")
        keys = sorted(value, key=lambda key: key.encode("utf-16-be", "surrogatepass"))
        return ["{", *_joined([[*_parts(key), ":", *_parts(value[key])] for key in keys]), "}"]
    raise TypeError(f"{type(value).__name__} has no canonical form here")


def _joined(groups: list[list[str]]) -> list[str]:
    parts: list[str] = []
    for group in groups:
        parts += [",", *group] if parts else group
    return parts
