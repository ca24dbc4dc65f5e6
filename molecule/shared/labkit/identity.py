# SPDX-License-Identifier: GPL-3.0-or-later
"""Names of one lab, so that two checkouts (or two Molecule scenarios of one checkout) never meet on a machine."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

INTERFACE_NAME_MAX = 15  # IFNAMSIZ less the terminating zero


@dataclass(frozen=True)
class Identity:
    """A checkout's folder, and a Molecule scenario in it unless it is the lab itself."""

    root: Path
    scenario: str | None = None

    @property
    def checkout(self) -> str:
        """Six hexadecimal digits that stand for the checkout's real path."""
        return hashlib.sha256(str(self.root.resolve()).encode()).hexdigest()[:6]

    @property
    def prefix(self) -> str:
        """What every name of this lab starts with, up to the ``-`` before the node.

        The dot keeps a scenario apart from the lab's own nodes; without ``-`` in it scenario ``app`` is no beginning of
        scenario ``app-host``.
        """
        return f"terpusat-{self.checkout}" + (f".{self.scenario.replace('-', '_')}" if self.scenario else "")

    def name(self, node: str) -> str:
        """The name of a node's container and of its network namespace."""
        return f"{self.prefix}-{node}"

    def node(self, name: str) -> str | None:
        """The node a container or namespace name stands for, or None when it is not of this lab."""
        start = f"{self.prefix}-"
        return name[len(start) :] if name.startswith(start) else None

    @property
    def folder(self) -> Path:
        """Where the state of a run lies: keys, ssh_config, known_hosts, state.json."""
        base = self.root / ".lab"
        return base / "scenarios" / self.scenario if self.scenario else base


def interface_name(name: str) -> str:
    """``name`` itself when Linux accepts it as an interface name, else a short one that is still unique."""
    if len(name) <= INTERFACE_NAME_MAX:
        return name
    digest = hashlib.sha256(name.encode()).hexdigest()[:5]
    return f"{name[: INTERFACE_NAME_MAX - 6]}~{digest}"
