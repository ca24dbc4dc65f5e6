# SPDX-License-Identifier: GPL-3.0-or-later
"""DNS and time servers of our own: who asks whom, with them and without."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path, PurePath
from typing import Any

import pytest

from ansible_collections.diskominfo.terpusat.plugins.module_utils.planning.hosts import hosts
from ansible_collections.diskominfo.terpusat.plugins.module_utils.planning.lock_file import read_lock
from ansible_collections.diskominfo.terpusat.plugins.module_utils.register.loading import load

ROOT = Path(__file__).parents[3]
SHARED = ROOT / "molecule" / "shared" / "government"
OWN_DNS = "  dns: {servers: [srv2, srv1], records: [{name: absensi, type: A, value: 203.0.113.9}]}\n"
OWN_TIME = "  own_time_servers: [srv1, srv2]\n"
OUTSIDE, BORDER = ["198.51.100.53", "198.51.100.54"], "10.255.0.1"


def planned(tmp_path: Path, settings: str, all_on: str = "", application: str = "") -> dict[str, dict[str, Any]]:
    folder = shutil.copytree(SHARED, tmp_path / "government")
    register = folder / "register" / "government.yml"
    register.write_text(register.read_text(encoding="utf-8") + settings, encoding="utf-8")
    if all_on:
        register = folder / "register" / "applications.yml"
        text = re.sub(r"server: srv\d", f"server: {all_on}", register.read_text(encoding="utf-8"))
        register.write_text(text, encoding="utf-8")
    if application:
        register = folder / "register" / "applications.yml"
        key = application.splitlines()[0] + "\n"
        register.write_text(register.read_text(encoding="utf-8").replace(key, application), encoding="utf-8")
    loaded = load(folder / "register")
    assert loaded.register is not None, loaded.text()
    lock = read_lock(folder / "allocations.yml", loaded.register)
    assert lock.allocations is not None
    found = hosts(loaded.register, lock.allocations, PurePath("/government"))
    return {host.name: json.loads(json.dumps(host.intent)) for host in found.hosts if host.intent is not None}


def rules(intent: dict[str, Any], word: str) -> dict[str, tuple[list[str], list[str]]]:
    return {
        rule["name"]: (rule["sources"], rule["destinations"])
        for rule in intent["firewall"]["forward"]
        if word in rule["name"]
    }


@pytest.mark.parametrize("settings", ["", OWN_TIME])
def test_without_dns_of_our_own_the_border_answers_as_ever(tmp_path: Path, settings: str) -> None:
    found = planned(tmp_path, settings)
    assert found["srv1"]["interfaces"][0]["dns"] == [BORDER]
    assert found["rt-disdik"]["dns"]["forwarders"] == [BORDER]
    assert "dns" not in found["srv1"]
    assert not rules(found["core1"], "own-dns")
    assert not rules(found["core1"], "resolvers-dns")


def test_everybody_asks_our_resolvers_and_they_the_providers(tmp_path: Path) -> None:
    found = planned(tmp_path, OWN_DNS)
    ours = ["10.10.0.12", "10.10.0.11"]
    assert found["rt-disdik"]["dns"]["forwarders"] == ours, "and nobody who does not filter"
    assert found["srv2"]["interfaces"][0]["dns"] == [*ours, BORDER]
    assert found["srv1"]["interfaces"][0]["dns"] == [*reversed(ours), BORDER], "itself first"
    assert [found[name]["dns"]["primary"] for name in ("srv1", "srv2")] == [ours[0]] * 2
    assert found["srv1"]["dns"]["forwarders"] == OUTSIDE
    wanted = sorted(f"{address}/32" for address in ours)
    for router in ("core1", "br1"):
        for sources, destinations in rules(found[router], "resolvers-dns").values():
            assert (sorted(sources), destinations) == (wanted, [f"{address}/32" for address in OUTSIDE])
    assert sorted(rules(found["core1"], "own-dns")) == ["devices-own-dns-tcp", "devices-own-dns-udp"]


def test_our_own_time_servers_are_the_only_ones_that_ask_outside(tmp_path: Path) -> None:
    found = planned(tmp_path, OWN_TIME)
    ours = ["10.10.0.11", "10.10.0.12"]
    for device in ("br1", "core1", "rt-dinkes", "rt-disdik"):
        assert found[device]["time"] == {"servers": ours}
    assert found["srv1"]["time"]["servers"] == ["198.51.100.123"]
    assert found["srv1"]["time"]["peers"] == ["10.10.0.12"]
    assert found["srv2"]["time"]["peers"] == ["10.10.0.11"]
    assert "10.20.254.0/24" not in found["srv1"]["time"]["clients"], "visitors are not served"
    assert rules(found["br1"], "time") == {
        "data-centre-time": (["10.10.0.11/32", "10.10.0.12/32"], ["198.51.100.123/32"])
    }
    assert rules(found["core1"], "own-time")["devices-own-time"][1] == ["10.10.0.11/32", "10.10.0.12/32"]


@pytest.mark.parametrize("settings", [OWN_DNS, OWN_TIME, OWN_DNS + OWN_TIME])
def test_names_of_rules_are_unique(tmp_path: Path, settings: str) -> None:
    """IOS and RouterOS know a rule by its name."""
    for intent in planned(tmp_path, settings).values():
        names = [rule["name"] for rule in intent["firewall"]["forward"]]
        assert len(set(names)) == len(names)


def test_the_zone_is_made_of_applications_hosts_and_what_was_written(tmp_path: Path) -> None:
    found = planned(tmp_path, OWN_DNS)["srv1"]["dns"]
    records = {(record["name"], record["type"]): record["value"] for record in found["records"]}
    assert records["simpus", "A"] == "10.10.0.11"
    assert records["absensi", "A"] == "203.0.113.9"
    assert records["br1.infra", "A"] == BORDER
    assert records["ns1", "A"] == "10.10.0.12"
    assert not any(value.startswith("10.99.") for value in records.values()), "the management network has no names"
    assert {zone["zone"] for zone in found["reverse"]} == {"0.10.10.in-addr.arpa", "0.255.10.in-addr.arpa"}


def test_a_name_server_of_others_is_not_taken_for_one_of_ours(tmp_path: Path) -> None:
    """Our ns2 has no public address; a part of the zone is handed to a provider whose server is named alike."""
    entry = "records: [{name: sekolah, type: NS, value: ns2.penyedia.example}, "
    settings = OWN_DNS.replace("records: [", f"public: [{{server: srv2, address: 203.0.113.82}}], {entry}")
    found = planned(tmp_path, settings)["srv1"]["dns"]
    servers = [(record["name"], record["value"]) for record in found["public_records"] if record["type"] == "NS"]
    assert servers == [("@", "ns1.lab.go.id."), ("sekolah", "ns2.penyedia.example.")]


def test_the_internet_gets_public_addresses_and_nothing_of_the_inside(tmp_path: Path) -> None:
    public = OWN_DNS.replace("records:", "public: [{server: srv2, address: 203.0.113.82}], records:")
    found = planned(tmp_path, public)["srv1"]["dns"]
    records = [(record["name"], record["type"], record["value"]) for record in found["public_records"]]
    assert records == [
        ("@", "NS", "ns1.lab.go.id."),  # srv2, the first of the list
        ("ns1", "A", "203.0.113.82"),
        ("absensi", "A", "203.0.113.9"),
        ("portal", "A", "203.0.113.82"),
    ]


def test_applications_are_found_at_the_proxies_where_there_are_some(tmp_path: Path) -> None:
    found = planned(tmp_path, OWN_DNS + "  edge_proxy: {servers: [srv2]}\n", all_on="srv1")
    zone = found["srv1"]["dns"]["records"]
    assert {record["value"] for record in zone if record["name"] in ("simpus", "portal")} == {"10.10.0.12"}
    assert {record["address"] for record in found["br1"]["dns"]["records"]} == {"10.10.0.12"}, (
        "the border says the same"
    )
