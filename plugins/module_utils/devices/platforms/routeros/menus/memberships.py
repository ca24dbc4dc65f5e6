# SPDX-License-Identifier: GPL-3.0-or-later
"""What names interfaces: lists, WireGuard peers, ports of bridges and their filters. The form is told in `model`."""

from __future__ import annotations

from .model import ITEMS, ORDERED, SINGLETON, Menu

MENUS = (
    Menu(
        "/interface/list",
        ITEMS,
        keys=(("name",),),
        properties="""
        set="" : exclude include
        text="" : comment
        word : name
        """,
    ),
    Menu(
        "/interface/list/member",
        ITEMS,
        keys=(("list", "interface"),),
        properties="""
        bool=no : disabled
        text="" : comment
        word : interface list
        """,
    ),
    Menu(
        "/interface/wireguard/peers",
        ITEMS,
        keys=(("interface", "public-key"),),
        since="7",
        properties="""
        bool=no : disabled
        bool @>=7.17 : responder
        prefix-set : allowed-address
        text="" : comment
        time : client-keepalive
        time? : persistent-keepalive
        word : client-address client-dns client-endpoint client-listen-port interface name public-key
        word="" : endpoint-address
        word=""* : preshared-key
        word=0 : endpoint-port
        word* : private-key
        word @<7.17 : is-responder
        word @>=7.21 : client-allowed-address
        """,
    ),
    Menu(
        "/interface/bridge/port",
        ITEMS,
        keys=(("interface",),),
        properties="""
        bool=no : auto-isolate bpdu-guard disabled fast-leave restricted-role restricted-tcn tag-stacking trusted
        bool=no @<7 : ingress-filtering
        bool=yes : broadcast-flood hw unknown-multicast-flood unknown-unicast-flood
        bool=yes @>=7 : ingress-filtering
        bool @>=7.22 : trusted-ra
        enum(admit-all,admit-only-untagged-and-priority-tagged,admit-only-vlan-tagged)=admit-all : frame-types
        enum(auto,no,no-discover,yes,yes-discover)=auto : edge
        enum(auto,no,yes)=auto : learn point-to-point
        enum(disabled,permanent,temporary-query)=temporary-query : multicast-router
        text="" : comment
        word : bridge interface
        word=0x80 : priority
        word=1 : pvid
        word=10 @<7.13 : internal-path-cost path-cost
        word=none : horizon
        word=normal @>=7.20 : mvrp-registrar-state
        word=normal-participant @>=7.20 : mvrp-applicant-state
        word? @>=7.13 : internal-path-cost path-cost
        """,
    ),
    Menu(
        "/interface/bridge/vlan",
        ITEMS,
        keys=(("bridge", "vlan-ids"),),
        properties="""
        bool=no : disabled
        set="" : tagged untagged
        text="" : comment
        word : bridge
        word="" : mvrp-forbidden
        numbers : vlan-ids
        """,
    ),
    Menu(
        "/interface/bridge/settings",
        SINGLETON,
        properties="""
        bool=no : use-ip-firewall use-ip-firewall-for-pppoe use-ip-firewall-for-vlan
        bool=yes : allow-fast-path
        """,
    ),
    Menu(
        "/interface/bridge/filter",
        ORDERED,
        properties="""
        bool : disabled log passthrough
        bool? : arp-gratuitous
        enum(accept,drop,jump,log,mark-packet,passthrough,return,set-priority) : action
        set!? : dst-port src-port vlan-id
        text="" : comment
        word : chain jump-target log-prefix new-packet-mark new-priority
        word!? :
            802.3-sap 802.3-type arp-dst-address arp-dst-mac-address arp-hardware-type arp-opcode arp-packet-type
            arp-src-address arp-src-mac-address dst-address dst-address6 dst-mac-address in-bridge in-bridge-list
            in-interface in-interface-list ingress-priority ip-protocol mac-protocol out-bridge out-bridge-list
            out-interface out-interface-list packet-mark packet-type src-address src-address6 src-mac-address
            stp-flags stp-forward-delay stp-hello-time stp-max-age stp-msg-age stp-port stp-root-address
            stp-root-cost stp-root-priority stp-sender-address stp-sender-priority stp-type tls-host vlan-encap
            vlan-priority
        word? : limit
        """,
    ),
    Menu(
        "/interface/bridge/nat",
        ORDERED,
        properties="""
        bool : disabled log passthrough
        bool? : arp-gratuitous
        enum(accept,arp-reply,drop,dst-nat,jump,log,mark-packet,passthrough,redirect,return,set-priority,src-nat) :
            action
        mac : to-arp-reply-mac-address to-dst-mac-address to-src-mac-address
        set!? : dst-port src-port vlan-id
        text="" : comment
        word : chain jump-target log-prefix new-packet-mark new-priority
        word!? :
            802.3-sap 802.3-type arp-dst-address arp-dst-mac-address arp-hardware-type arp-opcode arp-packet-type
            arp-src-address arp-src-mac-address dst-address dst-address6 dst-mac-address in-bridge in-bridge-list
            in-interface in-interface-list ingress-priority ip-protocol mac-protocol out-bridge out-bridge-list
            out-interface out-interface-list packet-mark packet-type src-address src-address6 src-mac-address
            stp-flags stp-forward-delay stp-hello-time stp-max-age stp-msg-age stp-port stp-root-address
            stp-root-cost stp-root-priority stp-sender-address stp-sender-priority stp-type tls-host vlan-encap
            vlan-priority
        word? : limit
        """,
    ),
    Menu(
        "/interface/detect-internet",
        SINGLETON,
        properties="""
        time @>=7.22 : request-interval
        word=none : detect-interface-list internet-interface-list lan-interface-list wan-interface-list
        """,
    ),
)
