# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One entry of what a server may open towards others."""

from __future__ import annotations

from collections.abc import Iterable

from .shapes import Reach

#: Destination word: whatever is not one of our networks. ``ANYWHERE`` is that and our own.
INTERNET, ANYWHERE = "internet", "0.0.0.0/0"


def reach_entry(name: str, to: Iterable[object], protocol: str, port: int) -> Reach:
    return {"name": name, "to": [str(network) for network in to], "protocol": protocol, "port": port}
