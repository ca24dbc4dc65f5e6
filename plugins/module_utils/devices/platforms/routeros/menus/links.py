# SPDX-License-Identifier: GPL-3.0-or-later
"""Interfaces that carry frames: ethernet, bridges, bonds, VLANs, VRRP. The form is told in `model`."""

from __future__ import annotations

from .model import FIXED, ITEMS, Menu

MENUS = (
    Menu(
        "/interface/ethernet",
        FIXED,
        keys=(
            ("default-name",),
            ("name",),
        ),
        properties="""
        bool : disable-running-check mdix-enable sfp-ignore-rx-los
        bool=no : disabled
        bool=yes : auto-negotiation
        enum(disabled,enabled,local-proxy-arp,proxy-arp,reply-only)=enabled : arp
        mac : mac-address
        rate=unlimited/unlimited @<7 : bandwidth
        set : advertise
        text="" : comment
        time=5m : loop-protect-disable-time
        time=5s : loop-protect-send-interval
        time=auto : arp-timeout
        word : l2mtu name speed
        word=1500 : mtu
        word=95? : sfp-shutdown-temperature
        word=default : loop-protect
        word=high : sfp-rate-select
        word=off : rx-flow-control tx-flow-control
        word# : power-cycle-interval power-cycle-ping-enabled
        word?# : poe-out poe-priority poe-voltage power-cycle-ping-address power-cycle-ping-timeout
        word~ : default-name
        mac~ : orig-mac-address
        word# : cable-settings
        word?# : combo-mode fec-mode
        bool=yes @<7 : full-duplex
        """,
    ),
    Menu(
        "/interface/bridge",
        ITEMS,
        keys=(("name",),),
        properties="""
        bool=no : dhcp-snooping disabled igmp-snooping multicast-querier vlan-filtering
        bool=no @<7 : ingress-filtering
        bool=no @>=7.16 : forward-reserved-addresses
        bool=no @>=7.20 : mvrp
        bool=no @>=7.20 @<7.23 : add-dhcp-option82
        bool=yes : auto-mac fast-forward
        bool=yes @>=7 : ingress-filtering
        bool @>=7.22 : ra-guard
        enum(admit-all,admit-only-untagged-and-priority-tagged,admit-only-vlan-tagged)=admit-all : frame-types
        enum(disabled,enabled,local-proxy-arp,proxy-arp,reply-only)=enabled : arp
        enum(disabled,permanent,temporary-query)=temporary-query @>=7.20 : multicast-router
        enum(mstp,none,rstp,stp)=rstp : protocol-mode
        enum(short,long)=long @>=7.13 : port-cost-mode
        mac="" : admin-mac
        text="" : comment
        time=10s @>=7.20 : query-response-interval
        time=15s : forward-delay
        time=1s @>=7.20 : last-member-interval
        time=20s : max-message-age
        time=2m5s @>=7.20 : query-interval
        time=31s250ms @>=7.20 : startup-query-interval
        time=4m15s @>=7.20 : querier-interval
        time=4m20s @>=7.20 : membership-interval
        time=5m : ageing-time
        time=auto : arp-timeout
        time @>=7.22 : mlag-heartbeat
        word : name
        word="" @>=7.20 : region-name
        word=0 @>=7.20 : region-revision
        word=0x8000 : priority
        word=0x8100 : ether-type
        word=1 : mld-version pvid
        word=2 @>=7.20 : igmp-version last-member-query-count startup-query-count
        word=20 @>=7.20 : max-hops
        word=6 : transmit-hold-count
        word=auto : mtu
        word=auto @>=7.16 : max-learned-entries
        word @>=7.22 : mlag-peer-port mlag-priority
        """,
    ),
    Menu(
        "/interface/bonding",
        ITEMS,
        keys=(("name",),),
        properties="""
        bool=no : disabled
        enum(1sec,30secs)=30secs : lacp-rate
        enum(802.3ad,active-backup,balance-alb,balance-rr,balance-tlb,balance-xor,broadcast)=balance-rr : mode
        enum(arp,mii,none)=mii : link-monitoring
        enum(disabled,enabled,local-proxy-arp,proxy-arp,reply-only)=enabled : arp
        enum(encap-2-and-3,encap-3-and-4,layer-2,layer-2-and-3,layer-3-and-4)=layer-2 : transmit-hash-policy
        mac? : forced-mac-address
        mac @>=7.21 : lacp-system-id
        set : slaves
        text="" : comment
        time=0ms : down-delay up-delay
        time=100ms : arp-interval mii-interval
        time=auto : arp-timeout
        word : name
        word="" : arp-ip-targets
        word=0 : min-links
        word=1500 : mtu
        word=none : primary
        word? : lacp-user-key mlag-id
        word @>=7.19 : lacp-mode
        word @>=7.21 : lacp-system-priority
        """,
    ),
    Menu(
        "/interface/vlan",
        ITEMS,
        keys=(("name",),),
        properties="""
        bool=no : disabled mvrp use-service-tag
        enum(disabled,enabled,local-proxy-arp,proxy-arp,reply-only)=enabled : arp
        set : vlan-id
        text="" : comment
        time=5m : loop-protect-disable-time
        time=5s : loop-protect-send-interval
        time=auto : arp-timeout
        word : interface name
        word=1500 : mtu
        word=default : loop-protect
        """,
    ),
    Menu(
        "/interface/vrrp",
        ITEMS,
        keys=(("name",),),
        properties="""
        bool=no : disabled sync-connection-tracking
        bool=yes : preemption-mode
        enum(2,3)=3 : version
        enum(disabled,enabled,local-proxy-arp,proxy-arp,reply-only)=enabled : arp
        enum(ipv4,ipv6)=ipv4 : v3-protocol
        set(ah,none,simple)=none : authentication
        text="" : comment on-backup on-fail on-master
        time=1s : interval
        time=auto : arp-timeout
        word : interface name remote-address
        word=""* : password
        word="" @<7.11 : group-master
        word="" @>=7.11 : group-authority
        word=1 : vrid
        word=100 : priority
        word=1500 @<7.20 : mtu
        word=8275 @>=7.20 : connection-tracking-port
        word=passive-active @>=7.20 : connection-tracking-mode
        word @>=7.11 : group-master
        """,
    ),
)
