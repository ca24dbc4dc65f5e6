# SPDX-License-Identifier: GPL-3.0-or-later
"""What two name servers answer, to whom, and what happens when one of them is away."""

from __future__ import annotations

import json

import pytest
import scenario_drift
import testinfra
from patience import eventually, root
from testinfra.host import Host

testinfra_hosts = ["ansible://srv1"]
SRV1, SRV2 = "10.10.0.11", "10.10.0.12"
BOTH = pytest.mark.parametrize("server", [SRV1, SRV2])
OFFICE, STRANGER = "10.20.0.100", "203.0.113.200"


@pytest.fixture
def second(host: Host) -> Host:
    return testinfra.get_host("ansible://srv2", ansible_inventory=host.backend.ansible_runner.inventory_file)


def dig(host: Host, server: str, question: str, source: str = OFFICE) -> str:
    """All that dig says to a question from that address."""
    return str(host.run(f"dig -b {source} @{server} +time=5 +tries=2 {question}").stdout)


def short(host: Host, server: str, question: str, source: str = OFFICE) -> list[str]:
    return dig(host, server, f"{question} +short", source).split()


def serial(host: Host, server: str) -> int:
    return int((short(host, server, "lab.go.id SOA") or [0] * 3)[2])


def agree(host: Host) -> bool:
    """Both servers have the same zone, for us and for strangers."""
    return all(
        short(host, SRV1, "lab.go.id SOA", source) == short(host, SRV2, "lab.go.id SOA", source) != []
        for source in (OFFICE, STRANGER)
    )


@BOTH
def test_the_zone_has_what_the_register_says(host: Host, server: str) -> None:
    assert eventually(lambda: agree(host)), (serial(host, SRV1), serial(host, SRV2))
    wanted = {
        "simpus.lab.go.id": [SRV1],
        "portal.lab.go.id": [SRV2],
        "ns1.lab.go.id": [SRV1],
        "srv2.infra.lab.go.id": [SRV2],
        "core1.infra.lab.go.id": ["10.255.0.2"],
        "mail.lab.go.id": ["203.0.113.25"],
        "-x 10.10.0.12": ["srv2.infra.lab.go.id."],
        "lab.go.id MX": ["10", "mail.lab.go.id."],
    }
    assert {question: short(host, server, question) for question in wanted} == wanted
    assert sorted(short(host, server, "lab.go.id NS")) == ["ns1.lab.go.id.", "ns2.lab.go.id."]
    assert '"v=spf1 mx -all"' in dig(host, server, "lab.go.id TXT")
    assert "noc\\.dns.lab.go.id." in dig(host, server, "lab.go.id SOA")
    assert "status: NXDOMAIN" in dig(host, server, "tidakada.lab.go.id")


@BOTH
def test_signatures_hold_against_the_ds_record_for_the_parent(host: Host, server: str) -> None:
    """delv, which validates by itself, is given nothing but what the operator hands to the domain above."""
    ds = root(host, "terpusat-ds").split()
    assert ds[:3] == ["lab.go.id.", "IN", "DS"]
    anchor = f'lab.go.id. static-ds {ds[3]} {ds[4]} {ds[5]} "{"".join(ds[6:])}";'
    file = "/tmp/anchor"
    for name in ("simpus.lab.go.id A", "lab.go.id MX", "tidakada.lab.go.id A"):
        for source in (OFFICE, STRANGER):
            told = host.run(
                f"echo 'trust-anchors {{ {anchor} }};' > {file} && "
                f"delv @{server} -b {source} -a {file} +root=lab.go.id {name}"
            )
            assert "fully validated" in told.stdout + told.stderr, (name, source, told.stdout, told.stderr)
    broken = host.run(
        f"sed -i 's/{ds[6][:8]}/{ds[6][:8][::-1]}/' {file}; delv @{server} -a {file} +root=lab.go.id simpus.lab.go.id"
    )
    assert "fully validated" not in broken.stdout + broken.stderr, "another key's record convinces nobody"


@BOTH
def test_strangers_get_public_addresses_and_nothing_of_the_inside(host: Host, server: str) -> None:
    wanted = {
        "simpus.lab.go.id": ["203.0.113.81"],
        "portal.lab.go.id": ["203.0.113.82"],
        "ns2.lab.go.id": ["203.0.113.82"],
        "mail.lab.go.id": ["203.0.113.25"],
        "srv2.infra.lab.go.id": [],
    }
    assert {name: short(host, server, name, STRANGER) for name in wanted} == wanted


@BOTH
def test_strangers_get_our_zone_and_nothing_else(host: Host, server: str) -> None:
    answer = dig(host, server, "simpus.lab.go.id", STRANGER)
    assert " aa" in answer.split("flags:")[1].split(";")[0]
    assert "recursion requested but not available" in answer
    for question in ("situs.example", ". NS", "-x 10.10.0.12", "judi.example"):
        refused = dig(host, server, question, STRANGER)
        assert "status: REFUSED" in refused, refused
        assert "ANSWER: 0" in refused
    assert short(host, server, "version.bind TXT CH", STRANGER) == []


@BOTH
@pytest.mark.parametrize("source", [OFFICE, STRANGER])
def test_nobody_copies_the_zone_without_the_key(host: Host, server: str, source: str) -> None:
    for question in ("lab.go.id AXFR", "saringan.terpusat AXFR", "10.10.10.in-addr.arpa AXFR"):
        assert "Transfer failed" in dig(host, server, question, source), question
    public = f"dig -k /tmp/public.key -b {source} @{server} lab.go.id AXFR +nocmd +noall +answer"
    copied = root(host, f"tail -n 4 /etc/bind/terpusat-transfer.key > /tmp/public.key; {public}; rm /tmp/public.key")
    assert "203.0.113.81" in copied, copied
    assert "10.10." not in copied, "the key for what strangers see opens nothing else"
    with host.sudo():
        assert host.file("/etc/bind/terpusat-transfer.key").mode == 0o640


@BOTH
def test_offices_get_the_outside_world_validated(host: Host, server: str) -> None:
    assert eventually(lambda: short(host, server, "situs.example") == ["203.0.113.10"])
    assert " ad" in dig(host, server, "situs.example +dnssec").split("flags:")[1].split(";")[0]
    forged = dig(host, server, "palsu.example")
    assert "status: SERVFAIL" in forged
    assert short(host, server, "palsu.example +cd") == ["203.0.113.67"], "only who asks for unchecked answers"


@BOTH
def test_the_filter_blocks_its_list_and_nothing_else(host: Host, server: str) -> None:
    for name in ("judi.example", "www.judi.example", "iklan.example", "iklan.example +dnssec", "a.b.pelacak.example"):
        assert "status: NXDOMAIN" in dig(host, server, name), name
    assert short(host, server, "baik.judi.example") == ["203.0.113.12"]
    assert short(host, server, "simpus.lab.go.id") == [SRV1], "the list names our own domain"


def test_offices_go_on_while_the_other_server_or_the_outside_is_away(host: Host, second: Host) -> None:
    assert short(host, SRV2, "situs.example") == ["203.0.113.10"]
    root(host, "systemctl stop named")
    try:
        assert short(host, SRV2, "simpus.lab.go.id") == [SRV1]
        assert short(host, SRV2, "situs.example") == ["203.0.113.10"]
        assert "status: NXDOMAIN" in dig(host, SRV2, "judi.example")
        root(second, "systemctl restart named")
        assert eventually(lambda: short(host, SRV2, "lab.go.id NS") != []), "the secondary knows the zone by itself"
    finally:
        root(host, "systemctl start named")
    root(host, "systemctl stop world")
    try:
        assert eventually(lambda: short(host, SRV1, "simpus.lab.go.id") == [SRV1])
        assert "status: NXDOMAIN" in dig(host, SRV1, "judi.example"), "nobody outside has to be asked for that"
    finally:
        root(host, "systemctl start world")


def test_a_new_record_has_a_larger_serial_and_reaches_the_second_server(host: Host) -> None:
    before = serial(host, SRV1)
    added = [{"name": "baru", "type": "A", "value": "203.0.113.77"}]
    done = scenario_drift.play("-e", json.dumps({"scenario_records": added}))
    assert done.returncode == 0, done.stdout
    assert scenario_drift.changed_tasks(done.stdout) == ["Write the zones", "Reload the name server"]
    assert eventually(lambda: short(host, SRV2, "baru.lab.go.id") == ["203.0.113.77"], 30)
    assert eventually(lambda: agree(host))
    assert serial(host, SRV2) > before
    assert short(host, SRV2, "baru.lab.go.id", STRANGER) == ["203.0.113.77"]
    assert "RRSIG" in dig(host, SRV2, "baru.lab.go.id +dnssec", STRANGER)


def test_changes_by_hand_are_named(host: Host, second: Host) -> None:
    """The record of the test before is such a change as well."""
    root(host, "echo 'pintu IN A 203.0.113.1' >> /var/lib/bind/lab.go.id.zone")
    root(second, "sed -i 's/recursion no/recursion yes/' /etc/bind/named.conf; systemctl disable named")
    assert scenario_drift.would_change() == [
        "Write the zones",
        "Configure the name server",
        "Reload the name server",
        "Run the name server now and at every start",
    ]
