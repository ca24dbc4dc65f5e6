# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Management addresses lie inside the pool and belong to one thing only."""

from __future__ import annotations

from collections.abc import Iterator

from ..draft import Draft, if_known
from ..problem import Problem
from .government import known_pools


def check(draft: Draft) -> Iterator[Problem]:
    pool = known_pools(draft.government).get("management")
    if pool is None or draft.government is None:
        return
    hosts, own = set(), set[str]()
    with if_known:
        hosts = {s.network_address for s in draft.government.record.management_sources if s.prefixlen == 32}
    with if_known:
        controller = draft.government.record.controller
        # A management server of ours is a source and a server in one.
        own = set(controller.servers) if controller is not None else own
    for node in draft.nodes:
        with if_known:
            address = node.record.management_address
            if address not in pool:
                yield node.problem(
                    ("management_address",),
                    f"alamat {address} di luar kolam pengelolaan {pool}.",
                    "Pilih alamat bebas di dalam kolam itu, atau betulkan address_pools.management di government.yml.",
                )
            elif pool.prefixlen < 31 and address in (pool.network_address, pool.broadcast_address):
                kind = "alamat jaringan" if address == pool.network_address else "alamat broadcast"
                yield node.problem(
                    ("management_address",),
                    f"{address} adalah {kind} dari kolam {pool}.",
                    f"Pilih alamat antara {pool.network_address + 1} dan {pool.broadcast_address - 1}.",
                )
            elif address in hosts and node.record.name not in own:
                yield node.problem(
                    ("management_address",),
                    f"{address} adalah komputer pengelola (management_sources di government.yml).",
                    "Pilih alamat lain yang masih bebas.",
                )
