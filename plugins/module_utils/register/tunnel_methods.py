# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which kinds of tunnel a platform speaks, and the one that two of them have in common.

A pair of routers takes the first method of `METHODS` that both speak. WireGuard is preferred wherever both ends have
it: it crosses any NAT, its office may have any address, and it has nothing to negotiate. RouterOS has it since 7.1, IOS
and IOS-XE have not.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network
from typing import Literal

Method = Literal["wireguard", "gre_ipsec"]


@dataclass(frozen=True)
class TunnelMethod:
    """``overhead``: bytes that the tunnel adds to a packet. ``fixed``: both ends need a fixed address of their own."""

    name: Method
    overhead: int
    fixed: bool


#: In order of preference.
METHODS: tuple[TunnelMethod, ...] = (
    # What wg-quick(8) takes off: IPv6 40, UDP 8, WireGuard 32 (type, receiver and counter 16, tag 16). Over IPv4 it is
    # 60; the rest is room for a line whose MTU nobody wrote down (PPPoE 1492).
    TunnelMethod("wireguard", 80, fixed=False),
    # GRE (RFC 2784) in ESP transport mode: IPv4 20, UDP for NAT 8 (RFC 3948), SPI and number 8, IV 16, padding up to
    # 17, check value 16 (RFC 4303, RFC 4868), GRE 4: 89. Rounded up to what Cisco recommends with GRE and IPsec, 1400
    # bytes ("Resolve IPv4 Fragmentation, MTU, MSS, and PMTUD Issues with GRE and IPsec"). Transport mode protects
    # packets between exactly two addresses, so both must be known and neither translated.
    TunnelMethod("gre_ipsec", 100, fixed=True),
)
#: Platform -> what it speaks. A platform that is not here has no tunnels yet.
SPOKEN: Mapping[str, frozenset[Method]] = {
    "linux": frozenset({"wireguard"}),
    "routeros": frozenset({"wireguard", "gre_ipsec"}),
    "routeros 6": frozenset({"gre_ipsec"}),
    "ios": frozenset({"gre_ipsec"}),
}


#: Platforms that keep the way to the border by a line whose gateway DHCP gives.
FOLLOW_DHCP = frozenset({"linux"})


def spoken(platform: str, version: str | None) -> frozenset[Method]:
    """What a router of this platform and version speaks; the major version decides where it stands in `SPOKEN`."""
    major = (version or "").partition(".")[0]
    return SPOKEN.get(f"{platform} {major}", SPOKEN.get(platform, frozenset()))


def common_method(one: tuple[str, str | None], other: tuple[str, str | None], *, fixed: bool) -> TunnelMethod | None:
    """The method of a pair of (platform, version), None when they have none in common.

    ``fixed``: whether both ends have an address that never changes.
    """
    both = spoken(*one) & spoken(*other)
    return next((method for method in METHODS if method.name in both and (fixed or not method.fixed)), None)


#: Addresses that somebody translates on the way (RFC 1918, RFC 6598).
_TRANSLATED = tuple(map(IPv4Network, ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10")))


def is_fixed(address: IPv4Address | None) -> bool:
    """Whether a line's address is known and seen as such on the internet."""
    return address is not None and not any(address in network for network in _TRANSLATED)
