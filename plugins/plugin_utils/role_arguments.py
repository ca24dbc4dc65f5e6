# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A host's role arguments against the roles' argument specs, as running the roles would validate them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any

from ansible.errors import AnsibleError
from ansible.module_utils.common.arg_spec import ArgumentSpecValidator

from ansible_collections.diskominfo.terpusat.plugins.plugin_utils.plain_jinja import Values

_VALIDATION = "ansible.builtin.validate_argument_spec"


class RoleArguments:
    """The specs of a role and of those that it imports.

    What the roles' own files say (defaults, variables, what is handed to an imported role) is taken as valid: it is the
    same for every host, and the project's tests hold it against the specs. Judged is what somebody else has set.
    """

    def __init__(self, tasks: Iterable[Any]) -> None:
        """``tasks`` of the role, as Ansible compiles it, with the validations that it puts before them."""
        tasks = list(tasks)
        self._specs = [_Spec(task) for task in tasks if task.resolved_action == _VALIDATION]
        self._own: dict[str, list[Any]] = {}
        for task in tasks:
            for said in (task._role.get_default_vars(), task._role.get_vars(include_params=False), task.get_vars()):
                for name, value in said.items():
                    if value not in self._own.setdefault(name, []):
                        self._own[name].append(value)

    def check(self, values: Values) -> None:
        """Raises `AnsibleError` with everything that is wrong."""
        problems: list[str] = []
        for spec in self._specs:
            set_here = {
                name: values.get(name)
                for name in spec.options
                if name in values and values.raw(name) not in self._own.get(name, ())
            }
            missing = spec.required - {name for name in spec.required if name in values}
            if set_here or missing:
                problems += spec.problems(set_here, missing)
        if problems:
            raise AnsibleError(f"argumen peran tidak sah: {'; '.join(problems)}; perbaiki variabelnya")


class _Spec:
    def __init__(self, task: Any) -> None:
        self.options: Mapping[str, Any] = task.args["argument_spec"]
        self.required = frozenset(name for name, option in self.options.items() if option.get("required"))

    @cached_property
    def _validators(self) -> dict[frozenset[str], ArgumentSpecValidator]:
        return {}

    def problems(self, given: Mapping[str, Any], missing: frozenset[str]) -> list[str]:
        names = frozenset(given) | missing
        if names not in self._validators:
            self._validators[names] = ArgumentSpecValidator({name: self.options[name] for name in names})
        found = self._validators[names].validate(dict(given), validate_role_argument_spec=True)
        return list(found.error_messages)
