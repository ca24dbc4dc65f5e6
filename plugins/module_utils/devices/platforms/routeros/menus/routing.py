# SPDX-License-Identifier: GPL-3.0-or-later
"""Dynamic routing: OSPF and BGP, tables, rules and filters. The form is told in `model`."""

from __future__ import annotations

from .model import ITEMS, ORDERED, Menu

MENUS = (
    Menu(
        "/routing/table",
        ITEMS,
        keys=(("name",),),
        since="7",
        properties="""
        bool=no : disabled
        text="" : comment
        word : name
        flag : fib
        """,
    ),
    Menu(
        "/routing/rule",
        ORDERED,
        since="7",
        properties="""
        bool=no : disabled
        enum(drop,lookup,lookup-only-in-table,mangle,unreachable)? : action
        prefix? : dst-address src-address
        text="" : comment
        word? : interface min-prefix routing-mark table
        word @>=7.22 : chain realm vrf
        """,
    ),
    Menu(
        "/routing/id",
        ITEMS,
        keys=(("name",),),
        since="7",
        properties="""
        bool=no : disabled
        set : select-dynamic-id
        text="" : comment
        word : id name select-from-vrf
        """,
    ),
    Menu(
        "/routing/bfd/configuration",
        ITEMS,
        since="7.11",
        properties="""
        bool=no @>=7.11 : disabled
        bool @>=7.11 : forbid-bfd
        set @>=7.11 : interfaces
        text="" @>=7.11 : comment
        time @>=7.11 : min-rx min-tx
        word @>=7.11 : address-list addresses multiplier vrf
        word @>=7.11 @<7.15 : min-echo-rx
        """,
    ),
    Menu(
        "/routing/ospf/instance",
        ITEMS,
        keys=(("name",),),
        properties="""
        bool=no : disabled
        text="" : comment
        word : name
        word? @<7 : domain-tag mpls-te-area
        word? @>=7 : domain-id mpls-te-address routing-table
        word? @>=7 : in-filter-chain out-filter-chain out-filter-select
        word=main @>=7 : vrf
        set(connected,static,rip,ospf,isis,bgp,vpn,dhcp,fantasy,modem,bgp-mpls-vpn,slaac)? @>=7 : redistribute
        enum(always,if-installed,never)? @>=7 : originate-default
        enum(2,3)=2 @>=7 : version
        bool?# : use-dn
        word=main @>=7 : router-id
        ip=0.0.0.0 @<7 : router-id
        enum(never,if-installed-as-type-1,if-installed-as-type-2,always-as-type-1,always-as-type-2)=never @<7 :
            distribute-default
        enum(no,as-type-1,as-type-2)=no @<7 :
            redistribute-connected redistribute-static redistribute-rip redistribute-bgp redistribute-other-ospf
        word=1 @<7 : metric-default
        word=20 @<7 : metric-connected metric-static metric-rip
        word=auto @<7 : metric-bgp metric-other-ospf
        word=ospf-in @<7 : in-filter
        word=ospf-out @<7 : out-filter
        """,
    ),
    Menu(
        "/routing/ospf/area",
        ITEMS,
        keys=(("name",),),
        properties="""
        bool=no : disabled
        enum(default,nssa,stub)=default : type
        text="" : comment
        word : name
        word=0.0.0.0 : area-id
        word? : default-cost
        enum(candidate,no,yes)? @>=7 : nssa-translator
        flag @>=7 : no-summaries
        word @>=7 : instance
        word=default @<7 : instance
        enum(translate-always,translate-candidate,translate-never)? @<7 : translator-role
        bool=no @<7 : inject-summary-lsas
        """,
    ),
    Menu(
        "/routing/ospf/area/range",
        ITEMS,
        keys=(("area", "prefix"),),
        properties="""
        bool=no : disabled
        bool=yes : advertise
        prefix : prefix
        text="" : comment
        word : area
        word? : cost
        """,
    ),
    Menu(
        "/routing/ospf/interface-template",
        ITEMS,
        since="7",
        properties="""
        bool=no : disabled
        bool=no? @>=7.10 : use-bfd
        enum(broadcast,nbma,ptmp,ptmp-broadcast,ptp,ptp-unnumbered,virtual-link)=broadcast : type
        prefix-set? : networks
        set? : interfaces
        text="" : comment
        time=10s : hello-interval
        time=1s : transmit-delay
        time=40s : dead-interval
        time=5s : retransmit-interval
        word : area
        word=0 : instance-id
        word=1 : cost
        word=128 : priority
        word? : auth auth-id passive prefix-list vlink-neighbor-id vlink-transit-area
        word?* : auth-key
        """,
    ),
    Menu(
        "/routing/ospf/static-neighbor",
        ITEMS,
        since="7",
        properties="""
        bool=no : disabled
        text="" : comment
        time=2m : poll-interval
        word : address area
        word=0 : instance-id
        """,
    ),
    Menu(
        "/routing/bgp/instance",
        ITEMS,
        keys=(("name",),),
        properties="""
        bool=no @<7.15 : disabled
        bool=no @>=7.20 : disabled
        bool? @>=7.20 : ignore-as-path-len
        bool @<7.15 : ignore-as-path-len
        text="" @<7 : comment
        text="" @>=7.20 : comment
        word? @<7.15 : cluster-id confederation
        word? @>=7.20 : as cluster-id router-id routing-table vrf
        word @<7.15 :
            as client-to-client-reflection name out-filter redistribute-connected redistribute-ospf
            redistribute-other-bgp redistribute-rip redistribute-static router-id routing-table
        word @>=7.20 : name
        word @>=7.22 : multipath
        """,
    ),
    Menu(
        "/routing/bgp/template",
        ITEMS,
        keys=(("name",),),
        since="7",
        properties="""
        bool : output.as-override output.no-client-to-client-reflection output.no-early-cut
        bool=no : disabled multihop output.keep-sent-attributes output.remove-private-as use-bfd
        bool=no @<7.15 : as-override
        bool=no @<7.20 : input.ignore-as-path-len
        bool @>=7.20.1 : output.network-blackhole
        enum(afi,alone,input,instance,main,remote-as,vrf) : output.affinity
        enum(afi,alone,instance,main,remote-as,vrf) : input.affinity
        enum(always,if-installed,never)=never : output.default-originate
        enum(default,force-self,propagate)=default : nexthop-choice
        list : templates
        set(connected,static,rip,ospf,isis,bgp,vpn,dhcp,fantasy,modem,bgp-mpls-vpn,slaac) : output.redistribute
        set(ip,ipv6,l2vpn,l2vpn-cisco,vpnv4,vpnv6,evpn) @>=7.19 : afi
        set @>=7.22 : input.add-path output.add-path
        text="" : comment
        time=3m : hold-time keepalive-time
        word :
            as cisco-vpls-nlri-len-fmt input.accept-communities input.accept-ext-communities
            input.accept-large-communities input.accept-nlri input.allow-as input.filter
            input.limit-process-routes-ipv4 input.limit-process-routes-ipv6 name output.default-prepend
            output.filter-chain output.filter-select output.network save-to
        word=main : routing-table vrf
        word=main @<7.20 : router-id
        word @<7.15 : input.limit-nlri-diversity output.default-prepent
        word @<7.19 : address-families input.accept-unknown
        word @<7.20 : cluster-id
        word @<7.22 : add-path-out
        word @>=7.19 :
            input.filter-communities input.filter-ext-communities input.filter-large-communities input.filter-unknown
        word @>=7.20 : input.filter-nlri
        word @>=7.21.2 : input.attr-error-handling
        """,
    ),
    Menu(
        "/routing/bgp/connection",
        ITEMS,
        keys=(("name",),),
        since="7",
        properties="""
        bool :
            multihop output.as-override output.keep-sent-attributes output.no-client-to-client-reflection
            output.no-early-cut output.remove-private-as use-bfd
        bool=no : disabled
        bool=yes : connect listen
        bool @>=7.20.1 : output.network-blackhole
        enum(afi,alone,input,instance,main,remote-as,vrf) : output.affinity
        enum(afi,alone,instance,main,remote-as,vrf) : input.affinity
        enum(always,if-installed,never) : output.default-originate
        enum(default,force-self,propagate) : nexthop-choice
        list : templates
        set(connected,static,rip,ospf,isis,bgp,vpn,dhcp,fantasy,modem,bgp-mpls-vpn,slaac) : output.redistribute
        set(ip,ipv6,l2vpn,l2vpn-cisco,vpnv4,vpnv6,evpn) @>=7.19 : afi
        set @>=7.22 : input.add-path output.add-path
        text="" : comment
        time : hold-time keepalive-time
        word :
            as cisco-vpls-nlri-len-fmt input.accept-communities input.accept-ext-communities
            input.accept-large-communities input.accept-nlri input.allow-as input.filter
            input.limit-process-routes-ipv4 input.limit-process-routes-ipv6 local.address local.port local.role
            local.ttl name output.default-prepend output.filter-chain output.filter-select output.network
            remote.address remote.allowed-as remote.as remote.port remote.ttl routing-table save-to vrf
        word* : tcp-md5-key
        word @<7.19 : address-families input.accept-unknown
        word @<7.20 : cluster-id input.ignore-as-path-len router-id
        word @<7.22 : add-path-out
        word @>=7.19 :
            input.filter-communities input.filter-ext-communities input.filter-large-communities input.filter-unknown
        word @>=7.20 : input.filter-nlri instance
        word @>=7.21.2 : input.attr-error-handling
        """,
    ),
    Menu(
        "/routing/filter/rule",
        ORDERED,
        since="7",
        properties="""
        bool? : disabled
        text="" : comment
        word : chain
        word? : rule
        """,
    ),
    Menu(
        "/routing/filter/num-list",
        ITEMS,
        since="7",
        properties="""
        bool? : disabled
        text="" : comment
        word : list
        word? : range
        """,
    ),
    Menu(
        "/routing/filter/community-list",
        ITEMS,
        since="7",
        properties="""
        bool? : disabled
        set? : communities
        text="" : comment
        word : list
        word? : regexp
        """,
    ),
    Menu(
        "/routing/filter/select-rule",
        ORDERED,
        since="7",
        properties="""
        bool? : disabled
        text="" : comment
        word : chain
        word? : do-group-num do-group-prfx do-jump do-select-num do-select-prfx do-take do-where
        """,
    ),
)
