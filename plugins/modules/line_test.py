#!/usr/bin/python
# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: line_test
short_description: Measure an office's line from inside the office
description:
  - For a host of group C(role_opd_router). Measures latency, jitter, loss, DNS, throughput and, when asked, failing
    over of the central line of that router's location, judges them by C(rules.acceptance) (government.yml) and by
    what the location was promised, and keeps the result with its raw samples in
    C(measurements/) of the government's folder, and recorded with its SHA-256 in C(measurements/ledger.jsonl).
  - Measures from the C(probe) of the location (opds.yml), a Linux computer in its LAN, by SSH through the office's
    router; without one from the router itself under its LAN address. A Linux router measures everything; RouterOS no
    throughput, IOS neither throughput nor jitter nor DNS. What cannot be measured is told so and has not passed.
  - While an office's internet still goes by its own line, a Linux router leads packets to the measured addresses to the
    central line meanwhile. Whatever is led or cut for a while is given back by the router itself, even when the
    controller dies.
options:
  folder:
    description: The government's folder, the one that holds C(register/).
    type: path
    required: true
  only:
    description: Measure these parts only; without it all.
    type: list
    elements: str
    choices: [latency, dns, throughput, failover]
  failover:
    description:
      - Also take the line in use away and measure how long the office is without internet. Interrupts the office.
    type: bool
    default: false
  target:
    description: Ping this address instead of C(rules.acceptance.ping_targets).
    type: str
  source:
    description: V(auto) is the computer in the LAN where the register has one, else the router.
    type: str
    default: auto
    choices: [auto, probe, router]
  pings:
    description: Pings to each target, five a second.
    type: int
    default: 50
  queries:
    description: DNS questions.
    type: int
    default: 5
  seconds:
    description: How long each throughput test takes.
    type: int
    default: 10
  tries:
    description: Throughput tests in each direction; the median counts.
    type: int
    default: 3
  store:
    description: Keep the result.
    type: bool
    default: true
attributes:
  check_mode:
    description: Says what would be measured from where, and logs in nowhere.
    support: full
  diff_mode:
    description: There is nothing to show.
    support: none
  action:
    description: All of it runs in the action plugin, on the controller.
    support: full
author: [Terpusat contributors]
"""

EXAMPLES = r"""
- name: Measure
  diskominfo.terpusat.line_test:
    folder: "{{ terpusat_government.folder }}"
  throttle: 1
"""

RETURN = r"""
passed:
  description: Whether every criterion keeps its limit. In check mode always true.
  returned: success
  type: bool
summary:
  description: Heading, table and remarks as lines to read.
  returned: success
  type: list
  elements: str
measurement:
  description: What was kept, with values, methods and raw samples.
  returned: when measured
  type: dict
latency_ms:
  description: Mean round trip, if there was any answer.
  returned: when measured
  type: float
latency_how:
  description: How and from where.
  returned: when measured
  type: str
path:
  description: The file of the result.
  returned: when kept
  type: str
"""
