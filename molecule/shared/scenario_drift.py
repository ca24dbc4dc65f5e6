# SPDX-License-Identifier: GPL-3.0-or-later
"""Run a scenario's own playbook in check mode from its tests, and tell which tasks would change something.

Molecule's ``check`` step passes even when changes are reported, so the tests ask themselves: after converge the answer
must be nothing, after somebody changed a thing by hand it must be exactly that.
"""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

_HEADING = re.compile(r"^(TASK|RUNNING HANDLER) \[(\S+ : )?(?P<name>.*)\] \**$")


def play(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run ``converge.yml`` of the running scenario once more, with further arguments of ansible-playbook."""
    scenario = Path(os.environ["MOLECULE_SCENARIO_DIRECTORY"])
    root = scenario.parents[1]
    command = ["ansible-playbook", "-i", os.environ["MOLECULE_INVENTORY_FILE"], str(scenario / "converge.yml")]
    environment = {
        **os.environ,
        "ANSIBLE_CONFIG": str(root / "ansible.cfg"),
        "ANSIBLE_STDOUT_CALLBACK": "default",
        "ANSIBLE_NOCOLOR": "1",
        "ANSIBLE_FORCE_COLOR": "0",  # Molecule forces colour
    }
    return subprocess.run(
        [*command, *arguments], cwd=root, env=environment, capture_output=True, text=True, check=False
    )


def would_change(*arguments: str) -> list[str]:
    """Names of the tasks that a check run reports as changed, in order. Fails when the run itself fails."""
    done = play("--check", *arguments)
    assert done.returncode == 0, done.stdout + done.stderr
    return changed_tasks(done.stdout)


def changed_tasks(output: str) -> list[str]:
    """Read the output of Ansible's ``default`` callback; a looped task counts once."""
    found: list[str] = []
    task = ""
    for line in output.splitlines():
        heading = _HEADING.match(line)
        if heading:
            task = heading["name"]
        elif line.startswith("changed: [") and (not found or found[-1] != task):
            found.append(task)
    return found
