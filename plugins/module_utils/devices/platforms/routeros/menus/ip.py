# SPDX-License-Identifier: GPL-3.0-or-later
"""IPv4: addresses, DHCP, DNS, routes, services. The form is told in `model`."""

from __future__ import annotations

from .model import FIXED, ITEMS, SINGLETON, Menu

MENUS = (
    Menu(
        "/ip/pool",
        ITEMS,
        keys=(("name",),),
        properties="""
        list : ranges
        text="" : comment
        word : name next-pool
        """,
    ),
    Menu(
        "/ip/vrf",
        ITEMS,
        keys=(("name",),),
        since="7",
        properties="""
        bool=no : disabled
        set : interfaces
        text="" : comment
        word : name
        """,
    ),
    Menu(
        "/ip/address",
        ITEMS,
        keys=(("address", "interface"),),
        properties="""
        bool=no : disabled
        prefix : address
        text="" : comment
        word : broadcast interface netmask network
        """,
    ),
    Menu(
        "/ip/arp",
        ITEMS,
        keys=(("address", "interface"),),
        properties="""
        bool=no : disabled published
        mac=00:00:00:00:00:00 : mac-address
        text="" : comment
        word : interface
        word=0.0.0.0 : address
        """,
    ),
    Menu(
        "/ip/dhcp-client",
        ITEMS,
        keys=(("interface",),),
        properties="""
        bool=no : disabled
        bool=no @>=7.19 : allow-reconfigure
        bool=yes : add-default-route use-peer-dns use-peer-ntp
        enum(always,both,never)=both @>=7.20 : use-broadcast
        enum(arp,bfd,none,ping)=none @>=7.19 : check-gateway
        text : script
        text="" : comment
        word : interface
        word=0 @>=7.20 : dscp vlan-priority
        word=1 : default-route-distance
        word=hostname,clientid : dhcp-options
        word @>=7.18 : default-route-tables
        word @>=7.22 : name
        """,
    ),
    Menu(
        "/ip/dhcp-server",
        ITEMS,
        keys=(("name",),),
        properties="""
        bool : add-arp
        bool=no : disabled use-radius
        bool=yes : authoritative
        bool? : allow-dual-stack-queue always-broadcast conflict-detection use-framed-as-classless
        bool @>=7.19 : use-reconfigure
        bool @>=7.21 : support-broadband-tr101
        enum(dynamic,none,static)? : bootp-support
        list=static-only : address-pool
        list @>=7.17 : address-lists
        set? : dhcp-option-set
        set @>=7.21 : dynamic-lease-identifiers
        text="" : comment lease-script
        time=10m : lease-time
        time=forever : bootp-lease-time
        time? : delay-threshold
        word : interface name
        word? : client-mac-limit insert-queue-before parent-queue relay server-address
        """,
    ),
    Menu(
        "/ip/dhcp-server/config",
        SINGLETON,
        properties="""
        bool=yes : accounting
        time=0s : interim-update
        time=5m : store-leases-disk
        word* : radius-password
        """,
    ),
    Menu(
        "/ip/dhcp-server/option",
        ITEMS,
        keys=(("name",),),
        properties="""
        bool=no : force
        text="" @>=7.16 : comment
        word : code name
        word="" : value
        """,
    ),
    Menu(
        "/ip/dhcp-server/option/sets",
        ITEMS,
        keys=(("name",),),
        properties="""
        word : name options
        """,
    ),
    Menu(
        "/ip/dhcp-server/network",
        ITEMS,
        keys=(("address",),),
        properties="""
        bool=no : dns-none
        bool @>=7.20 : ntp-none
        list="" : dns-server gateway
        prefix : address
        set="" : caps-manager dhcp-option dhcp-option-set ntp-server wins-server
        text="" : comment
        word="" : boot-file-name domain
        word? : netmask next-server
        """,
    ),
    Menu(
        "/ip/dhcp-server/lease",
        ITEMS,
        keys=(("mac-address", "server"),),
        properties="""
        bool : always-broadcast block-access use-src-mac
        bool=no : disabled
        bool? : allow-dual-stack-queue
        ip : address
        list="" : address-lists
        mac="" : mac-address
        set : dhcp-option-set
        set="" : dhcp-option
        text="" : comment
        time : lease-time
        word : rate-limit routes server
        word="" : client-id
        word? : insert-queue-before parent-queue queue-type
        word @>=7.21 : agent-circuit-id agent-remote-id
        """,
    ),
    Menu(
        "/ip/dhcp-relay",
        ITEMS,
        keys=(("name",),),
        properties="""
        bool=no : add-relay-info disabled
        bool @>=7.17 : local-address-as-src-ip
        time? : delay-threshold
        word : dhcp-server dhcp-server-vrf interface name
        word? : local-address relay-info-remote-id
        """,
    ),
    Menu(
        "/ip/dns",
        SINGLETON,
        properties="""
        bool=no : verify-doh-cert
        list="" : servers
        time : address-list-extra-time
        time=10s : query-total-timeout
        time=1w : cache-max-ttl
        time=2s : query-server-timeout
        time=5s @>=7.8 : doh-timeout
        word : vrf
        word="" : use-doh-server
        word=100 : max-concurrent-queries
        word=20 : max-concurrent-tcp-sessions
        word=2048KiB : cache-size
        word=4096 : max-udp-packet-size
        word=5 @>=7.8 : doh-max-server-connections
        word=50 @>=7.8 : doh-max-concurrent-queries
        word @>=7.16 : mdns-repeat-ifaces
        bool=no : allow-remote-requests
        """,
    ),
    Menu(
        "/ip/dns/static",
        ITEMS,
        keys=(("name", "type", "address"),),
        properties="""
        bool=no : disabled
        bool=no @>=7.5 : match-subdomain
        text="" : comment
        time=1d : ttl
        word :
            address cname forward-to mx-exchange mx-preference name ns regexp srv-port srv-priority srv-target
            srv-weight text
        word @>=7.5 : address-list
        enum(A,AAAA,CNAME,FWD,MX,NS,NXDOMAIN,SRV,TXT)=A : type
        """,
    ),
    Menu(
        "/ip/neighbor/discovery-settings",
        SINGLETON,
        properties="""
        bool : lldp-max-frame-size
        bool=no : lldp-mac-phy-config
        bool=no @>=7.16 : lldp-vlan-info
        enum(rx-only,tx-and-rx,tx-only)=tx-and-rx @>=7.7 : mode
        set=cdp,lldp,mndp : protocol
        time=30s @>=7.16 : discover-interval
        word=disabled : lldp-med-net-policy-vlan
        word! : discover-interface-list
        word @<7 : lldp-poe-power
        """,
    ),
    Menu(
        "/ip/settings",
        SINGLETON,
        properties="""
        bool=no : accept-redirects accept-source-route tcp-syncookies
        enum(loose,no,strict)=no : rp-filter
        bool=yes : allow-fast-path ip-forward secure-redirects send-redirects
        bool=yes @<7.15 : route-cache
        bool @>=7.17 : icmp-errors-use-inbound-interface-address
        time=30s : arp-timeout
        word=0x1818 : icmp-rate-mask
        word=10 : icmp-rate-limit
        word=8192 : max-neighbor-entries
        word=l3 @>=7.16 : ipv4-multipath-hash-policy
        word @>=7.17 : tcp-timestamps
        """,
    ),
    Menu(
        "/ip/route",
        ITEMS,
        properties="""
        bool=no : disabled
        enum(arp,none,ping)? : check-gateway
        list : gateway
        prefix : dst-address
        text="" : comment
        word? @<7 : routing-mark type
        word? @<7 : route-tag
        word=main @>=7 : routing-table
        flag @>=7 : blackhole
        word? : vrf-interface
        word=1 : distance
        word=30 : scope
        word=10 : target-scope
        bool=no# @>=7 : suppress-hw-offload
        word? : pref-src
        """,
    ),
    Menu(
        "/ip/service",
        FIXED,
        keys=(("name",),),
        properties="""
        bool=no : disabled
        prefix-set @<7.24 : address
        word : certificate tls-version vrf
        word=20 @>=7.16 : max-sessions
        word~ : name
        word : port
        """,
    ),
    Menu(
        "/ip/ssh",
        SINGLETON,
        properties="""
        bool=no : forwarding-enabled strong-crypto
        bool=no @<7.17 : allow-none-crypto
        bool=no @<7.21 : always-allow-password-login
        enum(ed25519,rsa)=rsa @>=7.9 : host-key-type
        enum(no,yes,yes-if-no-key) @>=7.21 : password-authentication
        word=2048 : host-key-size
        word=auto @>=7.17 : ciphers
        word @>=7.21 : publickey-authentication-options
        """,
    ),
    Menu(
        "/ip/proxy",
        SINGLETON,
        properties="""
        bool=no : always-from-cache anonymous cache-on-disk enabled serialize-connections
        set=8080 : port
        time=3d : max-fresh-time
        word=0 : parent-proxy-port
        word=2048KiB : max-cache-object-size
        word=4 : cache-hit-dscp
        word=600 : max-client-connections max-server-connections
        word=:: : parent-proxy src-address
        word=unlimited : max-cache-size
        word=web-proxy : cache-path
        word=webmaster : cache-administrator
        """,
    ),
    Menu(
        "/ip/socks",
        SINGLETON,
        properties="""
        bool=no : enabled
        enum(4,5)=4 : version
        enum(none,password)=none : auth-method
        set=1080 : port
        time=2m : connection-idle-timeout
        word : vrf
        word=200 : max-connections
        """,
    ),
    Menu(
        "/ip/upnp",
        SINGLETON,
        properties="""
        bool=no : allow-disable-external-interface enabled
        bool=yes : show-dummy-rule
        """,
    ),
    Menu(
        "/ip/cloud",
        SINGLETON,
        properties="""
        bool=no @<7.17 : ddns-enabled
        bool=yes : update-time
        time=none : ddns-update-interval
        word=auto @>=7.17 : ddns-enabled
        word @<7 : back-to-home-vpn vpn-prefer-relay-code
        """,
    ),
    Menu(
        "/ip/smb",
        SINGLETON,
        properties="""
        bool=no : enabled
        bool=yes @<7.15 : allow-guests
        set=all : interfaces
        text="" : comment
        word=MSHOME : domain
        """,
    ),
    Menu(
        "/ip/traffic-flow",
        SINGLETON,
        properties="""
        bool=no : enabled packet-sampling
        set=all : interfaces
        time=15s : inactive-flow-timeout
        time=30m : active-flow-timeout
        word=0 : sampling-interval sampling-space
        word=32k : cache-entries
        """,
    ),
    Menu(
        "/ip/traffic-flow/target",
        ITEMS,
        keys=(
            ("dst-address",),
            ("address",),
        ),
        properties="""
        bool=no : disabled
        enum(1,5,9,ipfix) : version
        set=2055 : port
        time : v9-template-timeout
        word : dst-address src-address
        word=20 : v9-template-refresh
        word @<7.15 : address
        """,
    ),
)
