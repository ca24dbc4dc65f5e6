# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Filter for what a BGP session believes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ansible_collections.diskominfo.terpusat.plugins.module_utils.rendering import bgp_policy

DOCUMENTATION = r"""
name: bgp_import
short_description: Prefix list entries of what a BGP session believes
version_added: 0.1.0
description:
  - The default route only, or a table without what cannot be true on the internet (RFC 7454), as FRR and IOS write it.
author: Terpusat contributors
options:
  _input:
    description: A session as in C(terpusat_intent.bgp.sessions).
    type: dict
    required: true
"""

EXAMPLES = r"""
- name: Show what is believed of the first provider
  ansible.builtin.debug:
    msg: "{{ terpusat_intent.bgp.sessions[0] | diskominfo.terpusat.bgp_import }}"
"""

RETURN = r"""
_value:
  description: Entries without list name and number, in order; what none permits is denied.
  type: list
  elements: str
"""


def bgp_import(session: Mapping[str, Any]) -> list[str]:
    """See `bgp_policy.import_entries`."""
    return bgp_policy.import_entries(session)


class FilterModule:
    """Registers the filter with Ansible."""

    def filters(self) -> dict[str, Callable[[Mapping[str, Any]], list[str]]]:
        return {"bgp_import": bgp_import}
