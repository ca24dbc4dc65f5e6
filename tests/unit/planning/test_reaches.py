# SPDX-License-Identifier: GPL-3.0-or-later
"""What servers may open: the service list from the other side, and what lies outside of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from test_own_services import OUTSIDE, OWN_DNS, OWN_TIME, planned

LOGGING = "  logging: {servers: [srv2]}\n"


def reaches(intent: dict[str, Any]) -> dict[tuple[str, str, int], list[str]]:
    found = {(r["name"], r["protocol"], r["port"]): r["to"] for r in intent["firewall"]["reaches"]}
    assert len(found) == len(intent["firewall"]["reaches"])
    return found


def test_names_time_and_the_neighbours_page_and_nothing_else(tmp_path: Path) -> None:
    found = planned(tmp_path, "")
    assert reaches(found["srv1"]) == {
        ("dns", "udp", 53): ["10.255.0.1"],
        ("dns", "tcp", 53): ["10.255.0.1"],
        ("portal", "tcp", 80): ["10.10.0.12"],
        ("ntp", "udp", 123): ["198.51.100.123"],
    }
    assert "reaches" not in found["br1"]["firewall"]


def test_every_reach_between_our_hosts_is_a_service_that_lets_it_in(tmp_path: Path) -> None:
    found = planned(tmp_path, OWN_DNS + OWN_TIME + LOGGING)
    offered = {
        (service["name"], service["protocol"], service["port"])
        for intent in found.values()
        for service in intent["firewall"]["services"]
    }
    for name in ("srv1", "srv2"):
        inside = {key for key, to in reaches(found[name]).items() if any(a.startswith("10.") for a in to)}
        # Cameras are no hosts of ours; only the recorder reaches them.
        assert {key for key in inside if key[0] != "cameras"} <= offered


def test_sources_of_a_service_are_heeded(tmp_path: Path) -> None:
    found = planned(tmp_path, LOGGING)
    assert reaches(found["srv1"])["syslog-tls", "tcp", 6514] == ["10.10.0.12"]
    assert ("syslog-tls", "tcp", 6514) not in reaches(found["srv2"])
    assert ("syslog", "udp", 514) not in reaches(found["srv1"]), "only devices send by UDP"


def test_resolvers_and_time_servers_of_our_own_ask_outside(tmp_path: Path) -> None:
    found = planned(tmp_path, OWN_DNS + OWN_TIME)
    dns = reaches(found["srv1"])["dns", "udp", 53]
    assert set(OUTSIDE) < set(dns)
    assert "10.10.0.12" in dns
    assert reaches(found["srv1"])["ntp", "udp", 123] == ["10.10.0.12", "198.51.100.123"]


def test_an_application_says_what_it_calls(tmp_path: Path) -> None:
    wanted = "    reaches: [{to: 203.0.113.7/32, port: 8443, reason: Data kepesertaan}]\n"
    found = planned(tmp_path, "", application="code: simpus\n" + wanted)
    assert reaches(found["srv1"])["simpus", "tcp", 8443] == ["203.0.113.7/32"]
    assert ("simpus", "tcp", 8443) not in reaches(found["srv2"])


def test_core_and_border_let_out_what_servers_open(tmp_path: Path) -> None:
    """Else the server's own firewall would allow in vain what the register promises."""
    acme = "acme: {directory: 'https://acme.example/dir', contact: a@lab.go.id}"
    calls = "[{to: 203.0.113.7/32, port: 8443, reason: a}, {to: internet, port: 443, reason: b}, "
    calls += "{to: 10.10.0.12/32, port: 9000, reason: c}]"
    found = planned(
        tmp_path,
        f"  edge_proxy: {{servers: [srv2], internet: true, {acme}}}\n",
        application=f"code: simpus\n    reaches: {calls}\n",
    )
    for router, entering, leaving in (("core1", ["vlan10"], ["vlan100"]), ("br1", ["eth2"], ["eth1", "eth3"])):
        rules = {
            rule["name"]: (rule["sources"], rule["destinations"], rule["protocol"], rule["ports"])
            for rule in found[router]["firewall"]["forward"]
            if rule["name"].startswith(("server-", "application-"))
            and (rule["in_interfaces"], rule["out_interfaces"]) == (entering, leaving)
        }
        assert rules == {
            "server-acme-tcp-443": (["10.10.0.12/32"], [], "tcp", [443]),
            "application-simpus-tcp-8443": (["10.10.0.11/32"], ["203.0.113.7/32"], "tcp", [8443]),
            "application-simpus-tcp-443": (["10.10.0.11/32"], [], "tcp", [443]),
        }, "what lies in the data centre needs nobody to let it out"


def test_the_recorder_alone_fetches_pictures(tmp_path: Path) -> None:
    found = planned(tmp_path, "")
    assert ("cameras", "tcp", 0) not in reaches(found["srv1"])
    assert reaches(found["srv2"])["cameras", "tcp", 0] == found["srv2"]["zones"]["cctv"]


def test_the_core_is_asked_at_its_door(tmp_path: Path) -> None:
    found = planned(tmp_path, "  snmp: {user: pantau, sources: [10.10.0.12/32]}\n")
    assert {"10.10.0.1", "10.255.0.2"} <= set(reaches(found["srv2"])["snmp", "udp", 161])
