# SPDX-License-Identifier: GPL-3.0-or-later
"""Which lines open a sub-mode, how a section is named, and what the device keeps whatever it is told. Data only.

Sources: Cisco IOS Master Command List, the configuration guides of 15.x and IOS-XE 16/17.
"""

from __future__ import annotations

import re
from functools import lru_cache

#: names of interfaces that are hardware: they can be reset, never made or removed
_PHYSICAL_TYPES = (
    "Ethernet|FastEthernet|GigabitEthernet|TwoGigabitEthernet|FiveGigabitEthernet|TenGigabitEthernet|TwentyFiveGigE"
    "|TwentyFiveGigabitEthernet|FortyGigabitEthernet|FiftyGigE|HundredGigE|HundredGigabitEthernet|AppGigabitEthernet"
    "|Serial|Cellular|ATM|POS|Async|Embedded-Service-Engine|Wlan-GigabitEthernet|wlan-ap|Dot11Radio|Bluetooth|BRI"
    "|ucse|Service-Engine"
)
_VIRTUAL_TYPES = (
    "Loopback|Vlan|Port-channel|Tunnel|Dialer|BVI|BDI|Virtual-Template|Virtual-PPP|Multilink|Null|NVI|nve|LISP"
    "|Group-Async|pseudowire|Overlay|VirtualPortGroup|vmi|Virtual-TokenRing"
)
INTERFACE = re.compile(rf"^interface (?:(?:{_PHYSICAL_TYPES}|{_VIRTUAL_TYPES})\d[\d/]*(?:[.:]\d+)?)(?: [a-z][\w-]*)?$")
INTERFACE_TYPES = tuple(f"{_PHYSICAL_TYPES}|{_VIRTUAL_TYPES}".split("|"))
PHYSICAL = re.compile(rf"^interface (?:{_PHYSICAL_TYPES})\d[\d/]*$")

#: sections that stand whatever the configuration says: their lines can be reset, the section itself not removed
PERMANENT = re.compile(
    rf"^(interface (?:(?:{_PHYSICAL_TYPES})\d[\d/]*|Vlan1)$|line |control-plane$|redundancy$|archive$|vlan 1$"
    r"|ip ssh pubkey-chain$)"
)

#: lines that open a sub-mode, by the regular expressions of the path to them
SUBMODES: tuple[tuple[str, ...], ...] = (
    (r"^interface \S",),
    (r"^interface ", r"^(service instance|pvc|vlan-range|xconnect) "),
    (r"^interface ", r"^(service instance|pvc|vlan-range|xconnect) ", r"^(protocol|l2protocol|bridge-domain) "),
    (r"^router (ospf|ospfv3|bgp|eigrp|rip|isis|lisp|odr|mobile)\b",),
    (
        r"^router ",
        r"^(address-family|template|af-interface|topology|scope|service|locator-set|eid-table|site|instance)\b",
    ),
    (r"^router ", r"^address-family ", r"^(af-interface|topology|address-family)\b"),
    (r"^ipv6 router (ospf|rip|eigrp) ",),
    (r"^line (con|aux|vty|tty|\d)",),
    (r"^vlan (\d[\d,-]*|configuration \S+|group \S+)$",),
    (r"^(ip|ipv6) access-list ",),
    (r"^(mac|arp) access-list ",),
    (r"^access-list-role ",),
    (r"^object-group (network|service|security) ",),
    (r"^time-range ",),
    (r"^class-map ",),
    (r"^policy-map ",),
    (r"^policy-map ", r"^(class|parameter)\b"),
    (
        r"^policy-map ",
        r"^class\b",
        r"^(police|random-detect|fair-queue|bandwidth|shape|priority|service-policy|set|inspect)\b",
    ),
    (r"^policy-map ", r"^event "),
    (r"^policy-map ", r"^event ", r"^\d+ class "),
    (r"^route-map ",),
    (r"^(vrf definition|ip vrf|vrf) \S",),
    (r"^vrf definition ", r"^address-family "),
    (r"^ip dhcp pool ",),
    (r"^ip dhcp pool ", r"^(class|origin|address) "),
    (r"^ipv6 dhcp pool ",),
    (r"^ip dhcp class ",),
    (r"^archive$",),
    (r"^archive$", r"^(log config|path)$"),
    (r"^aaa (group server|server radius|attribute list)\b",),
    (r"^aaa group server ", r"^(server|ip)\b.*$"),
    (r"^(radius|tacacs) server ",),
    (r"^key chain ",),
    (r"^key chain ", r"^key \d+$"),
    (r"^ip sla (\d+|auto \S+ \S+|group \S+.*)$",),
    (r"^ip sla \d+$", r"^(icmp-|udp-|tcp-|http |dns |dhcp |path-|ftp |frame-relay|ethernet |mpls )"),
    (r"^track \d+ ",),
    (r"^redundancy$",),
    (r"^redundancy$", r"^(main-cpu|linecard-group|application redundancy)\b"),
    (r"^control-plane\b",),
    (r"^crypto (isakmp (policy|profile|client)|keyring|map|dynamic-map|ipsec (profile|transform-set)) \S",),
    (r"^crypto (gdoi group|ctcp|provisioning|engine|identity|key pubkey-chain|vpn)\b",),
    (r"^crypto keyring ", r"^rsa-pubkey "),
    (r"^crypto ikev2 (proposal|policy|keyring|profile|authorization policy|client)\b",),
    (r"^crypto ikev2 keyring ", r"^peer "),
    (r"^crypto pki (trustpoint|certificate chain|certificate map|server|profile|trustpool|export|import)\b",),
    (r"^ip ssh pubkey-chain$",),
    (r"^ip ssh pubkey-chain$", r"^(username|server) "),
    (r"^parameter-map type ",),
    (r"^zone(-pair)? security ",),
    (r"^flow (record|exporter|monitor) ",),
    (r"^flow-sampler-map ",),
    (r"^sampler ",),
    (r"^spanning-tree mst configuration$",),
    (r"^template ",),
    (r"^service-template ",),
    (r"^event manager applet ",),
    (r"^(monitor session) \d+ type ",),
    (r"^monitor session \d+ type ", r"^(source|destination)$"),
    (r"^monitor capture ",),
    (r"^call-home$",),
    (r"^call-home$", r"^profile "),
    (r"^device-tracking policy ",),
    (r"^ipv6 (nd|dhcp|snooping|source-guard|destination-guard) .*policy ",),
    (r"^dot1x credentials ",),
    (r"^eap profile ",),
    (r"^(l2vpn|bridge-domain|bridge irb|pseudowire-class|l2 vfi|ethernet cfm|mpls ldp)\b",),
    # Modes that our templates never use but a device may run; nothing here tells their lines apart.
    (
        r"^(controller|card|voice|voice-port|dial-peer|telephony-service|ephone|ephone-dn|sip-ua|gateway"
        r"|mgcp|application)\b",
    ),
    (r"^(kron|identity|wlan|ap|wireless|policy-list|mka policy|vpdn-group|multilink|stackwise|map-class|rmon)\b",),
    (r"^vpdn-group ", r"^(accept-dialin|request-dialin)$"),
    (r"^(netconf-yang|telemetry|iox|app-hosting|segment-routing|performance|transceiver type)\b",),
    (r"^(app-hosting|telemetry|segment-routing)\b", r"\S"),
)
#: lines whose answer is remembered; devices of one fleet have most of theirs in common
LINES = 16384
_COMPILED = tuple(tuple(re.compile(part) for part in path) for path in SUBMODES)

#: headers that open a sub-mode also when nothing follows them: one has to leave it again
ENTERS = re.compile(
    r"^(interface|router|ipv6 router|line|vlan \d|ip access-list (standard|extended)|ipv6 access-list"
    r"|mac access-list|object-group|time-range|class-map|policy-map|route-map|vrf definition|ip vrf|ip dhcp pool"
    r"|ipv6 dhcp pool|archive$|aaa group server|radius server|tacacs server|key chain"
    r"|crypto pki (trustpoint|certificate chain)|crypto keyring|crypto isakmp policy"
    r"|crypto ikev2 (proposal|policy|keyring|profile)|crypto ipsec (profile|transform-set)"
    r"|zone security|zone-pair security|template|spanning-tree mst configuration)"
)

#: sections by what names them in a report: component and the name behind it
_NAMED = re.compile(
    r"^(interface|router|ipv6 router|line|vlan|ip access-list|ipv6 access-list|mac access-list|object-group|time-range"
    r"|class-map|policy-map|route-map|vrf definition|ip vrf|ip dhcp pool|ipv6 dhcp pool|archive|aaa group server"
    r"|radius server|tacacs server|key chain|ip sla|track|crypto pki certificate chain|crypto pki trustpoint"
    r"|crypto map|crypto keyring|crypto isakmp policy|crypto ikev2 \w+|crypto ipsec [\w-]+|zone security"
    r"|zone-pair security|banner)(?: (.*))?$"
)
_FAMILY_WORDS = {"ip": 2, "ipv6": 2, "no": 2, "aaa": 1, "spanning-tree": 1}


@lru_cache(LINES)
def is_submode(path: tuple[str, ...]) -> bool:
    """Whether the last line of a path (from the top level down) opens a sub-mode."""
    return any(
        len(pattern) == len(path) and all(part.search(line) for part, line in zip(pattern, path, strict=True))
        for pattern in _COMPILED
    )


@lru_cache(LINES)
def name_of(header: str) -> tuple[str, str]:
    """Component and name under which a top-level line or section is reported."""
    first = header.partition("\n")[0]
    named = _NAMED.match(first)
    if named is not None:
        return named[1], named[2] or ""
    if is_submode((first,)):
        word, _, rest = first.partition(" ")
        return word, rest
    words = first.removeprefix("no ").split()
    return "global", " ".join(words[: _FAMILY_WORDS.get(words[0], 1)])
