# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Allocations as the text of allocations.yml: one line a number, in the order of the numbers, so diffs stay short."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping

import yaml

from .allocations import BACKBONE, Allocations, LinkAllocation, LocationAllocation

HEADER = (
    "# Berkas kunci: ditulis oleh playbooks/plan.yml, jangan diubah dengan tangan. Menambah OPD tidak mengubah nomor\n"
    "# yang sudah ada.\n"
)
#: Without this line the end of the file is missing, and with it the numbers of somebody.
LAST_LINE = "# Akhir berkas: tanpa baris ini berkas terpotong."
# Codes with a hyphen or a slash are no words that YAML knows; all others are asked of YAML itself, which is slow.
_PLAIN = re.compile(r"[a-z][a-z0-9]*[-/][a-z0-9/-]*(?::[A-Za-z][A-Za-z0-9/.-]*)?", re.ASCII)


def lock_text(allocations: Allocations) -> str:
    return HEADER + "\n".join([*_lines(allocations), LAST_LINE]) + "\n"


def is_whole(text: str) -> bool:
    """Whether the last line of a file of this version is there; comments and empty lines may follow it."""
    return any(line.strip() == LAST_LINE for line in text.splitlines())


def _lines(allocations: Allocations) -> Iterator[str]:
    yield f"version: {allocations.version}"
    centre = allocations.data_centre
    if centre is not None:
        yield "data_centre:"
        yield f"  vlan: {centre.vlan}"
        yield f"  subnet: {centre.subnet}"
        yield f"  gateway: {centre.gateway}"
        if centre.subnet6 is not None:
            yield f"  subnet6: {centre.subnet6}"
        if centre.gateway6 is not None:
            yield f"  gateway6: {centre.gateway6}"
    yield from _section("loopbacks", allocations.loopbacks, lambda item: item, str)
    if allocations.loopbacks6:
        yield from _section("loopbacks6", allocations.loopbacks6, lambda item: item, str)
    yield from _section("locations", allocations.locations, lambda item: item.lan, _location)
    yield from _section("links", allocations.links, lambda item: item.vlan, _link)
    yield from _section("servers", allocations.servers, lambda item: item, str)
    if allocations.servers6:
        yield from _section("servers6", allocations.servers6, lambda item: item, str)


def _location(item: LocationAllocation) -> str:
    """In one line; with segments, one more line for each."""
    own = [f"lan: {item.lan}"]
    if item.dhcp is not None:
        own.append(f"dhcp: {item.dhcp}")
    if item.lan6 is not None:
        own.append(f'lan6: "{item.lan6}"')
    if not item.segments and not item.segments6:
        return f"{{{', '.join(own)}}}"
    lines = list(own)
    for name, subnets in (("segments", item.segments), ("segments6", item.segments6)):
        if subnets:
            listed = ", ".join(f"{segment}: {_quoted6(str(subnet))}" for segment, subnet in sorted(subnets.items()))
            lines.append(f"{name}: {{{listed}}}")
    return "".join(f"\n    {line}" for line in lines)


def _link(item: LinkAllocation) -> str:
    parts = [f"vlan: {item.vlan}", f"subnet: {item.subnet}"]
    if item.subnet6 is not None:
        parts.append(f'subnet6: "{item.subnet6}"')
    if item.area != BACKBONE:
        parts.append(f"area: {item.area}")
    return f"{{{', '.join(parts)}}}"


def _quoted6(text: str) -> str:
    return f'"{text}"' if ":" in text else text


def _section[Number](
    name: str, entries: Mapping[str, Number], order: Callable[[Number], object], text: Callable[[Number], str]
) -> Iterator[str]:
    if not entries:
        yield f"{name}: {{}}"
        return
    yield f"{name}:"
    for key, value in sorted(entries.items(), key=lambda entry: order(entry[1])):  # type: ignore[arg-type,return-value]
        written = text(value)
        yield f"  {_key(key)}:{written}" if written.startswith("\n") else f"  {_key(key)}: {written}"


def _key(key: str) -> str:
    """Plain where YAML reads it back as the same text, else quoted (a server may well be called \"no\")."""
    plain = _PLAIN.fullmatch(key) or yaml.safe_load(f"{key}: 0") == {key: 0}
    return key if plain else json.dumps(key)
