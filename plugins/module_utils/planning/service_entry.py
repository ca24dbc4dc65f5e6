# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One entry of the service list."""

from __future__ import annotations

from collections.abc import Iterable

from .shapes import Service


def service_entry(
    name: str, host: str, protocol: str, port: int, zones: Iterable[str], sources: Iterable[str] = ()
) -> Service:
    """``sources``: only these networks of the zones; none: all of them."""
    found: Service = {"name": name, "host": host, "protocol": protocol, "port": port, "from": list(zones)}
    if named := list(sources):
        found["sources"] = named
    return found
