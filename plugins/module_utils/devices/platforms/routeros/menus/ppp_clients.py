# SPDX-License-Identifier: GPL-3.0-or-later
"""Interfaces that dial out. The form is told in `model`."""

from __future__ import annotations

from .model import ITEMS, Menu

MENUS = (
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
)
