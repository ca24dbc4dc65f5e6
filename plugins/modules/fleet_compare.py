# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Documentation of diskominfo.terpusat.fleet_compare; the work is done by the action plugin of the same name."""

DOCUMENTATION = r"""
module: fleet_compare
short_description: Compare all network devices of a play with what they should run, in one task
version_added: 0.2.0
author:
  - Terpusat contributors
description:
  - >-
    Renders the configuration of every device as its role (C(terpusat_host.role)) would, logs in, reads what runs, and
    tells what differs. It changes nothing and has no way to.
  - >-
    Runs once for all hosts (Ansible's loop over hosts is bypassed): one process, a bounded number of threads, one login
    and one reading per device. A device that is off, refuses the login, shows another host key, answers nonsense or
    hangs has an outcome of its own and costs the others nothing.
  - >-
    The text is the one that the role's M(diskominfo.terpusat.device_config) task gets: the role's template for the
    device's platform, under the host's own variables, the defaults of the role and of the roles it imports.
  - >-
    Connection facts come from the same variables as for M(diskominfo.terpusat.device_config).
options:
  hosts:
    description:
      - Names of the devices; each must be a network device of the register.
      - Without it, all hosts of the play that have not failed, so C(--limit) counts.
    type: list
    elements: str
  workers:
    description:
      - Devices that are worked on at the same time.
      - Without it, 16 for each processor of the controller, at most 64, never more than there are devices.
    type: int
  device_seconds:
    description:
      - The longest that one device may take, from login to the end of its reading. Then it counts as offline.
      - The single steps of a login end after C(ansible_timeout) already.
    type: float
    default: 180.0
attributes:
  check_mode:
    description: Makes no difference, nothing is ever changed.
    support: full
  diff_mode:
    description: Differences are in the result of each device, always.
    support: none
  bypass_host_loop:
    description: Runs once for all hosts of the play; loops and conditions are those of the first one.
    support: full
requirements:
  - netmiko and paramiko on the controller
notes:
  - The task itself fails only when it is used wrongly. What became of a device stands in O(ignore:results).
"""

EXAMPLES = r"""
- name: Compare the network devices
  diskominfo.terpusat.fleet_compare:
  register: comparison

- name: Who differs
  ansible.builtin.debug:
    msg: "{{ comparison.results | dict2items | selectattr('value.outcome', 'eq', 'changed') | map(attribute='key') }}"
  run_once: true
"""

RETURN = r"""
msg:
  description: How many devices were compared and what became of them, in Bahasa Indonesia.
  returned: always
  type: str
  sample: "4 perangkat dibandingkan: 3 sesuai, 1 menyimpang"
in_sync:
  description: The hosts that are as intended and hold nothing that is not ours.
  returned: always
  type: list
  elements: str
  sample: [core1, rt-disdik]
results:
  description:
    - >-
      By host, for all others, what M(diskominfo.terpusat.device_config) returns in check mode as far as a comparison
      knows it.
    - >-
      C(outcome) is V(in_sync), V(changed) (it would be changed, so it differs), V(offline), V(auth_failed),
      V(host_key), V(refused), V(unsupported), V(busy) or V(failed); C(msg) says it in a sentence.
    - C(changes) and C(diff) name what differs, secrets shown as fingerprints; C(unmanaged) what is not ours.
    - C(unreachable) or C(failed) is true where the comparison did not come about.
  returned: always
  type: dict
  sample:
    rt-dinkes:
      changed: true
      outcome: changed
      msg: "akan diubah: berjalan: networkd eth2"
      changes:
        - {component: networkd, kind: running, name: eth2, summary: "- address 10.20.0.77/24", removed: [], added: []}
      diff: []
      unmanaged: []
"""
