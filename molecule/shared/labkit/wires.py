# SPDX-License-Identifier: GPL-3.0-or-later
"""Veth pairs between namespaces: every cable of the lab, and the management switch."""

import json
import os
from collections.abc import Iterable
from dataclasses import dataclass

from labkit import namespaces
from labkit.identity import Identity, interface_name
from labkit.model import Node, Topology, Wire
from labkit.shell import run

MANAGEMENT = "mgmt"
PEER = "peer"
BRIDGE = "mgmt"


@dataclass(frozen=True)
class Cable:
    """A veth pair by where its ends are: namespace and interface name."""

    a_namespace: str
    a_name: str
    b_namespace: str
    b_name: str


def cable(identity: Identity, wire: Wire) -> Cable:
    """The veth pair of a wire."""
    if wire.b is None:
        far = (identity.name(PEER), interface_name(f"{wire.a.node}.{wire.a.port}"))
    else:
        far = (identity.name(wire.b.node), wire.b.port)
    return Cable(identity.name(wire.a.node), wire.a.port, *far)


def management_cable(identity: Identity, node: Node) -> Cable:
    """The veth pair from a node's management port to the management switch."""
    return Cable(identity.name(node.name), node.management_port, identity.name(MANAGEMENT), interface_name(node.name))


def ensure_management(identity: Identity, topology: Topology) -> None:
    """The controller's side: a namespace with a switch that carries the first management source's address."""
    name = identity.name(MANAGEMENT)
    namespaces.ensure(name)
    if BRIDGE not in _peers(name):
        commands = [
            f"link add {BRIDGE} type bridge forward_delay 0 stp_state 0 mcast_snooping 0",
            f"address add {topology.management} dev {BRIDGE}",
            f"link set {BRIDGE} up",
        ]
        namespaces.batch(name, commands)


def ensure(identity: Identity, topology: Topology) -> int:
    """Create the wires that are missing; give back how many were."""
    created = 0
    known: dict[str, dict[str, int | None]] = {}
    for wire in topology.wires:
        created += _ensure_cable(cable(identity, wire), known)
        if wire.b is None and wire.live:
            pair = cable(identity, wire)
            namespaces.batch(pair.b_namespace, [f"link set {pair.b_name} up"])
    for node in topology.managed:
        pair = management_cable(identity, node)
        if _ensure_cable(pair, known):
            created += 1
            namespaces.batch(pair.b_namespace, [f"link set {pair.b_name} master {BRIDGE} up"])
    return created


def remove_strangers(identity: Identity, topology: Topology) -> None:
    """Remove veths that no wire of the topology accounts for (the register changed)."""
    wanted: dict[str, set[str]] = {identity.name(node.name): set(node.ports) for node in topology.nodes}
    wanted[identity.name(MANAGEMENT)] = {BRIDGE, *(interface_name(node.name) for node in topology.managed)}
    wanted[identity.name(PEER)] = {cable(identity, wire).b_name for wire in topology.wires if wire.b is None}
    for namespace, ports in wanted.items():
        if namespaces.inode(namespace) is None:
            continue
        for port, far in _peers(namespace).items():
            if far is not None and port not in ports:
                run(["ip", "-n", namespace, "link", "del", port], check=False)


def _ensure_cable(pair: Cable, known: dict[str, dict[str, int | None]]) -> bool:
    for namespace in (pair.a_namespace, pair.b_namespace):
        if namespace not in known:
            known[namespace] = _peers(namespace)
    a_there, b_there = pair.a_name in known[pair.a_namespace], pair.b_name in known[pair.b_namespace]
    if a_there and b_there and _joined(pair):
        return False
    for namespace, name in ((pair.a_namespace, pair.a_name), (pair.b_namespace, pair.b_name)):
        run(["ip", "-n", namespace, "link", "del", name], check=False)
    near = ["ip", "link", "add", pair.a_name, "netns", pair.a_namespace, "type", "veth"]
    run([*near, "peer", "name", pair.b_name, "netns", pair.b_namespace])
    offload_off([(pair.a_namespace, pair.a_name), (pair.b_namespace, pair.b_name)])
    return True


def offload_off(ends: Iterable[tuple[str, str]]) -> None:
    """Checksums are computed, not promised: the userspace datapath of Open vSwitch forwards what it sees."""
    for namespace, name in ends:
        namespaces.execute(namespace, ["ethtool", "-K", name, "tx", "off"])


def _peers(namespace: str) -> dict[str, int | None]:
    """Interfaces of a namespace; for a veth the index of its other end."""
    listed = json.loads(run(["ip", "-n", namespace, "-j", "link", "show"]).stdout or "[]")
    return {link["ifname"]: link.get("link_index") for link in listed if link["ifname"] != "lo"}


def carrier(namespace: str, name: str) -> bool:
    """Whether both ends of a cable are up."""
    shown = run(["ip", "-n", namespace, "-j", "link", "show", name], check=False).stdout
    return bool(shown) and bool(json.loads(shown)[0].get("operstate") == "UP")


def _joined(pair: Cable) -> bool:
    """Whether the two ends belong to one veth pair."""
    ends = []
    for namespace, name in ((pair.a_namespace, pair.a_name), (pair.b_namespace, pair.b_name)):
        link = json.loads(run(["ip", "-n", namespace, "-j", "link", "show", name]).stdout)[0]
        ends.append((link["ifindex"], link.get("link_index")))
    return bool(ends[0][0] == ends[1][1] and ends[1][0] == ends[0][1])


def renew_namespace(identity: Identity, node: Node) -> None:
    """Give a stopped node a fresh namespace and plug its cables into it.

    Addresses, routes, rules and queues die with the old namespace, as in a machine that lost its power, and the
    neighbours see only their carrier go.
    """
    name = identity.name(node.name)
    holder = os.open(namespaces.path(name), os.O_RDONLY)
    try:
        ports = [port for port in _peers(name) if port in node.ports]
        namespaces.remove(name)
        namespaces.ensure(name)
        old = f"--net=/proc/self/fd/{holder}"
        moves = "\n".join(f"link set {port} netns {name}" for port in ports)
        run(["nsenter", old, "ip", "-batch", "-"], data=f"{moves}\n", pass_fds=[holder])
    finally:
        os.close(holder)
    offload_off([(name, port) for port in ports])
