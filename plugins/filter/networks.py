# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Filters over lists of networks."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable, Iterable

from ansible.errors import AnsibleFilterError

DOCUMENTATION = r"""
name: collapse_networks
short_description: Merge overlapping and adjacent networks
version_added: 0.1.0
description:
  - Gives the shortest sorted list of networks that covers exactly the same addresses. An interface address such as
    V(10.20.0.1/24) counts as its network.
  - nftables refuses a set whose intervals overlap, so every list of networks passes through here.
author: Terpusat contributors
positional: _input
options:
  _input:
    description: Networks in CIDR notation, IPv4 or IPv6; an address without a length is one host.
    type: list
    elements: str
    required: true
"""

EXAMPLES = r"""
- name: Three networks of which two are adjacent
  ansible.builtin.debug:
    msg: "{{ ['10.20.0.0/24', '10.20.1.0/24', '10.10.0.11'] | diskominfo.terpusat.collapse_networks }}"
  # → [10.10.0.11/32, 10.20.0.0/23]
"""

RETURN = r"""
_value:
  description: The merged networks in CIDR notation, sorted by address.
  type: list
  elements: str
"""


def collapse_networks(cidrs: Iterable[str]) -> list[str]:
    """Merge overlapping and adjacent networks, IPv4 before IPv6.

    Raises AnsibleFilterError for anything that is not one.
    """
    four: list[ipaddress.IPv4Network] = []
    six: list[ipaddress.IPv6Network] = []
    for cidr in cidrs:
        try:
            network = ipaddress.ip_interface(str(cidr)).network
        except ValueError as error:
            raise AnsibleFilterError(
                f"'{cidr}' bukan jaringan IPv4 atau IPv6. Tulis seperti 10.20.0.0/24 di register, lalu jalankan lagi."
            ) from error
        if isinstance(network, ipaddress.IPv4Network):
            four.append(network)
        else:
            six.append(network)
    return [*map(str, ipaddress.collapse_addresses(four)), *map(str, ipaddress.collapse_addresses(six))]


class FilterModule:
    """Registers the filters with Ansible."""

    def filters(self) -> dict[str, Callable[[Iterable[str]], list[str]]]:
        return {"collapse_networks": collapse_networks}
