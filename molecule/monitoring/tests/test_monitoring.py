# SPDX-License-Identifier: GPL-3.0-or-later
"""What the monitoring servers see, who may ask them, and what nobody learns."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
import scenario_drift
from patience import eventually, root
from testinfra.host import Host

testinfra_hosts = ["ansible://srv1", "ansible://srv2"]
ASK = "/usr/local/lib/scenario/ask"
SECRETS = ("token-skenario", "sandi-surel-skenario", "halaman-pemantauan", "sandi-snmp", "rahasia-snmp")
#: Fetches a page as another machine would; prints the answer's code, or what went wrong.
FETCH = """
import ssl, sys, urllib.error, urllib.request
context = ssl.create_default_context(cafile="/etc/terpusat/tls/ca.crt")
if sys.argv[2]:
    context.load_cert_chain("/etc/terpusat/tls/host.crt", "/etc/terpusat/tls/host.key")
try:
    print(urllib.request.urlopen(sys.argv[1], timeout=10, context=context).status)
except urllib.error.HTTPError as error:
    print(error.code)
except OSError as error:
    print("refused", error)
"""


def page(host: Host, port: int, path: str) -> Any:
    return json.loads(root(host, f"{ASK} {port} '{path}'"))


def results(host: Host, query: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = page(host, 9090, f"/api/v1/query?query={query}")["data"]["result"]
    return found


def fetch(host: Host, url: str, *certificate: str) -> str:
    with host.sudo():
        return str(host.run("python3 -c %s %s %s", FETCH, url, " ".join(certificate)).stdout).strip()


def test_everything_in_service_is_asked_and_answers(host: Host) -> None:
    def targets() -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for target in page(host, 9090, "/api/v1/targets?state=active")["data"]["activeTargets"]:
            if target["health"] == "up":
                found.setdefault(target["labels"]["job"], set()).add(target["labels"]["host"])
        return found

    devices, me = {"br1", "core1", "rt-dinkes", "rt-disdik"}, host.check_output("hostname")
    wanted = {
        "alertmanager": {me},
        "application": {"srv1", "srv2"},
        "blackbox": {me},
        "device": devices,
        "node": {"srv1", "srv2"},
        "node-certificate": {"srv1", "srv2"},
        "office": {"rt-dinkes", "rt-disdik"},
        "prometheus": {me},
        "snmp": devices,
    }
    assert eventually(lambda: targets() == wanted), targets()
    assert eventually(lambda: len(results(host, "probe_success==1")) == 10), results(host, "probe_success")


def test_ports_of_devices_are_seen_by_snmp_under_the_registers_names(host: Host) -> None:
    seen = {(entry["metric"]["device"], entry["metric"]["port"]) for entry in results(host, "ifOperStatus==1")}
    expected = {
        (entry["metric"]["device"], entry["metric"]["port"]) for entry in results(host, "terpusat_link_expected")
    }
    assert len(expected) == 11
    assert expected <= seen


def test_a_healthy_network_alarms_nobody(host: Host) -> None:
    assert [entry["metric"]["alertname"] for entry in results(host, "ALERTS")] == []


def test_certificates_are_read_to_their_end(host: Host) -> None:
    days = [float(entry["value"][1]) / 86400 for entry in results(host, "probe_ssl_earliest_cert_expiry-time()")]
    assert len(days) == 2
    assert min(days) > 30


def test_only_those_with_a_certificate_of_ours_may_ask_a_server(host: Host) -> None:
    other = {"srv1": "10.10.0.12", "srv2": "10.10.0.11"}[host.check_output("hostname")]
    url = f"https://{other}:9100/metrics"
    assert fetch(host, url, "certificate") == "200"
    assert fetch(host, url).startswith("refused")


def test_pages_are_for_this_server_alone_and_for_who_knows_the_password(host: Host) -> None:
    listening = root(host, "ss --no-header --listening --tcp --numeric")
    ports = {match[2]: match[1] for match in re.finditer(r"(\S+):(\d+)\s", listening)}
    for port in ("9090", "9093", "9115", "9116"):
        assert ports[port] == "127.0.0.1"
    assert {ports["9100"], ports["9094"]} <= {"10.10.0.11", "10.10.0.12"}
    assert [fetch(host, f"http://127.0.0.1:{port}/api/v1/status/flags") for port in (9090, 9093)] == ["401", "401"]
    # An application on the same server must not make it ask others, or read what a device tells.
    for url in ("https://127.0.0.1:9115/probe?target=10.255.0.1&module=ping", "https://127.0.0.1:9116/snmp?target=x"):
        assert fetch(host, url).startswith("refused")


def test_measurements_are_kept_as_long_as_the_register_says(host: Host) -> None:
    flags = page(host, 9090, "/api/v1/status/flags")["data"]
    # 30 days, and 1 GB (of 1000) as Prometheus writes it.
    assert flags["storage.tsdb.retention.time"] in ("30d", "4w2d")
    assert flags["storage.tsdb.retention.size"] in ("1000000000B", "953MiB690KiB512B")


def test_the_two_alertmanagers_have_joined(host: Host) -> None:
    assert eventually(lambda: len(page(host, 9093, "/api/v2/status")["cluster"]["peers"]) == 2)


@pytest.mark.parametrize("place", ["files", "journal", "arguments"])
def test_no_secret_is_where_others_read(host: Host, place: str) -> None:
    # [n] for n: the commands that look for a secret must not find themselves.
    words = "|".join(f"{secret[:-1]}[{secret[-1]}]" for secret in SECRETS)
    commands = {
        # Where an ordinary user of this server can read.
        "files": f"runuser -u nobody -- grep -rlsE '{words}' /etc /var/lib/prometheus /var/log /run /tmp",
        "journal": f"journalctl --no-pager | grep -E '{words}'",
        "arguments": f"cat /proc/[0-9]*/cmdline | tr '\\0' ' ' | grep -oE '{words}'",
    }
    with host.sudo():
        found = host.run(commands[place]).stdout.splitlines()
    # snmpd's own configuration belongs to the scenario, not to the role.
    assert [line for line in found if "snmpd" not in line] == []


def test_nothing_would_change(host: Host) -> None:
    if host.check_output("hostname") == "srv1":  # one run is of both
        assert scenario_drift.would_change() == []


def test_a_vault_without_the_token_is_named_before_anything_changes(host: Host) -> None:
    if host.check_output("hostname") == "srv2":
        secrets = {"monitoring_password": "halaman-pemantauan-skenario", "snmp_auth": "x", "snmp_priv": "x"}
        done = scenario_drift.play("--limit", "srv2", "--extra-vars", json.dumps({"terpusat_secrets": secrets}))
        assert done.returncode != 0
        assert "rahasia telegram_token, smtp_password belum ada" in " ".join(done.stdout.split())
