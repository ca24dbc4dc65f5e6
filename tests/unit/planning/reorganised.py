# Copyright: Terpusat contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Registers whose offices have users, segments, old LANs and former names, on top of regency.py."""

from __future__ import annotations

from collections.abc import Mapping
from ipaddress import IPv6Network
from typing import Any

from regency import regency

from ansible_collections.diskominfo.terpusat.plugins.module_utils.register.models import Government, Opd, Register

PREFIX6 = "fd3c:91a7:5e20::/48"


def reorganised(
    offices: Mapping[str, Mapping[str, Any]],
    *,
    pools: Mapping[str, str] | None = None,
    ipv6: str | None = PREFIX6,
    rules: Mapping[str, str] | None = None,
    servers: tuple[str, ...] = ("srv1",),
    stage: str = "planned",
) -> Register:
    """``offices``: ``opd/location`` -> fields of the location; ``rules``: those of addressing."""
    plain = regency(offices, servers, pools=pools)
    places: dict[str, list[dict[str, Any]]] = {}
    for ref, fields in offices.items():
        opd, _, code = ref.partition("/")
        places.setdefault(opd, []).append({"code": code, "name": code, "kind": "office", **fields})
    opds = [
        Opd.model_validate(
            {
                "code": code,
                "name": code,
                "kind": "dinas",
                "users": "100000",
                "public_service": "false",
                "priority": "3",
                "stage": stage,
                "coverage": {"reachable": "true"},
                "locations": locations,
            }
        )
        for code, locations in places.items()
    ]
    government = plain.government
    settings = government.rules.model_copy(
        update={"addressing": type(government.rules.addressing).model_validate(dict(rules or {}))}
    )
    written = government.address_pools.model_copy(update={"ipv6": None if ipv6 is None else IPv6Network(ipv6)})
    changed: Government = government.model_copy(update={"rules": settings, "address_pools": written})
    return plain.model_copy(update={"opds": (plain.opds[0], *opds), "government": changed})
