# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Inventory from the register and its lock file. All thinking is in module_utils/planning; here it meets Ansible."""

from __future__ import annotations

DOCUMENTATION = r"""
name: register
short_description: Hosts, groups and variables from a government's register
description:
  - Reads C(register/*.yml) and C(allocations.yml) of a government's folder and turns everything that is C(in_service)
    into hosts. Devices and servers that are only planned, ordered, arrived or racked never become hosts; they are
    counted in C(terpusat_register).
  - Groups are C(network), C(servers), C(role_*), C(platform_*), C(opd_*), C(location_*), C(readiness_*) and C(stage_*),
    with C(_) for every C(-).
  - Every host gets C(ansible_host), C(terpusat_host) and C(terpusat_intent); group C(all), and so the implicit
    localhost too, gets C(terpusat_government), C(terpusat_register) and C(terpusat_services). Nothing else is set, so
    group_vars, host_vars and vault files beside this file are free for everything else.
  - All errors of the register are reported in one go and the inventory is refused; warnings are told and used all the
    same.
  - A host that has no numbers in C(allocations.yml) yet stands in the inventory, but using its C(terpusat_intent) fails
    with a message that tells what to do. So C(playbooks/plan.yml) runs on an unplanned government and nothing is
    configured by guesswork.
options:
  plugin:
    description: Marks a file as meant for this plugin.
    type: str
    required: true
    choices: [diskominfo.terpusat.register]
  folder:
    description:
      - The government's folder, the one that holds C(register/). A relative path starts at the folder of this file.
    type: str
    default: .
extends_documentation_fragment:
  - constructed
requirements:
  - pydantic
author: [Terpusat contributors]
"""

EXAMPLES = r"""
# inventories/kabupaten-x/terpusat.yml, beside register/ and allocations.yml
plugin: diskominfo.terpusat.register
---
# With groups of one's own, made from the variables of each host
plugin: diskominfo.terpusat.register
keyed_groups:
  - key: terpusat_host.model
    prefix: model
groups:
  kesehatan: terpusat_host.opd in ['dinkes', 'rsud']
"""

from pathlib import Path
from typing import Any

from ansible import constants as C  # noqa: N812 (Ansible's own name for it)
from ansible.errors import ExitCode
from ansible.plugins.inventory import BaseInventoryPlugin, Constructable
from ansible.template import trust_as_template

from ansible_collections.diskominfo.terpusat.plugins.module_utils.planning.folder_hosts import folder_hosts
from ansible_collections.diskominfo.terpusat.plugins.module_utils.planning.hosts import Host
from ansible_collections.diskominfo.terpusat.plugins.module_utils.register.render import count_line, render, render_one

# Present even when empty, so that a play for a kind of host nobody has yet is skipped without a warning.
STANDING_GROUPS = (
    ("network", ("role_border_router", "role_core_switch", "role_opd_router")),
    ("servers", ("role_app_host", "role_server")),
)

TEMPLATE_MARKS = ("{{", "{%", "{#")


class InventoryModule(BaseInventoryPlugin, Constructable):  # type: ignore[misc]
    """Options are documented above."""

    NAME = "diskominfo.terpusat.register"

    def verify_file(self, path: str) -> bool:
        name = Path(path).name
        fits = name in ("terpusat.yml", "terpusat.yaml") or name.endswith((".terpusat.yml", ".terpusat.yaml"))
        return bool(super().verify_file(path)) and fits

    def parse(self, inventory: Any, loader: Any, path: str, cache: bool = True) -> None:
        super().parse(inventory, loader, path, cache)
        self._read_config_data(path)
        folder = (Path(path).absolute().parent / self.get_option("folder")).resolve()
        found = folder_hosts(folder)
        if found.hosts is None:
            # Not AnsibleParserError: Ansible would then have its yaml and ini plugins try this file as well, and bury
            # the list below their complaints. A register with errors ends the run here, before any host is known.
            self.display.display(f"{render(found.problems)}\n", color=C.COLOR_ERROR, stderr=True)
            self.display.error(
                f"Register {folder} tidak dapat dipakai: {count_line(found.problems)}, rinciannya di atas. "
                "Tidak ada host yang disentuh.",
                wrap_text=False,
            )
            raise SystemExit(ExitCode.GENERIC_ERROR)
        for problem in found.problems:
            self.display.warning(render_one(problem), formatted=True)
        for remark in found.hosts.remarks:
            self.display.warning(remark)
        for parent, children in STANDING_GROUPS:
            self._group(None, parent)
            for child in children:
                self._group(parent, child)
        literal = Literals()
        for name, value in found.hosts.shared.items():
            self.inventory.set_variable("all", name, literal(value))
        for host in found.hosts.hosts:
            self._host(host, literal)

    def _group(self, parent: str | None, name: str) -> None:
        self.inventory.add_group(name)
        if parent is not None:
            self.inventory.add_group(parent)
            self.inventory.add_child(parent, name)

    def _host(self, host: Host, literal: Literals) -> None:
        self.inventory.add_host(host.name)
        for parent, group in host.groups:
            self._group(parent, group)
            self.inventory.add_child(group, host.name)
        variables = literal(host.variables)
        if host.intent is None:
            hint = host.obstacles.about(host.name)
            variables["terpusat_intent"] = trust_as_template(f"{{{{ undef(hint={hint!r}) }}}}")
        # By the host itself: inventory.set_variable copies every value in full for each host, so that what hosts share
        # would cost the square of their number. Ours are plain data already, and nothing changes them later.
        entry = self.inventory.hosts[host.name]
        for name, value in variables.items():
            entry.set_variable(name, value)
        strict = self.get_option("strict")
        known = {**self.inventory.groups["all"].vars, **variables}
        self._set_composite_vars(self.get_option("compose"), known, host.name, strict=strict)
        self._add_host_to_composed_groups(self.get_option("groups"), known, host.name, strict=strict)
        self._add_host_to_keyed_groups(self.get_option("keyed_groups"), known, host.name, strict=strict)


class Literals:
    """Values with every text marked so that ``ansible-inventory --list`` prints it as plain JSON.

    Ansible prints text it does not trust as a wrapped object, which other readers of that list do not understand. What
    looks like a template stays untrusted: text of the register is never evaluated. What many hosts share (the networks
    of all offices) is marked once and stays shared, else time and memory grow with the square of the hosts.
    """

    def __init__(self) -> None:
        self._texts: dict[str, Any] = {}
        #: id -> what was marked, kept so that no other object gets its id, and the result
        self._done: dict[int, tuple[Any, Any]] = {}

    def __call__(self, value: Any) -> Any:
        if isinstance(value, str):
            return self._text(value)
        if not isinstance(value, dict | list):
            return value
        if id(value) not in self._done:
            marked: Any = (
                {key: self(item) for key, item in value.items()}
                if isinstance(value, dict)
                else [self(item) for item in value]
            )
            self._done[id(value)] = value, marked
        return self._done[id(value)][1]

    def _text(self, text: str) -> Any:
        if text not in self._texts:
            plain = any(mark in text for mark in TEMPLATE_MARKS)
            self._texts[text] = text if plain else trust_as_template(text)
        return self._texts[text]
