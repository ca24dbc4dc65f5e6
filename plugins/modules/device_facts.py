# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Documentation of diskominfo.terpusat.device_facts; the work is done by the action plugin of the same name."""

from __future__ import annotations

DOCUMENTATION = r"""
module: device_facts
short_description: Ask a network device what it is and who its neighbours are
version_added: 0.2.0
description:
  - Reads model, system version, serial number, uptime, host name and the neighbours that LLDP, CDP or MNDP told.
  - One session, no module process on the device, nothing is changed. Only commands that read are sent.
attributes:
  check_mode:
    description: Nothing is ever changed.
    support: full
extends_documentation_fragment:
  - diskominfo.terpusat.device
author:
  - Terpusat contributors
"""

EXAMPLES = r"""
- name: Ask every network device
  diskominfo.terpusat.device_facts:

- name: Show what it is
  ansible.builtin.debug:
    msg: "{{ ansible_facts.terpusat_device.model }}, {{ ansible_facts.terpusat_device.serial }}"
"""

RETURN = r"""
outcome:
  description:
    - How it ended.
    - >-
      V(read) everything was read;
      V(offline) no answer; V(auth_failed) login refused; V(host_key) the host key is unknown or changed;
      V(refused) refused, nothing was sent or written; V(unsupported) this platform cannot be looked at; V(failed) the
      device refused a command.
  returned: always
  type: str
msg:
  description: One sentence for the operator, in Bahasa Indonesia.
  returned: always
  type: str
ansible_facts:
  description: Facts of the device.
  returned: when it was read
  type: dict
  contains:
    terpusat_device:
      description: What the device says of itself; unknown texts are empty.
      type: dict
      contains:
        platform:
          description: V(ios), V(routeros) or V(linux).
          type: str
        hostname:
          description: Its own name.
          type: str
        model:
          description: Hardware model.
          type: str
        version:
          description: Version of its operating system.
          type: str
        serial:
          description: Serial number; the system id of a virtual RouterOS.
          type: str
        uptime_seconds:
          description: Seconds since it started; null when it does not tell.
          type: int
        neighbours:
          description: Devices seen on its ports, one entry for each protocol that told of it.
          type: list
          elements: dict
          contains:
            protocol:
              description: V(lldp), V(cdp) or V(mndp); empty when a RouterOS before 7.7 does not say.
              type: str
            local_port:
              description: The port on which it was seen.
              type: str
            name:
              description: Its name, or its hardware address.
              type: str
            port:
              description: Its own port, when told.
              type: str
            address:
              description: Its address, when told.
              type: str
            platform:
              description: What it says to be.
              type: str
"""
