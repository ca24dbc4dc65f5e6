# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Filter for the IOS templates: networks in an access list."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ansible.errors import AnsibleFilterError

from ansible_collections.diskominfo.terpusat.plugins.module_utils.rendering import ios_access_list

DOCUMENTATION = r"""
name: ios_networks
short_description: Networks in the words of an IOS access list
version_added: 0.1.0
description:
  - Merges overlapping and adjacent networks and writes them with a wildcard mask, V(host ...) or V(any); no network at
    all is V(any).
author: Terpusat contributors
positional: _input
options:
  _input:
    description: IPv4 networks in CIDR notation.
    type: list
    elements: str
    required: true
"""

EXAMPLES = r"""
- name: What IOS would be told
  ansible.builtin.debug:
    msg: "{{ ['10.20.0.0/24', '10.10.0.11/32'] | diskominfo.terpusat.ios_networks }}"
"""

RETURN = r"""
_value:
  description: Networks as IOS writes them.
  type: list
"""


def ios_networks(*arguments: Any) -> Any:
    """See DOCUMENTATION. Raises AnsibleFilterError for a network that is none."""
    try:
        return ios_access_list.ios_networks(*arguments)
    except ValueError as error:
        raise AnsibleFilterError(f"bukan jaringan IPv4: {error}. Betulkan di register, lalu jalankan lagi.") from error


class FilterModule:
    """Registers the filter with Ansible."""

    def filters(self) -> dict[str, Callable[..., Any]]:
        return {"ios_networks": ios_networks}
