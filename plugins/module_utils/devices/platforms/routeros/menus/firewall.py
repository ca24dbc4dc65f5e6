# SPDX-License-Identifier: GPL-3.0-or-later
"""Packet filter, address lists and their helpers of IPv4. The form is told in `model`."""

from __future__ import annotations

from .model import FIXED, ITEMS, ORDERED, SINGLETON, Menu

MENUS = (
    Menu(
        "/ip/firewall/address-list",
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
        "/ip/firewall/layer7-protocol",
        ITEMS,
        keys=(("name",),),
        properties="""
        text="" : comment
        word : name regexp
        """,
    ),
    Menu(
        "/ip/firewall/connection/tracking",
        SINGLETON,
        properties="""
        bool=yes : loose-tcp-tracking
        bool @>=7.20 : liberal-tcp-tracking
        time=10m : generic-timeout
        time=10s :
            icmp-timeout tcp-close-timeout tcp-close-wait-timeout tcp-fin-wait-timeout tcp-last-ack-timeout
            tcp-time-wait-timeout udp-timeout
        time=1d : tcp-established-timeout
        time=3m : udp-stream-timeout
        time=5m : tcp-max-retrans-timeout tcp-unacked-timeout
        time=5s : tcp-syn-received-timeout tcp-syn-sent-timeout
        word=auto : enabled
        """,
    ),
    Menu(
        "/ip/firewall/service-port",
        FIXED,
        keys=(("name",),),
        properties="""
        bool : sip-direct-media
        bool=no : disabled
        time : sip-timeout
        word : ports
        word @<7 : name
        """,
    ),
    Menu(
        "/ip/firewall/raw",
        ORDERED,
        properties="""
        bool=no : disabled log
        bool? : fragment
        enum(accept,add-dst-to-address-list,add-src-to-address-list,drop,jump,log,notrack,passthrough,return) : action
        prefix!? : dst-address src-address
        set(unicast,local,broadcast,multicast,blackhole)!? : dst-address-type src-address-type
        set!? : dst-port hotspot icmp-options port src-port tcp-flags
        text="" : comment
        time? : address-list-timeout
        word : chain
        word="" : log-prefix
        word! @>=7.21 : tos
        word!? :
            content dscp dst-address-list in-bridge-port in-bridge-port-list in-interface in-interface-list
            ingress-priority limit nth out-bridge-port out-bridge-port-list out-interface out-interface-list
            packet-mark packet-size per-connection-classifier priority protocol src-address-list src-mac-address
            tcp-mss time tls-host
        word? : address-list dst-limit ipsec-policy ipv4-options jump-target psd random ttl
        """,
    ),
    Menu(
        "/ip/firewall/mangle",
        ORDERED,
        properties="""
        bool=no : disabled log
        bool=yes @>=7.19 : passthrough
        bool? : fragment
        bool? @<7.19 : passthrough
        enum(accept, add-dst-to-address-list, add-src-to-address-list, change-dscp, change-mss, change-ttl,
            clear-df, fasttrack-connection, jump, log, mark-connection, mark-packet, mark-routing, passthrough,
            return, route, set-priority, sniff-pc, sniff-tzsp, strip-ipv4-options) :
            action
        prefix!? : dst-address src-address
        set(invalid,established,related,new,untracked)!? : connection-state
        set(srcnat,dstnat)!? : connection-nat-state
        set(unicast,local,broadcast,multicast,blackhole)!? : dst-address-type src-address-type
        set!? : connection-type dst-port hotspot icmp-options port src-port tcp-flags
        text="" : comment
        time? : address-list-timeout
        word : chain
        word="" : log-prefix
        word! @>=7.21 : tos
        word!? :
            connection-limit connection-mark connection-rate content dscp dst-address-list in-bridge-port
            in-bridge-port-list in-interface in-interface-list ingress-priority layer7-protocol limit nth
            out-bridge-port out-bridge-port-list out-interface out-interface-list p2p packet-mark packet-size
            per-connection-classifier priority protocol realm routing-mark src-address-list src-mac-address tcp-mss
            time tls-host
        word? :
            address-list connection-bytes dst-limit ipsec-policy ipv4-options jump-target new-connection-mark
            new-dscp new-mss new-packet-mark new-priority new-routing-mark new-ttl psd random route-dst sniff-id
            sniff-target sniff-target-port ttl
        word? @<7.15 : routing-table
        """,
    ),
    Menu(
        "/ip/firewall/nat",
        ORDERED,
        properties="""
        bool=no : disabled log
        bool? : fragment randomise-ports same-not-by-dst
        enum(accept, add-dst-to-address-list, add-src-to-address-list, dst-nat, endpoint-independent-nat,
            jump, log, masquerade, netmap, passthrough, redirect, return, same, socksify, src-nat) :
            action
        prefix!? : dst-address src-address
        set(unicast,local,broadcast,multicast,blackhole)!? : dst-address-type src-address-type
        set!? : connection-type dst-port hotspot icmp-options port src-port
        text="" : comment
        time? : address-list-timeout
        word : chain
        word="" : log-prefix
        word! @>=7.21 : tos
        word!? :
            connection-limit connection-mark connection-rate content dscp dst-address-list in-bridge-port
            in-bridge-port-list in-interface in-interface-list ingress-priority layer7-protocol limit nth
            out-bridge-port out-bridge-port-list out-interface out-interface-list packet-mark packet-size
            per-connection-classifier priority protocol realm routing-mark src-address-list src-mac-address tcp-mss
            time
        word? :
            address-list connection-bytes dst-limit ipsec-policy ipv4-options jump-target psd random to-addresses
            to-ports ttl
        word? @<7.16 : tls-host
        word @>=7.20 : socks5-port socks5-server socksify-service
        """,
    ),
    Menu(
        "/ip/firewall/filter",
        ORDERED,
        properties="""
        bool=no : disabled log
        bool? : fragment
        enum(accept, add-dst-to-address-list, add-src-to-address-list, drop, fasttrack-connection, jump,
            log, passthrough, reject, return, tarpit) :
            action
        enum(icmp-admin-prohibited, icmp-host-prohibited, icmp-host-unreachable, icmp-net-prohibited,
            icmp-network-unreachable, icmp-port-unreachable, icmp-protocol-unreachable, tcp-reset)? :
            reject-with
        prefix!? : dst-address src-address
        set(invalid,established,related,new,untracked)!? : connection-state
        set(srcnat,dstnat,ein-snat,ein-dnat)!? : connection-nat-state
        set(unicast,local,broadcast,multicast,blackhole)!? : dst-address-type src-address-type
        set!? : connection-type dst-port hotspot icmp-options port src-port tcp-flags
        text="" : comment
        time? : address-list-timeout
        word : chain
        word="" : log-prefix
        word! @>=7.21 : tos
        word!? :
            connection-limit connection-mark connection-rate content dscp dst-address-list in-bridge-port
            in-bridge-port-list in-interface in-interface-list ingress-priority layer7-protocol limit nth
            out-bridge-port out-bridge-port-list out-interface out-interface-list p2p packet-mark packet-size
            per-connection-classifier priority protocol realm routing-mark src-address-list src-mac-address tcp-mss
            time tls-host
        word? : address-list connection-bytes dst-limit ipsec-policy ipv4-options jump-target psd random ttl
        word? @<7 : hw-offload
        word? @<7.15 : routing-table
        """,
    ),
)
