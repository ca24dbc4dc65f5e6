#!/usr/bin/python
# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: event_step
short_description: Reserve, verify or release the bandwidth of an event
description:
  - Reads C(register/*.yml) of a government's folder and one event of C(events.yml).
  - V(reserve) plans the event's day with its reservation, V(release) plans today without it, and both write
    C(bandwidth_plan.yml) as a whole. Floors that do not fit are told, and then nothing is written.
  - V(verify) writes nothing and tells what is not ready yet, and who gives how much while the event lasts.
  - Devices are set by the network roles afterwards. Runs on the controller; no host is touched.
options:
  folder:
    description: The government's folder, the one that holds C(register/).
    type: path
    required: true
  event:
    description: The event's code.
    type: str
    required: true
  step:
    description: What to do.
    type: str
    required: true
    choices: [reserve, verify, release]
  date:
    description:
      - The day that counts as today, C(YYYY-MM-DD).
      - Without it today, in the government's own time zone.
    type: str
  latency_ms:
    description:
      - V(verify) only; the latency to the examination's server as just measured. It counts before what is written.
    type: float
  latency_how:
    description: How O(latency_ms) was measured, for the list.
    type: str
    default: diukur
  quiet:
    description: Do not print the summary; it is in the result all the same.
    type: bool
    default: false
attributes:
  check_mode:
    description: Says what would be written and writes nothing; also for a step that is not yet due.
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
- name: Reserve
  diskominfo.terpusat.event_step:
    folder: "{{ terpusat_government.folder }}"
    event: cat-2026
    step: reserve
"""

RETURN = r"""
path:
  description: The lock file.
  returned: success
  type: str
location:
  description: C(opd/location) of the event.
  returned: success
  type: str
exam_server:
  description: Address whose latency is measured, if the register has one.
  returned: success
  type: str
devices:
  description: Devices in service whose figures differ with and without the event, done or not.
  returned: V(reserve) and V(release)
  type: list
  elements: str
changes:
  description: One line in Bahasa Indonesia for every OPD whose figures change, and every event reserved or released.
  returned: V(reserve) and V(release)
  type: list
  elements: str
ready:
  description: Whether nothing is missing.
  returned: V(verify)
  type: bool
summary:
  description: Lines to read.
  returned: success
  type: list
  elements: str
"""
