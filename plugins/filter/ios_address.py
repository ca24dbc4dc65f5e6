# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Filter for the IOS templates: an address with its mask."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ansible.errors import AnsibleFilterError

from ansible_collections.diskominfo.terpusat.plugins.module_utils.rendering import ios_access_list

DOCUMENTATION = r"""
name: ios_address
short_description: An address and its mask for IOS
version_added: 0.1.0
description:
  - Writes the length of a network as a mask.
author: Terpusat contributors
positional: _input
options:
  _input:
    description: An address with its length.
    type: str
    required: true
"""

EXAMPLES = r"""
- name: What IOS would be told
  ansible.builtin.debug:
    msg: "{{ '10.20.0.1/24' | diskominfo.terpusat.ios_address }}"
"""

RETURN = r"""
_value:
  description: Address and mask.
  type: str
"""


def ios_address(*arguments: Any) -> Any:
    """See DOCUMENTATION. Raises AnsibleFilterError for a network that is none."""
    try:
        return ios_access_list.ios_address(*arguments)
    except ValueError as error:
        raise AnsibleFilterError(f"bukan jaringan IPv4: {error}. Betulkan di register, lalu jalankan lagi.") from error


class FilterModule:
    """Registers the filter with Ansible."""

    def filters(self) -> dict[str, Callable[..., Any]]:
        return {"ios_address": ios_address}
