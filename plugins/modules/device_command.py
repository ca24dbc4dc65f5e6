# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Documentation of diskominfo.terpusat.device_command; the work is done by the action plugin of the same name."""

from __future__ import annotations

DOCUMENTATION = r"""
module: device_command
short_description: Run one command on a network device that only reads
version_added: 0.2.0
description:
  - Sends one command from the platform's list of commands that only read, and returns what it printed.
  - >-
    The list is data (C(platforms/<name>/readonly.py)). Anything else is refused before any login: configuration,
    pipes, redirects, files, several commands in one, abbreviations, and on RouterOS brackets and variables.
  - Passwords, communities and keys in the output are replaced by keyed fingerprints, and so is every known secret of
    the host's variables.
options:
  command:
    description: The command, its words in full.
    type: str
    required: true
  expect:
    description: Regular expression (multi-line) that must be found in the output, or the task fails.
    type: str
  timeout:
    description: Seconds for the command.
    type: float
    default: 30.0
attributes:
  check_mode:
    description: Runs as well, for it only reads.
    support: full
extends_documentation_fragment:
  - diskominfo.terpusat.device
author:
  - Terpusat contributors
"""

EXAMPLES = r"""
- name: The neighbour must be up
  diskominfo.terpusat.device_command:
    command: show ip ospf neighbor
    expect: FULL/

- name: Addresses of a RouterOS device
  diskominfo.terpusat.device_command:
    command: /ip address print
    platform: routeros
"""

RETURN = r"""
outcome:
  description:
    - How it ended.
    - >-
      V(read) it was run;
      V(offline) no answer; V(auth_failed) login refused; V(host_key) the host key is unknown or changed;
      V(refused) refused, nothing was sent or written; V(unsupported) this platform cannot be looked at; V(failed) the
      device refused a command, or O(expect) was not found.
  returned: always
  type: str
msg:
  description: One sentence for the operator, in Bahasa Indonesia.
  returned: always
  type: str
command:
  description: The command as it was sent.
  returned: when it was sent
  type: str
stdout:
  description: What it printed, secrets replaced.
  returned: when it was sent
  type: str
stdout_lines:
  description: The same, line by line.
  returned: when it was sent
  type: list
  elements: str
"""
