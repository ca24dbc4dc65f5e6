# SPDX-License-Identifier: GPL-3.0-or-later
"""The world outside the government: providers, the one internet node, and people's PCs.

The lab configures these itself; they are not the government's. Addresses are from the documentation ranges (RFC 5737,
RFC 3849).
"""

from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Interface, IPv4Network, IPv6Address, IPv6Interface, IPv6Network

from labkit import provider_bgp
from labkit.image import Image
from labkit.model import ENABLED, File, Node

INTERNET = "internet"
WEB_ADDRESS = IPv4Address("198.51.100.10")
WEB_NAME = "www.internet.example"
#: The same server in IPv6, under a name of its own: with two kinds of addresses under one, every client would choose.
WEB_ADDRESS6 = IPv6Address("2001:db8:feed::10")
WEB_NAME6 = "www6.internet.example"
IPERF3_PORTS6 = range(5301, 5303)
IPERF3_PORTS = range(5201, 5205)  # one test at a time per port
_BACKBONE = IPv4Network("192.0.2.0/24")
_BACKBONE6 = IPv6Network("2001:db8:bb::/48")
#: A router looks for a neighbour under its link-local address, so without one it forwards no IPv6 (RFC 4861, 7.2.2).
_LINK_LOCAL = "LinkLocalAddressing=ipv6\nIPv6AcceptRA=no"
_APPLIANCE = Image("appliance")
_NETWORK_DAEMONS = ("frr", "openvswitch-switch", "ovs-vswitchd", "ovsdb-server")
_UNIT_FOLDER = "/lib/systemd/system"


@dataclass(frozen=True)
class Ipv6:
    """IPv6 of a circuit: the provider routes ``prefix`` to the customer's address on it."""

    customer: IPv6Interface
    gateway: IPv6Address
    prefix: IPv6Network

    @property
    def gateway_interface(self) -> IPv6Interface:
        """The gateway with the handoff's prefix length."""
        return IPv6Interface(f"{self.gateway}/{self.customer.network.prefixlen}")


@dataclass(frozen=True)
class Uplink:
    """A circuit to a provider: the customer's address on it, the provider's gateway, and its capacity in bit/s.

    ``session``: the provider speaks BGP there.
    """

    circuit: str
    customer: IPv4Interface
    gateway: IPv4Address
    capacity_bps: int
    session: provider_bgp.Session | None = None
    six: Ipv6 | None = None

    @property
    def node(self) -> str:
        """The provider's router."""
        return self.circuit if self.circuit.startswith("isp") else f"isp-{self.circuit}"

    @property
    def gateway_interface(self) -> IPv4Interface:
        """The gateway with the handoff's prefix length."""
        return IPv4Interface(f"{self.gateway}/{self.customer.network.prefixlen}")


def _backbone(number: int) -> tuple[IPv4Interface, IPv4Interface]:
    """The /30 between the n-th provider (first address) and the internet node (second)."""
    link = list(_BACKBONE.subnets(new_prefix=30))[number]
    return IPv4Interface(f"{link[1]}/30"), IPv4Interface(f"{link[2]}/30")


def _backbone6(number: int) -> tuple[IPv6Interface, IPv6Interface]:
    """The /64 between the n-th provider (::1) and the internet node (::2)."""
    link = IPv6Network((int(_BACKBONE6.network_address) + (number << 64), 64))
    return IPv6Interface(f"{link[1]}/64"), IPv6Interface(f"{link[2]}/64")


def _without(*units: str) -> list[File]:
    """Services of the image that such a machine does not have."""
    return [File(f"/etc/systemd/system/{unit}.service", link="/dev/null") for unit in units]


def _enabled(unit: str) -> File:
    return File(f"{ENABLED}/{unit}", link=f"{_UNIT_FOLDER}/{unit}")


def _network(name: str, *lines: str) -> File:
    return File(f"/etc/systemd/network/10-{name}.network", "\n".join((f"[Match]\nName={name}\n", *lines)) + "\n")


def _shaped(rate_bps: int) -> str:
    """What leaves by this port keeps to the circuit's capacity."""
    return (
        "\n[HierarchyTokenBucket]\nParent=root\nHandle=1\nDefaultClass=10\n\n"
        f"[HierarchyTokenBucketClass]\nParent=root\nClassId=1:10\nRate={rate_bps // 1000}K\n"
    )


def provider(uplink: Uplink, number: int) -> Node:
    """A provider's router: it routes and takes nothing but its customer's own addresses (BCP 38); it does no NAT."""
    here, internet = _backbone(number)
    sysctl = "net.ipv4.ip_forward = 1\nnet.ipv4.conf.eth0.rp_filter = 1\n"
    quiet = "LinkLocalAddressing=no\nIPv6AcceptRA=no"
    customer_side = f"[Network]\nAddress={uplink.gateway_interface}\n{quiet}"
    world_side = f"[Network]\nAddress={here}\nGateway={internet.ip}\n{quiet}"
    if uplink.six:
        here6, internet6 = _backbone6(number)
        customer_side, world_side = (text.replace(quiet, _LINK_LOCAL) for text in (customer_side, world_side))
        sysctl += "net.ipv6.conf.all.forwarding = 1\n"
        customer_side += (
            f"\nAddress={uplink.six.gateway_interface}\n"
            f"\n[Route]\nDestination={uplink.six.prefix}\nGateway={uplink.six.customer.ip}\n"
        )
        world_side += f"\nAddress={here6}\nGateway={internet6.ip}\n"
    files = (
        File("/etc/sysctl.d/60-world.conf", sysctl),
        _network("eth0", customer_side, _shaped(uplink.capacity_bps)),
        _network("eth1", world_side, _shaped(uplink.capacity_bps)),
    )
    idle = [daemon for daemon in _NETWORK_DAEMONS if uplink.session is None or daemon != "frr"]
    speaking = provider_bgp.files(uplink.session) if uplink.session is not None else ()
    return Node(uplink.node, "isp", _APPLIANCE, ("eth0", "eth1"), files=(*files, *speaking, *_without(*idle)))


def internet(uplinks: list[Uplink], resolvers: list[IPv4Address], clock: IPv4Address) -> Node:
    """The rest of the world: a web server, iperf3, resolvers and a time server; it knows no private address.

    Providers reach each other through it, as an exchange.
    """
    ports = tuple(f"eth{number}" for number in range(len(uplinks)))
    addresses = dict.fromkeys((WEB_ADDRESS, *resolvers, clock))
    own = [*(f"Address={address}/32" for address in addresses), f"Address={WEB_ADDRESS6}/128"]
    files = [_network("lo", "[Network]", *own)]
    for number, (port, uplink) in enumerate(zip(ports, uplinks, strict=True)):
        there, here = _backbone(number)
        route = f"\n[Route]\nDestination={uplink.customer.network}\nGateway={there.ip}"
        for prefix in uplink.session.prefixes if uplink.session is not None else ():
            route += f"\n[Route]\nDestination={prefix}\nGateway={there.ip}"
        quiet = "LinkLocalAddressing=no\nIPv6AcceptRA=no"
        if uplink.six:
            there6, here6 = _backbone6(number)
            quiet = f"{_LINK_LOCAL}\nAddress={here6}"
            route += f"\n\n[Route]\nDestination={uplink.six.prefix}\nGateway={there6.ip}"
            route += f"\n\n[Route]\nDestination={uplink.six.customer.network}\nGateway={there6.ip}"
        files.append(_network(port, f"[Network]\nAddress={here}\n{quiet}", route))
    files.append(File("/etc/sysctl.d/60-world.conf", "net.ipv4.ip_forward = 1\n"))
    files += [*_web(), *_resolver(clock), *_clock(clock), *_iperf3(), *_without(*_NETWORK_DAEMONS)]
    return Node(INTERNET, "internet", _APPLIANCE, ports, files=tuple(files))


def _web() -> list[File]:
    page = f"<!doctype html>\n<title>{WEB_NAME}</title>\n<p>Halaman di internet.</p>\n"
    files = [File("/srv/www/index.html", page)]
    for name, address in (("world-web", WEB_ADDRESS), ("world-web6", WEB_ADDRESS6)):
        unit = (
            "[Unit]\nDescription=Web server on the internet\nAfter=network.target\n\n"
            f"[Service]\nExecStart=/usr/bin/python3 -m http.server 80 --bind {address} --directory /srv/www\n"
            "Restart=on-failure\nRestartSec=1\nDynamicUser=yes\nAmbientCapabilities=CAP_NET_BIND_SERVICE\n\n"
            "[Install]\nWantedBy=multi-user.target\n"
        )
        files += own_unit(f"{name}.service", unit)
    return files


def _resolver(clock: IPv4Address) -> list[File]:
    lines = [
        "bind-dynamic",
        # by interface: with an address of lo alone dnsmasq closes every TCP question that came in by a cable
        "interface=lo",
        "interface=eth*",
        "no-resolv",
        "no-hosts",
        "local=/internet.example/",
        f"host-record={WEB_NAME},{WEB_ADDRESS}",
        f"host-record={WEB_NAME6},{WEB_ADDRESS6}",
        f"host-record=time.internet.example,{clock}",
    ]
    return [File("/etc/dnsmasq.d/world.conf", "\n".join(lines) + "\n"), _enabled("dnsmasq.service")]


def _clock(address: IPv4Address) -> list[File]:
    """A time server that vouches for the machine's clock and never sets it (-x): a container must not."""
    configuration = f"local stratum 8\nallow all\nbindaddress {address}\ndriftfile /var/lib/chrony/chrony.drift\n"
    unit = (
        "[Unit]\nConditionCapability=\n\n[Service]\nType=exec\nPIDFile=\nExecStart=\n"
        "ExecStart=!/usr/sbin/chronyd -d -x -F 0\nRestart=on-failure\nRestartSec=1\n"
    )
    return [
        File("/etc/chrony/chrony.conf", configuration),
        File("/etc/systemd/system/chrony.service.d/world.conf", unit),
        _enabled("chrony.service"),
    ]


def _iperf3() -> list[File]:
    files = []
    for name, address, ports in (
        ("world-iperf3", WEB_ADDRESS, IPERF3_PORTS),
        ("world-iperf3-v6", WEB_ADDRESS6, IPERF3_PORTS6),
    ):
        unit = (
            "[Unit]\nDescription=iperf3 server on port %i\nAfter=network.target\n\n"
            f"[Service]\nExecStart=/usr/bin/iperf3 --server --bind {address} --port %i\n"
            "Restart=always\nRestartSec=1\nDynamicUser=yes\n"
        )
        source = f"/etc/systemd/system/{name}@.service"
        files.append(File(source, unit))
        files += [File(f"{ENABLED}/{name}@{port}.service", link=source) for port in ports]
    return files


def own_unit(name: str, content: str) -> list[File]:
    """A systemd unit of the lab's own, started at boot."""
    path = f"/etc/systemd/system/{name}"
    return [File(path, content), File(f"{ENABLED}/{name}", link=path)]


def client(name: str, *, role: str = "client", files: tuple[File, ...] = ()) -> Node:
    """A person's PC, or whatever else takes address and name server from whoever answers its DHCP questions."""
    all_files = (
        _network(
            "eth0",
            # IPv6 as PCs do it: an address of its own making once a router advertises a network
            "[Network]\nDHCP=ipv4\nLinkLocalAddressing=ipv6\nIPv6AcceptRA=yes\n",
            "[DHCPv4]\nClientIdentifier=mac\nUseDomains=yes\nUseNTP=no\n",
        ),
        _enabled("systemd-resolved.service"),
        File("/etc/resolv.conf", link="../run/systemd/resolve/stub-resolv.conf"),
        *_without(*_NETWORK_DAEMONS),
        *files,
    )
    return Node(name, role, _APPLIANCE, ("eth0",), files=all_files)
