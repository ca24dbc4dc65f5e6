# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Documentation of the action plugin of the same name, which does the work on the controller."""

from __future__ import annotations

DOCUMENTATION = r"""
module: register_validate
short_description: Tell every problem of a register in one run
description:
  - Reads all files of a register folder, judges each record and the rules between records, and prints every problem
    with file, line, column, key, what is wrong and what to do, in Bahasa Indonesia, followed by a summary in figures.
  - Runs on the controller only and touches no host.
  - Problems do not fail the task; decide on RV(valid).
options:
  folder:
    description: The register folder. A relative path starts at the current folder.
    type: path
    required: true
attributes:
  check_mode:
    support: full
    description: Nothing is ever changed.
author: [Terpusat contributors]
requirements: [pydantic, PyYAML]
"""

EXAMPLES = r"""
- name: Read the whole register and judge it
  diskominfo.terpusat.register_validate:
    folder: "{{ terpusat_government.folder }}/register"
  register: __judged

- name: Stop when the register cannot be used
  ansible.builtin.assert:
    that: __judged.valid
"""

RETURN = r"""
valid:
  description: Whether the register can be used; warnings do not count.
  returned: always
  type: bool
error_count:
  description: Number of errors.
  returned: always
  type: int
warning_count:
  description: Number of warnings.
  returned: always
  type: int
folder:
  description: Absolute path of the folder that was read.
  returned: always
  type: str
problems:
  description: All problems in the order of files and lines.
  returned: always
  type: list
  elements: dict
  contains:
    file:
      description: Path of the file.
      type: str
    line:
      description: Line, from 1.
      type: int
    column:
      description: Column, from 1.
      type: int
    key:
      description: Where in the data, for example C(devices[br1].ports[eth1].to). Empty when a whole file is meant.
      type: str
    what:
      description: What is wrong.
      type: str
    action:
      description: What to do.
      type: str
    severity:
      description: C(error) or C(warning).
      type: str
"""
