# SPDX-License-Identifier: GPL-3.0-or-later
"""Servers that are dialled in to. The form is told in `model`."""

from __future__ import annotations

from .model import ITEMS, SINGLETON, Menu

MENUS = (
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
)
