# Copyright: Terpusat contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Registers that spend: offices in stages, and the lines that are paid for them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ansible_collections.diskominfo.terpusat.plugins.module_utils.register.models import Circuit, Register


def office(code: str, stage: str = "cutover", **more: Any) -> dict[str, Any]:
    return {
        "code": code,
        "name": code,
        "kind": "dinas",
        "users": "10",
        "public_service": "false",
        "priority": "3",
        "stage": stage,
        "coverage": {"reachable": "true"},
        "locations": [{"code": "kantor", "name": "Kantor", "kind": "office"}],
    } | more


def line(
    name: str, kind: str, opd: str | None = None, start: str = "2026-01-01", end: str = "2026-12-31", **more: Any
) -> dict[str, Any]:
    found = {
        "id": name,
        "kind": kind,
        "provider": f"PT {name}",
        "media": "leased_fiber",
        "role": "main",
        "capacity": {"domestic": "20 Mbps", "international": "20 Mbps"},
        "contract": {"start": start, "end": end},
        "budget_line": "DPA 1",
        "monthly_cost": "Rp 3.000.000",
    }
    if opd is None:
        found["handoff"] = {"address": "203.0.113.2/30", "gateway": "203.0.113.1", "dns": ["198.51.100.53"]}
    else:
        found |= {"opd": opd, "location": "kantor"}
    return found | more


def own(name: str, opd: str, **more: Any) -> dict[str, Any]:
    return line(name, "own_subscription", opd, **more)


def circuit(**more: Any) -> Circuit:
    return Circuit.model_validate(own("lama", "a", **more))


def government(
    offices: Iterable[Mapping[str, Any]],
    circuits: Iterable[Mapping[str, Any]],
    *,
    granted: Mapping[str, str | None] | None = None,
    subscriptions: Mapping[str, Any] | None = None,
    servers: Iterable[Mapping[str, Any]] = (),
    applications: Iterable[Mapping[str, Any]] = (),
) -> Register:
    centre = office("kominfo", "planned", locations=[{"code": "dc", "name": "Ruang", "kind": "data_centre"}])
    return Register.model_validate(
        {
            "government": {
                "code": "uji",
                "name": "Kabupaten Uji",
                "domain": "ujikab.go.id",
                "time_zone": "WITA",
                "fiscal_year": "2026",
                "address_pools": {
                    "management": "10.99.0.0/16",
                    "data_centre": "10.10.0.0/24",
                    "office_lan": "10.20.0.0/16",
                    "transit": "10.254.0.0/22",
                    "loopback": "10.255.0.0/22",
                },
                "vlans": {"data_centre": "10", "transit": "100-399"},
                "management_sources": ["10.99.0.1/32"],
                "time_servers": ["198.51.100.123"],
                "rules": {
                    "loan_notice_days": "14",
                    "loan_max_months": "24",
                    "approval_threshold": "Rp 50.000.000",
                    "price_per_mbps_min": "Rp 50.000",
                    "price_per_mbps_max": "Rp 400.000",
                    "subscriptions": dict(subscriptions or {}),
                },
            },
            "opds": [centre, *offices],
            "circuits": list(circuits),
            "bandwidth": [
                {"opd": opd, "requested": "50 Mbps"}
                | ({} if rate is None else {"proposed": rate, "granted": rate, "allocated": rate})
                for opd, rate in (granted or {}).items()
            ],
            "servers": list(servers),
            "applications": list(applications),
        }
    )


def server(name: str) -> dict[str, Any]:
    return {
        "name": name,
        "owner": "kominfo",
        "asset": {"code": "1.3.2.10.02.04.001", "register": "0001"},
        "model": "Server",
        "specs": {"vcpu": "2", "ram": "2 GB", "disk": "20 GB"},
        "condition": "Baik",
        "place": {"room": "dc", "rack": "R1", "power_feed": "A"},
        "basis": "own",
        "readiness": "in_service",
        "state": "serving",
        "management_address": "10.99.0.31",
        "ports": [],
    }


def application(code: str, *depends_on: str, at: str | None = None) -> dict[str, Any]:
    return {
        "code": code,
        "name": code,
        "owner": "kominfo",
        "runtime": "static",
        "database": "none",
        "domain": f"{code}.ujikab.go.id",
        "needs": {"vcpu": "1", "ram": "256 MB", "disk": "1 GB"},
        "data_class": "public",
        "runs_at": {"server": at} if at else {"outside": "Hosting PT Rekaan"},
        "depends_on": list(depends_on),
    }
