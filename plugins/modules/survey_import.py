#!/usr/bin/python
# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: survey_import
short_description: Bring what offices filled into a survey into the register
description:
  - Reads XLSX and CSV files as offices fill them in (header names vary, titles stand above the table, cells are merged,
    units are odd) and writes what is certain into C(opds.yml), C(bandwidth.yml) and C(circuits.yml) of a register.
  - Prints a preview in Bahasa Indonesia, with a unified diff of each file, every figure that becomes smaller, and every
    flagged cell with its sheet, its address, what stands there, why it is not imported and what to do.
  - Nothing is converted silently. Units go through the register's own; a header that is unknown or could mean two
    columns is told; a name that is only near to one in the register is a question; an office that appears twice with
    different values is not imported; figures ten times apart from the register or from the survey's median and prices
    out of the government's bounds are flagged.
  - A person answers in a small YAML file (O(answers)); the survey files themselves are never changed.
  - Figures, days and yes or no follow the survey. Text and kinds that stand in the register are never replaced by other
    text, networks are only added, and fields that the survey does not have stay. Comments, order and every line that
    does not change stay byte for byte.
  - The result must pass the register's own validation before any file is replaced. Files are replaced all together; an
    interrupted replacement is finished by the next run. Running the same import again changes nothing.
  - Runs on the controller; no host is touched.
options:
  folder:
    description: The government's folder, the one that holds C(register/).
    type: path
    required: true
  sources:
    description: Survey files (C(.xlsx), C(.csv)), or folders of which every such file is read.
    type: list
    elements: path
    required: true
  answers:
    description:
      - YAML file with a person's answers. C(headers) maps headers to columns or V(ignore); C(offices) and C(locations)
        join names to codes of the register; C(new_offices) and C(new_locations) say that a name is new, with its code;
        C(cells) confirms or corrects single cells; C(when_empty) gives values for what nobody filled in;
        C(ignore_sheets) lists sheets to pass over.
    type: path
  strict:
    description: Write nothing at all while any cell is flagged.
    type: bool
    default: false
attributes:
  check_mode:
    description: Shows the preview and writes nothing.
    support: full
  diff_mode:
    description: The preview always holds the diffs.
    support: full
  action:
    description: All of it runs in the action plugin, on the controller.
    support: full
author: [Terpusat contributors]
"""

EXAMPLES = r"""
- name: Import what the offices sent
  diskominfo.terpusat.survey_import:
    folder: "{{ terpusat_government.folder }}"
    sources: ["{{ terpusat_government.folder }}/files/survei"]
    answers: "{{ terpusat_government.folder }}/files/jawaban.yml"
"""

RETURN = r"""
files:
  description: Names of the register files that change.
  returned: success
  type: list
  elements: str
  sample: [opds.yml, bandwidth.yml]
changes:
  description: One line in Bahasa Indonesia for everything that changes in the register.
  returned: success
  type: list
  elements: str
  sample: ["dinkes users: 45 → 60"]
lowered:
  description: Those of RV(changes) that make a figure smaller.
  returned: success
  type: list
  elements: str
flags:
  description: Everything that was not imported, and why.
  returned: success
  type: list
  elements: dict
  contains:
    file:
      description: Name of the survey file.
      type: str
    sheet:
      description: Name of the sheet, empty for CSV.
      type: str
    cell:
      description: Address of the cell as a spreadsheet shows it.
      type: str
      sample: C14
    row:
      description: Row, from 1.
      type: int
    column:
      description: Header of the column, or the name of the column that is missing.
      type: str
    office:
      description: The office, as the survey names it.
      type: str
    found:
      description: What stands in the cell.
      type: str
    reason:
      description: Why it is not imported.
      type: str
    action:
      description: What to do.
      type: str
notes:
  description: How the files were read and what was taken for granted.
  returned: success
  type: list
  elements: str
summary:
  description: A few lines to read.
  returned: success
  type: list
  elements: str
"""
