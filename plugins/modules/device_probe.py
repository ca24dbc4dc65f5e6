# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Documentation of diskominfo.terpusat.device_probe; the work is done by the action plugin of the same name."""

from __future__ import annotations

DOCUMENTATION = r"""
module: device_probe
short_description: Try things on a network device and change nothing
version_added: 0.2.0
description:
  - Logs in once and runs probes like those of M(diskominfo.terpusat.device_config), without a change before them.
  - All probes are run, also behind one that failed; the task fails when any did.
options:
  probes:
    description: What is tried.
    type: list
    elements: dict
    required: true
    suboptions:
      name:
        description: What is checked, for the report.
        type: str
        required: true
      kind:
        description: What is tried; see M(diskominfo.terpusat.device_config).
        type: str
        choices: [command, ping, tcp, dns]
        default: command
      command:
        description: Command of the device that only asks; on Debian exit code 0 means good.
        type: str
        default: ""
      expect:
        description: Regular expression (multi-line) that the command's output must match somewhere.
        type: str
      host:
        description: Address for ping and tcp.
        type: str
        default: ""
      port:
        description: Port for tcp.
        type: int
        default: 0
      query:
        description: Name to resolve for dns.
        type: str
        default: ""
      server:
        description: Resolver to ask for dns.
        type: str
        default: ""
      where:
        description: From where it is tried.
        type: str
        choices: [device, controller]
        default: device
      timeout:
        description: Seconds that one attempt may take.
        type: float
        default: 10.0
      retries:
        description: More attempts after the first.
        type: int
        default: 0
      delay:
        description: Seconds between two attempts.
        type: float
        default: 2.0
  patience:
    description: Seconds for all probes together.
    type: float
    default: 120.0
attributes:
  check_mode:
    description: Runs as well, for it only asks.
    support: full
extends_documentation_fragment:
  - diskominfo.terpusat.device
author:
  - Terpusat contributors
"""

EXAMPLES = r"""
- name: The border router must answer
  diskominfo.terpusat.device_probe:
    probes:
      - {name: border router, kind: ping, host: 10.255.0.1, retries: 5}
"""

RETURN = r"""
outcome:
  description:
    - V(read) when every probe passed, V(failed) when one did not, else as M(diskominfo.terpusat.device_command).
  returned: always
  type: str
probes:
  description: Name, result and the end of the output of each.
  returned: when it was logged in to
  type: list
  elements: dict
msg:
  description: One sentence for the operator, in Bahasa Indonesia.
  returned: always
  type: str
"""
