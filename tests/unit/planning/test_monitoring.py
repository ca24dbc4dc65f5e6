# Copyright: Terpusat contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is watched, by whom, and what others let through because of it."""

from __future__ import annotations

from pathlib import PurePath
from typing import Any

from regency import application, regency

from ansible_collections.diskominfo.terpusat.plugins.module_utils.planning.addressing import plan
from ansible_collections.diskominfo.terpusat.plugins.module_utils.planning.allocations import Allocations
from ansible_collections.diskominfo.terpusat.plugins.module_utils.planning.hosts import hosts
from ansible_collections.diskominfo.terpusat.plugins.module_utils.register.models import (
    Backup,
    DatabaseService,
    EdgeProxy,
    Monitoring,
    Register,
    Snmp,
)

MODELS: dict[str, Any] = {
    "backup": Backup,
    "database": DatabaseService,
    "edge_proxy": EdgeProxy,
    "monitoring": Monitoring,
    "snmp": Snmp,
}
BOTH = {"servers": ["srv2", "srv3"], "telegram": {"chat_id": -100123}, "mail": {"to": ["a@b.id"], "smarthost": "m:587"}}


def planned(offices: tuple[str, ...] = ("dinkes/kantor",), **settings: Any) -> dict[str, dict[str, Any]]:
    """Intents by host; simpus (PHP, MariaDB) runs on srv1, portal (static) on srv2."""
    simpus = application("simpus", "srv1") | {"runtime": "php", "database": "mariadb"}
    portal = application("portal", "srv2") | {"runtime": "static", "health": {"path": "/sehat", "status": [200, 401]}}
    ready = {"rt-disdik-kantor": "ordered"}
    raw = regency(offices, ["srv1", "srv2", "srv3"], applications=[simpus, portal], readiness=ready)
    parts = {name: MODELS[name].model_validate(given) for name, given in settings.items()}
    register: Register = raw.model_copy(update={"government": raw.government.model_copy(update=parts)})
    found = hosts(register, plan(register, Allocations()).allocations, PurePath("/government"))
    return {host.name: dict(host.intent) for host in found.hosts if host.intent is not None}


def watch(**settings: Any) -> dict[str, Any]:
    found: dict[str, Any] = planned(monitoring=BOTH, **settings)["srv2"]["monitoring"]["watch"]
    return found


def rules(intent: dict[str, Any]) -> list[str]:
    return [rule["name"] for rule in intent["firewall"]["forward"] if rule["name"].startswith("monitoring")]


def test_without_monitoring_nobody_has_a_part_and_nothing_more_passes() -> None:
    found = planned()
    assert all("monitoring" not in intent for intent in found.values())
    assert all(rules(intent) == [] for intent in found.values())
    assert "data_centre" not in found["rt-dinkes-kantor"]["firewall"]["icmp_echo_from"]


def test_every_server_tells_and_only_the_monitoring_servers_watch() -> None:
    found = planned(monitoring=BOTH)
    assert [name for name, intent in found.items() if "monitoring" in intent] == ["srv1", "srv2", "srv3"]
    assert [name for name in ("srv1", "srv2", "srv3") if "watch" in found[name]["monitoring"]] == ["srv2", "srv3"]
    assert [node["host"] for node in found["srv3"]["monitoring"]["watch"]["nodes"]] == ["srv1", "srv2", "srv3"]
    assert found["srv2"]["monitoring"]["watch"]["peers"] == [found["srv3"]["monitoring"]["watch"]["address"]]


def test_only_the_other_monitoring_servers_reach_a_server() -> None:
    found = planned(monitoring=BOTH)
    address = {name: found[name]["monitoring"]["node"]["address"] for name in ("srv1", "srv2", "srv3")}
    offered = {
        name: {s["name"]: s["sources"] for s in found[name]["firewall"]["services"] if s["port"] in (9100, 9094)}
        for name in address
    }
    two, three = f"{address['srv2']}/32", f"{address['srv3']}/32"
    assert offered["srv1"] == {"node-exporter": [two, three]}
    assert offered["srv2"] == {"node-exporter": [three], "alertmanager": [three]}


def test_a_single_monitoring_server_offers_nothing() -> None:
    found = planned(monitoring={**BOTH, "servers": ["srv2"]})
    assert {service["port"] for service in found["srv2"]["firewall"]["services"]}.isdisjoint({9100, 9094})


def test_devices_in_service_are_pinged_and_their_offices() -> None:
    found = planned(("dinkes/kantor", "disdik/kantor"), monitoring=BOTH)["srv2"]["monitoring"]["watch"]
    assert [device["host"] for device in found["devices"]] == ["br1", "core1", "rt-dinkes-kantor"]
    assert [(office["place"], office["host"]) for office in found["offices"]] == [("dinkes/kantor", "rt-dinkes-kantor")]


def test_cables_to_what_is_not_there_may_rest() -> None:
    found = planned(("dinkes/kantor", "disdik/kantor"), monitoring=BOTH)["srv2"]["monitoring"]["watch"]["links"]
    ends = {f"{link['host']}:{link['port']}": link["to"] for link in found}
    assert ends["br1:eth1"] == "jalur isp-a"
    assert ends["core1:o0"] == "rt-dinkes-kantor:eth1"
    assert "core1:o1" not in ends, "its router is only ordered"
    assert "rt-dinkes-kantor:eth2" not in ends, "a LAN is people's own"


def test_applications_are_asked_as_people_reach_them() -> None:
    direct = {entry["application"]: entry for entry in watch()["applications"]}
    assert direct["portal"]["target"].endswith(":80/sehat")
    assert direct["portal"]["status"] == [200, 401]
    proxied = watch(edge_proxy={"servers": ["srv3"]})["applications"]
    assert {(entry["through"], entry["target"].split(":")[0]) for entry in proxied} == {("srv3", "https")}


def test_units_follow_from_what_a_server_does() -> None:
    found = planned(monitoring=BOTH, database={"servers": ["srv3"]}, snmp={"user": "p", "sources": ["10.10.0.0/24"]})
    units = {name: set(found[name]["monitoring"]["node"]["units"]) for name in ("srv1", "srv2", "srv3")}
    assert units["srv1"] == {"chrony.service", "nginx.service", "terpusat-app-simpus.service"}
    assert "mariadb.service" in units["srv3"]
    assert "prometheus-snmp-exporter.service" in units["srv3"]
    assert "terpusat-app-portal.service" not in units["srv2"], "static pages have no service of their own"


def test_backups_are_expected_where_the_register_wants_them() -> None:
    found = watch(backup={"servers": ["srv3"], "second": {"name": "prov", "url": "https://x.go.id"}})["backups"]
    assert {"host": "srv1", "place": "srv3"} in found
    assert {"host": "srv1", "place": "prov"} in found
    assert {"host": "srv3", "place": "srv3"} not in found


def test_who_is_told_stands_in_the_intent_without_any_secret() -> None:
    found = watch(snmp={"user": "pantau", "sources": ["10.10.0.0/24"]})
    assert found["telegram"] == {"chat_id": -100123}
    assert found["mail"]["from"].startswith("pemantauan@")
    assert (found["mail"]["host"], found["mail"]["port"]) == ("m", 587)
    assert found["snmp"] == {"user": "pantau", "auth": "snmp_auth", "priv": "snmp_priv"}


def test_pings_and_alerts_pass_core_and_border() -> None:
    found = planned(monitoring=BOTH)
    assert rules(found["core1"]) == ["monitoring-ping", "monitoring-ping-offices", "monitoring-alerts"]
    assert rules(found["br1"]) == ["monitoring-alerts"]
    assert found["br1"]["firewall"]["forward"][-1]["ports"] == [443, 587]
    assert "data_centre" in found["rt-dinkes-kantor"]["firewall"]["icmp_echo_from"]
