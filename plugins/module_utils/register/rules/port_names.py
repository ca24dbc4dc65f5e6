# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Port names that the operating system can carry, and does not need itself."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..draft import Draft, Entry, if_known, ports_of
from ..models import Device, Server
from ..problem import Problem

_LONGEST = 15  # IFNAMSIZ of Linux is 16 with the closing zero byte
_OURS = re.compile(r"lo|br0|ovs-netdev|ovs-system|(?:vlan|vpn)\d+", re.ASCII)


def check(draft: Draft) -> Iterator[Problem]:
    for node in draft.nodes:
        with if_known:
            if isinstance(node.record, Server) or node.record.platform == "linux":
                yield from _linux(node)


def _linux(node: Entry[Device | Server]) -> Iterator[Problem]:
    for index, port in enumerate(ports_of(node.record)):
        keys = ("ports", index, "name")
        with if_known:
            if len(port.name) > _LONGEST:
                yield node.problem(
                    keys,
                    f"nama port '{port.name}' {len(port.name)} huruf; Linux hanya menerima {_LONGEST}.",
                    "Salin nama port dari perintah 'ip link' di perangkat itu.",
                )
            elif "/" in port.name or ":" in port.name:
                yield node.problem(
                    keys,
                    f"nama port '{port.name}' memuat '/' atau ':', yang tidak ada di Linux.",
                    "Salin nama port dari perintah 'ip link', atau betulkan 'platform'.",
                )
            elif (
                isinstance(node.record, Device)
                and (bundle := node.record.ports[index].bundle) is not None
                and (len(bundle) > _LONGEST or "/" in bundle or ":" in bundle or _OURS.fullmatch(bundle))
            ):
                yield node.problem(
                    ("ports", index, "bundle"),
                    f"gabungan '{bundle}' tidak dapat bernama begitu di Linux.",
                    f"Pakai nama pendek tanpa '/' dan ':' (paling panjang {_LONGEST} huruf), misalnya bond1.",
                )
            elif _OURS.fullmatch(port.name):
                yield node.problem(
                    keys,
                    f"nama port '{port.name}' dipakai Terpusat atau Linux sendiri.",
                    "Tulis nama port fisiknya, misalnya eth1 atau enp3s0.",
                )
