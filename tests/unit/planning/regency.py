# Copyright: Terpusat contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Registers of any size for tests, built as a person would write them: one border, one core, offices, servers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ansible_collections.diskominfo.terpusat.plugins.module_utils.register.models import Register

POOLS = {
    "management": "10.99.0.0/16",
    "data_centre": "10.10.0.0/24",
    "office_lan": "10.20.0.0/16",
    "transit": "10.254.0.0/22",
    "loopback": "10.255.0.0/22",
}


def regency(
    offices: Iterable[str] = ("dinkes/kantor",),
    servers: Iterable[str] = ("srv1",),
    *,
    pools: Mapping[str, str] | None = None,
    vlans: str = "100-399",
    readiness: Mapping[str, str] | None = None,
    applications: Iterable[dict[str, Any]] = (),
    allocated: Mapping[str, str | None] | None = None,
) -> Register:
    """``offices`` are ``opd/location``; their routers are called ``rt-opd-location``. Default readiness: in_service."""
    offices, servers = list(offices), list(servers)
    ready = readiness or {}
    core_ports = [port("eth0", "management"), port("uplink", "link", to="br1:eth2")]
    core_ports += [port(f"o{index}", "link", to=f"{router(office)}:eth1") for index, office in enumerate(offices)]
    core_ports += [port(f"s{index}", "server", to=f"{name}:eth1") for index, name in enumerate(servers)]
    devices = [
        device(
            "br1",
            "border_router",
            "kominfo/dc",
            0,
            [
                port("eth0", "management"),
                port("eth1", "uplink", circuit="isp-a"),
                port("eth2", "link", to="core1:uplink"),
            ],
        ),
        device("core1", "core_switch", "kominfo/dc", 1, core_ports),
    ]
    devices += [
        device(
            router(office),
            "opd_router",
            office,
            index + 2,
            [port("eth0", "management"), port("eth1", "link", to=f"core1:o{index}"), port("eth2", "lan")],
        )
        for index, office in enumerate(offices)
    ]
    for item in devices:
        item["readiness"] = ready.get(item["name"], "in_service")
    opds: dict[str, list[dict[str, str]]] = {}
    for office in offices:
        code, _, location = office.partition("/")
        opds.setdefault(code, []).append({"code": location, "name": location, "kind": "office"})
    return Register.model_validate(
        {
            "government": government(dict(POOLS) | dict(pools or {}), vlans),
            "opds": [opd("kominfo", [{"code": "dc", "name": "Ruang server", "kind": "data_centre"}])]
            + [opd(code, locations) for code, locations in opds.items()],
            "circuits": [uplink("isp-a")],
            "bandwidth": [
                {"opd": code, "requested": rate or "50 Mbps"}
                | ({} if rate is None else {"proposed": rate, "granted": rate, "allocated": rate})
                for code, rate in (allocated if allocated is not None else dict.fromkeys(opds, "20 Mbps")).items()
            ],
            "devices": devices,
            "servers": [server(name, index, ready.get(name, "in_service")) for index, name in enumerate(servers)],
            "applications": list(applications),
        }
    )


def router(office: str) -> str:
    return "rt-" + office.replace("/", "-")


def port(name: str, use: str, **more: str) -> dict[str, str]:
    return {"name": name, "use": use, **more}


def device(name: str, role: str, place: str, number: int, ports: list[dict[str, str]]) -> dict[str, Any]:
    code, _, location = place.partition("/")
    return {
        "name": name,
        "platform": "linux",
        "model": "Router",
        "role": role,
        "opd": code,
        "location": location,
        "management_address": f"10.99.{number // 200}.{number % 200 + 11}",
        "asset": {"code": "1.3.2.10.02.04.002", "register": f"{number + 1:04d}"},
        "readiness": "in_service",
        "ports": ports,
    }


def server(name: str, number: int, readiness: str = "in_service") -> dict[str, Any]:
    return {
        "name": name,
        "owner": "kominfo",
        "asset": {"code": "1.3.2.10.02.04.001", "register": f"{number + 1:04d}"},
        "model": "Server",
        "specs": {"vcpu": "2", "ram": "2 GB", "disk": "20 GB"},
        "condition": "Baik",
        "place": {"room": "dc", "rack": "R1", "power_feed": "A"},
        "basis": "own",
        "readiness": readiness,
        "state": "serving",
        "management_address": f"10.99.{100 + number // 200}.{number % 200 + 1}",
        "ports": [port("eth0", "management"), port("eth1", "data_centre", to=f"core1:s{number}")],
    }


def application(code: str, server_name: str | None, owner: str = "kominfo") -> dict[str, Any]:
    runs_at = {"server": server_name} if server_name else {"outside": "Hosting PT Rekaan"}
    return {
        "code": code,
        "name": code,
        "owner": owner,
        "runtime": "static",
        "database": "none",
        "domain": f"{code}.contoh.go.id",
        "source": f"files/{code}",
        "needs": {"vcpu": "1", "ram": "256 MB", "disk": "1 GB"},
        "data_class": "public",
        "runs_at": runs_at,
    }


def opd(code: str, locations: list[dict[str, str]], users: int = 10) -> dict[str, Any]:
    return {
        "code": code,
        "name": code,
        "kind": "dinas",
        "users": str(users),
        "public_service": "false",
        "priority": "3",
        "stage": "planned",
        "coverage": {"reachable": "true"},
        "locations": locations,
    }


def uplink(name: str, role: str = "main") -> dict[str, Any]:
    return {
        "id": name,
        "kind": "uplink",
        "provider": "PT Rekaan",
        "media": "leased_fiber",
        "role": role,
        "capacity": {"domestic": "200 Mbps", "international": "100 Mbps"},
        "handoff": {"address": "203.0.113.2/30", "gateway": "203.0.113.1", "dns": ["198.51.100.53"]},
        "contract": {"start": "2026-01-01", "end": "2026-12-31"},
        "budget_line": "DPA 1",
        "monthly_cost": "Rp 1.000.000",
    }


def government(pools: Mapping[str, str], vlans: str) -> dict[str, Any]:
    return {
        "code": "contoh",
        "name": "Kabupaten Contoh",
        "domain": "contoh.go.id",
        "time_zone": "WITA",
        "fiscal_year": "2026",
        "address_pools": dict(pools),
        "vlans": {"data_centre": "10", "transit": vlans},
        "management_sources": ["10.99.0.1/32"],
        "time_servers": ["198.51.100.123"],
        "rules": {
            "loan_notice_days": "14",
            "loan_max_months": "24",
            "approval_threshold": "Rp 50.000.000",
            "price_per_mbps_min": "Rp 50.000",
            "price_per_mbps_max": "Rp 3.200.000",
        },
    }
