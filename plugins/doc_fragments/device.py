# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What every module that logs in to a network device has in common."""

from __future__ import annotations


class ModuleDocFragment:
    """Ansible's name for the class; see ansible-core, developing documentation fragments."""

    DOCUMENTATION = r"""
options:
  platform:
    description:
      - Name of a folder in C(plugins/module_utils/devices/platforms).
      - Defaults to C(terpusat_host.platform), or V(linux) when that is not set.
    type: str
requirements:
  - netmiko and paramiko on the controller
notes:
  - A device that does not answer is reported as unreachable, so that a play goes on with the other hosts.
  - The variables of the connection are told at M(diskominfo.terpusat.device_config); the host key is always checked.
"""
