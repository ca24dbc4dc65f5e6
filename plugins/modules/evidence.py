# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Documentation of the action plugin of the same name, which does the work on the controller."""

from __future__ import annotations

DOCUMENTATION = r"""
module: evidence
short_description: Verify and show the ledger of changes to devices
version_added: 0.2.0
description:
  - Reads the whole ledger that M(diskominfo.terpusat.device_config) writes and checks that no record was edited,
    removed, repeated, moved or cut off; the line of every problem is named.
  - Every commit of the configuration backup names the ledger's end at its time, so a ledger that was written anew does
    not pass either, as long as the backup repository (or a copy of it) is the true one.
  - Prints the changes as a table in Bahasa Indonesia, filtered by device, ticket, outcome and date, then whether the
    ledger is whole and its anchor. Noted down elsewhere, an anchor proves later that nothing before it was rewritten.
  - A change that was begun and never ended, because its process was killed, is shown as interrupted.
  - Runs on the controller only and touches no host. Problems do not fail the task; decide on RV(valid).
options:
  government:
    description: Code of the government whose ledger it is, as in C(terpusat_government.code).
    type: str
    required: true
  folder:
    description: The government's state folder. Defaults to C($XDG_STATE_HOME/terpusat/<government>).
    type: path
  measurements:
    description:
      - The government's own folder, which holds C(measurements/). Every result of an acceptance test is then compared
        with its entry in C(measurements/ledger.jsonl), and those that were edited, removed or never recorded are named.
      - With O(replace) a ledger of theirs that is not whole is put aside, too; in a whole one the reason is recorded
        for each result that is not as it was measured, which is then no longer told, and no evidence all the same.
    type: path
  key:
    description: Key with which records are sealed, from the vault, when one is in use (C(terpusat_evidence_key)).
    type: str
  anchor:
    description: An anchor noted down earlier, as C(number:hash); the record of that number must still have that hash.
    type: str
  device:
    description: Show only this device; C(*) stands for any text.
    type: str
    default: ""
  ticket:
    description: Show only this ticket.
    type: str
    default: ""
  outcome:
    description:
      - Show only these outcomes, such as V(changed), V(rolled_back), V(failed), V(unknown), V(interrupted), V(running).
    type: list
    elements: str
    default: []
  since:
    description: Show only what began on this local date (C(YYYY-MM-DD)) or later.
    type: str
    default: ""
  to:
    description: Show only what began on this local date (C(YYYY-MM-DD)) or earlier.
    type: str
    default: ""
  limit:
    description: Show only so many, the latest; V(0) shows all.
    type: int
    default: 50
  replace:
    description:
      - A person's reason to put a damaged ledger aside and begin a new one. The old file is kept unchanged; the new
        ledger's first record holds its SHA-256, the problems, the reason and who gave it.
      - An intact ledger is never replaced.
    type: str
    default: ""
attributes:
  check_mode:
    support: full
    description: Only reads, also when O(replace) is given.
author: [Terpusat contributors]
requirements: [dulwich]
"""

EXAMPLES = r"""
- name: Read and verify the ledger
  diskominfo.terpusat.evidence:
    government: "{{ terpusat_government.code }}"
    device: rt-*
    since: "2026-11-01"
  register: __read

- name: Stop when somebody changed it
  ansible.builtin.assert:
    that: __read.valid
"""

RETURN = r"""
valid:
  description: Whether every record is as it was written.
  returned: always
  type: bool
problems:
  description: What is not, with the line, in Bahasa Indonesia.
  returned: always
  type: list
  elements: str
notices:
  description: What is worth knowing and no problem, such as a process killed while it wrote.
  returned: always
  type: list
  elements: str
records:
  description: Number of intact records.
  returned: always
  type: int
measurements:
  description: Number of acceptance tests that are as they were measured.
  returned: always
  type: int
measurements_anchor:
  description: Number and hash of the last record of the acceptance tests' ledger; empty when there is none.
  returned: always
  type: str
anchor:
  description: Number and hash of the last record.
  returned: always
  type: str
  sample: "12:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
replaced:
  description: Where the damaged ledger lies now, or the ledger in which a reason was recorded; empty when neither.
  returned: always
  type: str
events:
  description: The changes shown, oldest first.
  returned: always
  type: list
  elements: dict
  contains:
    seq:
      description: Number of the record that began it.
      type: int
    device:
      description: Name of the device.
      type: str
    ticket:
      description: Ticket given by the operator.
      type: str
    actor:
      description: Who, as user@controller.
      type: str
    at:
      description: When it began, UTC.
      type: str
    local:
      description: The same in the government's time zone.
      type: str
    outcome:
      description: Outcome of the transaction, V(interrupted) or V(running).
      type: str
    message:
      description: The operator's sentence.
      type: str
    begin:
      description: "The whole first record: configuration hash before, changes, patch, inverse, guard strength."
      type: dict
    end:
      description: "The whole last record: configuration hash after, guard, probes; empty when there is none."
      type: dict
"""
