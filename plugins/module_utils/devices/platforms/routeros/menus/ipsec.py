# SPDX-License-Identifier: GPL-3.0-or-later
"""IPsec. The form is told in `model`."""

from __future__ import annotations

from .model import ITEMS, ORDERED, SINGLETON, Menu

MENUS = (
    Menu(
        "/ip/ipsec/settings",
        SINGLETON,
        properties="""
        bool=no : xauth-use-radius
        bool=yes : accounting
        time=0s : interim-update
        word @>=7.22 : ddos-cookie-threshold
        """,
    ),
    Menu(
        "/ip/ipsec/profile",
        ITEMS,
        keys=(("name",),),
        properties="""
        bool=yes : nat-traversal
        enum(claim,exact,obey,strict)=obey : proposal-check
        enum(md5,sha1,sha256,sha384,sha512)=sha1 : hash-algorithm
        set(aes-256,aes-192,aes-128,3des,des)=aes-128,3des : enc-algorithm
        set(x25519, ecp256, ecp384, ecp521, modp8192, modp6144, modp4096, modp3072, modp2048, modp1536,
            modp1024, modp768)=modp2048, modp1024 :
            dh-group
        time=1d : lifetime
        time=2m : dpd-interval
        word : name
        word=5 : dpd-maximum-failures
        word? : lifebytes prf-algorithm
        word @>=7.21 : ppk
        """,
    ),
    Menu(
        "/ip/ipsec/proposal",
        ITEMS,
        keys=(("name",),),
        properties="""
        bool=no : disabled
        enum(ecp256, ecp384, ecp521, modp1024, modp1536, modp2048, modp3072, modp4096, modp6144, modp768,
            modp8192, none)=modp1024 :
            pfs-group
        set(chacha20poly1305, aes-256-cbc, aes-256-ctr, aes-256-gcm, camellia-256, aes-192-cbc, aes-192-ctr,
            aes-192-gcm, camellia-192, aes-128-cbc, aes-128-ctr, aes-128-gcm, camellia-128, 3des, blowfish,
            twofish, des, null)=aes-256-cbc, aes-192-cbc, aes-128-cbc :
            enc-algorithms
        set(sha512,sha256,sha1,md5,null)=sha1 : auth-algorithms
        text="" : comment
        time=30m : lifetime
        word : name
        """,
    ),
    Menu(
        "/ip/ipsec/mode-config",
        ITEMS,
        keys=(("name",),),
        properties="""
        bool=no : system-dns
        bool=no @>=6.43 : responder
        list? : address-pool
        text="" @<7.15 : comment
        word : address-prefix-length connection-mark name use-responder-dns
        word="" : split-dns split-include src-address-list static-dns
        word? @>=6.44 : address
        """,
    ),
    Menu(
        "/ip/ipsec/policy/group",
        ITEMS,
        keys=(("name",),),
        properties="""
        text="" : comment
        word : name
        word @<7.15 : default
        """,
    ),
    Menu(
        "/ip/ipsec/peer",
        ITEMS,
        keys=(("name",),),
        properties="""
        bool=no : disabled
        bool=yes : send-initial-contact
        bool? : passive
        enum(aggressive,base,ike2,main)=main : exchange-mode
        prefix="" : address
        set? : port
        text="" : comment
        word : name
        word=default : profile
        word? : local-address
        word @>=7.21 : ppk-secret
        """,
    ),
    Menu(
        "/ip/ipsec/identity",
        ITEMS,
        keys=(("peer",),),
        properties="""
        bool=no : disabled generate-policy
        enum(digital-signature, eap, eap-radius, pre-shared-key, pre-shared-key-xauth, rsa-key,
            rsa-signature-hybrid)=pre-shared-key :
            auth-method
        text="" : comment
        word : certificate key peer remote-certificate remote-key username
        word="" : notrack-chain
        word=""* : secret
        word=eap-tls : eap-methods
        word* : password
        word? : match-by mode-config my-id policy-template-group remote-id
        """,
    ),
    Menu(
        "/ip/ipsec/policy",
        ORDERED,
        properties="""
        bool=no : disabled tunnel
        bool? : template
        enum(discard,encrypt,none)=encrypt : action
        enum(require,unique,use)=require : level
        prefix : dst-address src-address
        set=any : dst-port src-port
        text="" : comment
        word : peer sa-dst-address sa-src-address
        word=all : protocol
        word=default : proposal
        word=esp : ipsec-protocols
        word? : group
        """,
    ),
)
