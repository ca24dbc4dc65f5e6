# SPDX-License-Identifier: GPL-3.0-or-later
"""A copy of the lab's government that a test may write into, and playbooks on it."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import yaml
from labkit import keys
from labkit.running import RunningLab

ROOT = Path(__file__).resolve().parents[2]


@dataclass
class OwnInventory:
    """``folder`` is the government's; the lab's keys are reached as from the original."""

    folder: Path
    lab: RunningLab

    @classmethod
    def copy(cls, home: Path, lab: RunningLab) -> OwnInventory:
        folder = home / "inventories" / "lab"
        unwanted = shutil.ignore_patterns("measurements")
        shutil.copytree(ROOT / "inventories" / "lab", folder, ignore=unwanted)
        (home / ".lab").symlink_to(ROOT / ".lab")
        return cls(folder, lab)

    @property
    def plan_file(self) -> Path:
        return self.folder / "bandwidth_plan.yml"

    def register(self, stem: str) -> Path:
        return self.folder / "register" / f"{stem}.yml"

    def command(self, playbook: str, *options: str) -> list[str]:
        program = str(Path(sys.executable).with_name("ansible-playbook"))
        return [program, "-i", str(self.folder), f"playbooks/{playbook}", *options]

    def play(self, playbook: str, *options: str, timeout: float = 400) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            self.command(playbook, *options),
            cwd=ROOT,
            env=_environment(),
            capture_output=True,
            text=True,
            timeout=timeout,
            check=False,
        )

    def start(self, playbook: str, *options: str) -> subprocess.Popen[bytes]:
        """In the background, for `kill`."""
        return subprocess.Popen(
            self.command(playbook, *options),
            cwd=ROOT,
            env=_environment(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )

    def enrol_pc(self, place: str) -> tuple[str, str]:
        """Let the operator's key into the PC of an office: its address, and options that know its host key."""
        public = keys.private_key_path(self.lab.identity).with_suffix(".pub").read_text().strip()
        script = (
            f"ssh-keygen -A >/dev/null; install -d -m 700 -o {keys.USER} -g {keys.USER} /home/{keys.USER}/.ssh; "
            f"echo '{public}' > /home/{keys.USER}/.ssh/authorized_keys; chown -R {keys.USER}: /home/{keys.USER}/.ssh; "
            "mkdir -p /run/sshd; systemctl stop uji-sshd 2>/dev/null; "
            "systemd-run --quiet --collect --unit=uji-sshd /usr/sbin/sshd -D || exit 1; "
            "cut -d' ' -f1,2 /etc/ssh/ssh_host_ed25519_key.pub; "
            "ip -4 -o address show dev eth0 | awk '{print $4}' | cut -d/ -f1"
        )
        done = self.lab.exec_client(place, script)
        assert done.returncode == 0, done.stderr
        host_key, address = done.stdout.split("\n")[:2]
        known = self.folder.parent / "known_hosts"
        original = keys.known_hosts_path(self.lab.identity)
        known.write_text(original.read_text() + f"{address} {host_key}\n")
        config = self.folder.parent / "ssh_config"
        config.write_text(self.lab.ssh_config.read_text().replace(str(original), str(known)))
        return address, f"terpusat_ssh_config_file={config}"

    def add_probe(self, place: str, address: str) -> None:
        path = self.register("opds")
        data = yaml.safe_load(path.read_text())
        opd, _, code = place.partition("/")
        for record in data["opds"]:
            for location in record["locations"] if record["code"] == opd else []:
                if location["code"] == code:
                    location["probe"] = {"address": address}
        # Days stand in quotes else, and times as numbers.
        path.write_text(yaml.safe_dump(data, sort_keys=False, default_flow_style=False))


def kill(process: subprocess.Popen[bytes]) -> None:
    """As a controller dies that loses its power: with all its workers, and nobody says goodbye."""
    # Ansible's workers have sessions of their own, so the process group is not enough.
    for pid in [*_descendants(process.pid), process.pid]:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    process.wait()


def _descendants(pid: int) -> list[int]:
    found = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in task.read_text().split():
            found += [*_descendants(int(child)), int(child)]
    return found


def _environment() -> dict[str, str]:
    plain = {name: value for name, value in os.environ.items() if not name.startswith("ANSIBLE_")}
    return plain | {"ANSIBLE_CONFIG": str(ROOT / "ansible.cfg"), "ANSIBLE_NOCOLOR": "1"}
