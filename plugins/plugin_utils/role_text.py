# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The configuration that a network role would send to a host, without running the role."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from ansible.errors import AnsibleError
from ansible.playbook.block import Block
from ansible.playbook.role import Role
from ansible.playbook.role.include import RoleInclude
from ansible.template import Templar

from ansible_collections.diskominfo.terpusat.plugins.plugin_utils.plain_jinja import PlainEnvironment, PlainTemplate

_COLLECTION = "diskominfo.terpusat"
_ACTION = f"{_COLLECTION}.device_config"
#: the only way of writing `config` that is rendered here without Ansible's engine: the platform's template, whole
_WHOLE_TEMPLATE = re.compile(
    r"\{\{ lookup\('ansible\.builtin\.template', terpusat_host\.platform ~ '\.j2'(?:, lstrip_blocks=true)?\) \}\}"
)


@dataclass
class _RoleTask:
    """The one task of a role, or of the roles it imports, that gives a device its configuration."""

    task: Any
    search_path: list[str]
    environment: PlainEnvironment
    templates: dict[str, PlainTemplate | None] = field(default_factory=dict)


@dataclass(frozen=True)
class Rendered:
    """What the role's device_config task gets as arguments. ``exact``: Ansible's own engine had to render it."""

    config: str
    platform: str | None
    version: str | None
    exact: bool


class RoleText:
    """Renders for any host of a play; roles and their templates are read once."""

    def __init__(self, play: Any, loader: Any) -> None:
        self._play = play
        self._variables = play.get_variable_manager()
        self._loader = loader
        self._tasks: dict[str, _RoleTask] = {}

    def variables(self, host: Any, role: str) -> dict[str, Any]:
        """All variables of the host as the role's task would see them, not templated.

        Raises:
            AnsibleError: there is no such role, or it has not exactly one device_config task.
        """
        found: dict[str, Any] = self._variables.get_vars(
            play=self._play, host=host, task=self._task(role).task, include_hostvars=False
        )
        return found

    def render(self, host: Any, role: str, variables: dict[str, Any]) -> Rendered:
        """The arguments for one host. ``variables`` come from `variables`.

        Raises:
            AnsibleError: a template does not render, for example because a variable is undefined.
        """
        role_task = self._task(role)
        arguments = role_task.task.args
        variables = {**variables, "ansible_search_path": [*role_task.search_path]}
        templar = Templar(loader=self._loader, variables=variables)
        try:
            text = self._plain(role_task, variables, templar)
        except Exception:  # whatever it is, Ansible knows better, and words the error if there is one
            text = None
        exact = text is None
        if text is None:
            everything = self._variables.get_vars(play=self._play, host=host, task=role_task.task)
            everything["ansible_search_path"] = [*role_task.search_path]
            text = str(Templar(loader=self._loader, variables=everything).template(arguments["config"]))
        platform, version = (templar.template(arguments.get(name)) for name in ("platform", "version"))
        return Rendered(text, platform, version, exact)

    def _plain(self, role_task: _RoleTask, variables: dict[str, Any], templar: Templar) -> str | None:
        if not _WHOLE_TEMPLATE.fullmatch(str(role_task.task.args.get("config"))):
            return None
        platform = str(templar.template(variables["terpusat_host"])["platform"])
        if platform not in role_task.templates:
            role_task.templates[platform] = self._compile(role_task, f"{platform}.j2")
        template = role_task.templates[platform]
        return template.render(variables, templar.template) if template else None

    def _compile(self, role_task: _RoleTask, name: str) -> PlainTemplate | None:
        folders = [os.path.join(path, "templates") for path in role_task.search_path]
        path = next((path for path in (os.path.join(folder, name) for folder in folders) if os.path.isfile(path)), None)
        if path is None:
            return None
        return PlainTemplate(role_task.environment, str(self._loader.get_text_file_contents(path)))

    def _task(self, role: str) -> _RoleTask:
        if role not in self._tasks:
            include = RoleInclude.load(
                f"{_COLLECTION}.{role}", play=self._play, variable_manager=self._variables, loader=self._loader
            )
            loaded = Role.load(include, self._play, validate=False)
            found = [task for task in _tasks(loaded.compile(self._play)) if task.resolved_action == _ACTION]
            if len(found) != 1:
                raise AnsibleError(
                    f"peran {role} punya {len(found)} tugas {_ACTION}; untuk dibandingkan tanpa dijalankan harus satu"
                )
            search_path = [*found[0].get_search_path(), self._loader.get_basedir()]
            folders = [folder for path in search_path for folder in (os.path.join(path, "templates"), path)]
            self._tasks[role] = _RoleTask(found[0], search_path, PlainEnvironment(folders))
        return self._tasks[role]


def _tasks(blocks: list[Any]) -> Iterator[Any]:
    for entry in blocks:
        if isinstance(entry, Block):
            yield from _tasks(entry.block)
        else:
            yield entry
