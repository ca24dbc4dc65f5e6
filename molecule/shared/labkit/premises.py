# SPDX-License-Identifier: GPL-3.0-or-later
"""What stands in an office behind its router: people's PCs, and where the register says so cameras and visitors.

An office with segments has a switch of its own, because the router's one LAN port carries their VLANs with tags.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from labkit import world
from labkit.image import Image
from labkit.model import ENABLED, End, File, Node, Wire

_CAMERA_PORT = 554  # RTSP (RFC 7826)


@dataclass(frozen=True)
class Premises:
    """The place ``name`` (``opd-location``) behind the router's port ``lan``; ``vlans`` of its segments by use."""

    name: str
    lan: End
    office_vlan: int
    vlans: dict[str, int]


def furnish(place: Premises) -> tuple[list[Node], list[Wire]]:
    """The nodes of a place and their cables."""
    pc = world.client(f"pc-{place.name}")
    if not place.vlans:
        return [pc], [Wire(place.lan, End(pc.name, "eth0"))]
    guests = [(use, _GUESTS[use](place.name)) for use in sorted(place.vlans)]
    members = [(place.office_vlan, pc), *((place.vlans[use], node) for use, node in guests)]
    switch = access_switch(f"sw-{place.name}", place.office_vlan, [vlan for vlan, _ in members])
    wires = [Wire(place.lan, End(switch.name, "eth0"))]
    wires += [Wire(End(switch.name, f"eth{n}"), End(node.name, "eth0")) for n, (_, node) in enumerate(members, 1)]
    return [pc, switch, *(node for _, node in guests)], wires


def access_switch(name: str, untagged: int, vlans: Sequence[int]) -> Node:
    """``eth0`` goes to the router (``untagged`` without tag, the others with theirs); ``ethN`` is in ``vlans[N-1]``."""
    ports = tuple(f"eth{number}" for number in range(len(vlans) + 1))
    tagged = ",".join(str(vlan) for vlan in sorted(set(vlans) - {untagged}))
    commands = [
        "--may-exist add-br br0 -- set bridge br0 datapath_type=netdev fail_mode=standalone",
        f"--may-exist add-port br0 eth0 -- set port eth0 vlan_mode=native-untagged tag={untagged} trunks={tagged}",
        *(f"--may-exist add-port br0 {p} -- set port {p} tag={v}" for p, v in zip(ports[1:], vlans, strict=True)),
    ]
    unit = (
        "[Unit]\nDescription=Switch of the office\nRequires=openvswitch-switch.service\n"
        "After=openvswitch-switch.service\n\n[Service]\nType=oneshot\nRemainAfterExit=yes\n"
        + "".join(f"ExecStart=/usr/bin/ovs-vsctl {command}\n" for command in commands)
        + "\n[Install]\nWantedBy=multi-user.target\n"
    )
    source = "/etc/systemd/system/world-switch.service"
    files = (
        File(
            "/etc/systemd/network/10-switch.network",
            "[Match]\nName=eth*\n\n[Network]\nLinkLocalAddressing=no\nIPv6AcceptRA=no\n",
        ),
        File(source, unit),
        File(f"{ENABLED}/world-switch.service", link=source),
        File("/etc/systemd/system/frr.service", link="/dev/null"),
    )
    return Node(name, "access_switch", Image("appliance"), ports, files=files)


def _camera(place: str) -> Node:
    """A camera takes an address and lets its picture be fetched."""
    return world.client(f"camera-{place}", role="camera", files=tuple(_picture()))


def _visitor(place: str) -> Node:
    return world.client(f"tamu-{place}", role="visitor")


def _picture() -> Iterator[File]:
    yield from world.own_unit(
        "world-camera.service",
        "[Unit]\nDescription=Picture of the camera\nAfter=network.target\n\n"
        f"[Service]\nExecStart=/usr/bin/python3 -m http.server {_CAMERA_PORT} --directory /srv/camera\n"
        "Restart=on-failure\nRestartSec=1\nDynamicUser=yes\nAmbientCapabilities=CAP_NET_BIND_SERVICE\n\n"
        "[Install]\nWantedBy=multi-user.target\n",
    )
    yield File("/srv/camera/index.html", "gambar kamera\n")


_GUESTS = {"cctv": _camera, "public_wifi": _visitor}
