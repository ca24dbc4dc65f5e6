# SPDX-License-Identifier: GPL-3.0-or-later
"""Keys of wireless networks. The form is told in `model`."""

from __future__ import annotations

from .model import ITEMS, Menu

MENUS = (
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
)
