# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Filter for the RouterOS templates: forwarding rules in RouterOS's words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from ansible.errors import AnsibleFilterError

from ansible_collections.diskominfo.terpusat.plugins.module_utils.rendering import routeros_rules as rendering

DOCUMENTATION = r"""
name: routeros_rules
short_description: Forwarding rules of an intent as RouterOS can say them
version_added: 0.1.0
description:
  - A rule of RouterOS names one interface and one network, or one list of either. What has several members becomes a
    list, named after the first rule that needs it; rules that need the same members share it.
author: Terpusat contributors
positional: _input
options:
  _input:
    description: Rules as in C(terpusat_intent.firewall.forward).
    type: list
    elements: dict
    required: true
"""

EXAMPLES = r"""
- name: What the packet filter of a router will be made of
  ansible.builtin.debug:
    msg: "{{ terpusat_intent.firewall.forward | diskominfo.terpusat.routeros_rules }}"
"""

RETURN = r"""
_value:
  description:
    - C(address_lists) and C(interface_lists), each a list of C(name) and C(members); C(rules), in their order, each
      with C(name), C(action) and C(match), the conditions by the names that RouterOS has for them.
  type: dict
"""


def routeros_rules(forward: Sequence[Mapping[str, Any]]) -> rendering.Rules:
    """See DOCUMENTATION. Raises AnsibleFilterError for a network that is none."""
    try:
        return rendering.routeros_rules(forward)
    except ValueError as error:
        raise AnsibleFilterError(
            f"aturan penerusan memuat yang bukan jaringan IPv4: {error}. Betulkan di register, lalu jalankan lagi."
        ) from error


class FilterModule:
    """Registers the filter with Ansible."""

    def filters(self) -> dict[str, Callable[..., Any]]:
        return {"routeros_rules": routeros_rules}
