# SPDX-License-Identifier: GPL-3.0-or-later
"""What a lab consists of: nodes, the wires between their ports, and the management network."""

from dataclasses import dataclass, field
from ipaddress import IPv4Interface

from labkit.errors import LabError
from labkit.image import Image

ENABLED = "/etc/systemd/system/multi-user.target.wants"


@dataclass(frozen=True)
class File:
    """A file put into a node before its first boot; ``link`` makes it a symbolic link instead.

    ``secret``: name of a key of the lab, which takes the place of ``{secret}`` in ``content``.
    """

    path: str
    content: str = ""
    mode: int = 0o644
    uid: int = 0
    link: str = ""
    secret: str = ""


@dataclass(frozen=True)
class Node:
    """A container with a network namespace of its own.

    ``role`` is what a person calls it (border_router, server, isp, internet, client …); ``management`` is the address
    and the port on the management network, or None for a node of the world outside.
    """

    name: str
    role: str
    image: Image
    ports: tuple[str, ...]
    management: IPv4Interface | None = None
    management_port: str = ""
    files: tuple[File, ...] = ()
    groups: tuple[str, ...] = ()


@dataclass(frozen=True, order=True)
class End:
    """One end of a wire."""

    node: str
    port: str

    def __str__(self) -> str:
        return f"{self.node}:{self.port}"


@dataclass(frozen=True)
class Wire:
    """A cable between two ports; without ``b`` the far end hangs in the lab's own ``peer`` namespace.

    ``live`` says whether such a loose end is up (a Molecule scenario wants a carrier, an unplugged port has none).
    """

    a: End
    b: End | None = None
    live: bool = False

    @property
    def ends(self) -> tuple[End, ...]:
        """One end or two."""
        return (self.a,) if self.b is None else (self.a, self.b)


@dataclass(frozen=True)
class Topology:
    """All of it. ``management`` is the controller's address on the management network."""

    nodes: tuple[Node, ...]
    wires: tuple[Wire, ...]
    management: IPv4Interface
    notes: tuple[str, ...] = field(default=())

    def node(self, name: str) -> Node:
        """The node of that name.

        :raises LabError: there is none.
        """
        for node in self.nodes:
            if node.name == name:
                return node
        raise LabError(f"Tidak ada node '{name}' di lab; yang ada: {', '.join(node.name for node in self.nodes)}.")

    def wires_of(self, name: str) -> list[Wire]:
        """The wires with an end in a node."""
        return [wire for wire in self.wires if wire.a.node == name or (wire.b is not None and wire.b.node == name)]

    @property
    def managed(self) -> tuple[Node, ...]:
        """The nodes that are logged in to over the management network."""
        return tuple(node for node in self.nodes if node.management is not None)
