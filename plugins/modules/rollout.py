# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Documentation of diskominfo.terpusat.rollout; the work is done by the action plugin of the same name."""

from __future__ import annotations

DOCUMENTATION = r"""
module: rollout
short_description: One step of advancing OPDs through their stages
version_added: 0.2.0
description:
  - C(playbooks/rollout.yml) is made of these steps; between V(begin) and V(judge) it configures the routers of a wave.
  - >-
    V(plan) gathers the facts (register, lock files, measurements, ledger of changes, last drift report), decides who
    goes in which wave, prints it and writes C(rollout.json) in the government's state folder. A rollout whose process
    was killed is taken over.
  - V(desk) writes the stages of those who have no router to be configured.
  - V(begin) writes the stages of the wave to which O(hosts) belong into C(opds.yml).
  - V(judge) takes back, in C(opds.yml), the stages of those whose routers did not end as they should.
  - V(settle) notes how the offices of the wave ended, and says whether another wave may begin.
  - V(close) prints how everybody ended and what is to be done, and writes the data of cancellation letters.
  - Every beginning and end stands in the ledger of changes. Of C(opds.yml) only C(stage) and C(stage_since) change.
options:
  step:
    description: Which step.
    type: str
    required: true
    choices: [plan, desk, begin, judge, settle, close]
  folder:
    description: The government's folder, the one that holds C(register/).
    type: path
    required: true
  to:
    description:
      - Only those whose next stage is this one advance to it.
      - An OPD named in O(offices) that is beyond it goes back to it, for which O(reason) is needed.
      - Without it everybody may take the next step.
    type: str
    default: ""
    choices: ["", surveyed, planned, provisioned, parallel, accepted, cutover, terminated]
  offices:
    description: Codes of OPDs; all when empty.
    type: list
    elements: str
    default: []
  reason:
    description: Why somebody goes back; stands in the ledger.
    type: str
    default: ""
  date:
    description: The day that counts as today, C(YYYY-MM-DD); without it today, in the government's own time zone.
    type: str
    default: ""
  hosts:
    description: Routers of the wave, for V(begin), V(judge) and V(settle).
    type: list
    elements: str
    default: []
  results:
    description: Router -> why it did not end as it should, an empty text when it did; for V(judge) and V(settle).
    type: dict
    default: {}
  drift_report:
    description:
      - JSON report of C(playbooks/drift.yml).
      - Without it C(TERPUSAT_DRIFT_REPORT), else C(terpusat/<code>/drift.json) under C($XDG_STATE_HOME).
    type: path
attributes:
  check_mode:
    description: V(plan) writes nothing and returns no routers; the other steps are not for check mode.
    support: partial
  action:
    description: All of it runs in the action plugin, on the controller.
    support: full
author: [Terpusat contributors]
"""

EXAMPLES = r"""
- name: Decide who goes
  diskominfo.terpusat.rollout:
    step: plan
    folder: "{{ terpusat_government.folder }}"
    to: parallel
    offices: [dinkes, disdik]
"""

RETURN = r"""
routers:
  description: Routers to be configured, wave by wave.
  returned: after V(plan)
  type: list
  elements: str
batches:
  description: How many routers each wave has.
  returned: after V(plan)
  type: list
  elements: int
backbone:
  description: Core switches and border routers that must learn of new offices first.
  returned: after V(plan)
  type: list
  elements: str
waiting:
  description: OPD -> sentences in Bahasa Indonesia that say what is missing.
  returned: after V(plan)
  type: dict
apply:
  description: Routers to be configured for the new stage.
  returned: after V(begin)
  type: list
  elements: str
undo:
  description: Routers to be brought back to the former stage.
  returned: after V(begin) and V(judge)
  type: list
  elements: str
central:
  description: Routers that must reach the government's network afterwards.
  returned: after V(begin)
  type: list
  elements: str
own:
  description: Routers whose own lines must live afterwards.
  returned: after V(begin)
  type: list
  elements: str
stop:
  description: Whether no further wave begins, because too many OPDs have failed.
  returned: after V(begin) and V(settle)
  type: bool
short:
  description: OPDs that are not where they were wanted.
  returned: after V(close)
  type: list
  elements: str
results:
  description: OPD -> how it ended (V(done), V(failed), V(stuck), V(waiting)) and why.
  returned: after V(close)
  type: dict
letters:
  description: Files with the data of cancellation letters.
  returned: after V(close)
  type: list
  elements: str
"""
