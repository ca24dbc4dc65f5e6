# SPDX-License-Identifier: GPL-3.0-or-later
"""A controller of its own: ansible-playbook with a home, state, log and temporary folders for a test to search."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]


@dataclass
class Played:
    """What one run printed, and its exit code."""

    code: int
    output: str

    def results(self) -> list[Mapping[str, Any]]:
        """The results of the tasks named `Show`, in order: `Controller.show` makes them."""
        marker = "HASIL:"
        lines = [line.partition(marker)[2] for line in self.output.splitlines() if marker in line]
        return [json.loads(json.loads(f'"{line.rsplit(":AKHIR", 1)[0]}"')) for line in lines]


class Controller:
    """Everything that its runs write lies below ``folder``."""

    def __init__(self, folder: Path, hosts: Mapping[str, Mapping[str, Any]], **variables: Any) -> None:
        self.folder = folder
        self.state = folder / "state" / "terpusat" / "kab-uji"
        (folder / "home" / ".ssh").mkdir(parents=True, exist_ok=True)
        government = {"code": "kab-uji", "name": "Kabupaten Uji", "iana_time_zone": "Asia/Jakarta"}
        everything = {"terpusat_government": government, **variables}
        inventory = {
            "all": {"hosts": dict(hosts), "vars": everything, "children": {"network": {"hosts": dict.fromkeys(hosts)}}}
        }
        (folder / "hosts.json").write_text(json.dumps(inventory))

    def tasks(self, *tasks: Mapping[str, Any], options: Sequence[str] = (), hosts: str = "all") -> Played:
        """Run tasks on the hosts; the result of the last registered `seen` of each host can be shown with `show`."""
        play = [{"name": "Uji", "hosts": hosts, "gather_facts": False, "tasks": list(tasks)}]
        (self.folder / "play.json").write_text(json.dumps(play))
        return self.playbook(str(self.folder / "play.json"), *options)

    def playbook(self, path: str, *options: str, timeout: float = 120) -> Played:
        """Run a playbook of the repository, or one by its absolute path."""
        command = [str(Path(sys.executable).with_name("ansible-playbook")), "-i", str(self.folder / "hosts.json"), path]
        done = subprocess.run(
            [*command, *options],
            cwd=ROOT,
            env={
                **{name: value for name, value in os.environ.items() if not name.startswith(("ANSIBLE_", "SSH_"))},
                "HOME": str(self.folder / "home"),
                "XDG_STATE_HOME": str(self.folder / "state"),
                "TMPDIR": str(self._made("tmp")),
                "ANSIBLE_CONFIG": str(ROOT / "ansible.cfg"),
                "ANSIBLE_HOME": str(self.folder / "home" / ".ansible"),
                "ANSIBLE_LOG_PATH": str(self.folder / "ansible.log"),
                "ANSIBLE_CACHE_PLUGIN": "ansible.builtin.jsonfile",
                "ANSIBLE_CACHE_PLUGIN_CONNECTION": str(self._made("facts")),
                "ANSIBLE_NOCOLOR": "1",
            },
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=timeout,
        )
        return Played(done.returncode, done.stdout)

    def _made(self, name: str) -> Path:
        path = self.folder / name
        path.mkdir(exist_ok=True)
        return path


#: prints the registered variable `seen` of every host on one line
SHOW: Mapping[str, Any] = {
    "name": "Show",
    "ansible.builtin.debug": {"msg": "HASIL:{{ seen | combine({'host': inventory_hostname}) | to_json }}:AKHIR"},
}
