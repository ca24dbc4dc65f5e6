# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Records of the government's zone and of the reverse zones, as they stand in a zone file."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv4Network, ip_network
from typing import Any

from ...register.models import Dns, DnsEntry
from ..network import Network, PlannedServer
from ..zones import internal
from .edge_proxy import proxies

APEX = "@"
_CHUNK = 255  # longest string of a TXT record, RFC 1035 section 3.3


def records(network: Network, dns: Dns, servers: list[PlannedServer]) -> list[dict[str, Any]]:
    """Name servers first, then everything else by name; each with its name relative to the zone."""
    root = network.register.government.domain
    found = [_record(APEX, "NS", f"ns{number}.{root}.") for number, _ in enumerate(servers, 1)]
    found += [_record(f"ns{number}", "A", str(server.address)) for number, server in enumerate(servers, 1)]
    rest = [*_applications(network, root), *_hosts(network, dns), *(_written(entry) for entry in dns.records)]
    return found + sorted(rest, key=lambda record: (record["name"], record["type"], record["value"]))


def public_records(network: Network, dns: Dns, servers: list[PlannedServer]) -> list[dict[str, Any]]:
    """What the internet gets where our servers have other addresses there: these, and nothing of our inside."""
    addresses = {planned.server.name: str(planned.address) for planned in network.servers}
    public = {addresses[entry.server]: str(entry.address) for entry in dns.public if entry.server in addresses}
    ours = [ip_network(pool) for pool in internal(network)]
    unseen = {f"ns{number}" for number, server in enumerate(servers, 1) if str(server.address) not in public}
    root = network.register.government.domain
    found = []
    for record in records(network, dns, servers):
        name, value = record["name"], record["value"]
        if name.endswith(f".{dns.host_label}") or name in unseen or value.removesuffix(f".{root}.") in unseen:
            continue
        if record["type"] == "A":
            if value in public:
                record = {**record, "value": public[value]}
            elif any(IPv4Address(value) in pool for pool in ours):
                continue
        found.append(record)
    return found


def reverse(network: Network, dns: Dns) -> list[dict[str, Any]]:
    """Names of our addresses: one zone for every /24 of the data centre and of the loopbacks that has any."""
    root = network.register.government.domain
    zones: dict[str, list[dict[str, Any]]] = {}
    for name, address in sorted(_addresses(network).items(), key=lambda item: item[1]):
        zone = IPv4Network((int(address) & ~255, 24)).network_address.reverse_pointer.removeprefix("0.")
        last = str(address).rpartition(".")[2]
        zones.setdefault(zone, []).append(_record(last, "PTR", f"{name}.{dns.host_label}.{root}."))
    return [{"zone": zone, "records": entries} for zone, entries in zones.items()]


def _applications(network: Network, root: str) -> list[dict[str, Any]]:
    """Applications of our servers: at the proxies where there are some, else at the server itself."""
    return [
        _record(_relative(application.domain, root), "A", str(entrance.address))
        for planned in network.servers
        for application in network.register.applications_on(planned.server.name)
        if application.domain == root or application.domain.endswith(f".{root}")
        for entrance in proxies(network) or [planned]
    ]


def _hosts(network: Network, dns: Dns) -> list[dict[str, Any]]:
    return [_record(f"{name}.{dns.host_label}", "A", str(address)) for name, address in _addresses(network).items()]


def _addresses(network: Network) -> dict[str, IPv4Address]:
    """Servers by their address in the data centre, devices by their loopback; the management network has no names."""
    found = {planned.server.name: planned.address for planned in network.servers}
    return found | {device.name: network.loopbacks[device.name] for device in network.devices}


def _written(entry: DnsEntry) -> dict[str, Any]:
    return _record(entry.name, entry.type, _data(entry), entry.ttl)


def _data(entry: DnsEntry) -> str:
    """The value as zone files want it: absolute names end with a dot, texts are quoted."""
    value = entry.value
    if entry.type in ("CNAME", "NS", "MX", "SRV"):
        return f"{value}."
    if entry.type == "CAA":
        flags, tag, text = value.split(maxsplit=2)
        return f'{flags} {tag} "{text}"'
    if entry.type == "TXT":
        return " ".join(f'"{value[start : start + _CHUNK]}"' for start in range(0, len(value), _CHUNK))
    return value


def _relative(domain: str, root: str) -> str:
    return APEX if domain == root else domain.removesuffix(f".{root}")


def _record(name: str, kind: str, value: str, ttl: int | None = None) -> dict[str, Any]:
    found: dict[str, Any] = {"name": name, "type": kind, "value": value}
    if ttl is not None:
        found["ttl"] = ttl
    return found
