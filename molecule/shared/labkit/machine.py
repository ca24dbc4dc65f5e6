# SPDX-License-Identifier: GPL-3.0-or-later
"""What the lab needs of the machine it runs on, and what differs between machines."""

import os
import shutil
from pathlib import Path

from labkit.errors import LabError

TOOLS = {  # command: the Debian/Ubuntu package that brings it
    "podman": "podman",
    "runc": "runc",
    "mmdebstrap": "mmdebstrap",
    "ip": "iproute2",
    "ethtool": "ethtool",
    "nsenter": "util-linux",
    "setpriv": "util-linux",
    "ssh-keygen": "openssh-client",
    "socat": "socat",
    "apt-cacher-ng": "apt-cacher-ng",
    "iptables": "iptables",
}
DEBIAN_KEYRING = Path("/usr/share/keyrings/debian-archive-keyring.gpg")
_ADMIN_PATH = "/usr/local/sbin:/usr/sbin:/sbin"


def require() -> None:
    """Check privileges and programs.

    :raises LabError: naming everything that is missing, and what to do.
    """
    if os.geteuid() != 0:
        raise LabError("Lab membuat namespace jaringan dan kontainer, jadi perlu root: jalankan lagi dengan sudo.")
    os.environ["PATH"] = f"{os.environ.get('PATH', '')}:{_ADMIN_PATH}"
    packages = sorted({package for tool, package in TOOLS.items() if shutil.which(tool) is None})
    if not DEBIAN_KEYRING.exists():
        packages.append("debian-archive-keyring")
    if packages:
        raise LabError(f"Paket sistem belum lengkap; pasang dengan: apt-get install {' '.join(packages)}")


def has_systemd() -> bool:
    """Whether this machine's init is systemd (sd_booted(3))."""
    return Path("/run/systemd/system").is_dir()


def podman(*arguments: str) -> list[str]:
    """The podman command line for this machine.

    crun refuses hybrid cgroups, so runc is used everywhere; a machine whose init is not systemd has no one to ask
    for scopes, so podman must write the cgroups itself.
    """
    command = ["podman", "--runtime", "runc"]
    if not has_systemd():
        command += ["--cgroup-manager", "cgroupfs"]
    return [*command, *arguments]
