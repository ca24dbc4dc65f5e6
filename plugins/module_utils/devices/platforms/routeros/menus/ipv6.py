# SPDX-License-Identifier: GPL-3.0-or-later
"""IPv6. The form is told in `model`."""

from __future__ import annotations

from .model import ITEMS, ORDERED, SINGLETON, Menu

MENUS = (
    Menu(
        "/ipv6/settings",
        SINGLETON,
        properties="""
        bool=no : disable-ipv6
        bool=no @>=7.17 : disable-link-local-address
        bool=yes : forward
        bool=yes @>=7.18 : allow-fast-path
        enum(l3,l3-inner,l4)=l3 @>=7.16 : multipath-hash-policy
        word=60 @>=7.17 : stale-neighbor-timeout
        word=8192 @<7.18 : max-neighbor-entries
        word=yes-if-forwarding-disabled : accept-redirects accept-router-advertisements
        word @>=7.17 : stale-neighbor-detect-interval
        word @>=7.18 : max-neighbor-entries min-neighbor-entries soft-max-neighbor-entries
        word @>=7.21 : accept-router-advertisements-on
        """,
    ),
    Menu(
        "/ipv6/pool",
        ITEMS,
        keys=(("name",),),
        properties="""
        text="" : comment
        word : name prefix prefix-length
        word @>=7.22 : from-pool
        """,
    ),
    Menu(
        "/ipv6/address",
        ITEMS,
        keys=(("address", "interface"),),
        properties="""
        bool=no : disabled eui-64 no-dad
        bool=yes : advertise
        bool @>=7.18 : auto-link-local
        prefix : address
        text="" : comment
        word : interface
        word="" : from-pool
        """,
    ),
    Menu(
        "/ipv6/dhcp-client",
        ITEMS,
        keys=(("interface",),),
        properties="""
        bool : rapid-commit
        bool=no : add-default-route disabled use-interface-duid
        bool=yes : use-peer-dns validate-server-duid
        bool @>=7.17 : allow-reconfigure
        bool @>=7.20 : accept-prefix-without-address
        enum(arp,bfd,none,ping) @>=7.19 : check-gateway
        set : request
        text="" : comment script
        word : interface pool-name
        word="" : custom-duid dhcp-options
        word=1 : default-route-distance
        word=64 : pool-prefix-length
        word=::/0 : prefix-hint
        word @>=7.17 : prefix-address-lists
        word @>=7.19 : default-route-tables
        word @>=7.20 : custom-iana-id custom-iapd-id
        """,
    ),
    Menu(
        "/ipv6/nd",
        ITEMS,
        keys=(("interface",),),
        properties="""
        bool=no : disabled managed-address-configuration other-configuration
        bool=yes : advertise-dns advertise-mac-address
        enum(high,low,medium)=medium : ra-preference
        list="" : dns
        text="" : comment
        time=30m : ra-lifetime
        time=3m20s-10m : ra-interval
        time=3s : ra-delay
        time=unspecified : reachable-time retransmit-interval
        word : interface pref64
        word=unspecified : hop-limit mtu
        """,
    ),
    Menu(
        "/ipv6/nd/prefix/default",
        SINGLETON,
        properties="""
        bool=yes : autonomous
        bool @>=7.22 : dhcp6-pd-preferred
        time=1w : preferred-lifetime
        time=4w2d : valid-lifetime
        """,
    ),
    Menu(
        "/ipv6/firewall/address-list",
        ITEMS,
        keys=(("list", "address"),),
        properties="""
        bool : dynamic
        bool=no : disabled
        prefix : address
        text="" : comment
        time : timeout
        word : list
        """,
    ),
    Menu(
        "/ipv6/firewall/raw",
        ORDERED,
        properties="""
        bool : log
        bool=no : disabled
        enum(accept,add-dst-to-address-list,add-src-to-address-list,drop,jump,log,notrack,passthrough,return) : action
        prefix!? : dst-address src-address
        set(unicast,local,anycast,multicast,unreachable)!? : dst-address-type src-address-type
        set!? : dst-port icmp-options port src-port tcp-flags
        text="" : comment
        time : address-list-timeout
        word : address-list chain jump-target log-prefix
        word! @>=7.21 : tos
        word!? :
            content dscp dst-address-list headers in-bridge-port in-bridge-port-list in-interface in-interface-list
            ingress-priority limit nth out-bridge-port out-bridge-port-list out-interface out-interface-list
            packet-mark packet-size per-connection-classifier priority protocol src-address-list src-mac-address
            tcp-mss time tls-host
        word? : dst-limit hop-limit ipsec-policy random
        """,
    ),
    Menu(
        "/ipv6/firewall/mangle",
        ORDERED,
        properties="""
        bool : log passthrough
        bool=no : disabled
        enum(accept, add-dst-to-address-list, add-src-to-address-list, change-dscp, change-hop-limit,
            change-mss, dnpt, jump, log, mark-connection, mark-packet, mark-routing, passthrough, return,
            set-priority, sniff-pc, sniff-tzsp, snpt) :
            action
        prefix!? : dst-address src-address
        set(invalid,established,related,new,untracked)!? : connection-state
        set(srcnat,dstnat)! : connection-nat-state
        set(unicast,local,anycast,multicast,unreachable)!? : dst-address-type src-address-type
        set!? : connection-type dst-port icmp-options port src-port tcp-flags
        text="" : comment
        time : address-list-timeout
        word :
            address-list chain dst-prefix jump-target log-prefix new-connection-mark new-dscp new-hop-limit new-mss
            new-packet-mark new-routing-mark sniff-id sniff-target sniff-target-port src-prefix
        word! @>=7.21 : tos
        word!? :
            connection-limit connection-mark connection-rate content dscp dst-address-list headers in-bridge-port
            in-bridge-port-list in-interface in-interface-list ingress-priority limit nth out-bridge-port
            out-bridge-port-list out-interface out-interface-list packet-mark packet-size per-connection-classifier
            priority protocol routing-mark src-address-list src-mac-address tcp-mss time tls-host
        word? : connection-bytes dst-limit hop-limit ipsec-policy new-priority random
        """,
    ),
    Menu(
        "/ipv6/firewall/nat",
        ORDERED,
        properties="""
        bool : log
        bool=no : disabled
        enum(accept, add-dst-to-address-list, add-src-to-address-list, dst-nat, jump, log, masquerade,
            netmap, passthrough, redirect, return, src-nat) :
            action
        prefix!? : dst-address src-address
        set(invalid,established,related,new,untracked)!? : connection-state
        set(unicast,local,anycast,multicast,unreachable)!? : dst-address-type src-address-type
        set!? : connection-type dst-port icmp-options port src-port tcp-flags
        text="" : comment
        time : address-list-timeout
        word : address-list chain hop-limit jump-target log-prefix to-address
        word! : headers nth
        word! @>=7.21 : tos
        word!? :
            connection-limit connection-mark connection-rate content dscp dst-address-list in-bridge-port
            in-bridge-port-list in-interface in-interface-list ingress-priority limit out-bridge-port
            out-bridge-port-list out-interface out-interface-list packet-mark packet-size per-connection-classifier
            priority protocol routing-mark src-address-list src-mac-address tcp-mss time
        word? : connection-bytes dst-limit ipsec-policy random to-ports
        word? @<7.15 : layer7-protocol to-addresses
        word? @<7.16 : tls-host
        """,
    ),
    Menu(
        "/ipv6/firewall/filter",
        ORDERED,
        properties="""
        bool : log
        bool=no : disabled
        enum(accept, add-dst-to-address-list, add-src-to-address-list, drop, fasttrack-connection, jump,
            log, passthrough, reject, return) :
            action
        enum(icmp-address-unreachable, icmp-admin-prohibited, icmp-err-src-routing-header,
            icmp-headers-too-long, icmp-no-route, icmp-not-neighbour, icmp-port-unreachable, tcp-reset) :
            reject-with
        prefix!? : dst-address src-address
        set(invalid,established,related,new,untracked)!? : connection-state
        set(srcnat,dstnat)! : connection-nat-state
        set(unicast,local,anycast,multicast,unreachable)!? : dst-address-type src-address-type
        set!? : connection-type dst-port icmp-options port src-port tcp-flags
        text="" : comment
        time? : address-list-timeout
        word : chain log-prefix
        word! : routing-mark tls-host
        word! @>=7.21 : tos
        word!? :
            connection-limit connection-mark connection-rate content dscp dst-address-list headers in-bridge-port
            in-bridge-port-list in-interface in-interface-list ingress-priority limit nth out-bridge-port
            out-bridge-port-list out-interface out-interface-list packet-mark packet-size per-connection-classifier
            priority protocol src-address-list src-mac-address tcp-mss time
        word? : address-list connection-bytes dst-limit hop-limit ipsec-policy jump-target random
        """,
    ),
    Menu(
        "/ipv6/route",
        ITEMS,
        properties="""
        bool=no : disabled
        enum(arp,none,ping)? : check-gateway
        list : gateway
        prefix : dst-address
        text="" : comment
        word=1 : distance
        word=10 : target-scope
        word=30 : scope
        word=main : routing-table
        word? : blackhole vrf-interface
        word? @<7.15 :
            bgp-as-path bgp-atomic-aggregate bgp-communities bgp-local-pref bgp-med bgp-origin bgp-prepend route-tag
            type
        word @<7 : suppress-hw-offload
        word @>=7.20 : pref-src
        """,
    ),
)
