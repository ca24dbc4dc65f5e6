# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads the one-line description of a property in `tables/*.yml`.

    [!]type[(arguments)] [= default] [secret] [@6 | @7]

`!`: the value may be negated. `@6`/`@7`: only that major version has the property. Default: a word or a quoted text.
"""

import re
from dataclasses import dataclass

_SPEC = re.compile(
    r"""(?P<negatable>!?)(?P<type>[a-z0-9-]+)(?P<arguments>\((?:[^()]|\([^()]*(?:\([^()]*\))?[^()]*\))*\))?
        (?:\ =\ (?P<default>"[^"]*"|\S+))?(?P<secret>\ secret)?(?:\ @(?P<major>[67]))?""",
    re.VERBOSE,
)


@dataclass(frozen=True)
class Spec:
    """`arguments`: the text between the parentheses; `default`: None = not set."""

    type: str
    arguments: str
    negatable: bool
    default: str | None
    secret: bool
    major: int | None


def read_spec(text: str) -> Spec:
    """ValueError for a line that does not fit."""
    match = _SPEC.fullmatch(text.strip())
    if match is None:
        raise ValueError(f"tabel RouterOS: tidak terbaca: {text!r}")
    default = match["default"]
    if default is not None and default.startswith('"'):
        default = default[1:-1].encode().decode("unicode_escape")
    return Spec(
        type=match["type"],
        arguments=(match["arguments"] or "()")[1:-1],
        negatable=bool(match["negatable"]),
        default=default,
        secret=bool(match["secret"]),
        major=int(match["major"]) if match["major"] else None,
    )
