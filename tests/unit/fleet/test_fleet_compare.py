# SPDX-License-Identifier: GPL-3.0-or-later
"""A fleet in which everything goes wrong somewhere, compared by real plays: each device has its own outcome."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import asyncssh
import pytest
from conftest import Run
from controller import SHOW, Played
from device import PASSWORD, Device

INTENT = {"lines": {"a": 1, "b": 2}}
RUNNING = "a = 1\nb = 2\n"


class Hanging(Device):
    """Takes a command and never answers."""

    async def _serve(self, process: asyncssh.SSHServerProcess[str]) -> None:
        self.commands.append(process.command or "")
        await process.wait_closed()


class Fleet:
    """Devices by name, and the inventory that leads to them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.devices: dict[str, Device] = {}
        self.hosts: dict[str, dict[str, Any]] = {}
        self._known: list[str] = []

    def add(self, name: str, device: Device | None = None, **variables: Any) -> None:
        """A host; ``variables`` change what an ordinary one has."""
        who = {"name": name, "kind": "device", "role": "opd_router", "platform": "keyval"}
        self.hosts[name] = {
            "ansible_port": device.port if device else 1,
            "terpusat_host": who,
            "terpusat_intent": INTENT,
            **variables,
        }
        if device is not None:
            self.devices[name] = device
            self._known.append(device.known_host)

    def forget(self, name: str, *, instead: Device | None = None) -> None:
        """Have known_hosts no key, or another one's, for a device."""
        port = f"]:{self.devices[name].port} "
        self._known = [line for line in self._known if port not in line]
        if instead is not None:
            self._known.append(f"[127.0.0.1{port}{instead.known_host.partition(' ')[2]}")

    def inventory(self) -> dict[str, Any]:
        (self.folder / "known_hosts").write_text("".join(self._known))
        (self.folder / "ssh_config").write_text(f"Host *\n  UserKnownHostsFile {self.folder}/known_hosts\n")
        shared = {
            "ansible_host": "127.0.0.1",
            "ansible_user": "teknisi",
            "ansible_password": PASSWORD,
            "ansible_timeout": 2,
            "terpusat_government": {"code": "uji"},
            "terpusat_ssh_config_file": str(self.folder / "ssh_config"),
        }
        children = {"network": {"hosts": self.hosts}, "servers": {"hosts": {}}}
        return {"all": {"vars": shared, "children": children}}

    def commands(self) -> set[str]:
        """Every command that any device has heard."""
        return {command for device in self.devices.values() for command in device.commands}


@pytest.fixture
def fleet(tmp_path: Path) -> Iterator[Fleet]:
    with ExitStack() as stack:
        found = Fleet(tmp_path)
        for name in ("sama", "beda", "kunci", "sandi", "asing"):
            found.add(name, stack.enter_context(Device(RUNNING)))
        yield found


@pytest.fixture
def mute() -> Iterator[int]:
    """The port of somebody who takes connections and says nothing."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield listener.getsockname()[1]


def compare(ansible: Run, collection: Path, fleet: Fleet, *arguments: str, **options: Any) -> dict[str, Any]:
    """One fleet_compare task over the fleet; returns its result."""
    (told,) = compare_each(ansible, collection, fleet, *arguments, each=[options])
    return told


def compare_each(
    ansible: Run, collection: Path, fleet: Fleet, *arguments: str, each: list[dict[str, Any]]
) -> list[dict[str, Any]]:
    """One fleet_compare task after the other in one play; returns their results."""
    tasks: list[dict[str, Any]] = []
    for options in each:
        compare = {"name": "Compare", "diskominfo.terpusat.fleet_compare": options, "register": "seen"}
        tasks += [compare, {**SHOW, "run_once": True}]
    play = [{"hosts": "network", "gather_facts": False, "tasks": tasks}]
    done = ansible(collection, play, fleet.inventory(), *arguments)
    results = [dict(result) for result in Played(done.returncode, done.stdout).results()]
    assert len(results) == len(each), done.stdout + done.stderr
    assert done.returncode == 0, "a device that fails is not a task that fails"
    return results


def test_every_device_has_its_own_outcome(ansible: Run, keyval_collection: Path, fleet: Fleet, mute: int) -> None:
    fleet.devices["beda"].running = "a = 1\nb = 3\nc = 4\n"
    fleet.forget("asing")
    fleet.forget("kunci", instead=fleet.devices["sama"])
    fleet.hosts["sandi"]["ansible_password"] = "salah"
    fleet.add("mati")
    fleet.add("bisu", ansible_port=mute)
    fleet.add("cacat", terpusat_intent={"lines": {"a": "1\nbaris-tanpa-isi"}})
    fleet.add("kosong", terpusat_intent="{{ undef(hint='jalankan plan.yml dahulu') }}")
    fleet.add("lain", terpusat_host={"kind": "device", "role": "opd_router", "platform": "vms"})
    fleet.add("argumen", opd_router_guard_seconds="semenit", opd_router_probes=[{"kind": "bau"}])
    fleet.add("server", terpusat_host={"kind": "server", "role": "server", "platform": "linux"})

    told = compare(ansible, keyval_collection, fleet)
    results = told["results"]
    assert told["in_sync"] == ["sama"]
    assert {name: result["outcome"] for name, result in results.items()} == {
        "beda": "changed", "kunci": "host_key", "asing": "host_key", "sandi": "auth_failed",
        "mati": "offline", "bisu": "offline", "cacat": "refused", "kosong": "refused", "lain": "refused",
        "argumen": "refused",
        "server": "refused",
    }  # fmt: skip
    assert [change["name"] for change in results["beda"]["changes"]] == ["b", "c"]
    assert [(diff["before"], diff["after"]) for diff in results["beda"]["diff"]] == [("3\n", "2\n"), ("4\n", "")]
    assert results["beda"]["msg"] == "akan diubah: berjalan: keyval b, berjalan: keyval c"
    assert "baris 2" in results["cacat"]["msg"]
    assert "jalankan plan.yml dahulu" in results["kosong"]["msg"]
    assert all(word in results["argumen"]["msg"] for word in ("opd_router_guard_seconds", "semenit", "name", "bau"))
    assert "berbeda" in results["kunci"]["msg"]
    assert "belum tercatat" in results["asing"]["msg"]
    unreachable = {name for name, result in results.items() if result.get("unreachable")}
    assert unreachable == {"mati", "bisu"}
    assert {name for name, result in results.items() if result.get("failed")} == set(results) - unreachable - {"beda"}
    assert told["changed"] is False
    assert told["msg"] == "12 perangkat dibandingkan: 1 sesuai, 1 menyimpang, 2 tidak terjangkau, 8 gagal diperiksa"
    assert fleet.commands() <= {"show", "state", "version", "saved"}, "a comparison sent something else than questions"


def test_a_device_that_hangs_costs_its_own_time_only(ansible: Run, keyval_collection: Path, fleet: Fleet) -> None:
    with Hanging("") as hanging:
        fleet.add("sangkut", hanging)
        told = compare(ansible, keyval_collection, fleet, workers=2, device_seconds=3)
    outcomes = {name: result["outcome"] for name, result in told["results"].items()}
    assert outcomes == {"sangkut": "offline"}
    assert sorted([*told["in_sync"], "sangkut"]) == sorted(fleet.hosts)
    assert "3 detik" in told["results"]["sangkut"]["msg"]


def test_limit_and_hosts(ansible: Run, keyval_collection: Path, fleet: Fleet) -> None:
    told = compare(ansible, keyval_collection, fleet, "--limit", "sama,sandi")
    assert sorted(told["in_sync"]) == ["sama", "sandi"]
    one, told = compare_each(ansible, keyval_collection, fleet, each=[{"hosts": ["kunci"]}, {"hosts": []}])
    assert (one["in_sync"], one["results"]) == (["kunci"], {})
    assert (told["in_sync"], told["results"], told["msg"]) == ([], {}, "0 perangkat dibandingkan")


def test_a_password_from_the_vault_and_variables_of_ones_own(
    ansible: Run, keyval_collection: Path, fleet: Fleet
) -> None:
    (fleet.folder / "vault").write_text("kunci-lemari\n")
    program = str(Path(sys.executable).with_name("ansible-vault"))
    done = subprocess.run(
        [program, "encrypt_string", "--vault-password-file", "vault", PASSWORD],
        cwd=fleet.folder, capture_output=True, text=True, check=True,
    )  # fmt: skip
    secret = {"__ansible_vault": "".join(line.strip() + "\n" for line in done.stdout.splitlines()[1:])}
    fleet.hosts["sama"]["ansible_password"] = secret
    fleet.hosts["beda"]["ansible_password"] = "{{ sandi_kita }}"
    fleet.hosts["beda"]["sandi_kita"] = PASSWORD
    # One's own variable within the intent, another's never.
    for name in ("sama", "beda"):
        fleet.hosts[name]["terpusat_intent"] = {"lines": {"a": "{{ angka }}", "b": 2}}
    fleet.hosts["sama"]["angka"] = 1
    told = compare(ansible, keyval_collection, fleet, "--vault-password-file", str(fleet.folder / "vault"))
    assert "sama" in told["in_sync"]
    assert told["results"]["beda"]["outcome"] == "refused"
    assert "angka" in told["results"]["beda"]["msg"]


def drift(ansible: Run, collection: Path, fleet: Fleet, *arguments: str) -> tuple[int, dict[str, Any], str]:
    """drift.yml; returns its exit code, the hosts of its report, and what it printed."""
    done = ansible(collection, collection / "playbooks" / "drift.yml", fleet.inventory(), *arguments)
    report = fleet.folder / "state/terpusat/uji/drift.json"
    hosts = json.loads(report.read_text())["hosts"] if report.is_file() else {}
    return done.returncode, hosts, done.stdout + done.stderr


def test_the_drift_playbook(ansible: Run, keyval_collection: Path, fleet: Fleet) -> None:
    assert drift(ansible, keyval_collection, fleet)[0] == 0
    fleet.devices["beda"].running = "a = 1\nb = 3\n"
    code, hosts, text = drift(ansible, keyval_collection, fleet)
    assert code == 2, text
    assert [(item["role"], item["task"], item["name"]) for item in hosts["beda"]["drifted"]] == [
        (None, None, "berjalan: keyval b")
    ]
    assert "-3\n+2" in hosts["beda"]["drifted"][0]["diff"]
    assert "beda: MENYIMPANG" in text

    fleet.hosts["sandi"]["ansible_password"] = "salah"
    fleet.add("mati")
    code, hosts, text = drift(ansible, keyval_collection, fleet)
    assert code == 2 + 8 + 16, text
    states = {name: host["state"] for name, host in hosts.items()}
    assert states == {
        "sama": "in_sync", "beda": "drift", "kunci": "in_sync", "asing": "in_sync",
        "sandi": "failed", "mati": "offline",
    }  # fmt: skip
    assert hosts["sandi"]["messages"][0].startswith("login ditolak: ")
    assert fleet.commands() == {"show", "saved"}


def test_the_drift_playbook_when_nobody_answers_and_when_there_is_nobody(
    ansible: Run, keyval_collection: Path, fleet: Fleet
) -> None:
    fleet.add("mati")
    fleet.add("padam")
    code, hosts, _ = drift(ansible, keyval_collection, fleet, "--limit", "mati,padam")
    assert (code, {host["state"] for host in hosts.values()}) == (8, {"offline"})
    assert drift(ansible, keyval_collection, fleet, "--limit", "servers")[0] != 0
