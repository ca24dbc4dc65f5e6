# SPDX-License-Identifier: GPL-3.0-or-later
"""Evaluate variables and templates of a server role the way a play does, with Ansible's own template engine.

Ansible's collection loader must come before anything that imports ``ansible_collections``, which other tests do. So the
work happens in a child process that lives as long as the tests: this file run as a program, one JSON request a line,
one JSON answer a line.
"""

from __future__ import annotations

import atexit
import functools
import json
import pathlib
import subprocess
import sys
from typing import Any

ROOT = pathlib.Path(__file__).resolve().parents[3]
ROLES = ROOT / "roles"
SERVER_ROLES = ["base", "time", "hardening", "firewall", "certificate", "app_host", "edge_proxy", "backup"]


def server_vars(**intent: Any) -> dict[str, Any]:
    """Host vars of one server as the contract gives them; ``intent`` replaces keys of the intent."""
    folder = ROOT / "inventories" / "lab"
    applications = [
        {"code": "simpus", "name": "Sistem Informasi Puskesmas", "runtime": "php", "domain": "simpus.lab.go.id"},
        {"code": "portal", "name": "Portal Data", "runtime": "static", "domain": "portal.lab.go.id"},
    ]
    for application in applications:
        source = str(folder / "files" / "applications" / application["code"])
        needs = {"vcpu": 1, "ram_bytes": 512_000_000, "disk_bytes": 1_000_000_000}
        application.update({"owner": "dinkes", "database": "none", "source": source, "needs": needs, "port": 80})
    return {
        "inventory_hostname": "srv1",
        "terpusat_apt_proxy": "http://10.99.0.1:3142",
        "terpusat_government": {"name": "Kabupaten Lab", "iana_time_zone": "Asia/Makassar"},
        "terpusat_intent": {
            "hostname": "srv1",
            "domain": "lab.go.id",
            "zones": {
                "management": ["10.99.0.1/32"],
                "data_centre": ["10.10.0.0/24"],
                "offices": ["10.20.0.0/24", "10.20.1.0/24"],
                "transit": ["10.254.0.0/24"],
                "loopback": ["10.255.0.0/24"],
            },
            "management": {"interface": "eth0", "address": "10.99.0.31", "sources": ["10.99.0.1/32"]},
            "interfaces": [
                {
                    "name": "eth1",
                    "use": "data_centre",
                    "addresses": ["10.10.0.11/24"],
                    "gateway": "10.10.0.1",
                    "dns": ["10.255.0.1"],
                }
            ],
            "firewall": {
                "services": [
                    {"name": "ssh", "host": "srv1", "protocol": "tcp", "port": 22, "from": ["management"]},
                    {
                        "name": "simpus",
                        "host": "srv1",
                        "protocol": "tcp",
                        "port": 80,
                        "from": ["offices", "data_centre"],
                    },
                ],
                "icmp_echo_from": ["management"],
                "forward": [],
            },
            "time": {"servers": ["198.51.100.123", "198.51.100.124"]},
            "applications": applications,
            **intent,
        },
    }


def evaluate(role: str, host: dict[str, Any], *expressions: str) -> list[Any]:
    """Values of Jinja expressions (a variable, a template lookup) with the role's defaults, vars and search path."""
    child = renderer()
    assert child.stdin is not None
    assert child.stdout is not None
    child.stdin.write(json.dumps({"role": role, "host": host, "expressions": expressions}) + "\n")
    child.stdin.flush()
    answer = json.loads(child.stdout.readline())
    if "error" in answer:
        raise AssertionError(answer["error"])
    return list(answer["values"])


@functools.cache
def renderer() -> subprocess.Popen[str]:
    child = subprocess.Popen(
        [sys.executable, __file__], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    atexit.register(child.communicate)  # waited for, it counts in what `make test` says was computed
    return child


def template(name: str) -> str:
    return f"lookup('ansible.builtin.template', '{name}')"


def serve() -> None:
    """The child: answer requests until standard input ends."""
    from ansible.parsing.dataloader import DataLoader
    from ansible.plugins.loader import init_plugin_loader
    from ansible.template import Templar, trust_as_template

    init_plugin_loader([str(ROOT / "collections")])

    def answer(request: dict[str, Any]) -> list[Any]:
        folder = ROLES / request["role"]
        variables: dict[str, Any] = {"ansible_search_path": [str(folder)]}
        for name in ("defaults", "vars"):
            path = folder / name / "main.yml"
            if path.is_file():
                variables |= DataLoader().load_from_file(str(path), trusted_as_template=True)
        templar = Templar(loader=DataLoader(), variables=variables | request["host"])
        return [templar.template(trust_as_template("{{ " + text + " }}")) for text in request["expressions"]]

    for line in sys.stdin:
        try:
            reply: dict[str, Any] = {"values": answer(json.loads(line))}
        except Exception as error:  # the parent shows it as the failure of its test
            reply = {"error": f"{type(error).__name__}: {error}"}
        print(json.dumps(reply), flush=True)


if __name__ == "__main__":
    serve()
