# SPDX-License-Identifier: GPL-3.0-or-later
"""From the ``platforms`` of a Molecule scenario to a lab of loose machines. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from ipaddress import IPv4Interface
from typing import Any

from labkit.errors import LabError
from labkit.image import DEFAULT_SUITE, Image
from labkit.model import End, Node, Topology, Wire

CONTROLLER = IPv4Interface("10.99.0.1/24")
_FIRST_NODE = 11
_LAST_NODE = 254
_MANAGEMENT_PORT = "eth0"
_KEYS = {"name", "kind", "suite", "ports", "groups"}
_NAME = re.compile(r"[a-z][a-z0-9-]{0,40}")
_PORT = re.compile(r"[a-z][a-z0-9_.-]{0,14}")


def build(platforms: Sequence[Mapping[str, Any]]) -> Topology:
    """A topology of the platforms, each with ``eth0`` on the management network and its own further ports.

    A platform is ``{name, kind: appliance|server, suite?, ports?: [eth1, {name: eth2, to: "other:eth1"}], groups?}``.
    A port without ``to`` has a live far end in the scenario's ``peer`` namespace, named ``<node>.<port>``.

    :raises LabError: naming every platform that cannot be built, and why.
    """
    if not platforms:
        raise LabError("platforms: kosong; tulis sedikitnya satu platform di molecule.yml.")
    problems = [problem for platform in platforms for problem in _problems(platform)]
    names = [str(platform.get("name")) for platform in platforms]
    problems += [f"platforms: nama '{name}' dipakai lebih dari sekali." for name in sorted(_twice(names))]
    if len(platforms) > _LAST_NODE - _FIRST_NODE + 1:
        problems.append(f"platforms: paling banyak {_LAST_NODE - _FIRST_NODE + 1}.")
    if problems:
        raise LabError("\n".join(problems))
    nodes = tuple(_node(platform, _FIRST_NODE + number) for number, platform in enumerate(platforms))
    return Topology(nodes, tuple(_wires(platforms, {End(n.name, port) for n in nodes for port in n.ports})), CONTROLLER)


def _ports(platform: Mapping[str, Any]) -> list[tuple[str, str | None]]:
    """Names of the ports besides the management port, each with the end it is cabled to."""
    found = []
    for port in platform.get("ports") or ():
        name, to = (port, None) if isinstance(port, str) else (str(port.get("name")), port.get("to"))
        if name != _MANAGEMENT_PORT:
            found.append((name, to))
    return found


def _problems(platform: Mapping[str, Any]) -> Iterator[str]:
    name = str(platform.get("name"))
    where = f"platforms '{name}'"
    if not _NAME.fullmatch(name):
        yield f"{where}: nama harus huruf kecil, angka, dan '-', diawali huruf."
    unknown = sorted(set(platform) - _KEYS)
    if unknown:
        yield f"{where}: kunci {', '.join(unknown)} tidak dikenal; yang ada: {', '.join(sorted(_KEYS))}."
    try:
        Image(str(platform.get("kind", "server")), str(platform.get("suite", DEFAULT_SUITE)))
    except LabError as error:
        yield f"{where}: {error}"
    names = [port for port, _ in _ports(platform)]
    for port in names:
        if not _PORT.fullmatch(port):
            yield f"{where}: '{port}' bukan nama port Linux (paling panjang 15 huruf)."
    for port in sorted(_twice(names)):
        yield f"{where}: port '{port}' ditulis lebih dari sekali."


def _node(platform: Mapping[str, Any], number: int) -> Node:
    kind = str(platform.get("kind", "server"))
    return Node(
        name=str(platform["name"]),
        role=kind,
        image=Image(kind, str(platform.get("suite", DEFAULT_SUITE))),
        ports=(_MANAGEMENT_PORT, *(name for name, _ in _ports(platform))),
        management=IPv4Interface(f"{CONTROLLER.network[number]}/{CONTROLLER.network.prefixlen}"),
        management_port=_MANAGEMENT_PORT,
        groups=tuple(platform.get("groups") or ()),
    )


def _wires(platforms: Sequence[Mapping[str, Any]], ends: set[End]) -> Iterator[Wire]:
    loose = {end for end in ends if end.port != _MANAGEMENT_PORT}
    for platform in platforms:
        for port, to in _ports(platform):
            if to is None:
                continue
            here, there = End(str(platform["name"]), port), End(*str(to).partition(":")[::2])
            if there not in ends:
                raise LabError(f"platforms '{here.node}': kabel {here} menuju {there}, padahal port itu tidak ada.")
            if {here, there} <= loose:
                yield Wire(min(here, there), max(here, there))
                loose -= {here, there}
    yield from (Wire(end, live=True) for end in sorted(loose))


def _twice(names: Sequence[str]) -> set[str]:
    return {name for name in names if names.count(name) > 1}
