# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Two states of the lock file compared, in words for operators (Bahasa Indonesia)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from .allocations import BACKBONE, Allocations, LinkAllocation, LocationAllocation

_LABELS = {
    "loopbacks": "loopback",
    "locations": "LAN lokasi",
    "links": "sambungan",
    "servers": "server",
}
_NOBODY: Mapping[str, str] = MappingProxyType({})


def changes(old: Allocations, new: Allocations, moved: Mapping[str, str] = _NOBODY) -> list[str]:
    """One line for everything that was given out, taken back or changed. ``moved``: places that have a new name."""
    before, after = dict(_numbers(old)), dict(_numbers(new))
    lines = []
    for former, ref in moved.items():
        was, now = label("locations", former), label("locations", ref)
        lines.append(f"pindah: {was} menjadi {ref}, nomornya tetap ({before[was]})")
        before[now] = before.pop(was)
    for key in [*before, *(key for key in after if key not in before)]:
        if key not in before:
            lines.append(f"baru: {key} = {after[key]}")
        elif key not in after:
            lines.append(f"dihapus: {key} (tadinya {before[key]})")
        elif before[key] != after[key]:
            lines.append(f"berubah: {key} = {after[key]} (tadinya {before[key]})")
    return lines


def label(section: str, key: str) -> str:
    """``("loopbacks", "br1")`` as operators call it: ``loopback br1``."""
    return f"{_LABELS[section]} {key}"


def _numbers(allocations: Allocations) -> Iterator[tuple[str, str]]:
    centre = allocations.data_centre
    if centre is not None:
        yield "pusat data", _listed(f"VLAN {centre.vlan}", centre.subnet, f"gateway {centre.gateway}", centre.subnet6)
    for name, address in allocations.loopbacks.items():
        yield label("loopbacks", name), _listed(address, allocations.loopbacks6.get(name))
    for name, location in allocations.locations.items():
        yield label("locations", name), _location(location)
    for name, link in allocations.links.items():
        yield label("links", name), _link(link)
    for name, address in allocations.servers.items():
        yield label("servers", name), _listed(address, allocations.servers6.get(name))


def _location(location: LocationAllocation) -> str:
    segments = [_listed(f"{name} {subnet}", location.segments6.get(name)) for name, subnet in location.segments.items()]
    return _listed(location.lan, location.dhcp and f"DHCP {location.dhcp}", location.lan6, *segments)


def _link(link: LinkAllocation) -> str:
    area = None if link.area == BACKBONE else f"area {link.area}"
    return _listed(f"VLAN {link.vlan}", link.subnet, link.subnet6, area)


def _listed(*parts: object) -> str:
    return ", ".join(str(part) for part in parts if part is not None)
