# SPDX-License-Identifier: GPL-3.0-or-later
"""What the service list offers to whom, and how what was found differs from it. Nothing here is measured."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from ipaddress import ip_address, ip_network
from typing import Any

MANAGEMENT = "management"


@dataclass(frozen=True)
class Target:
    """An address of a host. ``zones``: who finds the host's services at this address of it."""

    host: str
    address: str
    what: str
    zones: frozenset[str]

    def __str__(self) -> str:
        return f"{self.host} ({self.what} {self.address})"


def offered(
    services: Iterable[Mapping[str, Any]], target: Target, zone: str, source: str, protocol: str = "tcp"
) -> set[int]:
    """Ports of an address that the list opens to somebody of a zone with this address."""
    if zone not in target.zones:
        return set()
    return {
        int(service["port"])
        for service in services
        if service["host"] == target.host
        and service["protocol"] == protocol
        and zone in service["from"]
        and _named(source, service.get("sources", []))
    }


def _named(source: str, networks: list[str]) -> bool:
    return not networks or any(ip_address(source) in ip_network(network) for network in networks)


def differences(target: Target, found: set[int], wanted: set[int]) -> list[str]:
    """In words, one line for each port too many and each that is missing."""
    extra = [f"{target}: port {port} terbuka, tidak ada di daftar layanan" for port in sorted(found - wanted)]
    missing = [f"{target}: port {port} ada di daftar layanan, tidak terbuka" for port in sorted(wanted - found)]
    return extra + missing
