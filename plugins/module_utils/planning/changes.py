# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Two states of the lock file compared, in words for operators (Bahasa Indonesia)."""

from __future__ import annotations

from collections.abc import Iterator

from .allocations import Allocations

_LABELS = {
    "loopbacks": "loopback",
    "locations": "LAN lokasi",
    "links": "sambungan",
    "servers": "server",
}


def changes(old: Allocations, new: Allocations) -> list[str]:
    """One line for every number that was given out, taken back or changed."""
    before, after = dict(_numbers(old)), dict(_numbers(new))
    lines = []
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
        yield "pusat data", f"VLAN {centre.vlan}, {centre.subnet}, gateway {centre.gateway}"
    for name, address in allocations.loopbacks.items():
        yield label("loopbacks", name), str(address)
    for name, location in allocations.locations.items():
        yield label("locations", name), str(location.lan)
    for name, link in allocations.links.items():
        yield label("links", name), f"VLAN {link.vlan}, {link.subnet}"
    for name, address in allocations.servers.items():
        yield label("servers", name), str(address)
