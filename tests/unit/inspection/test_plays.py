# SPDX-License-Identifier: GPL-3.0-or-later
"""The actions in real plays against emulated devices: what they tell, and that they change nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from controller import SHOW, Controller

from emulators.core import Farm, Personality

NAMES = {"sw": "ios-access", "rt7": "routeros-hex-v7", "rt6": "routeros-hap-v6"}


@pytest.fixture(scope="module")
def farm() -> Iterator[Farm]:
    with Farm([Personality.load(source, name=name) for name, source in NAMES.items()]) as running:
        yield running


def controller(folder: Path, farm: Farm, **variables: Any) -> Controller:
    hosts: dict[str, dict[str, Any]] = {
        name: {
            "ansible_host": farm[name].host,
            "ansible_port": farm[name].port,
            "ansible_user": farm[name].user,
            "ansible_password": farm[name].password,
            "ansible_become_password": farm[name].secret or "tidak-dipakai",
            "terpusat_host": {"name": name, "kind": "device", "platform": source.partition("-")[0]},
        }
        for name, source in NAMES.items()
    }
    made = Controller(folder, hosts, **variables)
    (folder / "home" / ".ssh" / "known_hosts").write_text(farm.known_hosts.read_text())
    (folder / "ssh_config").write_text(f"Host *\n  UserKnownHostsFile {folder}/home/.ssh/known_hosts\n")
    return made


def by_host(results: list[Mapping[str, Any]]) -> dict[str, Mapping[str, Any]]:
    return {str(result["host"]): result for result in results}


def test_facts_and_archive(farm: Farm, tmp_path: Path) -> None:
    before = {device.name: device.config() for device in farm}
    control = controller(tmp_path, farm, terpusat_ssh_config_file=str(tmp_path / "ssh_config"))
    done = control.playbook("playbooks/inspect.yml")
    assert done.code == 0, done.output
    assert "WS-C2960X-24TS-L, versi 15.2(7)E8, nomor seri FOC2150Z1AB" in done.output
    assert "RB750Gr3, versi 7.22.3" in done.output
    assert "RBD52G-5HacD2HnD, versi 6.49.18" in done.output
    assert "core1 ether5" in done.output
    archive = control.state / "backup"
    assert "hostname sw-dinkes" in (archive / "sw" / "running-config").read_text()
    assert "10.254.0.6/30" in (archive / "rt7" / "export.rsc").read_text()

    again = control.tasks({"diskominfo.terpusat.device_backup": {}, "register": "seen"}, SHOW)
    assert again.code == 0, again.output
    assert {name: seen["outcome"] for name, seen in by_host(again.results()).items()} == dict.fromkeys(NAMES, "in_sync")
    assert {device.name: device.config() for device in farm} == before


def test_an_archive_in_check_mode_writes_nothing(farm: Farm, tmp_path: Path) -> None:
    control = controller(tmp_path, farm, terpusat_ssh_config_file=str(tmp_path / "ssh_config"))
    done = control.tasks(
        {"diskominfo.terpusat.device_backup": {}, "register": "seen"}, SHOW, options=["--check", "--diff"]
    )
    assert done.code == 0, done.output
    seen = by_host(done.results())
    assert all(result["outcome"] == "changed" and result["commit"] == "" for result in seen.values())
    assert "+hostname sw-dinkes" in done.output
    assert not (control.state / "backup").exists()


def test_commands(farm: Farm, tmp_path: Path) -> None:
    control = controller(tmp_path, farm, terpusat_ssh_config_file=str(tmp_path / "ssh_config"))
    command = {
        "ios": "show running-config", "routeros": "/ip address print",
    }  # fmt: skip
    task = {
        "diskominfo.terpusat.device_command": {
            "command": "{{ commands[terpusat_host.platform] }}", "expect": "{{ wanted[terpusat_host.platform] }}",
        },
        "vars": {"commands": command, "wanted": {"ios": "^hostname ", "routeros": "10[.]"}},
        "register": "seen",
        "ignore_errors": True,
    }  # fmt: skip
    done = control.tasks(task, SHOW)
    seen = by_host(done.results())
    assert {name: result["outcome"] for name, result in seen.items()} == dict.fromkeys(NAMES, "read"), done.output
    assert "enable secret 5 <rahasia" in seen["sw"]["stdout"]
    assert any("10.254.0.6/30" in line for line in seen["rt7"]["stdout_lines"])
    other = {**task, "vars": {"commands": command, "wanted": dict.fromkeys(command, "tidak ada ini")}}
    bad = {**task, "vars": {"commands": {"ios": "show clock detail x", "routeros": "/tidak ada print"}, "wanted": {}}}
    bad["diskominfo.terpusat.device_command"] = {"command": "{{ commands[terpusat_host.platform] }}"}
    done = control.tasks(other, SHOW, bad, SHOW)
    outcomes = [str(result["outcome"]) for result in done.results()]
    assert outcomes == ["failed"] * 6, done.output
    assert "tidak memuat" in done.results()[0]["msg"]
    assert "menolak" in done.results()[-1]["msg"]


def test_what_changes_something_is_refused_before_any_login(farm: Farm, tmp_path: Path) -> None:
    control = controller(tmp_path, farm, terpusat_ssh_config_file=str(tmp_path / "ssh_config"))
    before = {device.name: len(device.log()) for device in farm}
    task = {
        "diskominfo.terpusat.device_command": {"command": "{{ commands[terpusat_host.platform] }}"},
        "vars": {"commands": {"ios": "reload", "routeros": "/system reboot"}},
        "register": "seen",
        "ignore_errors": True,
    }
    done = control.tasks(task, SHOW)
    assert {result["outcome"] for result in done.results()} == {"refused"}, done.output
    assert {device.name: len(device.log()) for device in farm} == before


def test_every_end_is_told_apart(farm: Farm, tmp_path: Path) -> None:
    config = str(tmp_path / "ssh_config")
    (tmp_path / "nobody").write_text(f"Host *\n  UserKnownHostsFile {tmp_path}/empty\n")
    (tmp_path / "empty").write_text("")
    control = controller(tmp_path, farm, terpusat_ssh_config_file=config)
    common = {"name": "Facts", "diskominfo.terpusat.device_facts": {}, "register": "seen", "ignore_errors": True}
    cases = {
        "auth_failed": {"ansible_password": "salah-sekali"},
        "offline": {"ansible_port": 9},
        "host_key": {"terpusat_ssh_config_file": str(tmp_path / "nobody")},
        "unsupported": {"terpusat_host": {"platform": "junos"}},
    }
    tasks = [step for case in cases.values() for step in ({**common, "vars": case, "ignore_unreachable": True}, SHOW)]
    done = control.tasks(*tasks)
    outcomes = [str(result["outcome"]) for result in done.results()]
    assert outcomes == [name for name in cases for _ in NAMES], done.output
    assert "salah-sekali" not in done.output
