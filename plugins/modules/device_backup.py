# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Documentation of diskominfo.terpusat.device_backup; the work is done by the action plugin of the same name."""

from __future__ import annotations

DOCUMENTATION = r"""
module: device_backup
short_description: Keep a network device's configuration in git
version_added: 0.2.0
description:
  - Reads the complete configuration and commits it as C(<device>/<file>) to the government's git repository
    (C(<state folder>/backup)), the same in which M(diskominfo.terpusat.device_config) keeps it before and after a
    change. Nothing is changed on the device.
  - Secrets stand in it as keyed fingerprints, so a changed password shows and none can be read. What changes by itself
    (dates, counters) is left out, so a commit means that somebody changed something.
options:
  ticket:
    description: Reference written into the commit. Defaults to C(terpusat_ticket).
    type: str
attributes:
  check_mode:
    description: Reads and compares; nothing is written.
    support: full
  diff_mode:
    description: One entry for each file that differs from what was kept last.
    support: full
extends_documentation_fragment:
  - diskominfo.terpusat.device
author:
  - Terpusat contributors
requirements:
  - dulwich on the controller
"""

EXAMPLES = r"""
- name: Keep the configuration of every network device
  diskominfo.terpusat.device_backup:
"""

RETURN = r"""
outcome:
  description:
    - How it ended.
    - >-
      V(changed) it differed from what was kept and is kept now (in check mode, would be); V(in_sync) it did not;
      V(offline) no answer; V(auth_failed) login refused; V(host_key) the host key is unknown or changed;
      V(refused) refused, nothing was sent or written; V(unsupported) this platform cannot be looked at; V(failed) the
      device refused a command.
  returned: always
  type: str
msg:
  description: One sentence for the operator, in Bahasa Indonesia.
  returned: always
  type: str
commit:
  description: The commit that holds the configuration; empty in check mode.
  returned: when it was read
  type: str
files:
  description: Names of the files inside the device's folder.
  returned: when it was read
  type: list
  elements: str
folder:
  description: Where they lie on the controller.
  returned: when it was read
  type: str
diff:
  description: Ansible's diff list; before is what was kept last, after what the device has.
  returned: when it was read
  type: list
  elements: dict
"""
