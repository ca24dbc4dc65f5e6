# SPDX-License-Identifier: GPL-3.0-or-later
"""The ways of checking a fleet that are measured. Each proves after its run that it did look at every device."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from .cost import FailedError
from .farm import Address
from .figures import OURS
from .tools import Tools

#: as many as nornir and Ansible were given in the figures that this project started from
WORKERS = 20
_PEERS = Path(__file__).with_name("peers")


@dataclass(frozen=True)
class Shape:
    """``prepare`` writes what the run needs into a folder and returns its command; ``prove`` raises `FailedError`."""

    name: str
    prepare: Callable[[Path, Sequence[Address], str], Sequence[str | Path]]
    prove: Callable[[Path, Sequence[Address], str], None]
    environment: Callable[[Path], Mapping[str, str]] = field(default=lambda _: {})
    #: not measured beyond so many devices: it would only take long
    most: int | None = None


def ours() -> Shape:
    """playbooks/drift.yml in a folder that `government.build` made: renders, reads, compares, reports."""
    program = Path(sys.executable).with_name("ansible-playbook")
    playbook = "collections/ansible_collections/diskominfo/terpusat/playbooks/drift.yml"

    def prove(folder: Path, devices: Sequence[Address], output: str) -> None:
        report = json.loads((folder / "report.json").read_text())
        states = [host["state"] for host in report["hosts"].values()]
        if states != ["in_sync"] * len(devices):
            raise FailedError(f"drift.yml tidak menemukan semuanya sesuai:\n{output[-3000:]}")

    return Shape(
        OURS,
        lambda folder, _devices, _running: [
            program, "-i", "hosts.yml", playbook, "-e", f"terpusat_drift_report={folder / 'report.json'}",
        ],
        prove,
        lambda folder: {
            "ANSIBLE_CONFIG": str(folder / "ansible.cfg"),
            "ANSIBLE_INVENTORY_PLUGINS": str(Path(__file__).parent),
            "XDG_STATE_HOME": str(folder / "state"),
        },
    )  # fmt: skip


def nornir(tools: Tools) -> Shape:
    """nornir + nornir-netmiko: log in, show running-config, log out. It compares nothing, and checks no host key."""

    def prepare(folder: Path, devices: Sequence[Address], _running: str) -> Sequence[str | Path]:
        hosts = {
            device.name: {
                "hostname": device.host, "port": device.port, "username": device.user, "password": device.password,
                "platform": "cisco_ios",
            }
            for device in devices
        }  # fmt: skip
        (folder / "hosts.yaml").write_text(json.dumps(hosts))
        return [tools.python, _PEERS / "nornir_read.py", "hosts.yaml", str(WORKERS)]

    def prove(_folder: Path, devices: Sequence[Address], output: str) -> None:
        if f"read {len(devices)} of {len(devices)}" not in output:
            raise FailedError(f"nornir tidak membaca semuanya:\n{output[-3000:]}")

    return Shape("nornir + netmiko, read only", prepare, prove)


def ios_config(tools: Tools, most: int) -> Shape:
    """cisco.ios.ios_config over network_cli in check mode, against the whole intended configuration."""

    def prepare(folder: Path, devices: Sequence[Address], running: str) -> Sequence[str | Path]:
        (folder / "intended").write_text(running)
        hosts = {}
        for device in devices:
            hosts[device.name] = {
                "ansible_host": device.host, "ansible_port": device.port, "ansible_user": device.user,
                "ansible_password": device.password, "intended_file": str(folder / "intended"),
            }  # fmt: skip
        (folder / "hosts.json").write_text(json.dumps({"all": {"hosts": hosts}}))
        settings = f"[defaults]\ncollections_path = {tools.collections}\nforks = {WORKERS}\nhost_key_checking = False\n"
        (folder / "ansible.cfg").write_text(settings)
        return [tools.ansible_playbook, "-i", "hosts.json", _PEERS / "ios_config.yml", "--check", "--diff"]

    def prove(_folder: Path, devices: Sequence[Address], output: str) -> None:
        rows = re.findall(r"^\S+ +: ok=1 +changed=\d+ +unreachable=0 +failed=0", output, re.MULTILINE)
        if len(rows) != len(devices):
            raise FailedError(f"ios_config tidak memeriksa semuanya:\n{output[-3000:]}")

    def environment(folder: Path) -> Mapping[str, str]:
        # paramiko in network_cli keeps its known hosts in the home folder and refuses a changed key whatever is set.
        return {
            "ANSIBLE_CONFIG": str(folder / "ansible.cfg"),
            "HOME": str(folder),
            "ANSIBLE_HOME": str(folder / "home"),
        }

    return Shape("cisco.ios.ios_config, check mode", prepare, prove, environment, most)
