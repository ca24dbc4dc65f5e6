# SPDX-License-Identifier: GPL-3.0-or-later
"""Tunnels between routers. The form is told in `model`."""

from __future__ import annotations

from .model import ITEMS, Menu

MENUS = (
    Menu(
        "/interface/wireguard",
        ITEMS,
        keys=(("name",),),
        since="7",
        properties="""
        bool=no : disabled
        text="" : comment
        word : listen-port name
        word=1420 : mtu
        word* : private-key
        word @>=7.21 : vrf
        """,
    ),
    Menu(
        "/interface/gre",
        ITEMS,
        keys=(("name",),),
        properties="""
        bool=no : disabled dont-fragment
        bool=yes : allow-fast-path clamp-tcp-mss
        text="" : comment
        time=10s,10? : keepalive
        word : name remote-address
        word=0.0.0.0 : local-address
        word=auto : mtu
        word=inherit : dscp
        word?* : ipsec-secret
        """,
    ),
    Menu(
        "/interface/eoip",
        ITEMS,
        keys=(("name",),),
        properties="""
        bool=no : disabled dont-fragment
        bool=yes : allow-fast-path clamp-tcp-mss
        enum(disabled,enabled,local-proxy-arp,proxy-arp,reply-only)=enabled : arp
        mac : mac-address
        text="" : comment
        time=10s,10? : keepalive
        time=5m : loop-protect-disable-time
        time=5s : loop-protect-send-interval
        time=auto : arp-timeout
        word : name remote-address tunnel-id
        word=0.0.0.0 : local-address
        word=auto : mtu
        word=default : loop-protect
        word=inherit : dscp
        word?* : ipsec-secret
        """,
    ),
    Menu(
        "/interface/ipip",
        ITEMS,
        keys=(("name",),),
        properties="""
        bool : allow-fast-path clamp-tcp-mss disabled
        text="" : comment
        time? : keepalive
        word : dont-fragment dscp local-address mtu name remote-address
        word?* : ipsec-secret
        """,
    ),
    Menu(
        "/interface/vxlan",
        ITEMS,
        keys=(("name",),),
        since="7",
        properties="""
        bool=no : disabled
        bool=no @>=7.20 : checksum
        bool=yes : allow-fast-path
        bool=yes @>=7.18 : hw
        bool=yes @>=7.20 : learning
        enum(disabled,enabled,local-proxy-arp,proxy-arp,reply-only)=enabled : arp
        mac : mac-address
        set=4789 : port
        text="" : comment
        time=5m : loop-protect-disable-time
        time=5s : loop-protect-send-interval
        time=auto : arp-timeout
        word : vni
        word=1 @>=7.18 : bridge-pvid
        word=1500 : mtu
        word=4096 : max-fdb-size
        word=auto : dont-fragment
        word=auto @>=7.18 : ttl
        word=default : loop-protect
        word=ipv4 : vteps-ip-version
        word=main @>=7.20 : vtep-vrf
        word=none @>=7.20 : rem-csum
        word=vxlan1 : name
        word? : group interface local-address
        word? @>=7.18 : bridge
        word @<7.20 : vrf
        """,
    ),
)
