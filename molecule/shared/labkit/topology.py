# SPDX-License-Identifier: GPL-3.0-or-later
"""From the register to the lab: the same ports that people write down become the cables of the lab. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import IPv4Interface

from ansible_collections.diskominfo.terpusat.plugins.module_utils.planning.uplinks import announced
from ansible_collections.diskominfo.terpusat.plugins.module_utils.register.models import (
    Circuit,
    Device,
    DevicePort,
    Register,
    Server,
)
from labkit import premises, provider_bgp, radio, wires, world
from labkit.errors import LabError
from labkit.image import Image
from labkit.model import End, Node, Topology, Wire

PLATFORM = "linux"  # the only one whose real operating system may be copied


def build(register: Register) -> Topology:
    """Nodes and wires of everything that is in service, with the world around it.

    :raises LabError: nothing is in service, or a node has no management port.
    """
    everything: list[Device | Server] = [*register.devices, *register.servers]
    ours = [item for item in everything if item.in_service]
    notes = [f"{item.name} ({item.platform}) dilewati: lab hanya menjalankan {PLATFORM}." for item in _foreign(ours)]
    ours = [item for item in ours if item not in _foreign(ours)]
    if not ours:
        raise LabError("Register tidak memuat perangkat atau server yang in_service; tidak ada yang bisa dinyalakan.")
    length = register.government.address_pools.management.prefixlen
    controller = IPv4Interface(f"{register.government.management_sources[0].network_address}/{length}")
    nodes = [_managed(item, length) for item in ours]
    uplinks = list(_uplinks(register, ours))
    outside, cables = _world(register, uplinks)
    for place in _premises(register, ours):
        inhabitants, inner = premises.furnish(place)
        outside += inhabitants
        cables += inner
    hops = {hop.circuit: hop for hop in _hops(register)}
    for cable in _cables(ours):
        hop = hops.get(_circuit_of(register, cable))
        if hop is None:
            cables.append(cable)
            continue
        outside.append(radio.relay(hop))
        cables += [Wire(end, End(hop.circuit, port)) for end, port in zip(cable.ends, radio.PORTS, strict=True)]
    plugged = {end for wire in cables for end in (wire.a, wire.b)}
    for node in nodes:
        loose = (End(node.name, port) for port in node.ports if port != node.management_port)
        cables += [Wire(end) for end in loose if end not in plugged]
    return _checked(Topology((*nodes, *outside), tuple(cables), controller, tuple(notes)))


def _foreign(items: list[Device | Server]) -> list[Device]:
    return [item for item in items if isinstance(item, Device) and item.platform != PLATFORM]


def _managed(item: Device | Server, prefix_length: int) -> Node:
    port = next((port.name for port in item.ports if port.use == "management"), None)
    if port is None:
        raise LabError(f"{item.name}: tambahkan port dengan use: management; tanpa itu lab tidak bisa mengelolanya.")
    return Node(
        name=item.name,
        role=item.role if isinstance(item, Device) else "server",
        image=Image("appliance" if isinstance(item, Device) else "server"),
        ports=tuple(port.name for port in item.ports),
        management=IPv4Interface(f"{item.management_address}/{prefix_length}"),
        management_port=port,
    )


def _cables(items: list[Device | Server]) -> list[Wire]:
    """Cables between two nodes of ours; both ends name each other, so each cable is met twice."""
    ends = {End(item.name, port.name) for item in items for port in item.ports}
    wires = set()
    for item in items:
        for port in item.ports:
            if port.to is None:
                continue
            pair = sorted((End(item.name, port.name), End(port.to.device, port.to.port)))
            if ends.issuperset(pair):
                wires.add((pair[0], pair[1]))
    return [Wire(a, b) for a, b in sorted(wires)]


def _device_ports(items: list[Device | Server]) -> Iterator[tuple[Device, DevicePort]]:
    for item in items:
        if isinstance(item, Device):
            for port in item.ports:
                yield item, port


def _uplinks(register: Register, items: list[Device | Server]) -> Iterator[tuple[world.Uplink, End]]:
    for device, port in _device_ports(items):
        if port.use != "uplink" or port.circuit is None:
            continue
        circuit = register.circuit(port.circuit)
        if circuit.handoff is None:
            continue
        handoff = circuit.handoff
        session = _session(register, circuit)
        six, prefix = circuit.handoff6, register.government.address_pools.ipv6
        uplink = world.Uplink(
            circuit.id,
            handoff.address,
            handoff.gateway,
            circuit.capacity.usable,
            session,
            world.Ipv6(six.address, six.gateway, prefix) if six and prefix else None,
        )
        yield uplink, End(device.name, port.name)


def _session(register: Register, circuit: Circuit) -> provider_bgp.Session | None:
    government, asked, handoff = register.government, circuit.bgp, circuit.handoff
    if asked is None or handoff is None:
        return None
    own = asked.own_asn or government.asn
    if own is None:
        return None
    return provider_bgp.Session(
        circuit.id,
        asked.asn,
        asked.neighbour or handoff.gateway,
        handoff.address.ip,
        own,
        announced(government, asked),
        government.address_pools.office_lan,
        f"bgp-{circuit.id}" if asked.password else "",
        asked.ttl_security,
    )


def _world(register: Register, uplinks: list[tuple[world.Uplink, End]]) -> tuple[list[Node], list[Wire]]:
    if not uplinks:
        return [], []
    handoffs = (register.circuit(uplink.circuit).handoff for uplink, _ in uplinks)
    resolvers = [address for handoff in handoffs if handoff for address in handoff.dns]
    lines = [uplink for uplink, _ in uplinks]
    nodes = [world.provider(line, number) for number, line in enumerate(lines)]
    nodes.append(world.internet(lines, resolvers, register.government.time_servers[0]))
    wires = [Wire(end, End(line.node, "eth0")) for line, end in uplinks]
    wires += [Wire(End(line.node, "eth1"), End(world.INTERNET, f"eth{n}")) for n, line in enumerate(lines)]
    return nodes, wires


def _premises(register: Register, items: list[Device | Server]) -> Iterator[premises.Premises]:
    """What is behind each LAN port of an OPD router; the second and later ports of a location get a number.

    Segments are behind the first port.
    """
    vlans = register.government.vlans.segments
    seen: dict[str, int] = {}
    for device, port in _device_ports(items):
        if port.use == "lan" and device.role == "opd_router":
            name = f"{device.opd}-{device.location}"
            seen[name] = seen.get(name, 0) + 1
            first = seen[name] == 1
            uses = register.location(device.location_ref).segments if first else ()
            yield premises.Premises(
                name if first else f"{name}-{seen[name]}",
                End(device.name, port.name),
                vlans.office,
                {use: getattr(vlans, use) for use in uses},
            )


def _hops(register: Register) -> Iterator[radio.Hop]:
    """Leased lines that go through the air; uplinks and subscriptions are narrowed by their provider."""
    for circuit in register.circuits:
        if circuit.kind == "leased_line" and circuit.media in radio.DELAYS_MS:
            yield radio.Hop(circuit.id, circuit.capacity.usable, circuit.media)


def _circuit_of(register: Register, cable: Wire) -> str:
    """The circuit that a cable between two devices stands for, nothing for an ordinary cable."""
    devices = {device.name: device for device in register.devices}
    for end in cable.ends:
        port = devices[end.node].port(end.port) if end.node in devices else None
        if port is not None and port.circuit is not None:
            return port.circuit
    return ""


def _checked(topology: Topology) -> Topology:
    names = [node.name for node in topology.nodes]
    reserved = sorted({wires.MANAGEMENT, wires.PEER} & set(names))
    if reserved:
        raise LabError(f"Nama {', '.join(reserved)} dipakai oleh lab sendiri; beri nama lain di register.")
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise LabError(f"Nama ini dipakai dua kali di lab: {', '.join(twice)}; beri nama lain di register.")
    return topology
