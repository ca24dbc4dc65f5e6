# SPDX-License-Identifier: GPL-3.0-or-later
"""Dynamic routing as RouterOS 6 knows it (gone in 7). The form is told in `model`."""

from __future__ import annotations

from .model import ITEMS, ORDERED, Menu

MENUS = (
    Menu(
        "/routing/ospf/network",
        ITEMS,
        keys=(("network", "area"),),
        until="7",
        properties="""
        bool=no : disabled
        prefix : network
        text="" : comment
        word=backbone : area
        """,
    ),
    Menu(
        "/routing/ospf/interface",
        ITEMS,
        keys=(("interface",),),
        until="7",
        properties="""
        bool=no : disabled passive use-bfd
        enum(default,broadcast,nbma,point-to-point,ptmp)=default : network-type
        enum(md5,none,simple)=none : authentication
        text="" : comment
        time=40s : dead-interval
        time=10s : hello-interval
        time=5s : retransmit-interval
        time=1s : transmit-delay
        word : interface
        word=1 : authentication-key-id priority
        word=""* : authentication-key
        word=10 : cost
        word=0 : instance-id
        """,
    ),
    Menu(
        "/routing/ospf/nbma-neighbor",
        ITEMS,
        keys=(("address",),),
        until="7",
        properties="""
        bool=no : disabled
        ip : address
        text="" : comment
        time=2m : poll-interval
        word=0 : priority
        word=default : instance
        """,
    ),
    Menu(
        "/routing/bgp/peer",
        ITEMS,
        keys=(("name",),),
        until="7",
        properties="""
        bool=no : as-override disabled multihop passive remove-private-as route-reflect use-bfd
        text="" : comment
        time="" : keepalive-time
        time=3m : hold-time
        word="" : allow-as-in max-prefix-limit max-prefix-restart-time remote-port
        word=default : nexthop-choice ttl
        word=ip : address-families
        word=never : default-originate
        word* : tcp-md5-key
        word? : update-source
        word : cisco-vpls-nlri-len-fmt in-filter instance name out-filter remote-address remote-as
        """,
    ),
    Menu(
        "/routing/bgp/network",
        ITEMS,
        keys=(("network",),),
        until="7",
        properties="""
        bool=no : disabled
        bool=yes : synchronize
        prefix : network
        text="" : comment
        """,
    ),
    Menu(
        "/routing/bgp/aggregate",
        ITEMS,
        keys=(("prefix", "instance"),),
        until="7",
        properties="""
        bool=no : disabled include-igp
        bool=yes : inherit-attributes summary-only
        prefix : prefix
        word : advertise-filter attribute-filter instance suppress-filter
        """,
    ),
    Menu(
        "/routing/filter",
        ORDERED,
        until="7",
        properties="""
        bool=no : disabled invert-match
        text="" : comment
        word=0.0.0.0/0 : prefix
        word? :
            address-family append-bgp-communities append-route-targets bgp-as-path bgp-as-path-length
            bgp-atomic-aggregate bgp-communities bgp-local-pref bgp-med bgp-origin bgp-weight distance
            locally-originated-bgp match-chain ospf-type pref-src prefix-length protocol route-comment route-tag
            route-targets routing-mark scope set-bgp-communities set-bgp-local-pref set-bgp-med set-bgp-prepend
            set-bgp-weight set-check-gateway set-disabled set-distance set-in-nexthop set-in-nexthop-direct
            set-in-nexthop-ipv6 set-in-nexthop-linklocal set-out-nexthop set-out-nexthop-ipv6
            set-out-nexthop-linklocal set-pref-src set-route-comment set-route-tag set-route-targets set-routing-mark
            set-scope set-site-of-origin set-target-scope set-type set-use-te-nexthop site-of-origin target-scope
        word : chain jump-target set-bgp-prepend-path
        enum(accept,discard,jump,log,passthrough,reject,return)=passthrough : action
        """,
    ),
)
