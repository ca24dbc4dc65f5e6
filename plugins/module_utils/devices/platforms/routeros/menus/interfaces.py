# SPDX-License-Identifier: GPL-3.0-or-later
"""Interfaces: ethernet, bridges, tunnels, lists. The form is told in `model`."""

from __future__ import annotations

from .model import FIXED, ITEMS, ORDERED, SINGLETON, Menu

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
    Menu(
        "/interface/pppoe-client",
        ITEMS,
        keys=(("name",),),
        properties="""
        bool=no : add-default-route dial-on-demand use-peer-dns
        bool=yes : disabled
        set(pap,chap,mschap1,mschap2)=pap,chap,mschap1,mschap2 : allow
        text="" : comment
        time=10 : keepalive-timeout
        word : interface name
        word="" : ac-name service-name user
        word=""* : password
        word=1 : default-route-distance
        word=auto : max-mru max-mtu
        word=default : profile
        word=disabled : mrru
        word? : host-uniq
        """,
    ),
    Menu(
        "/interface/l2tp-client",
        ITEMS,
        keys=(("name",),),
        properties="""
        bool=no : add-default-route allow-fast-path default-route-distance dial-on-demand use-ipsec use-peer-dns
        bool=yes : disabled
        bool @>=7.18 : random-source-port
        set(pap,chap,mschap1,mschap2)=pap,chap,mschap1,mschap2 : allow
        text="" : comment
        time=60 : keepalive-timeout
        word : connect-to l2tpv3-circuit-id name src-address user
        word=""* : ipsec-secret
        word=0 : l2tpv3-cookie-length
        word=1450 : max-mru max-mtu
        word=default-encryption : profile
        word=disabled : mrru
        word=l2tpv2 : l2tp-proto-version
        word=md5 : l2tpv3-digest-hash
        word* : password
        """,
    ),
    Menu(
        "/interface/sstp-client",
        ITEMS,
        keys=(("name",),),
        properties="""
        bool=no :
            add-default-route add-sni dial-on-demand mrru pfs verify-server-address-from-certificate
            verify-server-certificate
        bool=yes : disabled
        set(pap,chap,mschap1,mschap2)=pap,chap,mschap1,mschap2 : authentication
        set=443 : port
        set=aes256-sha : ciphers
        text="" : comment
        time=60 : keepalive-timeout
        word : connect-to name user
        word=""* : password
        word=1 : default-route-distance
        word=1460 : max-mru max-mtu
        word=443 : proxy-port
        word=:: : http-proxy
        word=any : tls-version
        word=default : profile
        word=none : certificate
        """,
    ),
    Menu(
        "/interface/ovpn-client",
        ITEMS,
        keys=(("name",),),
        properties="""
        bool : disconnect-notify
        bool=no : add-default-route route-nopull verify-server-certificate
        bool=yes : disabled use-peer-dns
        enum(ethernet,ip)=ip : mode
        mac : mac-address
        set=1194 : port
        text="" : comment
        word : certificate connect-to name user
        word=1500 : max-mtu
        word=any : tls-version
        word=blowfish128 : cipher
        word=default : profile
        word=sha1 : auth
        word=tcp : protocol
        word* : password
        """,
    ),
    Menu(
        "/interface/wireless/security-profiles",
        ITEMS,
        keys=(("name",),),
        properties="""
        bool=no : disable-pmkid radius-eap-accounting radius-mac-accounting radius-mac-authentication
        bool=yes @<7.15 : disabled
        set : authentication-types
        text="" : comment
        time : interim-update
        word : eap-methods group-ciphers name radius-called-format static-transmit-key tls-mode unicast-ciphers
        word="" : management-protection-key mschapv2-username
        word=""* : mschapv2-password
        word=5m : group-key-update
        word=MikroTik : supplicant-identity
        word=XX:XX:XX:XX:XX:XX : radius-mac-format
        word=as-username : radius-mac-mode
        word=disabled : management-protection radius-mac-caching
        word=none : mode static-algo-0 static-algo-1 static-algo-2 static-algo-3 static-sta-private-algo tls-certificate
        word* :
            static-key-0 static-key-1 static-key-2 static-key-3 static-sta-private-key wpa-pre-shared-key
            wpa2-pre-shared-key
        """,
    ),
    Menu(
        "/interface/wifi/security",
        ITEMS,
        keys=(("name",),),
        since="7.13",
        properties="""
        bool=no @>=7.13 : disabled
        bool? @>=7.13 : disable-pmkid eap-accounting ft ft-over-ds ft-preserve-vlanid
        set? @>=7.13 : authentication-types dh-groups encryption
        text="" @>=7.13 : comment
        time? @>=7.13 : ft-r0-key-lifetime ft-reassociation-deadline group-key-update
        word? @>=7.13 :
            connect-group connect-priority eap-anonymous-identity eap-certificate-mode eap-methods
            eap-tls-certificate eap-username ft-mobility-domain ft-nas-identifier group-encryption
            management-encryption management-protection owe-transition-interface sae-anti-clogging-threshold
            sae-max-failure-rate sae-pwe wps
        word? @>=7.17 : multi-passphrase-group
        word?* @>=7.13 : eap-password passphrase
        word @>=7.13 : name
        word @>=7.21 : beacon-protection
        """,
    ),
    Menu(
        "/interface/l2tp-server/server",
        SINGLETON,
        properties="""
        bool=no : allow-fast-path enabled one-session-per-host use-ipsec
        set(pap,chap,mschap1,mschap2)=pap,chap,mschap1,mschap2 : authentication
        time=30 : keepalive-timeout
        word : accept-proto-version accept-pseudowire-type l2tpv3-circuit-id l2tpv3-cookie-length l2tpv3-digest-hash
        word=""* : ipsec-secret
        word=1450 : max-mru max-mtu
        word=default-encryption : default-profile
        word=disabled : mrru
        word=ip-address : caller-id-type
        word=unlimited : max-sessions
        word? : l2tpv3-ether-interface-list
        """,
    ),
    Menu(
        "/interface/pptp-server/server",
        SINGLETON,
        properties="""
        bool=no : enabled
        set(pap,chap,mschap1,mschap2)=mschap1,mschap2 : authentication
        time=30 : keepalive-timeout
        word=1450 : max-mru max-mtu
        word=default-encryption : default-profile
        word=disabled : mrru
        """,
    ),
    Menu(
        "/interface/sstp-server/server",
        SINGLETON,
        properties="""
        bool=no : enabled pfs verify-client-certificate
        bool=no @<7.15 : force-aes
        set(pap,chap,mschap1,mschap2)=pap,chap,mschap1,mschap2 : authentication
        set=443 : port
        set=aes256-sha,aes256-gcm-sha384 : ciphers
        time=60 : keepalive-timeout
        word=1500 : max-mru max-mtu
        word=any : tls-version
        word=default : default-profile
        word=disabled : mrru
        word=none : certificate
        """,
    ),
    Menu(
        "/interface/pppoe-server/server",
        ITEMS,
        keys=(("interface", "service-name"),),
        properties="""
        bool=no : one-session-per-host
        bool=yes : accept-empty-service disabled
        bool=yes @>=7.20 : accept-untagged
        set(pap,chap,mschap1,mschap2)=pap,chap,mschap1,mschap2 : authentication
        text="" : comment
        time=10 : keepalive-timeout
        word : interface
        word="" : service-name
        word="" @>=7.17 : pppoe-over-vlan-range
        word=0 : pado-delay
        word=auto : max-mru max-mtu
        word=default : default-profile
        word=disabled : mrru
        word=unlimited : max-sessions
        """,
    ),
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
