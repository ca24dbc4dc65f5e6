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

#: One entry of the service list: the zones in ``from`` may reach this port of this host; with ``sources`` only these
#: networks of them. The call form is needed because ``from`` is a Python keyword.
Service = TypedDict(
    "Service",
    {"name": str, "host": str, "protocol": str, "port": int, "from": list[str], "sources": NotRequired[list[str]]},
)


class Management(TypedDict):
    """The port by which operators reach the host, and the networks they come from. Never configured by a role."""

    interface: str
    address: str
    sources: list[str]


class Interface(TypedDict):
    """One addressed interface. ``gateway`` and ``dns`` only on servers, which have no routing protocol.

    ``circuit`` and ``dhcp`` (the provider gives the address; ``addresses`` is empty then) only where ``use`` is uplink.
    ``parent`` and ``vlan`` only where frames with this 802.1Q tag on the port ``parent`` are meant. ``members``: the
    ports that this interface aggregates by LACP (IEEE 802.1AX), only where it does. ``tunnel`` and ``mtu`` only on an
    interface that no port is behind: see `TunnelEnd` of the same name.
    """

    name: str
    use: str
    description: str
    addresses: list[str]
    circuit: NotRequired[str]
    dhcp: NotRequired[bool]
    members: NotRequired[list[str]]
    parent: NotRequired[str]
    vlan: NotRequired[int]
    tunnel: NotRequired[bool]
    mtu: NotRequired[int]
    gateway: NotRequired[str]
    dns: NotRequired[list[str]]


class TunnelPeer(TypedDict):
    """The other end: ``address`` None where it is not known in advance, ``port`` (UDP) None where nobody calls it."""

    device: str
    address: str | None
    port: int | None


class TunnelEnd(TypedDict):
    """One end of a tunnel; `Interface` ``name`` has its addresses. ``method``: wireguard or gre_ipsec.

    ``calls``: this end calls the other one, and keeps the way open every ``keepalive`` seconds. ``interface``,
    ``local`` and ``gateway`` are those of the internet line, ``gateway`` None where DHCP gives it or the default route
    will do. ``port``: UDP port that is listened on, None for any. The private key is the secret ``vpn_keys.<device>``,
    the public one of the other end follows from ``vpn_keys.<peer.device>``.
    """

    name: str
    number: int
    method: str
    circuit: str
    calls: bool
    device: str
    interface: str
    local: str | None
    gateway: str | None
    port: int | None
    peer: TunnelPeer
    keepalive: int | None
    mtu: int


class OspfInterface(TypedDict):
    """``network`` (network type) only where adjacencies are wanted, so never together with ``passive: true``."""

    name: str
    area: str
    passive: bool
    network: NotRequired[str]


class Ospf(TypedDict):
    """``key``: name of the secret that neighbours prove to each other to know (RFC 2328, D.3), None without one."""

    router_id: str
    key: str | None
    interfaces: list[OspfInterface]
    default_originate: bool


class Route(TypedDict):
    """A static route. Several to the same place are lines in order of preference, by administrative ``distance``.

    ``track``: the route holds while any of these answers to a ping through this very line; empty: it always holds.
    ``via`` None: the gateway that DHCP gives on ``interface``. ``circuit``: id of the line. ``bgp`` only where it is
    True: nobody puts this route, the session of that line brings it (`Bgp`) and it gets the same ``distance``.
    """

    to: str
    via: str | None
    interface: str
    distance: int
    track: list[str]
    circuit: str
    bgp: NotRequired[bool]


class BgpSession(TypedDict):
    """One session (RFC 4271) with the provider of the line ``circuit``, between ``local`` and ``neighbour``.

    ``asn``: the provider's, ``own_asn``: ours on this session. ``prefixes``: all that is announced, each exactly so.
    ``accept``: ``default`` (the default route, nothing else) or ``table`` (all but ``reject`` and what lies in it, and
    but prefixes longer than /24). More than ``max_prefixes`` close the session. Accepted routes get ``distance`` and
    ``local_preference``; what is announced has ``own_asn`` ``prepend`` times more in its path. ``password``: TCP MD5
    (RFC 2385) with the secret ``bgp_passwords.<circuit>``. ``ttl_security``: GTSM (RFC 5082), one hop. ``family``:
    ``ipv4``.
    """

    circuit: str
    provider: str
    family: str
    interface: str
    local: str
    neighbour: str
    asn: int
    own_asn: int
    prefixes: list[str]
    accept: str
    reject: list[str]
    max_prefixes: int
    distance: int
    local_preference: int
    prepend: int
    password: bool
    ttl_security: bool


class Bgp(TypedDict):
    """``asn``: the router's own number. ``prefixes``: those of all sessions; each stands as a discarded route, so that
    it is announced whatever lives behind it, and what nobody has does not circle between us and the provider."""

    asn: int
    router_id: str
    prefixes: list[str]
    sessions: list[BgpSession]


class Peered(TypedDict):
    """``bgp`` only where a router speaks to a provider."""

    bgp: NotRequired[Bgp]


class Nat(TypedDict):
    """Source NAT: what leaves ``interface`` from one of ``sources`` gets ``address``, None: the interface's own."""

    interface: str
    address: str | None
    sources: list[str]


class DnsRecord(TypedDict):
    name: str
    address: str


class Dns(TypedDict):
    """A forwarding resolver. ``local_domain`` is the search domain for clients, not an authority.

    ``via``: forwarder -> the interface by which it has to be asked, whatever line carries the rest.
    """

    listen: list[str]
    interfaces: list[str]
    clients: list[str]
    forwarders: list[str]
    via: dict[str, str]
    local_domain: str
    records: list[DnsRecord]


class Dhcp(TypedDict):
    """``ntp`` only where the government has time servers of its own, and not for cameras and visitors."""

    interface: str
    subnet: str
    first: str
    last: str
    gateway: str
    dns: list[str]
    domain: str
    lease_seconds: int
    ntp: NotRequired[list[str]]


class ShapingClass(TypedDict):
    """``rate_bps`` is assured (CIR), ``ceil_bps`` the most (MIR); ``priority`` 0 to 7: who gets spare rate first."""

    id: int
    name: str
    rate_bps: int
    ceil_bps: int
    priority: int
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


class LineShaping(TypedDict):
    """The shaping of a device while the line ``circuit`` carries, where that is not the first of ``routes``."""

    circuit: str
    shaping: list[Shaping]


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


class Reach(TypedDict):
    """A server may open this port (0: any) of these networks; ``to`` may hold ``internet``. ``by``: management, where
    it goes out of the management interface.
    """

    name: str
    to: list[str]
    protocol: str
    port: int
    by: NotRequired[str]


class Firewall(TypedDict):
    """``reaches`` on servers only: all that they may open towards others."""

    services: list[Service]
    icmp_echo_from: list[str]
    forward: list[ForwardRule]
    reaches: NotRequired[list[Reach]]


class Time(TypedDict):
    """Whom the host's clock follows.

    ``peers`` (our other time servers) and ``clients`` (networks that it serves) only on a time server of ours.
    """

    servers: list[str]
    peers: NotRequired[list[str]]
    clients: NotRequired[list[str]]


class Log(TypedDict):
    """Where the messages of the device go as well, by syslog over UDP port 514 (RFC 5426)."""

    servers: list[str]


class Snmp(TypedDict):
    """Read-only SNMPv3, authPriv (SHA, AES-128). ``auth`` and ``priv`` are names of secrets, ``sources`` networks."""

    user: str
    auth: str
    priv: str
    sources: list[str]
    location: str


class Monitored(TypedDict):
    """``snmp`` only where the government monitors by SNMP."""

    snmp: NotRequired[Snmp]


class SwitchPort(TypedDict):
    """``mode`` access: untagged in ``vlan``, an edge of the spanning tree; trunk: tagged in ``vlans``, a second switch.

    ``members``: the ports that this one aggregates by LACP (IEEE 802.1AX), only where it does.
    """

    name: str
    mode: str
    vlan: NotRequired[int]
    vlans: NotRequired[list[int]]
    members: NotRequired[list[str]]
    description: str


class Switch(TypedDict):
    """``priority``: of the bridge in the spanning tree (RSTP, IEEE 802.1D-2004 17.14), the smallest is the root."""

    bridge: str
    priority: int
    ports: list[SwitchPort]


class Vlan(TypedDict):
    id: int
    name: str
    interface: str


class Needs(TypedDict):
    vcpu: int
    ram_bytes: int
    disk_bytes: int


class DatabaseAt(TypedDict):
    """Where an application finds its database; ``host`` is the name in the server's certificate."""

    engine: str
    host: str
    address: str
    port: int
    name: str
    user: str


class AnyDatabase(TypedDict, total=False):
    """The part of an application that not every one has."""

    database_at: DatabaseAt


class Health(TypedDict):
    """``status``: answers that mean it works; none: the role's."""

    path: str
    status: list[int]


class ApplicationRun(TypedDict):
    """How it is run. ``local_port``: where it cannot listen on a Unix socket. ``release``: the one to serve whatever
    the source holds."""

    health: Health
    start: NotRequired[str]
    image: NotRequired[str]
    local_port: NotRequired[int]
    packages: NotRequired[list[str]]
    environment: NotRequired[dict[str, str]]
    release: NotRequired[str]


class Application(ApplicationRun):
    """An application that runs on this server. ``source`` is the absolute path of its files on the controller, ``port``
    nginx's."""

    code: str
    name: str
    owner: str
    runtime: str
    database: str
    database_at: NotRequired[DatabaseAt]
    domain: str
    source: str
    needs: Needs
    port: int


class Advertisement(TypedDict):
    """Router advertisements (RFC 4861) of a /64 for SLAAC, with resolvers (RDNSS, RFC 8106); M and O flags are off.

    ``default``: whether this router offers itself as the way to everywhere. It does not while an office's internet
    goes by a line of its own, which does not carry our prefix.
    """

    prefix: str
    dns: list[str]
    default: bool


class Interface6(TypedDict):
    """An interface of the same name in `Interface`. ``link_local`` only where it has to be given."""

    name: str
    use: str
    addresses: list[str]
    link_local: NotRequired[str]
    advertise: NotRequired[Advertisement]


class Ipv6(TypedDict):
    """IPv6 beside IPv4. An interface that is not named here has none.

    ``firewall``, ``shaping`` and ``ospf`` (OSPFv3, RFC 5340) have the shapes and meanings of their IPv4 siblings; in
    ``routes`` a line is judged by ``track`` of IPv4.
    """

    prefix: str
    zones: Zones
    loopback: str
    interfaces: list[Interface6]
    ospf: Ospf
    routes: list[Route]
    shaping: list[Shaping]
    firewall: Firewall


class DualStack(TypedDict):
    """``ipv6`` only where the government runs both families (``dual_stack``)."""

    ipv6: NotRequired[Ipv6]


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
    log: Log
    snmp: NotRequired[Snmp]
    ipv6: NotRequired[Ipv6]


class BorderRouterIntent(DeviceIntent):
    tunnels: list[TunnelEnd]
    routes: list[Route]
    bgp: NotRequired[Bgp]
    nat: list[Nat]
    dns: Dns
    shaping: list[Shaping]
    backup_shaping: list[LineShaping]


class CoreSwitchIntent(DeviceIntent):
    switch: Switch
    vlans: list[Vlan]


class OpdRouterIntent(DeviceIntent):
    tunnels: list[TunnelEnd]
    routes: list[Route]
    nat: list[Nat]
    dhcp: list[Dhcp]
    dns: Dns
    shaping: list[Shaping]


class Waiver(TypedDict):
    rule: str
    reason: str
    owner: str
    expires: str


class ServerIntent(HostIntent):
    system: str
    applications: list[Application]
    proxies: NotRequired[list[str]]
    waivers: NotRequired[list[Waiver]]
