# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What hardening rules ask of the running system, compared with what /proc and /sys tell."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping

#: The only parameters that a container has of its own.
_OWN_IN_CONTAINER = ("net.ipv4.", "net.ipv6.")


def sysctl_path(key: str, proc: str = "/proc") -> str:
    """Names of interfaces may hold a dot; none of ours does."""
    return os.path.join(proc, "sys", *key.split("."))


def owned(key: str, container: bool) -> bool:
    """Whether a kernel parameter is this machine's own."""
    return not container or key.startswith(_OWN_IN_CONTAINER)


def value_of(path: str) -> str | None:
    """Value of a kernel parameter, blanks made one; None where the kernel does not have it."""
    try:
        with open(path, encoding="ascii") as file:
            return " ".join(file.read().split())
    except OSError:
        return None


def mounted(mounts: str) -> dict[str, set[str]]:
    """Mount point → options, from the text of /proc/self/mounts; the last mount covers the others."""
    found: dict[str, set[str]] = {}
    for line in mounts.splitlines():
        words = line.split()
        if len(words) >= 4:
            found[words[1]] = set(words[3].split(","))
    return found


def lacking(options: str, present: set[str], groups: Mapping[str, int]) -> list[str]:
    """The options that are not in force. The kernel tells a group by its number, hidepid by word or by number."""
    missing = []
    for option in options.split(","):
        key, _, value = option.partition("=")
        same = {option}
        if key == "gid" and value in groups:
            same.add(f"gid={groups[value]}")
        if option == "hidepid=invisible":
            same.add("hidepid=2")
        if not same & present:
            missing.append(option)
    return missing


def loaded(modules: Iterable[str], proc_modules: str) -> list[str]:
    """Which of the modules are loaded; the kernel writes an underscore where modprobe takes a dash, too."""
    present = {line.split()[0] for line in proc_modules.splitlines() if line.strip()}
    return [module for module in modules if module.replace("-", "_") in present]


def complaining(profiles: str) -> list[str]:
    """AppArmor profiles that only complain, from the text of /sys/kernel/security/apparmor/profiles."""
    return sorted(line.rpartition(" ")[0] for line in profiles.splitlines() if line.endswith("(complain)"))
