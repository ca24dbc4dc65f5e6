# SPDX-License-Identifier: GPL-3.0-or-later
"""Power of single nodes. A node that goes off loses everything its kernel knew, as a machine does."""

from labkit import containers, wires
from labkit.errors import LabError
from labkit.identity import Identity
from labkit.model import Node
from labkit.progress import Progress

BOOT_SECONDS = 120


class Power:
    """Switches of the nodes of one lab."""

    def __init__(self, identity: Identity, progress: Progress) -> None:
        self.identity = identity
        self.progress = progress

    def reboot(self, node: Node) -> None:
        """Shut a node down in order and switch it on again."""
        self.stop(node)
        self.start(node)

    def stop(self, node: Node) -> None:
        """Shut a node down in order."""
        self._require(node)
        self.progress.step(f"Mematikan {node.name} …")
        containers.stop(self.identity.name(node.name))
        wires.renew_namespace(self.identity, node)

    def kill(self, node: Node) -> None:
        """Cut a node's power."""
        self._require(node)
        self.progress.step(f"Memutus listrik {node.name} …")
        containers.kill(self.identity.name(node.name))
        wires.renew_namespace(self.identity, node)

    def start(self, node: Node) -> None:
        """Switch a node on unless it is, and wait until it has started."""
        if not self._require(node).running:
            self.progress.step(f"Menyalakan {node.name} …")
            containers.start(self.identity.name(node.name))
        self.wait(node)

    def wait(self, node: Node) -> None:
        """Wait until a node has started, and name the units that failed."""
        failed = containers.wait_booted(self.identity, node.name, BOOT_SECONDS)
        trouble = f", tetapi unit ini gagal: {', '.join(failed)}" if failed else "."
        self.progress.step(f"{node.name} menyala{trouble}")

    def _require(self, node: Node) -> containers.Container:
        name = self.identity.name(node.name)
        found = containers.find(name).get(name)
        if found is None:
            raise LabError(f"{node.name} belum ada; nyalakan lab lebih dulu dengan: lab up")
        return found
