#!/usr/bin/python
# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: spending_report
short_description: Write the report on internet spending as HTML and XLSX
description:
  - Reads C(register/*.yml) of a government's folder and tells, in Bahasa Indonesia, which offices pay for two lines in
    which months, until when a letter of cancellation must arrive, which contracts end before the fiscal year without a
    successor and who goes dark then, which offices outside the network's reach keep their budget, and which prices or
    totals cannot be right.
  - Writes C(belanja-internet.html) and C(belanja-internet.xlsx) whole into O(destination), and only when their content
    changes; the same register and O(date) give the same bytes. Runs on the controller; no host is touched.
options:
  folder:
    description: The government's folder, the one that holds C(register/).
    type: path
    required: true
  destination:
    description: The folder of the report; made when it does not exist.
    type: path
    required: true
  date:
    description:
      - The day of which the report speaks, C(YYYY-MM-DD).
      - Without it today, in the government's own time zone.
    type: str
attributes:
  check_mode:
    description: Says what would be written and writes nothing.
    support: full
  diff_mode:
    description: Shows no content; the findings are in the result.
    support: none
  action:
    description: All of it runs in the action plugin, on the controller.
    support: full
author: [Terpusat contributors]
requirements: [openpyxl]
"""

EXAMPLES = r"""
- name: Report on internet spending
  diskominfo.terpusat.spending_report:
    folder: "{{ terpusat_government.folder }}"
    destination: "{{ terpusat_government.folder }}/laporan"
"""

RETURN = r"""
files:
  description: The files of the report, written now or as they were.
  returned: success
  type: list
  elements: str
findings:
  description: What needs attention, one sentence each, in Bahasa Indonesia.
  returned: success
  type: list
  elements: str
  sample: ["2 OPD masih akan membayar Rp 9.500.000 untuk langganan lama di samping jalur pusat."]
summary:
  description: Findings and files as lines to read.
  returned: success
  type: list
  elements: str
"""
