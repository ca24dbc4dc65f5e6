# SPDX-License-Identifier: GPL-3.0-or-later
"""A provider's end of a BGP session: FRR on its router.

It is a careless one, so that a test can tell what our side does by itself: it takes whatever we announce, and
announces, beside a default route, a customer's private pool, somebody's network, and half of our own prefix.
"""

from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network

from labkit.model import File

#: what nobody should believe of a provider from whom a default route was ordered
FOREIGN = IPv4Network("100.100.0.0/24")
_DAEMONS = 'bgpd=yes\nvtysh_enable=yes\nzebra_options="-A 127.0.0.1"\nbgpd_options="-A 127.0.0.1"\n'


@dataclass(frozen=True)
class Session:
    """``customer`` is our address on the line. ``secret``: name of the lab's key that both ends share, or nothing."""

    circuit: str
    asn: int
    address: IPv4Address
    customer: IPv4Address
    customer_asn: int
    prefixes: tuple[IPv4Network, ...]
    pool: IPv4Network
    secret: str = ""
    ttl_security: bool = True


def files(session: Session) -> tuple[File, ...]:
    """Configuration of FRR; ``{secret}`` stands for the key."""
    return (
        File("/etc/frr/daemons", _DAEMONS),
        File("/etc/frr/frr.conf", _configuration(session), secret=session.secret),
    )


def _configuration(session: Session) -> str:
    peer = f" neighbor {session.customer}"
    lies = [*(next(prefix.subnets()) for prefix in session.prefixes), session.pool, FOREIGN]
    lines = [
        "frr defaults traditional",
        "log syslog informational",
        "route-map SEMUA permit 10",
        "exit",
        f"router bgp {session.asn}",
        f" bgp router-id {session.address}",
        " no bgp network import-check",
        f"{peer} remote-as {session.customer_asn}",
        *([f"{peer} password {{secret}}"] if session.secret else []),
        *([f"{peer} ttl-security hops 1"] if session.ttl_security else []),
        f"{peer} timers 10 30",
        f"{peer} timers connect 5",
        " address-family ipv4 unicast",
        *(f"  network {network}" for network in lies),
        f" {peer} default-originate",
        f" {peer} route-map SEMUA in",
        f" {peer} route-map SEMUA out",
        " exit-address-family",
        "exit",
    ]
    return "\n".join(lines) + "\n"
