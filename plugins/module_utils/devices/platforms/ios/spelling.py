# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether a line of an intended configuration is spelled as ``show running-config`` would print it.

IOS takes abbreviations and shorter forms and prints the long one: such a line would be entered again on every run.
Lines of features that stand in no table here are left to the device to judge.
"""

from __future__ import annotations

import re
from functools import lru_cache

from .modes import INTERFACE, INTERFACE_TYPES, LINES
from .vocabulary import BELOW, SECOND, TOP

_IN_FULL = "tulis lengkap seperti show running-config menampilkannya"
_IPV4 = r"\d+\.\d+\.\d+\.\d+"
#: shorter forms that IOS takes and prints otherwise: path of the line → what to write
_FORMS: tuple[tuple[str, str, str], ...] = (
    (r"^interface ", rf"^ip address {_IPV4}/\d+", "tulis alamat dan masknya: ip address 10.0.0.1 255.255.255.0"),
    ("", rf"^ip route (?:vrf \S+ )?{_IPV4}/\d+", "tulis jaringan dan masknya: ip route 10.0.0.0 255.255.255.0 …"),
    (r"^router ", rf"^network {_IPV4}/\d+", "tulis jaringan dan wildcard atau masknya, bukan panjang awalan"),
    (r"^router bgp ", r"^network (?:(?:[1-9]|[1-9]\d|1[01]\d|12[0-7])\.\S+ mask 255\.0\.0\.0"
     r"|(?:12[89]|1[3-8]\d|19[01])\.\S+ mask 255\.255\.0\.0|(?:19[2-9]|2[01]\d|22[0-3])\.\S+ mask 255\.255\.255\.0)\b",
     "tulis tanpa mask: IOS tidak menampilkan mask yang sesuai kelas jaringannya"),
    (r"^ip dhcp pool ", rf"^network {_IPV4}(?: ?/\d+)$", "tulis jaringan dan masknya: network 10.0.0.0 255.255.255.0"),
    ("", r"^ip prefix-list \S+ (permit|deny)", "tulis nomornya: ip prefix-list NAMA seq 5 permit …"),
    (r"^ip access-list ", rf"{_IPV4}/\d+", "tulis jaringan dan wildcard: 10.0.0.0 0.0.0.255"),
    (r"^ip access-list extended ", r"^(permit|deny) \d+\.", "sebut protokolnya: permit ip 10.0.0.0 0.0.0.255 any"),
    ("", r"^snmp-server user (?!\S+ \S+ v3 auth sha \S{8,64} priv aes 128 \S{8,64}$)",
     "tulis snmp-server user NAMA GRUP v3 auth sha SANDI priv aes 128 SANDI, sandi 8 sampai 64 karakter tanpa spasi"),
    ("", r"^no ip ssh\b", "perintah itu mematikan SSH, satu-satunya jalan masuk kami"),
    ("", r"^crypto key ", "kunci dibuat dengan perintah, bukan bagian konfigurasi yang ditampilkan"),
    ("", r"^(end|exit|do |configure |write|copy |reload)", "ini perintah, bukan baris konfigurasi"),
    ("", r"^default ", "default adalah perintah; cukup hapus baris yang tidak diinginkan"),
)  # fmt: skip
#: ``no`` lines that IOS prints itself because the factory setting is the other one
_NEGATED = re.compile(
    r"^no (ip (http|domain|domain-lookup|source-route|bootp|finger|classless|subnet-zero|gratuitous-arps"
    r"|cef|routing|igmp|"
    r"forward-protocol|identd|rcmd|tftp|dhcp|nat service|icmp|multicast|name-server)\b|ipv6 \S+"
    r"|service \S+|aaa new-model$|"
    r"cdp \S+|lldp \S+|logging (console|monitor|buffered|trap|on|event|rate-limit|snmp-authfail)|spanning-tree \S+|"
    r"vstack$|mop \S+|setup express$|errdisable \S+|platform \S+|crypto \S+|snmp-server \S+|call-home"
    r"|file verify|parser|"
    r"vtp|mls|qos|vlan \S+|network-clock\S*|exception|security|login on|process|memory|boot|udld|power|license|device|"
    r"l2vpn|dual-active|macro auto)"
)
_NEGATED_BELOW = re.compile(
    r"^no (ip (address|redirects|proxy-arp|unreachables|route-cache|directed-broadcast|mroute-cache|split-horizon\S*|"
    r"mask-reply|igmp|pim|ospf|rip|nat|verify|virtual-reassembly|dhcp|arp|access-group)\b|ipv6 \S+"
    r"|shutdown$|switchport$|"
    r"switchport \S+|cdp enable$|cdp tlv|lldp (transmit|receive|tlv-select\b.*)$|mop (enabled|sysid)$"
    r"|keepalive$|negotiation|"
    r"autostate$|snmp trap|logging event|auto-summary$|synchronization$|login$|exec$|activation-character$"
    r"|motd-banner$|"
    r"exec-banner$|passive-interface \S+$|neighbor \S+ (activate|send-community)|bgp \S+|default-information|discovery|"
    r"fair-queue$|peer \S+|ppp \S+|mdix|macro|power|hidekeys|vlan-id|logging synchronous|history|editing|modem|"
    r"client-to-client|redistribute|log-adjacency-changes|service-policy|network|authentication|capability|compatible|"
    r"spanning-tree \S+|dtp|vrrp|standby|carrier-delay|mls|trust|cts|lacp|remark|aggregate|path|log)"
)


@lru_cache(LINES)
def problem(path: tuple[str, ...]) -> str | None:
    """What is wrong with a line (the last of the path from the top level), in a sentence; None when nothing is known
    to be.
    """
    text, section = path[-1].partition("\n")[0], path[0] if len(path) > 1 else ""
    if not section and text.startswith("interface "):
        return _interface(text)
    for where, pattern, hint in _FORMS:
        if (re.search(where, section) if where else not section) and re.search(pattern, text):
            return f"{_short(text)!r} tidak ditampilkan begitu oleh show running-config; {hint}"
    if text.startswith("no ") and not (_NEGATED_BELOW if section else _NEGATED).match(text):
        return (
            f"{_short(text)!r} tidak bermakna dalam konfigurasi lengkap; hapus barisnya, yang tidak tertulis "
            "dengan sendirinya dihapus"
        )
    return _abbreviation(text.removeprefix("no "), section)


def _abbreviation(text: str, section: str) -> str | None:
    words = text.split()
    known = TOP if not section else next((names for head, names in BELOW if re.search(head, section)), None)
    if known is not None and words[0] not in known:
        full = _completion(words[0], known)
        if full:
            return f"{words[0]!r} singkatan dari {full!r}; {_IN_FULL}"
    for head, first, names in SECOND:
        if re.search(head, section or "-") and words[0] == first and len(words) > 1 and words[1] not in names:
            full = _completion(words[1], names)
            if full:
                return f"{first} {words[1]!r} singkatan dari {full!r}; {_IN_FULL}"
    return None


def _interface(text: str) -> str | None:
    name = text.removeprefix("interface ")
    if name.startswith("range "):
        return "interface range tidak ada di konfigurasi yang ditampilkan; tulis satu bagian untuk tiap antarmuka"
    if INTERFACE.match(text):
        return None
    letters, digits = re.match(r"^([A-Za-z-]*) ?(.*)$", name).groups()  # type: ignore[union-attr]
    full = next((kind for kind in INTERFACE_TYPES if kind.lower().startswith(letters.lower()) and letters), None)
    hint = f"; barangkali maksudnya interface {full}{digits}" if full else ""
    return f"nama antarmuka {name!r} bukan seperti yang ditampilkan show running-config{hint}"


def _completion(word: str, known: frozenset[str]) -> str | None:
    return next((name for name in sorted(known) if len(word) > 1 and name.startswith(word)), None)


def _short(text: str) -> str:
    # The first three words: what follows may be a secret.
    words = text.split()
    return " ".join(words[:3]) + (" …" if len(words) > 3 else "")
