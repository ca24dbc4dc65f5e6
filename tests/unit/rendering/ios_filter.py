# SPDX-License-Identifier: GPL-3.0-or-later
"""What the access lists and zones of an IOS text do with a packet (Cisco, "Zone-Based Policy Firewall Design and
Application Guide"; Security Configuration Guide: Access Control Lists). An entry unknown here fails the test.
"""

from __future__ import annotations

from ipaddress import IPv4Network, ip_address

from packets import Packet


class Filter:
    """The packet filter of one device."""

    def __init__(self, text: str, own: list[str]) -> None:
        self._own = own
        self._lists: dict[str, list[str]] = {}
        self._inbound: dict[str, str] = {}
        self._outbound: dict[str, str] = {}
        self._zones: dict[str, str] = {}
        self._pairs: dict[tuple[str, str], str] = {}
        self._policies: dict[str, list[tuple[str, str]]] = {}
        self._classes: dict[str, str] = {}
        self.zoned = "zone-pair security " in text
        self._read(text)

    def _read(self, text: str) -> None:
        section: list[str] = []
        for line in text.splitlines():
            words = line.split()
            if not line.startswith(" "):
                section = words
                if words[:3] == ["ip", "access-list", "extended"]:
                    self._lists[words[3]] = []
                elif words[:3] == ["policy-map", "type", "inspect"]:
                    self._policies[words[3]] = []
                continue
            if section[:2] == ["ip", "access-list"] and section[2] == "extended":
                self._lists[section[3]].append(line.strip())
            elif section[:1] == ["interface"]:
                self._interface(section[1], words)
            elif section[:3] == ["class-map", "type", "inspect"]:
                self._classes[section[4]] = words[3]
            elif section[:3] == ["policy-map", "type", "inspect"]:
                steps = self._policies[section[3]]
                if words[0] == "class":
                    steps.append((words[-1], ""))
                else:
                    steps[-1] = (steps[-1][0], words[0])
            elif section[:2] == ["zone-pair", "security"]:
                self._pairs[section[4], section[6]] = words[-1]

    def _interface(self, name: str, words: list[str]) -> None:
        if words[:2] == ["ip", "access-group"]:
            (self._inbound if words[3] == "in" else self._outbound)[name] = words[2]
        elif words[:2] == ["zone-member", "security"]:
            self._zones[name] = words[2]

    def verdict(self, packet: Packet) -> bool:
        """Whether the packet, the first of a connection or an answer, gets through, or in."""
        inbound = self._inbound.get(packet.entered)
        if inbound is not None and not self._permits(inbound, packet):
            return False
        if not packet.leaves:
            return True
        outbound = self._outbound.get(packet.leaves)
        if outbound is not None and not self._permits(outbound, packet):
            return False
        return not self.zoned or self._zone_verdict(packet)

    def _zone_verdict(self, packet: Packet) -> bool:
        source, target = self._zones.get(packet.entered), self._zones.get(packet.leaves)
        if source is None or target is None:
            return source is target
        if packet.state == "established":
            return True
        policy = self._pairs.get((source, target))
        if policy is None:
            return source == target
        for name, action in self._policies[policy]:
            if name == "class-default" or self._permits(self._classes[name], packet):
                assert action in ("inspect", "drop"), action
                return action == "inspect"
        return False

    def _permits(self, name: str, packet: Packet) -> bool:
        for entry in self._lists[name]:
            if _matches(entry.split()[1:], packet):
                return entry.startswith("permit ")
        return False


def _matches(words: list[str], packet: Packet) -> bool:
    protocol, rest = words[0], words[1:]
    if protocol not in ("ip", packet.protocol):
        return False
    source, rest = _network(rest)
    source_ports, rest = _ports(rest)
    destination, rest = _network(rest)
    ports, rest = _ports(rest)
    if ip_address(packet.source) not in source or ip_address(packet.destination) not in destination:
        return False
    if packet.source_port not in source_ports or packet.port not in ports:
        return False
    if rest == ["established"]:
        return packet.state == "established"
    if rest == ["echo"]:
        return packet.state != "established"
    if rest in (["echo-reply"], ["unreachable"], ["time-exceeded"]):
        return rest == ["echo-reply"] and packet.state == "established"
    assert not rest, words
    return True


def _network(words: list[str]) -> tuple[IPv4Network, list[str]]:
    if words[0] == "any":
        return IPv4Network("0.0.0.0/0"), words[1:]
    if words[0] == "host":
        return IPv4Network(words[1]), words[2:]
    return IPv4Network(f"{words[0]}/{words[1]}"), words[2:]


def _ports(words: list[str]) -> tuple[range, list[str]]:
    if words[:1] == ["eq"]:
        return range(int(words[1]), int(words[1]) + 1), words[2:]
    if words[:1] == ["gt"]:
        return range(int(words[1]) + 1, 65536), words[2:]
    return range(65536), words
