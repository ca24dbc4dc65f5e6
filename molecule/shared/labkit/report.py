# SPDX-License-Identifier: GPL-3.0-or-later
"""Tables for people: what runs, and which port is cabled to which."""

from collections.abc import Sequence

from labkit import containers, keys, namespaces, wires
from labkit.identity import Identity
from labkit.model import Topology

_STATES = {"running": "menyala", "exited": "mati", "stopped": "mati", "created": "belum lengkap"}


def status(identity: Identity, topology: Topology) -> int:
    """Print every node with role, state and management address; 0 when all run, else 1."""
    found = containers.find(f"{identity.prefix}-")
    rows = [("NODE", "PERAN", "KEADAAN", "ALAMAT PENGELOLAAN")]
    complete = True
    for node in topology.nodes:
        container = found.get(identity.name(node.name))
        state = "tidak ada" if container is None else _STATES.get(container.state, container.state)
        complete = complete and container is not None and container.running
        rows.append((node.name, node.role, state, str(node.management.ip) if node.management else "-"))
    _table(rows)
    if complete:
        print(f"\nMasuk: ssh -F {keys.ssh_config_path(identity)} <node>   atau: lab exec <node>")
    return 0 if complete else 1


def ports(identity: Identity, topology: Topology) -> None:
    """Print every cable and whether its ends are up."""
    rows = [("PORT", "KABEL KE", "KEADAAN")]
    for wire in sorted(topology.wires, key=lambda item: item.a):
        pair = wires.cable(identity, wire)
        there = namespaces.inode(pair.a_namespace) is not None
        carrier = there and wires.carrier(pair.a_namespace, pair.a_name)
        rows.append((str(wire.a), str(wire.b) if wire.b else "(tidak dipasang)", "tersambung" if carrier else "putus"))
    _table(rows)


def _table(rows: Sequence[tuple[str, ...]]) -> None:
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    for row in rows:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
