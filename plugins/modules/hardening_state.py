#!/usr/bin/python
# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: hardening_state
short_description: Bring permissions and the kernel's state to the hardening rules
description:
  - Sets modes of paths, kernel parameters and mount options, unloads modules, loads audit rules and asks AppArmor.
  - In a container the kernel is the host's. What lives there is neither changed nor called fine; RV(unverified) names
    the rules.
options:
  rules:
    description: >-
      The rules that apply. Each has an C(id) and any of C(modes), C(sysctl), C(modules), C(remount), C(audit),
      C(apparmor); other keys are not looked at.
    type: list
    elements: dict
    required: true
attributes:
  check_mode:
    support: full
  diff_mode:
    support: full
author: Terpusat contributors
"""

EXAMPLES = r"""
- name: Bring the running system to the rules
  diskominfo.terpusat.hardening_state:
    rules:
      - id: TP-NET-01
        sysctl: {net.ipv4.conf.all.accept_redirects: "0"}
"""

RETURN = r"""
unverified:
  description: Ids of rules that could not be verified, because the kernel is not this machine's own.
  type: list
  elements: str
  returned: always
pending:
  description: What is in force only after a restart, one sentence each.
  type: list
  elements: str
  returned: always
"""

import grp
import os
import pwd
import stat
from typing import Any

from ansible.module_utils.basic import AnsibleModule

from ansible_collections.diskominfo.terpusat.plugins.module_utils.servers import kernel_rules

APPARMOR = "/sys/kernel/security/apparmor/profiles"
ENABLED = "/sys/module/apparmor/parameters/enabled"


def text_of(path: str) -> str:
    try:
        with open(path, encoding="utf-8", errors="replace") as file:
            return file.read()
    except OSError:
        return ""


class State:
    """One run: collects what differs, and mends it unless this is a dry run."""

    def __init__(self, module: AnsibleModule) -> None:
        self.module = module
        self.before: list[str] = []
        self.after: list[str] = []
        self.unverified: list[str] = []
        self.pending: list[str] = []
        self.problems: list[str] = []
        detect = module.get_bin_path("systemd-detect-virt")
        self.container = bool(detect) and module.run_command([detect, "--container", "--quiet"])[0] == 0

    def differs(self, what: str, before: str, after: str) -> bool:
        """Note a difference; True when it is to be mended now."""
        self.before.append(f"{what} {before}\n")
        self.after.append(f"{what} {after}\n")
        return not self.module.check_mode

    def run(self, rule: dict[str, Any]) -> None:
        for entry in rule.get("modes") or []:
            self.mode(**entry)
        foreign = [key for key in rule.get("sysctl") or {} if not kernel_rules.owned(key, self.container)]
        for key, value in (rule.get("sysctl") or {}).items():
            if key not in foreign:
                self.parameter(key, str(value))
        in_kernel = [
            part for part in (self.modules, self.remount, self.audit, self.apparmor) if rule.get(part.__name__)
        ]
        if self.container and (foreign or in_kernel):
            self.unverified.append(rule["id"])
            return
        for part in in_kernel:
            part(rule[part.__name__])

    def mode(self, path: str, mode: str, owner: str = "root", group: str = "root", folder: bool = False) -> None:
        """``folder``: made where it is missing, since a package that brings it later leaves a mode that stands."""
        if not os.path.exists(path):
            if folder and self.differs(path, "-", f"{mode} {owner}:{group}"):
                os.mkdir(path, int(mode, 8))
                self.mode(path, mode, owner, group)
            return
        found = os.stat(path)
        uid, gid = pwd.getpwnam(owner).pw_uid, grp.getgrnam(group).gr_gid
        now = (stat.S_IMODE(found.st_mode), found.st_uid, found.st_gid)
        if now == (int(mode, 8), uid, gid):
            return
        if self.differs(path, f"{now[0]:04o} {now[1]}:{now[2]}", f"{mode} {uid}:{gid}"):
            os.chown(path, uid, gid)
            os.chmod(path, int(mode, 8))

    def parameter(self, key: str, value: str) -> None:
        path = kernel_rules.sysctl_path(key)
        now = kernel_rules.value_of(path)
        if now is None or now == value:
            return
        if self.differs(key, now, value):
            try:
                with open(path, "w", encoding="ascii") as file:
                    file.write(value + "\n")
            except OSError as error:
                self.problems.append(f"{key} tidak dapat disetel: {error.strerror}")

    def modules(self, names: list[str]) -> None:
        for name in kernel_rules.loaded(names, text_of("/proc/modules")):
            if self.differs(f"modul {name}", "dimuat", "tidak dimuat"):
                code, _output, _error = self.module.run_command(["modprobe", "--remove", name])
                if code != 0:
                    self.pending.append(f"Modul {name} sedang dipakai; hilang sesudah server dimulai ulang.")

    def remount(self, points: dict[str, str]) -> None:
        present = kernel_rules.mounted(text_of("/proc/self/mounts"))
        groups = {entry.gr_name: entry.gr_gid for entry in grp.getgrall()}
        for point, options in points.items():
            if point not in present:
                self.pending.append(f"{point} menjadi sistem berkas sendiri sesudah server dimulai ulang.")
                continue
            missing = kernel_rules.lacking(options, present[point], groups)
            if missing and self.differs(point, "tanpa " + ",".join(missing), options):
                code, _output, error = self.module.run_command(["mount", "-o", f"remount,{options}", point])
                if code != 0:
                    self.problems.append(f"{point} tidak dapat dipasang ulang: {error.strip()}")

    def audit(self, _rules: list[str]) -> None:
        if not self.module.get_bin_path("augenrules", opt_dirs=["/usr/sbin", "/sbin"]):
            self.pending.append("auditd belum terpasang.")
            return
        _code, said, _error = self.module.run_command(["augenrules", "--check"])
        _code, listed, _error = self.module.run_command(["auditctl", "-l"])
        if "should be updated" not in said and "No rules" not in listed:
            return
        if self.differs("aturan audit", "yang lama", "yang baru"):
            code, _output, error = self.module.run_command(["augenrules", "--load"])
            if code != 0:
                self.problems.append(f"Aturan audit tidak dapat dimuat: {error.strip()}")

    def apparmor(self, _wanted: bool) -> None:
        if not text_of(ENABLED).startswith("Y"):
            self.problems.append(
                "AppArmor tidak aktif; mulai ulang dengan parameter kernel apparmor=1 security=apparmor."
            )
            return
        for profile in kernel_rules.complaining(text_of(APPARMOR)):
            self.problems.append(f"Profil AppArmor {profile} hanya mengeluh; jalankan aa-enforce untuk profil itu.")


def main() -> None:
    module = AnsibleModule(
        argument_spec={"rules": {"type": "list", "elements": "dict", "required": True}}, supports_check_mode=True
    )
    state = State(module)
    for rule in module.params["rules"]:
        state.run(rule)
    result = {
        "changed": bool(state.after),
        "unverified": state.unverified,
        "pending": sorted(set(state.pending)),
        "diff": {"before": "".join(state.before), "after": "".join(state.after)},
    }
    if state.problems:
        module.fail_json(msg=" ".join(dict.fromkeys(state.problems)), **result)
    module.exit_json(**result)


if __name__ == "__main__":
    main()
