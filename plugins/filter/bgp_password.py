# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Filter for passwords of BGP sessions."""

from __future__ import annotations

from collections.abc import Callable

from ansible.errors import AnsibleFilterError

from ansible_collections.diskominfo.terpusat.plugins.module_utils.rendering import bgp_policy

DOCUMENTATION = r"""
name: bgp_password
short_description: A password of a BGP session that its platform takes as it is
version_added: 0.1.0
description:
  - Gives the password back, or fails and says what the platform does not take in it.
author: Terpusat contributors
positional: _input, circuit, platform
options:
  _input:
    description: The password, from the vault.
    type: str
    required: true
  circuit:
    description: Id of the line, for the message.
    type: str
    required: true
  platform:
    description: Platform of the router.
    type: str
    choices: [linux, ios, routeros]
    required: true
"""

EXAMPLES = r"""
- name: Password of a session
  ansible.builtin.set_fact:
    password: "{{ terpusat_secrets.bgp_passwords['isp-a'] | diskominfo.terpusat.bgp_password('isp-a', 'ios') }}"
  no_log: true
"""

RETURN = r"""
_value:
  description: The password.
  type: str
"""


def bgp_password(password: str, circuit: str, platform: str) -> str:
    """See `bgp_policy.checked_password`."""
    try:
        return bgp_policy.checked_password(str(password), circuit, platform)
    except ValueError as error:
        raise AnsibleFilterError(str(error)) from None


class FilterModule:
    """Registers the filter with Ansible."""

    def filters(self) -> dict[str, Callable[[str, str, str], str]]:
        return {"bgp_password": bgp_password}
