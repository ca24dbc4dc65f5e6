# SPDX-License-Identifier: GPL-3.0-or-later
"""Asking a proxy from a machine of the scenario."""

from __future__ import annotations

import json
from typing import Any

from testinfra.host import Host

ADDRESSES = {"srv1": "10.10.0.11", "srv2": "10.10.0.12"}
SIMPUS, PORTAL = "simpus.lab.go.id", "portal.lab.go.id"
CLIENT = "/usr/local/lib/scenario/client.py"
PEBBLE_ROOT = "/tmp/scenario-acme-root.pem"
#: Whose certificate each domain shows.
AUTHORITIES = {SIMPUS: "/etc/terpusat/tls/ca.crt", PORTAL: PEBBLE_ROOT}


def visit(host: Host, what: str, *arguments: str) -> Any:
    """Run a function of files/client.py there; its answer."""
    done = host.run("python3 " + CLIENT + " %s" * (1 + len(arguments)), what, *arguments)
    assert done.succeeded, done.stderr
    return json.loads(done.stdout)


def shown(host: Host, address: str, name: str, highest: str = "TLSv1_3") -> dict[str, Any]:
    """What a handshake from there gave, by the authority of that domain."""
    found: dict[str, Any] = visit(host, "handshake", address, name, highest, AUTHORITIES.get(name, PEBBLE_ROOT))
    return found


def header(answer: dict[str, Any], name: str) -> list[str]:
    """All values of a header, however often it stands there."""
    return [value for key, value in answer["headers"] if key.lower() == name.lower()]
