# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Filter for the IOS templates: the access list of what leaves an interface of a switch."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ansible.errors import AnsibleFilterError

from ansible_collections.diskominfo.terpusat.plugins.module_utils.rendering import ios_access_list

DOCUMENTATION = r"""
name: ios_egress
short_description: Access list for what leaves an interface of a switch
version_added: 0.1.0
description:
  - Writes the rules that concern an interface, in their order, each with the answers to what it accepts, as far as a
    list without state can tell them.
author: Terpusat contributors
positional: _input, interface, own
options:
  _input:
    description: Rules as in C(terpusat_intent.firewall.forward).
    type: list
    elements: dict
    required: true
  interface:
    description: Name of the interface as in the rules.
    type: str
    required: true
  own:
    description: All networks of the government.
    type: list
    elements: str
    required: true
"""

EXAMPLES = r"""
- name: What IOS would be told
  ansible.builtin.debug:
    msg: "{{ terpusat_intent.firewall.forward | diskominfo.terpusat.ios_egress('vlan10', ['10.10.0.0/24']) }}"
"""

RETURN = r"""
_value:
  description: Entries.
  type: list
"""


def ios_egress(*arguments: Any) -> Any:
    """See DOCUMENTATION. Raises AnsibleFilterError for a network that is none."""
    try:
        return ios_access_list.ios_egress(*arguments)
    except ValueError as error:
        raise AnsibleFilterError(f"bukan jaringan IPv4: {error}. Betulkan di register, lalu jalankan lagi.") from error


class FilterModule:
    """Registers the filter with Ansible."""

    def filters(self) -> dict[str, Callable[..., Any]]:
        return {"ios_egress": ios_egress}
