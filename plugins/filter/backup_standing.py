# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Filter that judges which applications have a backup."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from ansible_collections.diskominfo.terpusat.plugins.module_utils.servers import backup_standing as standing

DOCUMENTATION = r"""
name: backup_standing
short_description: Which applications have a backup, and which only seem to
version_added: 0.1.0
description:
  - Judges what the register says (where backups lie) and what the servers recorded (when they were made, and when they
    were last restored). What lies in the same rack, or was never restored, counts as none.
author: Terpusat contributors
positional: _input
options:
  _input:
    description:
      - One dictionary a server with C(name), C(applications) (codes), C(client) (part of the intent, or null),
        C(status) and C(tests) (contents of status.json and restore-test.json, null where the server did not answer).
    type: list
    elements: dict
    required: true
"""

EXAMPLES = r"""
- name: Show it
  ansible.builtin.debug:
    msg: "{{ (servers | diskominfo.terpusat.backup_standing).table }}"
"""

RETURN = r"""
_value:
  description:
    - C(rows) (one an application and place), C(table) (lines for the terminal) and C(without) (codes without a backup).
  type: dict
"""


def backup_standing(servers: list[dict[str, Any]]) -> dict[str, Any]:
    """See `backup_standing` of module_utils."""
    found = standing.rows(servers, time.time())
    rows = [{**asdict(row), "counts": row.counts} for row in found]
    return {"rows": rows, "table": standing.table(found), "without": standing.without(found)}


class FilterModule:
    """Registers the filter with Ansible."""

    def filters(self) -> dict[str, Callable[[list[dict[str, Any]]], dict[str, Any]]]:
        return {"backup_standing": backup_standing}
