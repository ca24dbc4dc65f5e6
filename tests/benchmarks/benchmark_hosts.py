# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Hands Ansible the benchmark's hosts as the register's inventory plugin hands it a government's: as ready objects."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from ansible.plugins.inventory import BaseInventoryPlugin

DOCUMENTATION = r"""
name: benchmark_hosts
type: inventory
short_description: Hosts of a benchmark, from the hosts.json beside the inventory file
description: Group C(network) gets the hosts, group C(all) the shared variables; C(servers) is empty.
options:
  plugin: {description: Marks the file., type: str, required: true, choices: [benchmark_hosts]}
"""


class InventoryModule(BaseInventoryPlugin):
    NAME = "benchmark_hosts"

    def parse(self, inventory: Any, loader: Any, path: str, cache: bool = True) -> None:
        super().parse(inventory, loader, path, cache)
        found = json.loads(Path(path).with_name("hosts.json").read_text())
        for group in ("network", "servers"):
            inventory.add_group(group)
        for name, value in found["shared"].items():
            inventory.set_variable("all", name, value)
        for host, variables in found["hosts"].items():
            inventory.add_host(host, "network")
            for name, value in variables.items():
                inventory.set_variable(host, name, value)
