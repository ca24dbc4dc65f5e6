# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Connection facts of any host of a play, as Ansible's ssh connection would take them for that host.

`DeviceAction.login` asks the connection object that Ansible made for the task's one host. An action that looks after
many hosts has only the first one's, so it asks Ansible's configuration under each host's own variables instead.
"""

from __future__ import annotations

from typing import Any

from ansible import constants as C  # noqa: N812 (Ansible's own name for it)
from ansible.plugins.loader import connection_loader

from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.session import Login
from ansible_collections.diskominfo.terpusat.plugins.plugin_utils.plain_jinja import Values

_OPTIONS = ("host", "port", "remote_user", "password", "private_key_file", "timeout")


class SshLogin:
    """Options of the ssh connection, by host. Order: variables, keywords of the play, command line, ansible.cfg."""

    def __init__(self, task: Any, play_context: Any) -> None:
        connection_loader.get("ansible.builtin.ssh", class_only=True)  # makes its options known
        definitions = C.config.get_configuration_definitions("connection", "ssh")
        self._names = {option: [entry["name"] for entry in definitions[option].get("vars", [])] for option in _OPTIONS}
        # The keyword `timeout` is the task's; the connection's comes by the command line and the play context.
        keys = {"remote_user": task.remote_user, "port": task.port, "timeout": play_context.timeout}
        keys["password"] = play_context.password
        self._keys = {name: value for name, value in keys.items() if value not in (None, "")}

    def of(self, values: Values) -> Login:
        """The login of a host. Raises `AnsibleError` when a variable cannot be templated or has the wrong type."""
        found = {option: self._option(option, values) for option in _OPTIONS}
        config_file, secret = (values.get(name) for name in ("terpusat_ssh_config_file", "ansible_become_password"))
        return Login(
            host=str(found["host"] or values.get("inventory_hostname")),
            port=int(found["port"] or 22),
            user=str(found["remote_user"] or ""),
            password=str(found["password"]) if found["password"] else None,
            key_file=str(found["private_key_file"]) if found["private_key_file"] else None,
            ssh_config_file=str(config_file) if config_file else None,
            timeout=float(found["timeout"] or 10),
            secret=str(secret) if secret else None,
        )

    def _option(self, option: str, values: Values) -> Any:
        known = {name: values.get(name) for name in self._names[option] if name in values}
        return C.config.get_config_value(
            option, plugin_type="connection", plugin_name="ssh", keys=self._keys, variables=known
        )
