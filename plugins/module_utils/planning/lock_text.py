# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Allocations as the text of allocations.yml: one line a number, in the order of the numbers, so diffs stay short."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping

import yaml

from .allocations import Allocations

HEADER = (
    "# Berkas kunci: ditulis oleh playbooks/plan.yml, jangan diubah dengan tangan. Menambah OPD tidak mengubah nomor\n"
    "# yang sudah ada.\n"
)


def lock_text(allocations: Allocations) -> str:
    return HEADER + "\n".join(_lines(allocations)) + "\n"


def _lines(allocations: Allocations) -> Iterator[str]:
    yield f"version: {allocations.version}"
    if allocations.data_centre is not None:
        yield "data_centre:"
        yield f"  vlan: {allocations.data_centre.vlan}"
        yield f"  subnet: {allocations.data_centre.subnet}"
        yield f"  gateway: {allocations.data_centre.gateway}"
    yield from _section("loopbacks", allocations.loopbacks, lambda item: item, str)
    yield from _section("locations", allocations.locations, lambda item: item.lan, lambda item: f"{{lan: {item.lan}}}")
    yield from _section(
        "links",
        allocations.links,
        lambda item: item.vlan,
        lambda item: f"{{vlan: {item.vlan}, subnet: {item.subnet}}}",
    )
    yield from _section("servers", allocations.servers, lambda item: item, str)


def _section[Number](
    name: str, entries: Mapping[str, Number], order: Callable[[Number], object], text: Callable[[Number], str]
) -> Iterator[str]:
    if not entries:
        yield f"{name}: {{}}"
        return
    yield f"{name}:"
    for key, value in sorted(entries.items(), key=lambda entry: order(entry[1])):  # type: ignore[arg-type,return-value]
        yield f"  {_key(key)}: {text(value)}"


def _key(key: str) -> str:
    """Plain where YAML reads it back as the same text, else quoted (a server may well be called \"no\")."""
    return key if yaml.safe_load(f"{key}: 0") == {key: 0} else json.dumps(key)
