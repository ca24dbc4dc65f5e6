# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Filter for the limits that RouterOS 7 knows."""

from __future__ import annotations

from collections.abc import Callable

from ansible_collections.diskominfo.terpusat.plugins.module_utils.rendering import bgp_policy

DOCUMENTATION = r"""
name: routeros_limit
short_description: The limit of RouterOS 7 for a number of prefixes
version_added: 0.1.0
description:
  - C(input.limit-process-routes-ipv4) takes powers of ten; this is the smallest that is enough.
author: Terpusat contributors
options:
  _input:
    description: Number of prefixes.
    type: int
    required: true
"""

EXAMPLES = r"""
- name: A limit for a session on which a default route is expected
  ansible.builtin.debug:
    msg: "{{ 20 | diskominfo.terpusat.routeros_limit }}"
"""

RETURN = r"""
_value:
  description: 10, 100, and so on up to 10000000.
  type: int
"""


def routeros_limit(prefixes: int) -> int:
    """See `bgp_policy.routeros_limit`."""
    return bgp_policy.routeros_limit(int(prefixes))


class FilterModule:
    """Registers the filter with Ansible."""

    def filters(self) -> dict[str, Callable[[int], int]]:
        return {"routeros_limit": routeros_limit}
