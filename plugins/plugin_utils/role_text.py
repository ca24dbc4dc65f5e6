# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The configuration that a network role would send to a host, without running the role."""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from ansible.errors import AnsibleError, AnsibleValueOmittedError
from ansible.playbook.block import Block
from ansible.playbook.role import Role
from ansible.playbook.role.include import RoleInclude
from ansible.template import Templar
from jinja2 import TemplateError

from ansible_collections.diskominfo.terpusat.plugins.plugin_utils.plain_jinja import (
    PlainEnvironment,
    PlainTemplate,
    Resolve,
    Values,
    is_plain,
)
from ansible_collections.diskominfo.terpusat.plugins.plugin_utils.role_arguments import RoleArguments

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
    arguments: RoleArguments
    templates: dict[str, PlainTemplate | None] = field(default_factory=dict)

    def argument(self, name: str, values: Values, resolve: Resolve) -> Any:
        """An argument of the task for a host."""
        text = self.task.args.get(name)
        if not isinstance(text, str) or is_plain(text):
            return text if is_plain(text) else resolve(text)
        key = f"argument {name}"
        if key not in self.templates:
            try:
                self.templates[key] = PlainTemplate(self.environment, text)
            except Exception:  # not a template for Jinja alone
                self.templates[key] = None
        template = self.templates[key]
        if template is not None:
            with contextlib.suppress(Exception):  # Ansible's engine decides; it knows `omit`, and words the errors
                return template.render(values)
        try:
            return resolve(text)
        except AnsibleValueOmittedError:
            return None


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

    def prepare(self, role: str, platform: str) -> None:
        """Read a role and its template for a platform now. Raises `AnsibleError`."""
        role_task = self._task(role)
        with contextlib.suppress(TemplateError):
            self._template(role_task, platform)

    def values(self, host: Any, role: str) -> Values:
        """The host's variables as the role's task would see them; never another host's.

        Raises:
            AnsibleError: there is no such role, or it has not exactly one device_config task.
        """
        role_task = self._task(role)
        variables = self._variables.get_vars(play=self._play, host=host, task=role_task.task, include_hostvars=False)
        variables["ansible_search_path"] = [*role_task.search_path]
        return Values(variables, Templar(loader=self._loader, variables=variables).template)

    def render(self, host: Any, role: str, values: Values) -> Rendered:
        """The task's arguments for a host. ``values`` are those that `values` returned for it.

        Raises:
            AnsibleError: an argument of the role is not what its spec says, or a template does not render, for example
            because a variable is undefined.
        """
        role_task = self._task(role)
        role_task.arguments.check(values)
        try:
            text = self._plain(role_task, values)
        except Exception:  # whatever it is, Ansible knows better, and words the error if there is one
            text = None
        exact = text is None
        if text is None:
            text = str(self._engine(host, role_task).template(role_task.task.args["config"]))

        def resolve(value: Any) -> Any:
            return self._engine(host, role_task).template(value)

        platform, version = (role_task.argument(name, values, resolve) for name in ("platform", "version"))
        return Rendered(text, platform or None, version or None, exact)

    def _engine(self, host: Any, role_task: _RoleTask) -> Templar:
        variables = self._variables.get_vars(play=self._play, host=host, task=role_task.task)
        variables["ansible_search_path"] = [*role_task.search_path]
        return Templar(loader=self._loader, variables=variables)

    def _plain(self, role_task: _RoleTask, values: Values) -> str | None:
        if not _WHOLE_TEMPLATE.fullmatch(str(role_task.task.args.get("config"))):
            return None
        template = self._template(role_task, str(values.get("terpusat_host")["platform"]))
        return template.render(values) if template else None

    def _template(self, role_task: _RoleTask, platform: str) -> PlainTemplate | None:
        if platform not in role_task.templates:
            role_task.templates[platform] = self._compile(role_task, f"{platform}.j2")
        return role_task.templates[platform]

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
            tasks = list(_tasks(Role.load(include, self._play).compile(self._play)))
            found = [task for task in tasks if task.resolved_action == _ACTION]
            if len(found) != 1:
                raise AnsibleError(
                    f"peran {role} punya {len(found)} tugas {_ACTION}; untuk dibandingkan tanpa dijalankan harus satu"
                )
            search_path = [*found[0].get_search_path(), self._loader.get_basedir()]
            folders = [folder for path in search_path for folder in (os.path.join(path, "templates"), path)]
            self._tasks[role] = _RoleTask(found[0], search_path, PlainEnvironment(folders), RoleArguments(tasks))
        return self._tasks[role]


def _tasks(blocks: list[Any]) -> Iterator[Any]:
    for entry in blocks:
        if isinstance(entry, Block):
            yield from _tasks(entry.block)
        else:
            yield entry
