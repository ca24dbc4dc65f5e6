# SPDX-License-Identifier: GPL-3.0-or-later
"""What a proxy's files make of its intent, where it differs from domain to domain and from system to system."""

from __future__ import annotations

from typing import Any

import pytest
from server_render import evaluate, server_vars

FOLDER = "/etc/nginx/conf.d"
ACME = {"directory": "https://acme.example/dir", "port": 443, "contact": "a@lab.go.id", "ca": ""}


def domain(code: str, **more: Any) -> dict[str, Any]:
    return {
        "code": code,
        "name": f"Aplikasi $1 {code}",
        "domain": f"{code}.lab.go.id",
        "address": "10.10.0.12",
        "port": 8080,
        "maintenance": False,
        "acme": False,
        **more,
    }


def files(system: str = "debian13", **part: Any) -> dict[str, dict[str, Any]]:
    wanted = {
        "address": "10.10.0.11",
        "peers": [],
        "domains": [domain("a"), domain("b", maintenance=True), domain("c", acme=True)],
        "rate_limit": {"requests_per_second": 7, "burst": 9},
        "hsts_days": 1,
        "max_body_bytes": 1000,
        "internet": False,
        **part,
    }
    host = {**server_vars(edge_proxy=wanted, system=system), "certificate_ca_folder": "/keys"}
    found = evaluate("edge_proxy", host, "edge_proxy_files")[0]
    return {entry["path"]: entry for entry in found}


def text(found: dict[str, dict[str, Any]], name: str) -> str:
    return str(found[f"{FOLDER}/edge-{name}.conf"]["content"])


def test_an_application_in_maintenance_is_not_asked() -> None:
    found = files()
    assert "proxy_pass http://edge_a;" in text(found, "a")
    assert "proxy_pass" not in text(found, "b")
    assert "return 503;" in text(found, "b")


def test_only_acme_domains_answer_challenges_and_show_what_it_gave() -> None:
    found = files(acme=ACME)
    assert "acme-challenge" not in text(found, "a")
    assert "ssl_certificate /etc/terpusat/edge/a.lab.go.id.crt;" in text(found, "a")
    assert "ssl_certificate /etc/terpusat/edge/live/c.lab.go.id.crt;" in text(found, "c")
    assert "try_files $uri =404;" in text(found, "c")
    assert found["/etc/dehydrated/domains.txt"]["content"] == "c.lab.go.id\n"


def test_another_proxy_is_asked_for_a_challenge_once() -> None:
    found = files(acme=ACME, peers=["10.10.0.13"])
    assert "try_files $uri @peer;" in text(found, "c")
    assert "server 10.10.0.13:80;" in text(found, "common")


def test_without_acme_nobody_is_asked() -> None:
    found = files(domains=[domain("a")])
    assert found["/etc/dehydrated/domains.txt"]["content"] == ""
    assert found["/etc/dehydrated/conf.d/terpusat.sh"]["state"] == "absent"


@pytest.mark.parametrize(("system", "line"), [("debian12", "listen 443 ssl http2;"), ("debian13", "http2 on;")])
def test_http2_in_the_words_of_each_nginx(system: str, line: str) -> None:
    assert line in text(files(system), "a")


def test_limits_come_from_the_register_and_hsts_can_be_off() -> None:
    found = files()
    assert "rate=7r/s;" in text(found, "common")
    assert "burst=9 nodelay;" in text(found, "a")
    assert '"max-age=86400"' in text(found, "common")
    assert "max-age" not in text(files(hsts_days=0), "common")


def test_a_name_cannot_reach_variables_of_nginx() -> None:
    assert 'set $edge_name "Aplikasi 1 a";' in text(files(), "a")
