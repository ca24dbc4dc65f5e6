# SPDX-License-Identifier: GPL-3.0-or-later
"""What visitors of the domains see. Each proxy is asked from the other one, so that it sees a strange address."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator

import patience
import pytest
import scenario_drift
import testinfra
from testinfra.host import Host
from visitor import ADDRESSES, PEBBLE_ROOT, PORTAL, SIMPUS, header, shown, visit

type Proxy = tuple[Host, str, Host]


def machine(name: str) -> Host:
    return testinfra.get_host(f"ansible://{name}", ansible_inventory=os.environ["MOLECULE_INVENTORY_FILE"])


@pytest.fixture(scope="module")
def srv1() -> Host:
    return machine("srv1")


@pytest.fixture(scope="module")
def srv2() -> Host:
    return machine("srv2")


@pytest.fixture(scope="module", params=["srv1", "srv2"])
def proxy(request: pytest.FixtureRequest, srv1: Host, srv2: Host) -> Proxy:
    """A proxy, its address, and the machine that asks it."""
    there, client = (srv1, srv2) if request.param == "srv1" else (srv2, srv1)
    root = srv2.check_output("curl --silent --insecure https://127.0.0.1:15000/roots/0")
    client.run_test("printf %%s %s > " + PEBBLE_ROOT, root + "\n")
    return there, ADDRESSES[request.param], client


def test_nothing_would_change() -> None:
    assert scenario_drift.would_change() == []


def test_every_server_has_a_certificate_of_ours(srv1: Host) -> None:
    tls = "/etc/terpusat/tls"
    said = patience.root(
        srv1,
        f"openssl verify -x509_strict -CAfile {tls}/ca.crt {tls}/host.crt; stat --format '%a %U:%G' {tls}/host.key; "
        f"openssl x509 -in {tls}/host.crt -noout -ext subjectAltName",
    )
    assert f"{tls}/host.crt: OK" in said
    assert "640 root:terpusat-tls" in said
    assert "DNS:srv1, DNS:srv1.lab.go.id, IP Address:10.10.0.11, IP Address:10.99.0.31" in said


def test_every_domain_of_ours_shows_a_certificate_of_ours(proxy: Proxy) -> None:
    _there, address, client = proxy
    found = shown(client, address, SIMPUS)
    assert (found["names"], found["issuer"]) == ([SIMPUS], "Terpusat Kabupaten Lab")
    assert (found["version"], found["alpn"]) == ("TLSv1.3", "h2")


def test_a_public_domain_shows_the_one_it_got_by_acme(proxy: Proxy) -> None:
    """Both proxies have one, though the name leads the authority to the first of them only."""
    there, address, client = proxy
    found = shown(client, address, PORTAL)
    assert found.get("names") == [PORTAL], patience.root(there, "journalctl --no-pager --unit terpusat-acme")[-3000:]
    assert "Pebble" in found["issuer"]


def test_http2_carries_requests(proxy: Proxy) -> None:
    there, address, _client = proxy
    said = there.run(
        f"curl --silent --http2 --cacert /etc/terpusat/tls/ca.crt --resolve {SIMPUS}:443:{address} "
        f"--output /dev/null --write-out '%{{http_version}} %{{http_code}}' https://{SIMPUS}/"
    )
    assert said.stdout == "2 200"


def test_old_tls_is_refused(proxy: Proxy) -> None:
    _there, address, client = proxy
    assert shown(client, address, SIMPUS, "TLSv1_2")["version"] == "TLSv1.2"
    for old in ("TLSv1_1", "TLSv1"):
        assert "alert protocol version" in shown(client, address, SIMPUS, old)["error"]


def test_unknown_names_get_nothing(proxy: Proxy) -> None:
    _there, address, client = proxy
    for name in ("lain.lab.go.id", ""):
        assert "unrecognized name" in shown(client, address, name)["error"]
    assert "RemoteDisconnected" in visit(client, "ask", f"{address}:80", "lain.lab.go.id")["error"]
    assert visit(client, "ask", address, SIMPUS, "/", json.dumps({"Host": "lain.lab.go.id"}))["status"] == 421


def test_http_leads_to_https(proxy: Proxy) -> None:
    _there, address, client = proxy
    found = visit(client, "ask", f"{address}:80", SIMPUS, "/daftar?poli=kia")
    assert (found["status"], header(found, "Location")) == (301, [f"https://{SIMPUS}/daftar?poli=kia"])


def test_security_headers_come_once(proxy: Proxy) -> None:
    _there, address, client = proxy
    found = visit(client, "ask", address, SIMPUS)
    expected = {
        "Strict-Transport-Security": ["max-age=15552000"],
        "X-Content-Type-Options": ["nosniff"],
        "X-Frame-Options": ["SAMEORIGIN"],
        "Referrer-Policy": ["strict-origin-when-cross-origin"],
        "Server": ["nginx"],
    }
    assert {name: header(found, name) for name in expected} == expected
    own = visit(client, "ask", address, SIMPUS, "/own")
    assert (header(own, "X-Frame-Options"), header(own, "Strict-Transport-Security")) == (["DENY"], ["max-age=7"])
    assert header(own, "X-Content-Type-Options") == ["nosniff"]


def test_application_and_log_know_the_real_client(proxy: Proxy) -> None:
    there, address, client = proxy
    pretended = json.dumps({"X-Forwarded-For": "192.0.2.99", "X-Real-IP": "192.0.2.99"})
    headers = json.loads(visit(client, "ask", address, SIMPUS, "/siapa", pretended)["text"])["headers"]
    (mine,) = set(ADDRESSES.values()) - {address}
    assert (headers["X-Real-IP"], headers["X-Forwarded-For"]) == (mine, mine)
    assert (headers["X-Forwarded-Proto"], headers["Host"]) == ("https", SIMPUS)
    line = patience.root(there, "grep /siapa /var/log/nginx/edge-simpus.access.log").splitlines()[-1]
    assert line.startswith(f"{mine} - ")
    assert f" {SIMPUS} 10.10.0.11:8080 200 " in line


def test_errors_of_the_application_stay_its_own(srv2: Host) -> None:
    found = visit(srv2, "ask", "10.10.0.11", SIMPUS, "/error")
    assert (found["status"], json.loads(found["text"])["server"]) == (500, "srv1")


def test_websockets_go_through(srv2: Host) -> None:
    assert visit(srv2, "websocket", "10.10.0.11", SIMPUS, "halo") == {"status": "101", "text": "halo"}


def test_logs_are_rotated_and_written_on(srv1: Host, srv2: Host) -> None:
    log = "/var/log/nginx/edge-simpus.access.log"
    patience.root(srv1, "logrotate --force /etc/logrotate.d/nginx")
    visit(srv2, "ask", "10.10.0.11", SIMPUS, "/sesudah-rotasi")
    assert patience.eventually(lambda: "/sesudah-rotasi" in patience.root(srv1, f"cat {log}"), 10)
    assert patience.root(srv1, f"ls {log}.1").strip() == f"{log}.1"


def test_who_asks_too_often_is_told_so(srv1: Host, srv2: Host) -> None:
    found = visit(srv2, "burst", "10.10.0.11", SIMPUS, "600")
    assert set(found) == {"200", "429"}
    assert found["200"] >= 100, "the burst itself is served"
    # Another client is not touched by it.
    assert visit(srv1, "ask", "10.10.0.11", SIMPUS)["status"] == 200
    assert patience.eventually(lambda: visit(srv2, "ask", "10.10.0.11", SIMPUS)["status"] == 200, 10)


@pytest.fixture
def silent(srv1: Host) -> Iterator[None]:
    """The application of srv1 is down."""
    patience.root(srv1, "systemctl stop scenario-application.service")
    yield
    patience.root(srv1, "systemctl start scenario-application.service")


@pytest.mark.usefixtures("silent")
def test_a_dead_application_has_a_page_that_says_so(srv2: Host) -> None:
    found = visit(srv2, "ask", "10.10.0.11", SIMPUS)
    assert found["status"] == 502
    assert "Server layanan ini tidak menjawab" in found["text"]
    assert "Sistem Informasi Puskesmas" in found["text"]
    assert header(found, "Cache-Control") == ["no-store"]


def test_the_renewal_is_on_and_works(proxy: Proxy) -> None:
    there, _address, _client = proxy
    said = patience.root(
        there,
        "systemctl is-enabled terpusat-acme.timer; systemctl is-active terpusat-acme.timer; "
        "systemctl start terpusat-acme.service && echo fine",
    )
    assert said.split() == ["enabled", "active", "fine"]
