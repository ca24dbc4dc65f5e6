# SPDX-License-Identifier: GPL-3.0-or-later
"""Who may come in: PPP, RADIUS, SNMP, users. The form is told in `model`."""

from __future__ import annotations

from .model import ITEMS, SINGLETON, Menu

MENUS = (
    Menu(
        "/ppp/aaa",
        SINGLETON,
        properties="""
        bool : enable-ipv6-accounting
        bool=no : use-circuit-id-in-nas-port-id use-radius
        bool=yes : accounting
        time=0s : interim-update
        """,
    ),
    Menu(
        "/ppp/profile",
        ITEMS,
        keys=(("name",),),
        properties="""
        bool=yes : change-tcp-mss use-ipv6
        bool @>=7.17 : bridge-port-trusted
        bool @>=7.20 : dhcpv6-use-radius remote-ipv6-prefix-reuse
        enum(default,no,required,yes)=default : use-encryption use-mpls
        enum(default,no,yes)=default : bridge-learning only-one use-compression
        list? : dns-server
        set? : wins-server
        text="" : comment on-down on-up
        time? : idle-timeout session-timeout
        time @>=7.20 : dhcpv6-lease-time
        word : dhcpv6-pd-pool name remote-ipv6-prefix-pool
        word="" : address-list
        word=default : use-upnp
        word? :
            bridge bridge-horizon bridge-path-cost bridge-port-priority incoming-filter insert-queue-before
            interface-list local-address outgoing-filter parent-queue queue-type rate-limit remote-address
        word @>=7.17 : bridge-port-vid
        """,
    ),
    Menu(
        "/ppp/secret",
        ITEMS,
        keys=(("name",),),
        properties="""
        bool=no : disabled
        set=any : service
        text="" : comment
        word : name
        word="" : caller-id ipv6-routes
        word=0 : limit-bytes-in limit-bytes-out
        word=default : profile
        word* : password
        word? : local-address remote-address remote-ipv6-prefix routes
        """,
    ),
    Menu(
        "/radius",
        ITEMS,
        properties="""
        bool=no : accounting-backup disabled
        set : service
        text="" : comment
        time=300ms : timeout
        time=3300ms @>=7.19.6 : radsec-timeout
        word : called-id certificate domain realm
        word=0.0.0.0 : address src-address
        word=1812 : authentication-port
        word=1813 : accounting-port
        word=udp : protocol
        word=yes-for-request-resp : require-message-auth
        word* : secret
        """,
    ),
    Menu(
        "/radius/incoming",
        SINGLETON,
        properties="""
        bool=no : accept
        set=3799 : port
        word : vrf
        """,
    ),
    Menu(
        "/snmp",
        SINGLETON,
        properties="""
        bool=no : enabled
        enum(1,2,3)=1 : trap-version
        set="" : trap-interfaces
        set=temp-exception : trap-generators
        word="" : contact location trap-target
        word="" @<7.10 : engine-id
        word="" @>=7.10 : engine-id-suffix
        word=:: : src-address
        word=main @>=7.3 : vrf
        word* : trap-community
        """,
    ),
    Menu(
        "/snmp/community",
        ITEMS,
        keys=(("name",),),
        properties="""
        bool=no : disabled write-access
        bool=yes : read-access
        enum(AES,DES)=DES : encryption-protocol
        enum(MD5,SHA1)=MD5 : authentication-protocol
        enum(authorized,none,private)=none : security
        prefix-set=::/0 : addresses
        text="" : comment
        word=""* : authentication-password encryption-password
        word* : name
        """,
    ),
    Menu(
        "/user/group",
        ITEMS,
        keys=(("name",),),
        properties="""
        text="" : comment
        word : name
        word=default : skin
        policy! : policy
        """,
    ),
    Menu(
        "/user",
        ITEMS,
        keys=(("name",),),
        properties="""
        bool=no : disabled
        prefix-set : address
        text="" : comment
        time @>=7.16 : inactivity-timeout
        word : group name
        word* : password
        word @>=7.16 : inactivity-policy
        """,
    ),
    # Before 7.12 these are read and made in another way (key_files.py).
    Menu(
        "/user/ssh-keys",
        ITEMS,
        properties="""
        text="" : comment
        word : key user
        """,
    ),
    Menu(
        "/user/aaa",
        SINGLETON,
        properties="""
        bool=no : use-radius
        bool=yes : accounting
        time=0s : interim-update
        word="" : exclude-groups
        word=read : default-group
        """,
    ),
    Menu(
        "/user/settings",
        SINGLETON,
        properties="""
        word : minimum-categories minimum-password-length
        """,
    ),
)
