# SPDX-License-Identifier: GPL-3.0-or-later
"""What a changed result is about: the path, unit or package, each with its own diff."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from .diff import as_text, of_result
from .observation import Observation


def parts(observation: Observation) -> list[tuple[str, str]]:
    """(name, diff) of everything that one result would change.

    A module that acts on several things names them: a diff of its own for each file, or a list of packages.
    Otherwise it is one thing; when no name is to be found the task's own name serves.
    """
    result = observation.result
    named = [(header, as_text(diff)) for diff, header in _with_header(result.get("diff"))]
    if len(named) > 1:
        return named
    packages = [str(name) for key in ("installed", "removed") for name in _list(result.get(key)) if name]
    if packages:
        return [(name, "") for name in packages]
    paths = [str(path) for path in _list(result.get("paths"))]
    if len(paths) > 1:
        return [(path, "") for path in paths]
    first = paths + [header for header, _text in named]
    return [(next((name for name in (*first, *_candidates(observation)) if name), observation.task), of_result(result))]


def _candidates(observation: Observation) -> Iterator[str]:
    """Possible names, best first: what the result says, the loop's label, arguments that are no templates."""
    result, arguments = observation.result, observation.arguments
    values = (result.get("dest"), result.get("path"), observation.label, result.get("name"))
    for value in (*values, *(arguments.get(key) for key in ("dest", "path", "name", "src"))):
        text = ", ".join(map(str, value)) if isinstance(value, list) else value
        if isinstance(text, str) and "{{" not in text:
            yield text


def _with_header(diff: object) -> Iterator[tuple[Mapping[str, Any], str]]:
    """File diffs with the path on the host.

    Ansible's own `after_header` may name a temporary file on the controller, so it counts only when there is no other.
    """
    for entry in diff if isinstance(diff, list) else [diff]:
        if isinstance(entry, Mapping) and (header := entry.get("before_header")):
            yield entry, str(header).split(" (", 1)[0]


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []
