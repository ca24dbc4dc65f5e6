# SPDX-License-Identifier: GPL-3.0-or-later
"""Collectors: who sends to them, whose messages they know, and that network devices learn of them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from test_own_services import planned, rules

LOGGING = "  logging: {servers: [srv2], offices: [{opd: dinkes, retention_days: 400}]}\n"


@pytest.fixture
def found(tmp_path: Path) -> dict[str, dict[str, Any]]:
    return planned(tmp_path, LOGGING)


def offered(intent: dict[str, Any], name: str) -> list[dict[str, Any]]:
    return [service for service in intent["firewall"]["services"] if service["name"] == name]


def test_without_it_nobody_collects(tmp_path: Path) -> None:
    found = planned(tmp_path, "")
    assert "logging" not in found["srv2"]
    assert found["br1"]["log"]["servers"] == []


def test_devices_send_to_the_collector_and_the_core_lets_them(found: dict[str, dict[str, Any]]) -> None:
    assert found["rt-dinkes"]["log"]["servers"] == ["10.10.0.12"]
    assert rules(found["core1"], "devices-log")["devices-log"][1] == ["10.10.0.12/32"]
    assert [service["from"] for service in offered(found["srv2"], "syslog")] == [["loopback"]]


def test_a_server_that_the_register_already_names_is_named_once(tmp_path: Path) -> None:
    found = planned(tmp_path, LOGGING + "  log_servers: [198.51.100.7, 10.10.0.12]\n")
    assert found["br1"]["log"]["servers"] == ["198.51.100.7", "10.10.0.12"]
    assert len(offered(found["srv2"], "syslog")) == 1


def test_servers_send_over_tls_and_nobody_else_may(found: dict[str, dict[str, Any]]) -> None:
    client = found["srv1"]["logging"]["client"]
    assert client["targets"] == [{"name": "srv2", "address": "10.10.0.12", "port": 6514}]
    assert [service["sources"] for service in offered(found["srv2"], "syslog-tls")] == [["10.10.0.11/32"]]
    assert "client" not in found["srv2"]["logging"], "it does not send to itself"


def test_the_register_says_whose_messages_they_are(found: dict[str, dict[str, Any]]) -> None:
    collector = found["srv2"]["logging"]["collector"]
    places = {source["address"]: f"{source['opd']}/{source['host']}" for source in collector["sources"]}
    assert places["10.255.0.3"] == "dinkes/rt-dinkes"
    assert places["10.10.0.12"] == "dinkes/srv2"
    days = {office["code"]: office["retention_days"] for office in collector["offices"]}
    assert days == {"dinkes": 400, "disdik": 365, "kominfo": 365}
    assert collector["clients"] == ["srv1"]
