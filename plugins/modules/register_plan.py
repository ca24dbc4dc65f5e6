#!/usr/bin/python
# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: register_plan
short_description: Give everything in the register its numbers and keep them in allocations.yml
description:
  - Reads C(register/*.yml) and C(allocations.yml) of a government's folder and gives every device, location, link and
    server that has no number yet the first free one of its pool; VLAN ids, /30 links and their OSPF areas, office LANs
    sized by their users and what of them is leased, CCTV and public Wi-Fi networks, loopbacks, server addresses, and
    IPv6 beside all of them when the register names a prefix.
  - Numbers that stand in C(allocations.yml) never change, whatever is added, removed or reordered in the register. A
    number whose owner left the register stays reserved until O(prune). A location that says C(formerly) takes over
    the numbers of the place it was merged from.
  - Behind a LAN room is kept free while the pool allows, so that it can O(grow) without moving. A location may also be
    given a larger LAN by hand in C(allocations.yml); the file is checked against the pools, for overlaps and for its
    last line before anything is planned.
  - With any error nothing is written. The file is replaced as a whole. Runs on the controller; no host is touched.
options:
  folder:
    description: The government's folder, the one that holds C(register/).
    type: path
    required: true
  prune:
    description: Release numbers whose owner is not in the register any more.
    type: bool
    default: false
  grow:
    description: Enlarge, in their place, LANs that lease fewer addresses than people work there.
    type: bool
    default: false
attributes:
  check_mode:
    description: Says what would be written and writes nothing.
    support: full
  diff_mode:
    description: Shows the lock file before and after.
    support: full
  action:
    description: All of it runs in the action plugin, on the controller.
    support: full
author: [Terpusat contributors]
"""

EXAMPLES = r"""
- name: Plan addresses
  diskominfo.terpusat.register_plan:
    folder: "{{ terpusat_government.folder }}"
"""

RETURN = r"""
path:
  description: The lock file.
  returned: always
  type: str
changes:
  description: One line in Bahasa Indonesia for every number given out, released, changed or moved to another name.
  returned: success
  type: list
  elements: str
  sample: ["baru: LAN lokasi satpolpp/kantor = 10.20.2.0/24, DHCP 10.20.2.100-10.20.2.249"]
reserved:
  description: Numbers that are kept although their owner is not in the register.
  returned: success
  type: list
  elements: str
remarks:
  description: What the register asks for and is not (or not fully) done, in Bahasa Indonesia.
  returned: success
  type: list
  elements: str
summary:
  description: All of the above as lines to read.
  returned: success
  type: list
  elements: str
"""
