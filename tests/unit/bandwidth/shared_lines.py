# Copyright: Terpusat contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Registers for bandwidth plans: offices with what they were granted, uplinks, leased lines, hops and events."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from ansible_collections.diskominfo.terpusat.plugins.module_utils.register.models import Register

DAY = date(2026, 11, 22)


def office(
    code: str, granted: str | None, *locations: str, public: bool = False, users: int = 40, **more: Any
) -> dict[str, Any]:
    """``granted`` None: not decided yet. ``more``: requested, proposed, floor, ceiling, weight, priority, stage,
    reachable, location_users."""
    return {
        "code": code,
        "granted": granted,
        "locations": locations or ("kantor",),
        "public": public,
        "users": users,
    } | more


def register(
    offices: Iterable[Mapping[str, Any]],
    uplinks: Mapping[str, str] | None = None,
    *,
    backups: Mapping[str, str] | None = None,
    borders: Mapping[str, Sequence[str]] | None = None,
    leased: Mapping[str, str] | None = None,
    hops: Mapping[str, str] | None = None,
    speeds: Mapping[str, str] | None = None,
    events: Iterable[Mapping[str, Any]] = (),
    rules: Mapping[str, Any] | None = None,
) -> Register:
    """``leased``: ``opd/location`` -> capacity. ``hops``: ``opd/location`` -> the place behind whose router it is.

    ``borders``: border router -> the uplinks at its ports, in their order. ``speeds``: ``opd/location`` -> speed of its
    router's cable. Capacities: ``domestic`` or ``domestic/international``.
    """
    offices = list(offices)
    places = [f"{item['code']}/{name}" for item in offices for name in item["locations"]]
    circuits = [_uplink(name, text, "main") for name, text in (uplinks or {"isp-a": "1 Gbps"}).items()]
    circuits += [_uplink(name, text, "backup") for name, text in (backups or {}).items()]
    circuits += [_leased(ref, text) for ref, text in (leased or {}).items()]
    return Register.model_validate(
        {
            "government": _government(rules or {}),
            "opds": [_opd("kominfo", [("dc", "data_centre", None)], 1)] + [_office(item) for item in offices],
            "circuits": circuits,
            "bandwidth": [_bandwidth(item) for item in offices],
            "devices": list(_devices(places, hops or {}, speeds or {}, borders or {"br1": []})),
            "events": list(events),
        }
    )


def cat(place: str, **more: Any) -> dict[str, Any]:
    """The examination of Nunukan: 50 computers and 5 spare ones, 100 Mbps, 40 ms."""
    opd, _, location = place.partition("/")
    return {
        "code": "cat",
        "name": "Ujian CAT",
        "opd": opd,
        "location": location,
        "days": {"start": "2026-12-08", "end": "2026-12-10"},
        "computers": "50",
        "spare": "5",
        "bandwidth": "100 Mbps",
        "latency_ms": "40",
    } | more


def _office(item: Mapping[str, Any]) -> dict[str, Any]:
    counted = item.get("location_users", {})
    return _opd(
        item["code"],
        [(name, "office", counted.get(name)) for name in item["locations"]],
        item["users"],
        public_service=str(item["public"]).lower(),
        priority=str(item.get("priority", 3)),
        stage=item.get("stage", "cutover"),
        coverage={"reachable": str(item.get("reachable", True)).lower(), "reason": "Rekaan"},
    )


def _opd(code: str, locations: list[tuple[str, str, int | None]], users: int, **more: Any) -> dict[str, Any]:
    return {
        "code": code,
        "name": code,
        "kind": "dinas",
        "users": str(users),
        "public_service": "false",
        "priority": "3",
        "stage": "planned",
        "coverage": {"reachable": "true"},
        "locations": [
            {"code": name, "name": name, "kind": kind} | ({} if count is None else {"users": str(count)})
            for name, kind, count in locations
        ],
    } | more


def _bandwidth(item: Mapping[str, Any]) -> dict[str, Any]:
    asked = {key: item[key] for key in ("floor", "ceiling", "weight") if key in item}
    if item["granted"] is None:
        return {"opd": item["code"], "requested": item["requested"]} | asked
    return {
        "opd": item["code"],
        "requested": item.get("requested", item["granted"]),
        "proposed": item.get("proposed", item["granted"]),
        "granted": item["granted"],
        "allocated": item.get("allocated", "1 kbps"),
    } | asked


def _devices(
    places: list[str], hops: Mapping[str, str], speeds: Mapping[str, str], borders: Mapping[str, Sequence[str]]
) -> Iterable[dict[str, Any]]:
    ports: dict[str, list[dict[str, str]]] = {name: [] for name in (*borders, "core1")}
    for border, lines in borders.items():
        _cable(ports, "core1", border, speeds.get("core"))
        ports[border] += [{"name": f"u{n}", "use": "uplink", "circuit": line} for n, line in enumerate(lines)]
    for place in places:
        ports.setdefault(router(place), [])
    for place in places:
        _cable(ports, router(place), router(hops[place]) if place in hops else "core1", speeds.get(place))
    roles = dict.fromkeys(borders, ("border_router", "kominfo/dc")) | {"core1": ("core_switch", "kominfo/dc")}
    roles |= {router(place): ("opd_router", place) for place in places}
    for number, (name, (role, place)) in enumerate(roles.items()):
        opd, _, location = place.partition("/")
        yield {
            "name": name,
            "platform": "linux",
            "model": "Router",
            "role": role,
            "opd": opd,
            "location": location,
            "management_address": f"10.{number // 65536 + 99}.{number // 256 % 256}.{number % 256}",
            "asset": {"code": "1.3.2.10.02.04.002", "register": f"{number + 1:04d}"},
            "readiness": "in_service",
            "ports": ports[name],
        }


def router(place: str) -> str:
    return "rt-" + place.replace("/", "-")


def _cable(ports: dict[str, list[dict[str, str]]], near: str, far: str, speed: str | None) -> None:
    more = {"speed": speed} if speed else {}
    one, other = f"p{len(ports[near])}", f"p{len(ports[far])}"
    ports[near].append({"name": one, "use": "link", "to": f"{far}:{other}"} | more)
    ports[far].append({"name": other, "use": "link", "to": f"{near}:{one}"} | more)


def _uplink(name: str, text: str, role: str) -> dict[str, Any]:
    return _circuit(name, "uplink", text, role) | {
        "handoff": {"address": "203.0.113.2/30", "gateway": "203.0.113.1", "dns": ["198.51.100.53"]}
    }


def _leased(ref: str, text: str) -> dict[str, Any]:
    opd, _, location = ref.partition("/")
    return _circuit(f"sewa-{opd}-{location}", "leased_line", text, "main") | {"opd": opd, "location": location}


def _circuit(name: str, kind: str, text: str, role: str) -> dict[str, Any]:
    domestic, _, international = text.partition("/")
    return {
        "id": name,
        "kind": kind,
        "provider": f"PT {name}",
        "media": "leased_fiber",
        "role": role,
        "capacity": {"domestic": domestic, "international": international or domestic},
        "contract": {"start": "2026-01-01", "end": "2026-12-31"},
        "budget_line": "DPA 1",
        "monthly_cost": "Rp 1.000.000",
    }


def _government(rules: Mapping[str, Any]) -> dict[str, Any]:
    return {
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
            "price_per_mbps_max": "Rp 3.200.000",
        }
        | dict(rules),
    }
