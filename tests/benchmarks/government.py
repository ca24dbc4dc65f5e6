# SPDX-License-Identifier: GPL-3.0-or-later
"""A folder in which `ansible-playbook` checks N benchmark devices with our own collection and drift playbook.

The collection is the checkout's own, linked; one role is added, whose template writes the devices' configuration out of
structured variables, section by section, as the real roles do.
"""

from __future__ import annotations

import json
import re
import shutil
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .farm import Address

ROOT = Path(__file__).resolve().parents[2]
ROLE = "benchmark_device"
_TASKS = f"""---
- name: Configure the device
  ansible.builtin.import_role:
    name: diskominfo.terpusat.network_device
  vars:
    network_device_guard_seconds: "{{{{ {ROLE}_guard_seconds }}}}"
"""
_NOT_CONFIGURATION = ("Building configuration", "Current configuration", "! ", "#")
_PORT = re.compile(r"^interface (?P<name>\S+)$")
_VALUES = {
    "description": re.compile(r"^ description (.+)$"),
    "vlan": re.compile(r"^ switchport access vlan (\d+)$"),
}


@dataclass(frozen=True)
class Design:
    """What a role would know of such a device (``template``), and what the register would (``ports``)."""

    template: str
    ports: list[dict[str, str]]
    hostname: str


def design(running: str) -> Design:
    """Take a running configuration apart as the author of a role would.

    Ports that differ only in name, description and VLAN become one loop over host variables; everything else is the
    template's own text, with the host's name in it. Raises ValueError for a text that Jinja would take for its own.
    """
    if any(mark in running for mark in ("{{", "{%", "{#")):
        raise ValueError("konfigurasi contoh berisi tanda templat")
    hostname = re.search(r"^hostname (\S+)$", running, re.MULTILINE)
    parts = [_part(section) for section in _sections(running)]
    shapes = Counter(shape for shape, port in parts if port)
    common = shapes.most_common(1)[0][0] if shapes else None
    text: list[str] = []
    ports: list[dict[str, str]] = []
    for shape, port in parts:
        if shape != common:
            text.append(_literal(shape, port))
        elif not ports:
            text.append("{% for port in terpusat_intent.ports %}\n" + shape + "{% endfor %}\n")
        if shape == common:
            ports.append(port)
    template = "".join(text)
    if hostname is not None:
        template = "{{ terpusat_intent.hostname }}".join(template.split(hostname[1]))
    return Design(template, ports, hostname[1] if hostname is not None else "")


def _sections(running: str) -> list[list[str]]:
    found: list[list[str]] = []
    for line in running.splitlines():
        bare = line.rstrip()
        if not bare or bare in ("!", "end") or bare.startswith(_NOT_CONFIGURATION):
            continue
        if bare.startswith(" ") and found:
            found[-1].append(bare)
        else:
            found.append([bare])
    return found


def _part(section: list[str]) -> tuple[str, dict[str, str]]:
    """A section as template text, and its values when it is a port's."""
    port = _PORT.match(section[0])
    if port is None:
        return "".join(f"{line}\n" for line in section), {}
    values = {"name": port["name"]}
    lines = ["interface {{ port.name }}"]
    for line in section[1:]:
        name, match = next(((n, m) for n, p in _VALUES.items() if (m := p.match(line))), ("", None))
        if match is not None:
            values[name] = match[1]
            line = line[: match.start(1)] + "{{ port." + name + " }}"
        lines.append(line)
    return "".join(f"{line}\n" for line in lines), values


def _literal(shape: str, port: dict[str, str]) -> str:
    for name, value in port.items():
        shape = shape.replace("{{ port." + name + " }}", value)
    return shape


def build(folder: Path, devices: Sequence[Address], known_hosts: Path, platform: str, made: Design) -> None:
    """Write collection, configuration and inventory into ``folder``."""
    home = folder / "collections" / "ansible_collections" / "diskominfo" / "terpusat"
    (home / "roles").mkdir(parents=True)
    for name in ("plugins", "playbooks", "meta", "galaxy.yml"):
        (home / name).symlink_to(ROOT / name)
    for role in (ROOT / "roles").iterdir():
        (home / "roles" / role.name).symlink_to(role)
    role = home / "roles" / ROLE
    for name, text in (
        ("tasks/main.yml", _TASKS),
        ("defaults/main.yml", f"---\n{ROLE}_guard_seconds: 60\n"),
        (f"templates/{platform}.j2", made.template),
    ):
        (role / name).parent.mkdir(parents=True, exist_ok=True)
        (role / name).write_text(text)
    configuration = (ROOT / "ansible.cfg").read_text()
    (folder / "ansible.cfg").write_text(configuration.replace("= collections\n", "= ./collections\n"))
    (folder / "ssh_config").write_text(f"Host *\n  UserKnownHostsFile {known_hosts}\n")
    (folder / "hosts.json").write_text(json.dumps(_inventory(folder, devices, platform, made)))
    (folder / "hosts.yml").write_text("plugin: benchmark_hosts\n")


def _inventory(folder: Path, devices: Sequence[Address], platform: str, made: Design) -> dict[str, Any]:
    """What benchmark_hosts.py hands to Ansible."""
    hostvars = {
        device.name: {
            "ansible_host": device.host,
            "ansible_port": device.port,
            "ansible_user": device.user,
            "ansible_password": device.password,
            "terpusat_host": {"name": device.name, "kind": "device", "role": ROLE, "platform": platform},
            "terpusat_intent": {"hostname": made.hostname, "ports": made.ports},
        }
        for device in devices
    }
    shared = {"terpusat_government": {"code": "benchmark"}, "terpusat_ssh_config_file": str(folder / "ssh_config")}
    return {"hosts": hostvars, "shared": shared}


def clear(folder: Path) -> None:
    """Take the folder away; links are not followed."""
    shutil.rmtree(folder, ignore_errors=True)
