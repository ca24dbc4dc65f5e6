# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Filter for the IOS templates: addresses of a LAN that are not leased."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ansible.errors import AnsibleFilterError

from ansible_collections.diskominfo.terpusat.plugins.module_utils.rendering import ios_access_list

DOCUMENTATION = r"""
name: ios_excluded
short_description: Addresses that the DHCP server of IOS must not lease
version_added: 0.1.0
description:
  - IOS leases a whole network but for what is excluded; this gives what lies below and above each range.
author: Terpusat contributors
positional: _input
options:
  _input:
    description: Ranges as in C(terpusat_intent.dhcp).
    type: list
    elements: dict
    required: true
"""

EXAMPLES = r"""
- name: What IOS would be told
  ansible.builtin.debug:
    msg: "{{ terpusat_intent.dhcp | diskominfo.terpusat.ios_excluded }}"
"""

RETURN = r"""
_value:
  description: First and last address of each gap.
  type: list
"""


def ios_excluded(*arguments: Any) -> Any:
    """See DOCUMENTATION. Raises AnsibleFilterError for a network that is none."""
    try:
        return ios_access_list.ios_excluded(*arguments)
    except ValueError as error:
        raise AnsibleFilterError(f"bukan jaringan IPv4: {error}. Betulkan di register, lalu jalankan lagi.") from error


class FilterModule:
    """Registers the filter with Ansible."""

    def filters(self) -> dict[str, Callable[..., Any]]:
        return {"ios_excluded": ios_excluded}
