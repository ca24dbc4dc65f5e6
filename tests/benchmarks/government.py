# SPDX-License-Identifier: GPL-3.0-or-later
"""A folder in which `ansible-playbook` checks N benchmark devices with our own collection and drift playbook.

The collection is the checkout's own, linked; one role is added, whose template writes the devices' configuration out of
structured variables, section by section, as the real roles do.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
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
_TEMPLATE = """\
{% for section in terpusat_intent.sections %}
{{ section.header | replace('@hostname@', terpusat_intent.hostname) }}
{% for line in section.lines %}
{{ line }}
{% endfor %}
{% endfor %}
"""
_NOT_CONFIGURATION = ("Building configuration", "Current configuration", "! ", "#")


def sections(running: str, hostname: str) -> list[dict[str, Any]]:
    """A running configuration as what a template is made of: headers with the lines below them."""
    found: list[dict[str, Any]] = []
    for line in running.splitlines():
        bare = line.rstrip()
        if not bare or bare in ("!", "end") or bare.startswith(_NOT_CONFIGURATION):
            continue
        if bare.startswith(" ") and found:
            found[-1]["lines"].append(bare)
        else:
            found.append({"header": bare.replace(hostname, "@hostname@"), "lines": []})
    return found


def build(
    folder: Path, devices: Sequence[Address], known_hosts: Path, platform: str, intent: Sequence[dict[str, Any]]
) -> None:
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
        (f"templates/{platform}.j2", _TEMPLATE),
    ):
        (role / name).parent.mkdir(parents=True, exist_ok=True)
        (role / name).write_text(text)
    configuration = (ROOT / "ansible.cfg").read_text()
    (folder / "ansible.cfg").write_text(configuration.replace("= collections\n", "= ./collections\n"))
    (folder / "ssh_config").write_text(f"Host *\n  UserKnownHostsFile {known_hosts}\n")
    (folder / "hosts.json").write_text(json.dumps(_inventory(folder, devices, platform, intent)))
    (folder / "hosts.yml").write_text("plugin: benchmark_hosts\n")


def _inventory(
    folder: Path, devices: Sequence[Address], platform: str, intent: Sequence[dict[str, Any]]
) -> dict[str, Any]:
    """What benchmark_hosts.py hands to Ansible."""
    hostvars = {
        device.name: {
            "ansible_host": device.host,
            "ansible_port": device.port,
            "ansible_user": device.user,
            "ansible_password": device.password,
            "terpusat_host": {"name": device.name, "kind": "device", "role": ROLE, "platform": platform},
            "terpusat_intent": {"hostname": device.name, "sections": intent},
        }
        for device in devices
    }
    shared = {"terpusat_government": {"code": "benchmark"}, "terpusat_ssh_config_file": str(folder / "ssh_config")}
    return {"hosts": hostvars, "shared": shared}


def clear(folder: Path) -> None:
    """Take the folder away; links are not followed."""
    shutil.rmtree(folder, ignore_errors=True)
