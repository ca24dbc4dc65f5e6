#!/usr/bin/python
# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: bandwidth_plan
short_description: Share the internet lines among the offices and keep the result in bandwidth_plan.yml
description:
  - Reads C(register/*.yml) of a government's folder and shares what the uplinks carry on O(date) among all OPDs that
    take part. Floors come first, then weighted max-min fairness up to what was granted; no link on the way of any
    location carries more than it can, and what events reserve on that day is held for them.
  - Floors that do not fit are told with the link, what is missing and who asks for it; then nothing is written.
  - Network devices are set to what stands in C(bandwidth_plan.yml). The file is replaced as a whole. Runs on the
    controller; no host is touched.
options:
  folder:
    description: The government's folder, the one that holds C(register/).
    type: path
    required: true
  date:
    description:
      - The day to plan for, C(YYYY-MM-DD); decides which contracts and events count.
      - Without it today, in the government's own time zone.
    type: str
  first_stage:
    description: OPDs take part from this stage on.
    type: str
    default: provisioned
    choices: [surveyed, planned, provisioned, parallel, accepted, cutover, terminated]
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
- name: Plan bandwidth for the day of an examination
  diskominfo.terpusat.bandwidth_plan:
    folder: "{{ terpusat_government.folder }}"
    date: "2026-12-08"
"""

RETURN = r"""
path:
  description: The lock file.
  returned: always
  type: str
changes:
  description: One line in Bahasa Indonesia for every OPD whose figures change, and every event reserved or released.
  returned: success
  type: list
  elements: str
  sample: ["berubah: dinkes 40 Mbps -> 20 Mbps, paling tinggi 80 Mbps"]
plan:
  description: The plan by OPD and by location, rates in bit/s; what network roles take from the lock file.
  returned: success
  type: dict
  sample: {"offices": {"dinkes": {"cir": 20000000, "mir": 40000000, "priority": 1}}, "locations": {}}
summary:
  description: The table, the links, events, outages and remarks as lines to read.
  returned: success
  type: list
  elements: str
"""
