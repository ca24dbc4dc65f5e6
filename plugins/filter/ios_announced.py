# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Filter for what IOS announces."""

from __future__ import annotations

from collections.abc import Callable

from ansible_collections.diskominfo.terpusat.plugins.module_utils.rendering import bgp_policy

DOCUMENTATION = r"""
name: ios_announced
short_description: A prefix as IOS shows it among what it announces
version_added: 0.1.0
description:
  - Network and mask, without the mask where it is that of the network's class.
author: Terpusat contributors
options:
  _input:
    description: A prefix.
    type: str
    required: true
"""

EXAMPLES = r"""
- name: How a prefix stands in C(router bgp)
  ansible.builtin.debug:
    msg: "{{ '45.64.0.0/22' | diskominfo.terpusat.ios_announced }}"
"""

RETURN = r"""
_value:
  description: What follows C(network).
  type: str
"""


def ios_announced(prefix: str) -> str:
    """See `bgp_policy.ios_announced`."""
    return bgp_policy.ios_announced(str(prefix))


class FilterModule:
    """Registers the filter with Ansible."""

    def filters(self) -> dict[str, Callable[[str], str]]:
        return {"ios_announced": ios_announced}
