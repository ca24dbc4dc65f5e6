# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Filter for templates of systems that ping by their routing table."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ansible_collections.diskominfo.terpusat.plugins.module_utils.rendering.pinned_routes import pinned_routes

DOCUMENTATION = r"""
name: pinned_routes
short_description: Tell which address judges which line
version_added: 0.1.0
description:
  - A system that pings by its routing table can ask an address through one line only. So an address that several lines
    would like to be judged by belongs to the first of them, a resolver to the line it must be asked by, and a line left
    without any is judged by its gateway.
author: Terpusat contributors
positional: _input, via
options:
  _input:
    description: Routes as in C(terpusat_intent.routes).
    type: list
    elements: dict
    required: true
  via:
    description: Addresses that have to be asked by a certain interface, as in C(terpusat_intent.dns.via).
    type: dict
    default: {}
"""

EXAMPLES = r"""
- name: How the lines of a border router are judged
  ansible.builtin.debug:
    msg: "{{ terpusat_intent.routes | diskominfo.terpusat.pinned_routes(terpusat_intent.dns.via) }}"
"""

RETURN = r"""
_value:
  description:
    - C(pins), host routes (C(address), C(via), C(interface), C(circuit)); C(lines), the routes with those addresses in
      C(track) that judge them here.
  type: dict
"""


class FilterModule:
    """Registers the filter with Ansible."""

    def filters(self) -> dict[str, Callable[..., Any]]:
        return {"pinned_routes": pinned_routes}
