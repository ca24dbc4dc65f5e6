# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What every action on one network device needs: its variables, its login, its platform."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ansible.plugins.action import ActionBase

from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.session import Login
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.target import Target

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


def target_of(variable: Callable[[str], Any], login: Login, version: str | None) -> Target:
    """What the register says of a device. ``variable`` returns the value of one of its variables, None without one."""
    host = variable("terpusat_host") or {}
    management = (variable("terpusat_intent") or {}).get("management") or {}
    return Target(
        host=login.host,
        version=version or host.get("os_version"),
        user=login.user,
        address=management.get("address"),
        sources=tuple(management.get("sources") or ()),
        port=login.port,
    )
