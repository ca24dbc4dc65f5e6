# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The shapes of ``terpusat_intent``: vendor neutral host vars, handed to the templates of the roles.

Addresses are strings in the usual notation: a host address ``10.20.0.1``, an interface address ``10.20.0.1/24``, a
network ``10.20.0.0/24``. Speeds are integer bit/s, sizes integer bytes, durations integer seconds.
"""

from __future__ import annotations

from typing import NotRequired, TypedDict

#: Zone name -> the networks that belong to it. ``internet`` is never a key: it is whatever is not one of ours.
Zones = dict[str, list[str]]

#: One entry of the service list: the zones in ``from`` may reach this port of this host. The call form is needed
#: because ``from`` is a Python keyword.
Service = TypedDict("Service", {"name": str, "host": str, "protocol": str, "port": int, "from": list[str]})


class Management(TypedDict):
    """The port by which operators reach the host, and the networks they come from. Never configured by a role."""

    interface: str
    address: str
    sources: list[str]


class Interface(TypedDict):
    """One addressed interface. ``gateway`` and ``dns`` only on servers, which have no routing protocol."""

    name: str
    use: str
    description: str
    addresses: list[str]
    gateway: NotRequired[str]
    dns: NotRequired[list[str]]


class OspfInterface(TypedDict):
    """``network`` (network type) only where adjacencies are wanted, so never together with ``passive: true``."""

    name: str
    area: str
    passive: bool
    network: NotRequired[str]


class Ospf(TypedDict):
    router_id: str
    interfaces: list[OspfInterface]
    default_originate: bool


class Route(TypedDict):
    to: str
    via: str
    interface: str


class Nat(TypedDict):
    """Source NAT: what leaves ``interface`` from one of ``sources`` gets ``address``."""

    interface: str
    address: str
    sources: list[str]


class DnsRecord(TypedDict):
    name: str
    address: str


class Dns(TypedDict):
    """A forwarding resolver. ``local_domain`` is the search domain for clients, not an authority."""

    listen: list[str]
    interfaces: list[str]
    clients: list[str]
    forwarders: list[str]
    local_domain: str
    records: list[DnsRecord]


class Dhcp(TypedDict):
    interface: str
    subnet: str
    first: str
    last: str
    gateway: str
    dns: list[str]
    domain: str
    lease_seconds: int


class ShapingClass(TypedDict):
    id: int
    name: str
    rate_bps: int
    ceil_bps: int
    prefixes: list[str]


class Shaping(TypedDict):
    """Shaping of what leaves ``interface``. ``match`` says whether ``prefixes`` are the packet's source or destination.

    ``rate_bps`` is the rate of the whole interface, None when the allocation is the only limit. Destinations in
    ``internal`` are not shaped.
    """

    interface: str
    rate_bps: int | None
    match: str
    classes: list[ShapingClass]
    internal: NotRequired[list[str]]


class ForwardRule(TypedDict):
    """One forwarding rule; first match decides. An empty list or None matches everything.

    ``from_zone`` and ``to_zone`` are for the reader. ``protocol`` is tcp, udp, icmp (echo request) or None.
    """

    name: str
    action: str
    from_zone: str
    to_zone: str
    in_interfaces: list[str]
    out_interfaces: list[str]
    sources: list[str]
    destinations: list[str]
    protocol: str | None
    ports: list[int]


class Firewall(TypedDict):
    services: list[Service]
    icmp_echo_from: list[str]
    forward: list[ForwardRule]


class Time(TypedDict):
    servers: list[str]


class SwitchPort(TypedDict):
    name: str
    mode: str
    vlan: int
    description: str


class Switch(TypedDict):
    bridge: str
    ports: list[SwitchPort]


class Vlan(TypedDict):
    id: int
    name: str
    interface: str


class Needs(TypedDict):
    vcpu: int
    ram_bytes: int
    disk_bytes: int


class Application(TypedDict):
    """An application that runs on this server. ``source`` is the absolute path of its files on the controller."""

    code: str
    name: str
    owner: str
    runtime: str
    database: str
    domain: str
    source: str
    needs: Needs
    port: int


class HostIntent(TypedDict):
    """What every kind of host has."""

    hostname: str
    domain: str
    zones: Zones
    management: Management
    interfaces: list[Interface]
    firewall: Firewall
    time: Time


class DeviceIntent(HostIntent):
    """What every network device has on top."""

    loopback: str
    ospf: Ospf


class BorderRouterIntent(DeviceIntent):
    routes: list[Route]
    nat: Nat
    dns: Dns
    shaping: list[Shaping]


class CoreSwitchIntent(DeviceIntent):
    switch: Switch
    vlans: list[Vlan]


class OpdRouterIntent(DeviceIntent):
    dhcp: list[Dhcp]
    dns: Dns
    shaping: list[Shaping]


class ServerIntent(HostIntent):
    applications: list[Application]
