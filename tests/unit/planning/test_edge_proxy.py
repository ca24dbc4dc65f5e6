# Copyright: Terpusat contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a proxy makes of the intents: its domains, and who reaches the applications behind it."""

from __future__ import annotations

from pathlib import PurePath
from typing import Any

from regency import application, regency

from ansible_collections.diskominfo.terpusat.plugins.module_utils.planning.addressing import plan
from ansible_collections.diskominfo.terpusat.plugins.module_utils.planning.allocations import Allocations
from ansible_collections.diskominfo.terpusat.plugins.module_utils.planning.hosts import hosts
from ansible_collections.diskominfo.terpusat.plugins.module_utils.register.models import Acme, EdgeProxy

SERVERS = ["srv1", "srv2"]
ACME = Acme(directory="https://acme.example:8443/dir", contact="a@lab.go.id", ca="files/ca.pem", applications=("a",))


def intents(proxy: EdgeProxy | None, **more: Any) -> dict[str, dict[str, Any]]:
    register = regency(
        servers=SERVERS,
        applications=[application("a", "srv1"), application("b", "srv2"), application("c", None)],
        **more,
    )
    changed = register.model_copy(update={"government": register.government.model_copy(update={"edge_proxy": proxy})})
    found = hosts(changed, plan(changed, Allocations()).allocations, PurePath("/government"))
    return {host.name: dict(host.intent) for host in found.hosts if host.intent is not None}


def services(intent: dict[str, Any]) -> dict[str, tuple[int, list[str], list[str]]]:
    return {
        service["name"]: (service["port"], service["from"], service.get("sources", []))
        for service in intent["firewall"]["services"]
        if service["name"] != "ssh"
    }


def address(intent: dict[str, Any]) -> str:
    return str(intent["interfaces"][0]["addresses"][0].split("/")[0])


def test_without_a_proxy_offices_reach_the_applications_themselves() -> None:
    found = intents(None)
    assert services(found["srv1"]) == {"a": (80, ["offices", "data_centre"], [])}
    assert found["srv1"]["applications"][0]["port"] == 80
    assert not {"edge_proxy", "proxies"} & set(found["srv1"])


def test_behind_a_proxy_only_the_proxy_does() -> None:
    found = intents(EdgeProxy(servers=("srv2",)))
    proxy = address(found["srv2"])
    assert services(found["srv1"]) == {"a": (8080, ["data_centre"], [f"{proxy}/32"])}
    assert found["srv1"]["applications"][0]["port"] == 8080
    assert found["srv1"]["proxies"] == [proxy]
    assert "edge_proxy" not in found["srv1"]
    public = ["offices", "data_centre"]
    assert services(found["srv2"]) == {
        "b": (8080, ["data_centre"], [f"{proxy}/32"]),
        "http": (80, public, []),
        "https": (443, public, []),
    }


def test_every_application_of_ours_has_its_place_and_others_do_not() -> None:
    found = intents(EdgeProxy(servers=("srv2", "srv1"), maintenance=("b",), acme=ACME, hsts_days=0))
    part = found["srv2"]["edge_proxy"]
    assert [
        (d["code"], d["domain"], d["address"], d["port"], d["maintenance"], d["acme"]) for d in part["domains"]
    ] == [
        ("a", "a.contoh.go.id", address(found["srv1"]), 8080, False, True),
        ("b", "b.contoh.go.id", address(found["srv2"]), 8080, True, False),
    ]
    assert (part["address"], part["peers"]) == (address(found["srv2"]), [address(found["srv1"])])
    assert part["acme"] == {
        "directory": "https://acme.example:8443/dir",
        "port": 8443,
        "contact": "a@lab.go.id",
        "ca": "/government/files/ca.pem",
    }
    assert part["hsts_days"] == 0


def test_without_a_list_acme_is_for_all_and_the_usual_port() -> None:
    acme = Acme(directory="https://acme.example/dir", contact="a@lab.go.id")
    part = intents(EdgeProxy(servers=("srv1",), acme=acme))["srv1"]["edge_proxy"]
    assert [domain["acme"] for domain in part["domains"]] == [True, True]
    assert (part["acme"]["port"], part["acme"]["ca"]) == (443, "")


def test_the_internet_is_let_in_only_when_asked() -> None:
    found = intents(EdgeProxy(servers=("srv1",), internet=True))
    assert services(found["srv1"])["https"] == (443, ["offices", "data_centre", "internet"], [])


def test_a_proxy_that_is_not_there_yet_hides_nothing() -> None:
    found = intents(EdgeProxy(servers=("srv2",)), readiness={"srv2": "ordered"})
    assert services(found["srv1"]) == {"a": (80, ["offices", "data_centre"], [])}
    assert "proxies" not in found["srv1"]
