# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What every action on one network device needs: its variables, its login, its platform."""

from __future__ import annotations

from typing import Any

import netmiko  # noqa: F401  # once, in the process that Ansible forks its workers from: it takes a quarter of a second
from ansible.plugins.action import ActionBase

from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.session import Login
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.target import Target
from ansible_collections.diskominfo.terpusat.plugins.plugin_utils.device_target import target_of

#: what a device runs when nobody says
_DEFAULT_PLATFORM = "linux"


class DeviceAction(ActionBase):  # type: ignore[misc]
    """Base of the actions that log in to a device themselves; no module process is started anywhere."""

    TRANSFERS_FILES = False
    _supports_check_mode = True

    def login(self, variables: dict[str, Any]) -> Login:
        """Connection facts, from the variables, options and command line that OpenSSH connections use too.

        ``ansible_become_password`` is the privileged mode's password on platforms that have one.
        """
        context = self._play_context
        config_file = self.variable(variables, "terpusat_ssh_config_file", None)
        secret = self.variable(variables, "ansible_become_password", None)
        return Login(
            host=str(self._option("host") or context.remote_addr),
            port=int(self._option("port") or context.port or 22),
            user=str(self._option("remote_user") or context.remote_user or ""),
            password=self._option("password") or context.password or None,
            key_file=self._option("private_key_file") or context.private_key_file or None,
            ssh_config_file=str(config_file) if config_file else None,
            timeout=float(self._option("timeout") or context.timeout or 10),
            secret=str(secret) if secret else None,
        )

    def platform_name(self, variables: dict[str, Any], chosen: str | None) -> str:
        """The platform that the task names, else the register's, else linux."""
        host = self.variable(variables, "terpusat_host", {})
        return chosen or host.get("platform") or _DEFAULT_PLATFORM

    def target(self, variables: dict[str, Any], login: Login, version: str | None = None) -> Target:
        """What the register says of the device; a server's or stranger's has no management facts."""
        return target_of(lambda name: self.variable(variables, name, None), login, version)

    def variable(self, variables: dict[str, Any], name: str, default: Any) -> Any:
        """A variable's value, templated; ``default`` when there is no such variable."""
        return self._templar.template(variables[name]) if name in variables else default

    def _option(self, name: str) -> Any:
        """An option of the connection plugin, which knows all the variables' aliases; None when it has no such one."""
        try:
            return self._connection.get_option(name)
        except (KeyError, AttributeError):
            return None
