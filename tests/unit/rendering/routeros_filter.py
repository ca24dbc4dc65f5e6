# SPDX-License-Identifier: GPL-3.0-or-later
"""What a RouterOS script's packet filter does with a packet: the raw table, then input or forward (MikroTik manual,
"Packet Flow in RouterOS"). A matcher this file does not know fails the test instead of being passed over."""

from __future__ import annotations

from collections.abc import Mapping

from packets import Packet, inside

from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.platforms.routeros.items import Config, load

_TALK = {"chain", "action", "comment", "log-prefix", "reject-with", "limit", "disabled"}


class Filter:
    """The filter of one script."""

    def __init__(self, text: str) -> None:
        self._config: Config = load(text)

    def verdict(self, packet: Packet) -> bool:
        """Whether the packet gets through, or in; the chains accept what no rule takes."""
        if self._chain("/ip/firewall/raw", "prerouting", packet) == "drop":
            return False
        chain = "forward" if packet.leaves else "input"
        return self._chain("/ip/firewall/filter", chain, packet) != "drop"

    def _chain(self, path: str, chain: str, packet: Packet) -> str:
        for entry in self._config.of(path):
            values = entry.values
            if values["chain"] != chain or values.get("disabled") == "yes" or not self._matches(values, packet):
                continue
            action = values["action"]
            if action in ("accept", "drop"):
                return action
            if action == "reject":
                return "drop"
            assert action == "log", action
        return "accept"

    def _matches(self, values: Mapping[str, str], packet: Packet) -> bool:
        return all(self._holds(name, value, packet) for name, value in values.items() if name not in _TALK)

    def _holds(self, name: str, value: str, packet: Packet) -> bool:
        negated, wanted = value.startswith("!"), value.removeprefix("!")
        return self._fits(name, wanted, packet) is not negated

    def _fits(self, name: str, wanted: str, packet: Packet) -> bool:
        match name:
            case "in-interface":
                return packet.entered == wanted
            case "out-interface":
                return packet.leaves == wanted
            case "in-interface-list":
                return packet.entered in self._members(wanted)
            case "out-interface-list":
                return packet.leaves in self._members(wanted)
            case "src-address":
                return inside(packet.source, [wanted])
            case "dst-address":
                return inside(packet.destination, [wanted])
            case "src-address-list":
                return inside(packet.source, self._addresses(wanted))
            case "dst-address-list":
                return inside(packet.destination, self._addresses(wanted))
            case "protocol":
                return packet.protocol == wanted
            case "icmp-options":
                assert wanted == "8:0"
                return packet.protocol == "icmp"
            case "dst-port":
                return str(packet.port) in wanted.split(",")
            case "src-port":
                return str(packet.source_port) in wanted.split(",")
            case "connection-state":
                return packet.state in wanted.split(",")
        raise AssertionError(f"matcher {name} is not known here")

    def _members(self, name: str) -> set[str]:
        assert any(entry.values["name"] == name for entry in self._config.of("/interface/list")), name
        members = self._config.of("/interface/list/member")
        return {entry.values["interface"] for entry in members if entry.values["list"] == name}

    def _addresses(self, name: str) -> list[str]:
        found = self._config.of("/ip/firewall/address-list")
        return [entry.values["address"] for entry in found if entry.values["list"] == name]
