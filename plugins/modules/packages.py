#!/usr/bin/python
# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: packages
short_description: Install and remove Debian packages without needing the network when nothing is missing
description:
  - Asks dpkg what is installed. When nothing is missing nothing else happens, so a run still succeeds while the uplink
    is down, and check mode works on a server that has never fetched a package list.
  - Package lists are fetched at most once per run and only when something has to be installed.
options:
  present:
    description: Packages that must be installed. They are never upgraded here; unattended upgrades do that.
    type: list
    elements: str
    default: []
  absent:
    description: Packages that must not be installed; their configuration stays.
    type: list
    elements: str
    default: []
  list_max_age:
    description: Seconds after which the package lists are fetched again before installing.
    type: int
    default: 3600
  lock_timeout:
    description: Seconds to wait for another apt or dpkg to finish.
    type: int
    default: 300
attributes:
  check_mode:
    support: full
  diff_mode:
    support: full
author: Terpusat contributors
"""

EXAMPLES = r"""
- name: Install the web server
  diskominfo.terpusat.packages:
    present: [nginx]
"""

RETURN = r"""
installed:
  description: Packages that were installed or, in check mode, would be.
  type: list
  elements: str
  returned: always
removed:
  description: Packages that were removed or, in check mode, would be.
  type: list
  elements: str
  returned: always
"""

import os
import time
from collections.abc import Iterable
from typing import Any

from ansible.module_utils.basic import AnsibleModule

LISTS = "/var/lib/apt/lists/partial"  # every fetched list passes through here: its time is the last update's
ENVIRONMENT = {"DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C.UTF-8", "APT_LISTCHANGES_FRONTEND": "none"}


def installed_among(module: AnsibleModule, names: Iterable[str]) -> set[str]:
    """Names that dpkg reports as completely installed."""
    wanted = sorted(set(names))
    if not wanted:
        return set()
    query = ["dpkg-query", "--show", "--showformat=${Package}\t${db:Status-Status}\n", *wanted]
    _code, output, _error = module.run_command(query)  # exits 1 when it knows one of the names not at all
    rows = (line.split("\t") for line in output.splitlines() if "\t" in line)
    return {name for name, status in rows if status == "installed"}


def apt_get(module: AnsibleModule, *arguments: str) -> tuple[int, str]:
    """Run apt-get; the exit code and what it said."""
    options = ["-q", "-y", "-o", f"DPkg::Lock::Timeout={module.params['lock_timeout']}"]
    options += ["-o", "Dpkg::Options::=--force-confdef", "-o", "Dpkg::Options::=--force-confold"]
    code, output, error = module.run_command(["apt-get", *options, *arguments], environ_update=ENVIRONMENT)
    return code, (error.strip() or output.strip())


def refresh_lists(module: AnsibleModule) -> None:
    # Without Error-Mode apt-get update exits 0 although a list could not be fetched.
    code, said = apt_get(module, "update", "-o", "APT::Update::Error-Mode=any")
    if code != 0:
        module.fail_json(
            msg="Daftar paket tidak dapat diambil (apt-get update). Periksa uplink, resolver, dan terpusat_apt_proxy, "
            f"lalu jalankan lagi. {said[-800:]}"
        )


def finish_interrupted(module: AnsibleModule) -> None:
    """Complete what an installation that was killed half-way left behind; apt refuses to do anything before."""
    command = ["dpkg", "--configure", "--pending", "--force-confdef", "--force-confold"]
    code, output, error = module.run_command(command, environ_update=ENVIRONMENT)
    if code != 0:
        said = (error.strip() or output.strip())[-800:]
        module.fail_json(msg=f"Pemasangan yang terputus tidak dapat diselesaikan (dpkg --configure --pending). {said}")


def install(module: AnsibleModule, names: list[str]) -> None:
    age = time.time() - os.stat(LISTS).st_mtime if os.path.isdir(LISTS) else float("inf")
    fresh = age > module.params["list_max_age"]
    if fresh:
        refresh_lists(module)
    # A package that comes back after a removal brings its configuration again: without its own files (a pool that a
    # role had deleted) the service would not start, and the installation would fail.
    arguments = ["install", "--no-install-recommends", "-o", "Dpkg::Options::=--force-confmiss", *names]
    code, said = apt_get(module, *arguments)
    if code != 0 and "dpkg --configure -a" in said:
        finish_interrupted(module)
        code, said = apt_get(module, *arguments)
    if code != 0 and not fresh:  # the lists may name versions that the archive no longer has
        refresh_lists(module)
        code, said = apt_get(module, *arguments)
    if code != 0:
        module.fail_json(msg=f"Paket {', '.join(names)} tidak dapat dipasang. {said[-800:]}")


def remove(module: AnsibleModule, names: list[str]) -> None:
    code, said = apt_get(module, "remove", *names)
    if code != 0:
        module.fail_json(msg=f"Paket {', '.join(names)} tidak dapat dicopot. {said[-800:]}")


def run(module: AnsibleModule) -> dict[str, Any]:
    present, absent = module.params["present"], module.params["absent"]
    there = installed_among(module, [*present, *absent])
    missing = [name for name in present if name not in there]
    surplus = [name for name in absent if name in there]
    if surplus and not module.check_mode:
        remove(module, surplus)
    if missing and not module.check_mode:
        install(module, missing)
    return {
        "changed": bool(missing or surplus),
        "installed": missing,
        "removed": surplus,
        "diff": {
            "before": "".join(f"{name}\n" for name in surplus),
            "after": "".join(f"{name}\n" for name in missing),
            "before_header": "paket terpasang",
            "after_header": "paket seharusnya",
        },
    }


def main() -> None:
    module = AnsibleModule(
        argument_spec={
            "present": {"type": "list", "elements": "str", "default": []},
            "absent": {"type": "list", "elements": "str", "default": []},
            "list_max_age": {"type": "int", "default": 3600},
            "lock_timeout": {"type": "int", "default": 300},
        },
        supports_check_mode=True,
    )
    module.exit_json(**run(module))


if __name__ == "__main__":
    main()
