# SPDX-License-Identifier: GPL-3.0-or-later
"""The servers of the data centre: what answers, to whom, and that nothing else does."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest
import yaml
from government import APPLICATIONS, CENTRAL, FOLDER, OFFICES, PARALLEL, REGISTER, SERVERS, Application, Office
from labkit.running import RunningLab
from reach import tcp

pytestmark = pytest.mark.beside

ROOT = FOLDER.parents[1]
ADDRESSES: dict[str, str] = yaml.safe_load((FOLDER / "allocations.yml").read_text())["servers"]
NAMES = [server.name for server in SERVERS]
#: listens on every server while these tests run, and is in no service list
UNKNOWN_PORT = 8099
USER_PREFIX = "app-"


@pytest.fixture(scope="module")
def services() -> list[dict[str, Any]]:
    """The one service list, as the inventory gives it to every host."""
    command = [sys.executable, "-m", "ansible", "inventory", "--host", NAMES[0]]
    environment = {**os.environ, "ANSIBLE_CONFIG": str(ROOT / "ansible.cfg")}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return list(json.loads(done.stdout)["terpusat_services"])


@pytest.fixture(scope="module")
def listeners(lab: RunningLab) -> Iterator[dict[str, list[int]]]:
    """TCP ports somebody listens on, by server; one of them belongs to no service."""
    for name in NAMES:
        command = f"systemd-run --quiet --unit=penyusup python3 -m http.server --directory /var/empty {UNKNOWN_PORT}"
        lab.exec(name, f"mkdir -p /var/empty; systemctl stop penyusup 2>/dev/null; {command}")
    found = {}
    for name in NAMES:
        assert lab.wait(lambda name=name: UNKNOWN_PORT in listening(lab, name), 20), (
            f"{name}: pendengar uji tidak menyala"
        )
        found[name] = listening(lab, name)
    yield found
    for name in NAMES:
        lab.exec(name, "systemctl stop penyusup")


def listening(lab: RunningLab, server: str) -> list[int]:
    lines = lab.exec(server, "ss --no-header --listening --tcp --numeric").stdout.splitlines()
    return sorted({int(line.split()[3].rsplit(":", 1)[1]) for line in lines})


def promised(services: list[dict[str, Any]], server: str, zone: str) -> set[int]:
    return {
        int(service["port"])
        for service in services
        if service["host"] == server and service["protocol"] == "tcp" and zone in service["from"]
    }


def open_ports(lab: RunningLab, node: str, address: str, listeners: list[int]) -> set[int]:
    """Ports of an address that a node gets a connection to: all low ones and all that somebody listens on."""
    targets = [(address, port) for port in sorted({*range(1, 1025), *listeners})]
    return {port for (_, port), outcome in tcp(lab, node, targets, patience=1.5).items() if outcome == "open"}


def page(lab: RunningLab, node: str, address: str, name: str, path: str = "/") -> str:
    return lab.exec(node, ["python3", "-c", _FETCH, address, name, path]).stdout


# Servers have no curl before the role base; python3 is always there. Prints the status and the body, or why not.
_FETCH = """
import http.client, sys
try:
    connection = http.client.HTTPConnection(sys.argv[1], 80, timeout=10)
    connection.request("GET", sys.argv[3], headers={"Host": sys.argv[2]})
    answer = connection.getresponse()
    print(answer.status, answer.read().decode())
except (OSError, http.client.HTTPException) as error:
    print(type(error).__name__)
"""


@pytest.mark.parametrize("server", NAMES)
@pytest.mark.parametrize("office", [CENTRAL[0], PARALLEL[0]], ids=str)
def test_offices_see_exactly_the_services_that_are_theirs(
    lab: RunningLab, services: list[dict[str, Any]], listeners: dict[str, list[int]], office: Office, server: str
) -> None:
    seen = open_ports(lab, lab.client(office.place), ADDRESSES[server], listeners[server])
    assert seen == promised(services, server, "offices")


@pytest.mark.parametrize("server", NAMES)
def test_other_servers_see_exactly_the_services_that_are_theirs(
    lab: RunningLab, services: list[dict[str, Any]], listeners: dict[str, list[int]], server: str
) -> None:
    other = next(name for name in NAMES if name != server)
    assert open_ports(lab, other, ADDRESSES[server], listeners[server]) == promised(services, server, "data_centre")


@pytest.mark.parametrize("server", NAMES)
def test_operators_see_exactly_the_services_that_are_theirs(
    lab: RunningLab, services: list[dict[str, Any]], listeners: dict[str, list[int]], server: str
) -> None:
    address = str(next(item.management_address for item in SERVERS if item.name == server))
    ports = " ".join(str(port) for port in sorted({22, 80, 443, *listeners[server]}))
    probe = f"timeout 2 bash -c 'exec 3<>/dev/tcp/{address}/'$p 2>/dev/null && echo $p"
    done = lab.exec_management(f"for p in {ports}; do {probe}; done", timeout=120)
    assert {int(port) for port in done.stdout.split()} == promised(services, server, "management")


@pytest.mark.parametrize("server", NAMES)
def test_no_server_reaches_a_management_address(lab: RunningLab, server: str) -> None:
    others = [item.management_address for item in [*REGISTER.devices, *REGISTER.servers] if item.in_service]
    own = next(item.management_address for item in SERVERS if item.name == server)
    targets = [(str(address), 22) for address in others if address != own]
    assert "open" not in set(tcp(lab, server, targets).values())


@pytest.mark.parametrize("application", APPLICATIONS, ids=str)
def test_application_answers_to_its_name_and_to_no_other(lab: RunningLab, application: Application) -> None:
    other = next(name for name in NAMES if name != application.server)
    assert page(lab, other, application.address, application.domain).startswith("200 ")
    for name in ("tidak-terdaftar.lab.go.id", application.address):
        assert page(lab, other, application.address, name).strip() == "RemoteDisconnected"


@pytest.mark.parametrize("application", APPLICATIONS, ids=str)
def test_hidden_files_are_never_served(lab: RunningLab, application: Application) -> None:
    other = next(name for name in NAMES if name != application.server)
    for path in ("/.env", "/.git/config", "/../shared/data"):
        assert not page(lab, other, application.address, application.domain, path).startswith("200 ")


@pytest.mark.parametrize("application", APPLICATIONS, ids=str)
def test_files_of_an_application_are_its_own(lab: RunningLab, application: Application) -> None:
    user, folder = f"{USER_PREFIX}{application.code}", f"/srv/terpusat/{application.code}"
    as_user = f"setpriv --reuid {user} --regid {user} --init-groups"
    first = f"$(find {folder}/current/ -type f | head -n 1)"
    assert lab.exec(application.server, f"{as_user} cat {first} > /dev/null").returncode == 0
    assert lab.exec(application.server, f'{as_user} sh -c "echo x >> {first}"').returncode != 0, "nor does it change"
    stranger = "setpriv --reuid nobody --regid nogroup --clear-groups"
    assert lab.exec(application.server, f"{stranger} ls {folder}").returncode != 0


def test_php_application_keeps_what_it_is_told(lab: RunningLab) -> None:
    simpus = next(item for item in APPLICATIONS if item.code == "simpus")
    client = lab.client(OFFICES[0].place)
    before = json.loads(page(lab, client, simpus.address, simpus.domain, "/status").split(" ", 1)[1])
    form = f"curl -s -d poli=gigi -H 'Host: {simpus.domain}' http://{simpus.address}/"
    assert f"G-{before['antrean']['gigi'] + 1:03d}" in lab.exec(client, form).stdout
    after = json.loads(page(lab, client, simpus.address, simpus.domain, "/status").split(" ", 1)[1])
    assert after["antrean"]["gigi"] == before["antrean"]["gigi"] + 1
    assert after["zona_waktu"] == "Asia/Jakarta"


@pytest.mark.parametrize("server", NAMES)
def test_clock_follows_the_time_server_of_the_register(lab: RunningLab, server: str) -> None:
    source = str(REGISTER.government.time_servers[0])

    def selected() -> bool:
        return f"^* {source}" in lab.exec(server, "chronyc -n sources").stdout

    # A server that waited for the network asks seldom by now; do not wait for its next question.
    lab.exec(server, "chronyc burst 4/8")
    assert lab.wait(selected, 60, interval=2), lab.exec(server, "chronyc -n sources").stdout


@pytest.mark.parametrize("server", NAMES)
def test_names_resolve_through_the_border_router(lab: RunningLab, server: str) -> None:
    for application in APPLICATIONS:
        answer = lab.exec(server, f"getent ahostsv4 {application.domain}").stdout
        assert application.address in answer.split()
