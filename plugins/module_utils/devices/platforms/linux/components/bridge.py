# SPDX-License-Identifier: GPL-3.0-or-later
"""Open vSwitch bridges and ports: our own file's lines, and ``ovs-vsctl --format=json``, as one model.

bridge br0 datapath_type=netdev
port eth2 tag=101
port eth9 trunks=10,101
internal vlan101 tag=101
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Port:
    """``kind``: port (an interface of the system) or internal (one that the switch makes)."""

    name: str
    kind: str = "port"
    tag: int | None = None
    trunks: tuple[int, ...] = ()

    def line(self) -> str:
        """As in the file."""
        words = [self.kind, self.name]
        words += [f"tag={self.tag}"] if self.tag is not None else []
        words += ["trunks=" + ",".join(map(str, self.trunks))] if self.trunks else []
        return " ".join(words)


@dataclass(frozen=True)
class Bridge:
    """``ports`` by name. The port that carries the bridge's own name is left out."""

    name: str
    datapath_type: str = ""
    ports: dict[str, Port] = field(default_factory=dict)
    owned: bool = False

    def lines(self) -> str:
        """Canonical text."""
        kind = f" datapath_type={self.datapath_type}" if self.datapath_type else ""
        return "".join(
            f"{line}\n" for line in [f"bridge {self.name}{kind}", *sorted(port.line() for port in self.ports.values())]
        )


def parse_file(path: str, text: str) -> dict[str, Bridge]:
    """Parse our file; bridges by name.

    Raises:
        ValueError: with the line and what is wrong.
    """
    bridges: dict[str, Bridge] = {}
    current: Bridge | None = None
    for number, raw in enumerate(text.splitlines(), 1):
        words = raw.partition("#")[0].split()
        if not words:
            continue
        try:
            kind, name, options = words[0], words[1], dict(word.split("=", 1) for word in words[2:])
            if kind == "bridge":
                current = bridges[name] = Bridge(name, options.pop("datapath_type", ""))
            elif kind in ("port", "internal") and current is not None:
                tag = options.pop("tag", None)
                trunks = sorted(int(vlan) for vlan in options.pop("trunks", "").split(",") if vlan)
                vlans = [*trunks, *([int(tag)] if tag is not None else [])]
                if not all(0 < vlan < 4095 for vlan in vlans):
                    raise ValueError("nomor VLAN harus 1–4094")
                if any(name in bridge.ports for bridge in bridges.values()):
                    raise ValueError(f"port {name} disebut dua kali")
                current.ports[name] = Port(name, kind, int(tag) if tag is not None else None, tuple(trunks))
            else:
                raise ValueError("baris harus dimulai dengan bridge, port atau internal, dan bridge lebih dulu")
            if options:
                raise ValueError(f"pilihan {', '.join(options)} tidak dikenal")
        except (ValueError, IndexError) as error:
            raise ValueError(f"{path} baris {number}: {raw.strip()!r}: {error}") from error
    return bridges


def parse_ovsdb(output: str) -> dict[str, Bridge]:
    """Parse the JSON tables Bridge, Port and Interface, one a line, in that order; bridges by name."""
    documents = [_rows(line) for line in output.splitlines() if line.strip()]
    if len(documents) != 3:
        return {}
    bridge_rows, port_rows, interface_rows = documents
    types = {row["_uuid"]: row["type"] for row in interface_rows}
    ports: dict[str, Port] = {}
    for row in port_rows:
        interfaces = _many(row["interfaces"])
        internal = any(types.get(interface) == "internal" for interface in interfaces)
        tags = _many(row["tag"])
        trunks = tuple(sorted(_many(row["trunks"])))
        ports[row["_uuid"]] = Port(row["name"], "internal" if internal else "port", tags[0] if tags else None, trunks)
    found: dict[str, Bridge] = {}
    for row in bridge_rows:
        members = (ports[uuid] for uuid in _many(row["ports"]) if uuid in ports)
        found[row["name"]] = Bridge(
            row["name"],
            row["datapath_type"],
            {port.name: port for port in members if port.name != row["name"]},
            owned="terpusat" in row["external_ids"],
        )
    return found


def transaction(wanted: Iterable[Bridge], present: Iterable[Bridge], *, delete: Iterable[str]) -> list[str]:
    """Arguments of one atomic ``ovs-vsctl`` that makes ``wanted`` out of ``present``; ``delete`` names whole bridges.

    Ports of a wanted bridge that it should not have are removed. Ports that stand in another bridge are moved.
    """
    commands: list[list[str]] = [["--if-exists", "del-br", name] for name in delete]
    shown = {bridge.name: bridge for bridge in present}
    for bridge in wanted:
        name = bridge.name
        commands.append(["--may-exist", "add-br", name])
        commands.append(["set", "bridge", name, f'datapath_type="{bridge.datapath_type}"'])
        commands.append(["set", "bridge", name, "external_ids:terpusat=owned"])
        extra = set(shown[name].ports) - set(bridge.ports) if name in shown else set()
        commands += [["--if-exists", "del-port", name, port] for port in sorted(extra)]
        for port in bridge.ports.values():
            elsewhere = any(port.name in other.ports for other in shown.values() if other.name != name)
            if elsewhere:
                commands.append(["--if-exists", "del-port", port.name])
            commands.append(["--may-exist", "add-port", name, port.name])
            tag = str(port.tag) if port.tag is not None else "[]"
            trunks = "[" + ",".join(map(str, port.trunks)) + "]"
            commands.append(["set", "port", port.name, f"tag={tag}", f"trunks={trunks}", "vlan_mode=[]"])
            commands.append(["set", "interface", port.name, "type=internal" if port.kind == "internal" else 'type=""'])
    return [word for command in commands for word in ("--", *command)]


def _rows(line: str) -> list[dict[str, Any]]:
    table = json.loads(line)
    return [
        {heading: _value(cell) for heading, cell in zip(table["headings"], row, strict=True)} for row in table["data"]
    ]


def _value(cell: Any) -> Any:
    """OVSDB's JSON notation: ["uuid", x], ["set", [...]], ["map", [[k, v], ...]], or a plain value."""
    if isinstance(cell, list) and len(cell) == 2:
        kind, content = cell
        if kind == "uuid":
            return content
        if kind == "set":
            return [_value(entry) for entry in content]
        if kind == "map":
            return {key: _value(value) for key, value in content}
    return cell


def _many(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
