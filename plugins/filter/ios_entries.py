# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Filter for the IOS templates: entries of an access list for one rule."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ansible.errors import AnsibleFilterError

from ansible_collections.diskominfo.terpusat.plugins.module_utils.rendering import ios_access_list

DOCUMENTATION = r"""
name: ios_entries
short_description: Entries of an access list for one forwarding rule
version_added: 0.1.0
description:
  - Writes what a rule says of new packets. Answers are not in it.
author: Terpusat contributors
positional: _input, action
options:
  _input:
    description: A rule as in C(terpusat_intent.firewall.forward).
    type: dict
    required: true
  action:
    description: Word to begin with instead of what the rule does, V(permit) or V(deny).
    type: str
"""

EXAMPLES = r"""
- name: What IOS would be told
  ansible.builtin.debug:
    msg: "{{ terpusat_intent.firewall.forward[0] | diskominfo.terpusat.ios_entries('permit') }}"
"""

RETURN = r"""
_value:
  description: Entries.
  type: list
"""


def ios_entries(*arguments: Any) -> Any:
    """See DOCUMENTATION. Raises AnsibleFilterError for a network that is none."""
    try:
        return ios_access_list.ios_entries(*arguments)
    except ValueError as error:
        raise AnsibleFilterError(f"bukan jaringan IPv4: {error}. Betulkan di register, lalu jalankan lagi.") from error


class FilterModule:
    """Registers the filter with Ansible."""

    def filters(self) -> dict[str, Callable[..., Any]]:
        return {"ios_entries": ios_entries}
