# SPDX-License-Identifier: GPL-3.0-or-later
"""Open vSwitch bridges and ports: our own file's lines, and ``ovs-vsctl --format=json``, as one model.

bridge br0 datapath_type=netdev rstp=4096
port eth2 tag=101 rstp=off
port eth9 trunks=10,101
bond bond1 members=eth3,eth4 tag=102
internal vlan101 tag=101

``rstp`` of a bridge is its priority in the spanning tree (none: no spanning tree), of a port it says whether the port
takes part. A bond speaks LACP (IEEE 802.1AX) with a short time-out.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

#: How every bond of ours is made: columns of the table Port.
_BOND = {"lacp": "active", "bond_mode": "balance-tcp"}
#: One second between two LACP frames, three without one and a cable is out of use.
_LACP_TIME = "fast"
_DEFAULT_PRIORITY = 32768
#: of a bundle's cable, for people
CARRIES, NO_SIGNAL = "ikut membawa", "tidak ada sinyal (kabel dicabut atau ujung seberang mati)"


@dataclass(frozen=True)
class Port:
    """``kind``: port (an interface of the system), internal (one that the switch makes), or bond (of ``members``).

    ``wrong``: of a bond on a device, what differs from the way ours are made.
    """

    name: str
    kind: str = "port"
    tag: int | None = None
    trunks: tuple[int, ...] = ()
    members: tuple[str, ...] = ()
    spanning_tree: bool = True
    wrong: str = ""

    @property
    def named(self) -> set[str]:
        """Everything in the switch that bears a name because of this port."""
        return {self.name, *self.members}

    def line(self) -> str:
        """As in the file."""
        words = [self.kind, self.name]
        words += ["members=" + ",".join(self.members)] if self.kind == "bond" else []
        words += [f"tag={self.tag}"] if self.tag is not None else []
        words += ["trunks=" + ",".join(map(str, self.trunks))] if self.trunks else []
        words += [] if self.spanning_tree else ["rstp=off"]
        return " ".join([*words, self.wrong] if self.wrong else words)


@dataclass(frozen=True)
class Bridge:
    """``ports`` by name. The port that carries the bridge's own name is left out."""

    name: str
    datapath_type: str = ""
    ports: dict[str, Port] = field(default_factory=dict)
    owned: bool = False
    rstp: int | None = None

    def lines(self) -> str:
        """Canonical text."""
        kind = f" datapath_type={self.datapath_type}" if self.datapath_type else ""
        kind += f" rstp={self.rstp}" if self.rstp is not None else ""
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
                rstp = options.pop("rstp", None)
                current = bridges[name] = Bridge(name, options.pop("datapath_type", ""), rstp=_priority(rstp))
            elif kind in ("port", "internal", "bond") and current is not None:
                tag = options.pop("tag", None)
                trunks = sorted(int(vlan) for vlan in options.pop("trunks", "").split(",") if vlan)
                vlans = [*trunks, *([int(tag)] if tag is not None else [])]
                if not all(0 < each < 4095 for each in vlans):
                    raise ValueError("nomor VLAN harus 1–4094")
                members = tuple(sorted(filter(None, options.pop("members", "").split(","))))
                if (kind == "bond") != bool(members):
                    raise ValueError("bond, dan hanya bond, harus menyebut members=port,port")
                taken = {taken for bridge in bridges.values() for port in bridge.ports.values() for taken in port.named}
                if twice := taken & {name, *members}:
                    raise ValueError(f"port {', '.join(sorted(twice))} disebut dua kali")
                spanning_tree = _switched_on(options.pop("rstp", "on"))
                vlan = int(tag) if tag is not None else None
                current.ports[name] = Port(name, kind, vlan, tuple(trunks), members, spanning_tree)
            else:
                raise ValueError("baris harus dimulai dengan bridge, port, bond atau internal, dan bridge lebih dulu")
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
    names = {row["_uuid"]: row["name"] for row in interface_rows}
    ports: dict[str, Port] = {}
    for row in port_rows:
        interfaces = _many(row["interfaces"])
        internal = any(types.get(interface) == "internal" for interface in interfaces)
        tags = _many(row["tag"])
        trunks = tuple(sorted(_many(row["trunks"])))
        bonded = len(interfaces) > 1 or (interfaces and names.get(interfaces[0], row["name"]) != row["name"])
        kind = "bond" if bonded else "internal" if internal else "port"
        members = tuple(sorted(names[one] for one in interfaces if one in names)) if bonded else ()
        other = row.get("other_config") or {}
        ports[row["_uuid"]] = Port(
            row["name"],
            kind,
            tags[0] if tags else None,
            trunks,
            members,
            spanning_tree=other.get("rstp-enable") != "false",
            wrong=_not_ours(row, other) if bonded else "",
        )
    found: dict[str, Bridge] = {}
    for row in bridge_rows:
        held = [ports[uuid] for uuid in _many(row["ports"]) if uuid in ports]
        found[row["name"]] = Bridge(
            row["name"],
            row["datapath_type"],
            {port.name: port for port in held if port.name != row["name"]},
            owned="terpusat" in row["external_ids"],
            rstp=_shown_priority(row),
        )
    return found


def silent_cables(output: str) -> dict[str, str]:
    """Cables that carry nothing of their bundle, by the same tables: interface -> why. Only of bundles with LACP."""
    documents = [_rows(line) for line in output.splitlines() if line.strip()]
    if len(documents) != 3:
        return {}
    bundled = {one for row in documents[1] if row.get("lacp") == "active" for one in _many(row["interfaces"])}
    found = {}
    for row in documents[2]:
        if row["_uuid"] in bundled and row.get("link_state") == "down":
            found[str(row["name"])] = NO_SIGNAL
        elif row["_uuid"] in bundled and row.get("lacp_current") is False:
            found[str(row["name"])] = "ujung seberang tidak menjawab LACP"
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
        commands.append(["set", "bridge", name, f"rstp_enable={'false' if bridge.rstp is None else 'true'}"])
        commands.append(
            ["remove", "bridge", name, "other_config", "rstp-priority"]
            if bridge.rstp is None
            else ["set", "bridge", name, f"other_config:rstp-priority={bridge.rstp}"]
        )
        extra = set(shown[name].ports) - set(bridge.ports) if name in shown else set()
        commands += [["--if-exists", "del-port", name, port] for port in sorted(extra)]
        for port in bridge.ports.values():
            elsewhere = any(port.name in other.ports for other in shown.values() if other.name != name)
            if elsewhere:
                commands.append(["--if-exists", "del-port", port.name])
            commands += _made(name, port, shown[name].ports.get(port.name) if name in shown else None)
            tag = str(port.tag) if port.tag is not None else "[]"
            trunks = "[" + ",".join(map(str, port.trunks)) + "]"
            commands.append(["set", "port", port.name, f"tag={tag}", f"trunks={trunks}", "vlan_mode=[]"])
            participates = "remove", "port", port.name, "other_config", "rstp-enable"
            commands.append(
                [*participates] if port.spanning_tree else ["set", "port", port.name, "other_config:rstp-enable=false"]
            )
            if port.kind == "bond":
                commands.append(["set", "port", port.name, *(f"{key}={value}" for key, value in _BOND.items())])
                commands.append(["set", "port", port.name, f"other_config:lacp-time={_LACP_TIME}"])
            else:
                kind = "type=internal" if port.kind == "internal" else 'type=""'
                commands.append(["set", "interface", port.name, kind])
    return [word for command in commands for word in ("--", *command)]


def _made(bridge: str, port: Port, former: Port | None) -> list[list[str]]:
    """Commands after which the port stands in the bridge. A bond is made anew unless the same cables stand in it."""
    if port.kind != "bond":
        gone = former is not None and former.kind == "bond"
        return [
            *([["--if-exists", "del-port", bridge, port.name]] if gone else []),
            ["--may-exist", "add-port", bridge, port.name],
        ]
    if former is not None and former.members == port.members:
        return []
    commands = [["--if-exists", "del-port", name] for name in (port.name, *port.members)]
    # Made by hand, because add-bond wants two cables and a second one may come later.
    rows = [f"@{port.name}-{number}" for number, _ in enumerate(port.members)]
    for row, member in zip(rows, port.members, strict=True):
        commands.append([f"--id={row}", "create", "interface", f"name={member}"])
    commands.append([f"--id=@{port.name}", "create", "port", f"name={port.name}", f"interfaces={','.join(rows)}"])
    commands.append(["add", "bridge", bridge, "ports", f"@{port.name}"])
    return commands


def _not_ours(row: Mapping[str, Any], other: Mapping[str, str]) -> str:
    """What of a bond differs from ours, in words; nothing when it is made like ours."""
    said = {key: _many(row.get(key))[0] if _many(row.get(key)) else "" for key in _BOND}
    wrong = [f"{key}={said[key]}" for key, value in _BOND.items() if said[key] != value]
    wrong += [] if other.get("lacp-time") == _LACP_TIME else ["lacp-time=" + other.get("lacp-time", "")]
    return " ".join(wrong)


def _priority(word: str | None) -> int | None:
    """IEEE 802.1D-2004 17.14: multiples of 4096."""
    if word is None:
        return None
    if int(word) % 4096 or not 0 <= int(word) <= 61440:
        raise ValueError("rstp= harus kelipatan 4096, paling besar 61440")
    return int(word)


def _switched_on(word: str) -> bool:
    if word not in ("on", "off"):
        raise ValueError("rstp= pada port harus on atau off")
    return word == "on"


def _shown_priority(row: Mapping[str, Any]) -> int | None:
    if row.get("rstp_enable") is not True:
        return None
    return int((row.get("other_config") or {}).get("rstp-priority", _DEFAULT_PRIORITY))


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


def bundle_state(members: Iterable[str], silent: Mapping[str, str]) -> tuple[str, str]:
    """How the cables of a bundle are and how they should be, for people."""
    each = sorted(members)
    return (
        "".join(f"kabel {name}: {silent.get(name, CARRIES)}\n" for name in each),
        "".join(f"kabel {name}: {CARRIES}\n" for name in each),
    )
