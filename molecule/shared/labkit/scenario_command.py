# SPDX-License-Identifier: GPL-3.0-or-later
"""``python -m labkit.scenario_command create|destroy``: what the shared Molecule playbooks call.

Molecule says in its environment which scenario it is about; the answer is its instance configuration.
"""

import json
import os
import sys
from pathlib import Path

import yaml

from labkit import keys, scenario
from labkit.errors import LabError
from labkit.identity import Identity
from labkit.lab import Lab
from labkit.model import Topology
from labkit.progress import Progress


def main(arguments: list[str]) -> int:
    """Create or destroy the scenario's machines; the one argument says which."""
    try:
        identity = Identity(Path(os.environ["MOLECULE_PROJECT_DIRECTORY"]), os.environ["MOLECULE_SCENARIO_NAME"])
        instances = Path(os.environ["MOLECULE_INSTANCE_CONFIG"])
        lab = Lab(identity, Progress())
        if arguments == ["create"]:
            settings = yaml.safe_load(Path(os.environ["MOLECULE_FILE"]).read_text())
            topology = scenario.build(settings.get("platforms") or [])
            lab.up(topology)
            keys.write_whole(instances, json.dumps(instance_config(identity, topology), indent=2) + "\n")
        elif arguments == ["destroy"]:
            lab.down()
            instances.unlink(missing_ok=True)
        else:
            raise LabError("Pakai: python -m labkit.scenario_command create|destroy (dijalankan oleh Molecule).")
    except KeyError as error:
        print(f"labkit: variabel {error} tidak ada; perintah ini dijalankan oleh Molecule.", file=sys.stderr)
        return 1
    except LabError as error:
        print(f"labkit: {error}", file=sys.stderr)
        return 1
    return 0


def instance_config(identity: Identity, topology: Topology) -> list[dict[str, object]]:
    """How Molecule's default driver logs in to each machine (JSON is YAML)."""
    return [
        {
            "instance": node.name,
            "address": str(node.management.ip),
            "user": keys.USER,
            "port": 22,
            "identity_file": str(keys.private_key_path(identity)),
        }
        for node in topology.nodes
        if node.management is not None
    ]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
