# SPDX-License-Identifier: GPL-3.0-or-later
"""A lab that is up, as tests and tools use it."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

from labkit import containers, keys, namespaces, wires
from labkit.errors import LabError
from labkit.identity import Identity
from labkit.model import Topology
from labkit.power import Power
from labkit.progress import Progress
from labkit.shell import run

Result = CompletedProcess[str]


class RunningLab:
    """Commands in nodes and switches of nodes. Commands never raise for their own failure: look at ``returncode``."""

    def __init__(self, identity: Identity, topology: Topology) -> None:
        self.identity = identity
        self.topology = topology
        self._power = Power(identity, Progress(quiet=True))

    def require_up(self) -> None:
        """Check that every node runs.

        :raises LabError: naming those that do not.
        """
        found = containers.find(f"{self.identity.prefix}-")
        names = {node.name: self.identity.name(node.name) for node in self.topology.nodes}
        missing = [node for node, name in names.items() if name not in found or not found[name].running]
        if missing:
            raise LabError(f"Lab belum menyala ({', '.join(missing)}); nyalakan dengan: molecule/lab/lab up")

    @property
    def ssh_config(self) -> Path:
        """For OpenSSH and netmiko."""
        return keys.ssh_config_path(self.identity)

    @property
    def clients(self) -> list[str]:
        """Names of the client PCs."""
        return [node.name for node in self.topology.nodes if node.role == "client"]

    def client(self, place: str) -> str:
        """The client PC at ``opd/location``."""
        return self.topology.node(f"pc-{place.replace('/', '-')}").name

    def exec(self, node: str, command: str | list[str], timeout: float = 60) -> Result:
        """Run a command as root in a node; a text goes through a shell."""
        argv = ["/bin/sh", "-c", command] if isinstance(command, str) else command
        return containers.execute(self.identity.name(self.topology.node(node).name), argv, timeout=timeout)

    def exec_client(self, place: str, command: str | list[str], timeout: float = 60) -> Result:
        """Run a command on the client PC at ``opd/location``."""
        return self.exec(self.client(place), command, timeout)

    def exec_management(self, command: str, timeout: float = 60) -> Result:
        """Run a command of this machine from the controller's place in the management network."""
        namespace = namespaces.path(self.identity.name(wires.MANAGEMENT))
        return run(["nsenter", f"--net={namespace}", "/bin/sh", "-c", command], check=False, timeout=timeout)

    def ssh(self, node: str, command: str, timeout: float = 60) -> Result:
        """Run a command over the management network, as the operator does."""
        argv = ["ssh", "-F", str(self.ssh_config), "-o", "ConnectTimeout=10", node, command]
        return run(argv, check=False, timeout=timeout)

    def reboot(self, node: str) -> None:
        """Shut a node down in order, forget what its kernel knew, and switch it on; returns when systemd is up."""
        self._power.reboot(self.topology.node(node))

    def kill(self, node: str) -> None:
        """Cut a node's power."""
        self._power.kill(self.topology.node(node))

    def stop(self, node: str) -> None:
        """Shut a node down in order."""
        self._power.stop(self.topology.node(node))

    def start(self, node: str) -> None:
        """Switch a node on; returns when systemd is up."""
        self._power.start(self.topology.node(node))

    @staticmethod
    def wait(check: Callable[[], bool], seconds: float, interval: float = 0.5) -> bool:
        """Ask until ``check`` is true or the time is over; the last answer."""
        deadline = time.monotonic() + seconds
        while not (answer := check()) and time.monotonic() < deadline:
            time.sleep(interval)
        return answer
