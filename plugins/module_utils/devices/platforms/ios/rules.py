# SPDX-License-Identifier: GPL-3.0-or-later
"""The rules of IOS as data: what replaces what, how a line is taken back, what goes before what.

Written for this project instead of those of hier_config's own ``cisco_ios`` driver, which drops remarks, renumbers
access lists and knows few single-valued lines. Every rule is a path of regular expressions, the last one for the line
itself; groups in it are the line's key. Sources: Cisco IOS command references 15.x and IOS-XE 17.x ("no" forms and
"the last one wins" notes).
"""

from __future__ import annotations

import re
from functools import lru_cache

from .modes import LINES

_IF = r"^interface "
_BGP = r"^router bgp "
_OSPF = r"^router ospf "
_LINE = r"^line "
_POOL = r"^ip dhcp pool "
_AF = r"^address-family "

#: entering one of these replaces the former one with the same key: no gap, and nothing to take back
SINGLE: tuple[tuple[str, ...], ...] = (
    (r"^hostname ",),
    (r"^(ip|ipv6) (?:domain-name|domain name) ",),
    (r"^ip default-gateway ",),
    (r"^enable (secret|password)(?: level (\d+))?",),
    (r"^username (\S+)(?=.* (secret|password)\b)",),
    (r"^clock (timezone|summer-time)\b",),
    (r"^service timestamps (\w+)\b",),
    (r"^ip ssh (version|time-out|authentication-retries|source-interface|maxstartups)\b",),
    (r"^ip (http|ssh) (server|client) algorithm (\w+)\b",),
    (r"^(?:no )?ip http (server|secure-server)$",),
    (r"^ip http (authentication|access-class|port|secure-port|timeout-policy)\b",),
    (r"^logging (buffered|trap|facility|source-interface|console|monitor|rate-limit|origin-id)\b",),
    (r"^ntp (source|master|trusted-key|access-group \S+)\b",),
    (r"^ntp server (?:vrf (\S+) )?(\S+)",),
    (r"^ntp authentication-key (\d+)",),
    (r"^snmp-server community (\S+)",),
    (r"^snmp-server (location|contact|chassis-id|trap-source|queue-length|engineID local)\b",),
    # "Each succeeding command overwrites the previous" for the same host and kind (Cisco, SNMP command reference).
    (r"^snmp-server host (\S+)(?: vrf (\S+))?(?: traps| (informs))?",),
    (r"^snmp-server group (\S+ \S+)",),
    (r"^snmp-server view (\S+ \S+)",),
    (r"^aaa authentication (\S+ \S+)",),
    (r"^aaa authorization (?!commands)(\S+ \S+)",),
    (r"^aaa authorization commands (\d+ \S+)",),
    (r"^aaa accounting (?!commands)(\S+ \S+)",),
    (r"^aaa session-id ",),
    (r"^(radius|tacacs)-server (key|timeout|retransmit|deadtime)\b",),
    (r"^(radius|tacacs)-server host (\S+)",),
    (r"^crypto isakmp key (?:\d )?\S+ (?:address|hostname) (\S+)",),
    (r"^ip (tacacs|radius|tftp|ftp|domain-lookup|telnet) source-interface ",),
    (r"^spanning-tree (mode|pathcost method|transmit hold-count)\b",),
    (r"^spanning-tree vlan (\S+) priority ",),
    (r"^vtp (mode|domain|version|password)\b",),
    (r"^errdisable recovery interval ",),
    (r"^banner (\S+)",),
    (r"^ip tcp (synwait-time|mss|window-size)\b",),
    (r"^ip nat translation (\S+)",),
    (r"^login (block-for|delay|quiet-mode)\b",),
    (r"^security passwords min-length ",),
    (r"^cdp (timer|holdtime)\b",),
    (r"^lldp (timer|holdtime|reinit)\b",),
    (r"^system mtu\b",),
    # an interface
    (_IF, r"^description "),
    (_IF, r"^ip address (?!.* secondary$)"),
    (_IF, r"^ip unnumbered "),
    (_IF, r"^(bandwidth|delay|mtu|load-interval|duplex|speed|negotiation|media-type|encapsulation|keepalive)\b"),
    (_IF, r"^ip (mtu|tcp adjust-mss|policy route-map)\b"),
    (_IF, r"^ip access-group \S+ (in|out)$"),
    (_IF, r"^ipv6 traffic-filter \S+ (in|out)$"),
    (_IF, r"^ip ospf (cost|priority|hello-interval|dead-interval|retransmit-interval|network|authentication-key)\b"),
    (_IF, r"^ip ospf message-digest-key (\d+) "),
    (_IF, r"^ip ospf authentication(?!-)"),
    (_IF, r"^ip ospf (\d+) area "),
    (_IF, r"^ip nat (inside|outside)$"),
    (_IF, r"^switchport (mode|access vlan|voice vlan|trunk native vlan|trunk encapsulation|trunk allowed vlan)\b"),
    (_IF, r"^switchport port-security (maximum|violation|aging time|aging type)\b"),
    (_IF, r"^storm-control (broadcast|multicast|unicast|action)\b"),
    (_IF, r"^spanning-tree (cost|port-priority|guard|link-type|bpduguard|bpdufilter)\b"),
    (_IF, r"^(standby|vrrp|glbp) (\d+) (priority|timers|authentication|name|description)\b"),
    (_IF, r"^(standby|vrrp|glbp) (\d+) ip (?!.* secondary$)"),
    (_IF, r"^tunnel (source|destination|mode|key|protection|ttl|path-mtu-discovery)\b"),
    (_IF, r"^ppp (chap hostname|chap password|authentication)\b"),
    (_IF, r"^ppp pap sent-username "),
    (_IF, r"^dialer (pool|idle-timeout|group)\b"),
    (_IF, r"^(dialer-group|pppoe-client dial-pool-number|power inline|udld port|authentication \S+|dot1x \S+)\b"),
    (_IF, r"^ip dhcp snooping limit rate "),
    (_IF, r"^ip arp inspection limit rate "),
    (_IF, r"^ip verify (unicast source|source)\b"),
    (r"^vlan ", r"^(name|mtu|state)\b"),
    # terminal lines
    (_LINE, r"^(exec-timeout|session-timeout|privilege level|password|logging synchronous)\b"),
    (_LINE, r"^access-class \S+ (in|out)"),
    (_LINE, r"^transport (input|output|preferred)\b"),
    (_LINE, r"^(?:no )?login\b"),
    (_LINE, r"^(authorization|accounting) (\S+)"),
    (_LINE, r"^(stopbits|speed|length|width|history size)\b"),
    # routing
    (_OSPF, r"^(router-id|auto-cost|default-metric|maximum-paths|distance|default-information originate)\b"),
    (_OSPF, r"^timers throttle (\S+)"),
    (_BGP, r"^bgp (router-id|cluster-id|bestpath \S+|log-neighbor-changes)\b"),
    (
        _BGP,
        r"^neighbor (\S+) (remote-as|local-as|description|password|update-source|ebgp-multihop|ttl-security|timers"
        r"|weight|maximum-prefix)\b",
    ),
    (_BGP, r"^distance \d+ (\S+ \S+)$"),
    (_BGP, r"^network (\S+)"),
    (_BGP, r"^neighbor (\S+) (?:route-map|prefix-list|filter-list|distribute-list) \S+ (in|out)$"),
    (_BGP, _AF, r"^neighbor (\S+) (description|weight|maximum-prefix|send-community)\b"),
    (_BGP, r"^(maximum-paths|distance bgp)\b"),
    (r"^router rip$", r"^(version|default-metric)\b"),
    (r"^router eigrp ", r"^(eigrp router-id|variance)\b"),
    # addresses for clients, keys, certificates, measurements
    (_POOL, r"^(network|host|default-router|dns-server|domain-name|lease|next-server|bootfile)\b"),
    (_POOL, r"^option (\d+) "),
    (r"^key chain ", r"^key ", r"^(key-string|cryptographic-algorithm|accept-lifetime|send-lifetime)\b"),
    (r"^(radius|tacacs) server ", r"^(address \S+|key|timeout|retransmit|port)\b"),
    (r"^aaa group server ", r"^ip (radius|tacacs) source-interface "),
    (r"^archive$", r"^(path|maximum|time-period)\b"),
    (r"^archive$", r"^log config$", r"^(logging size)\b"),
    (r"^crypto pki trustpoint ", r"^(enrollment|revocation-check|rsakeypair|subject-name|fqdn|password)\b"),
    (r"^crypto isakmp policy ", r"^(encryption|encr|hash|authentication|group|lifetime)\b"),
    (r"^crypto map \S+ \d+ ", r"^match address "),
    (r"^policy-map ", r"^class ", r"^(bandwidth|priority|shape \S+|police|queue-limit)\b"),
    (r"^policy-map ", r"^class ", r"^set (?:ip )?(dscp|precedence|cos)\b"),
    (r"^spanning-tree mst configuration$", r"^(name|revision)\b"),
    (r"^spanning-tree mst configuration$", r"^instance (\d+) "),
    (r"^(vrf definition|ip vrf) ", r"^(rd|description)\b"),
    (r"^ip sla \d+$", r"^(icmp-|udp-|tcp-)", r"^(frequency|timeout|threshold|tag|owner|request-data-size|tos)\b"),
    (r"^class-map ", r"^description "),
    (r"^route-map ", r"^description "),
    (r"^route-map ", r"^set (local-preference|metric|weight|tag|origin|metric-type)\b"),
)

#: how a line is taken back where ``no <line>`` is wrong, too much, or asks for what is secret
NEGATIONS: tuple[tuple[tuple[str, ...], str], ...] = (
    ((r"^(enable (?:secret|password)(?: level \d+)?)\b",), r"no \1"),
    ((r"^(username \S+)",), r"no \1"),
    ((r"^(snmp-server community \S+)",), r"no \1"),
    ((r"^(snmp-server (?:location|contact|chassis-id))\b",), r"no \1"),
    ((r"^((?:radius|tacacs)-server key)\b",), r"no \1"),
    ((r"^(ntp authentication-key \d+)",), r"no \1"),
    ((r"^(banner \S+)",), r"no \1"),
    ((r"^(crypto isakmp key) (?:\d )?(\S+) (.*)$",), r"no \1 \2 \3"),
    ((r"^(ip prefix-list \S+ seq \d+)",), r"no \1"),
    ((r"^(ip prefix-list \S+ description)\b",), r"no \1"),
    ((r"^(route-map \S+ \w+ \d+)$",), r"no \1"),
    ((r"^(logging (?:buffered|trap|facility|source-interface))\b",), r"no \1"),
    ((r"^(logging console|logging monitor) .*",), r"default \1"),
    ((r"^(clock (?:timezone|summer-time))\b",), r"no \1"),
    ((r"^(spanning-tree vlan \S+ priority)\b",), r"no \1"),
    ((r"^(spanning-tree mode)\b",), r"no \1"),
    ((_IF, r"^(description)\b"), r"no \1"),
    ((_IF, r"^(ip ospf message-digest-key \d+)"), r"no \1"),
    ((_IF, r"^(ip ospf (?:authentication-key|cost|priority|network|hello-interval|dead-interval))\b"), r"no \1"),
    ((_IF, r"^(switchport (?:access|voice|trunk native|trunk allowed) vlan|switchport mode)\b"), r"no \1"),
    ((_IF, r"^(bandwidth|delay|mtu|load-interval|duplex|speed|encapsulation|channel-group|ip mtu)\b"), r"no \1"),
    ((_IF, r"^(ppp chap password|ppp pap sent-username)\b"), r"no \1"),
    ((_IF, r"^((?:standby|vrrp|glbp) \d+ (?:authentication|priority|timers|name))\b"), r"no \1"),
    ((_IF, r"^(storm-control (?:broadcast|multicast|unicast) level)\b"), r"no \1"),
    ((_LINE, r"^(password|exec-timeout|privilege level|session-timeout)\b"), r"no \1"),
    ((_LINE, r"^(transport (?:input|output|preferred))\b"), r"default \1"),
    ((_LINE, r"^(login)\b"), r"default \1"),
    ((_BGP, r"^(neighbor \S+ password)\b"), r"no \1"),
    ((_BGP, r"^(neighbor \S+ (?:remote-as|peer-group$))"), "neighbor"),
    ((r"^key chain ", r"^key ", r"^(key-string)\b"), r"no \1"),
    ((r"^(?:radius|tacacs) server ", r"^(key)\b"), r"no \1"),
    ((r"^vlan ", r"^(name)\b"), r"no \1"),
    ((r"^crypto pki certificate chain ", r"^(certificate (?:\S+ )?\S+)"), r"no \1"),
)

#: lines whose place in the section matters to us: weight, smaller first (negations and additions alike; 0 is the rest)
ORDER: tuple[tuple[tuple[str, ...], int], ...] = (
    ((_IF, r"^no ip address .* secondary$"), -60),
    ((_IF, r"^no (ip|ipv6|standby|vrrp|service-policy|channel-group|switchport .+)"), -50),
    ((_IF, r"^(no )?switchport$"), -40),
    ((_IF, r"^encapsulation "), -35),
    ((_IF, r"^(no )?(ip )?vrf forwarding "), -30),
    ((_IF, r"^switchport trunk encapsulation "), -20),
    ((_IF, r"^switchport mode "), -10),
    ((_IF, r"^ip address (?!.* secondary$)"), -5),
    ((_IF, r"^(standby|vrrp) \d+ ip"), 5),
    ((_IF, r"^channel-group "), 50),
    ((_IF, r"^no shutdown$"), 100),
    ((_IF, r"^shutdown$"), 100),
    ((_BGP, r"^neighbor \S+ (remote-as|peer-group$)"), -10),
    ((_BGP, r"^no neighbor \S+$"), -20),
    ((_OSPF, r"^router-id "), -10),
    ((r"^(vrf definition|ip vrf) ", r"^rd "), -10),
    ((r"^policy-map ", r"^class class-default$"), 100),
    ((r"^crypto pki trustpoint ", r"^enrollment "), -10),
)

#: what IOS does to other lines when one of these changes: they are entered again (line → lines it clears)
RESETS: tuple[tuple[tuple[str, str], str], ...] = (
    ((_IF, r"^(no )?(ip )?vrf forwarding "), r"^(ip|ipv6) address "),
    ((_IF, r"^(no )?switchport$"), r"^(ip|ipv6) address |^switchport "),
)

#: taking back the first also takes back every line of the section that matches the second (key put in)
CASCADES: tuple[tuple[str, str, str], ...] = ((_BGP, r"^no neighbor (\S+)$", r"^no neighbor {key} "),)

#: sections in which the order of the children is meaning: the first match decides
ORDERED = re.compile(r"^(policy-map |aaa group server )")
#: their children that have the order
ORDERED_CHILD = re.compile(r"^(class|server)\b")

#: two headers with the same key are the same thing spelled differently: the old one goes before the new one comes
SECTION_KEYS: tuple[str, ...] = (
    r"^route-map (\S+) \w+ (\d+)$",
    r"^ip access-list \w+ (\S+)$",
    r"^class-map (?:type \S+ )?(?:match-\w+ )?(\S+)$",
    r"^policy-map (?:type \S+ (?:\S+ )?)?(\S+)$",
    r"^router ospf (\d+)",
    r"^router bgp ",
    r"^crypto map (\S+ \d+)",
    r"^crypto ipsec transform-set (\S+)",
    r"^ip prefix-list (\S+ seq \d+)",
    r"^object-group \S+ (\S+)",
    r"^track (\d+)",
    r"^monitor session (\d+)",
    r"^ip nat inside source list (\S+)",
    r"^ip nat inside source route-map (\S+)",
    r"^ip nat pool (\S+)",
    r"^username (\S+)",
    r"^aaa group server \S+ (\S+)",
    r"^interface (\S+)",
)
_SECTION_KEYS = tuple(re.compile(pattern) for pattern in SECTION_KEYS)
_SINGLE_LINES = tuple(re.compile(path[0]) for path in SINGLE if len(path) == 1)


@lru_cache(LINES)
def section_key(header: str) -> tuple[str, ...] | None:
    """What a top-level section or line is about, where it can be spelled differently; None where it cannot."""
    for index, pattern in enumerate(_SECTION_KEYS):
        match = pattern.search(header)
        if match is not None:
            return (str(index), *(group or "" for group in match.groups()))
    return None


@lru_cache(LINES)
def slots(line: str) -> frozenset[tuple[str, ...]]:
    """What a top-level line has one value of, by each rule of `SINGLE` that knows it.

    Of two lines with a slot in common the later one replaces the earlier one.
    """
    found: set[tuple[str, ...]] = set()
    for pattern in _SINGLE_LINES:
        if pattern.search(line):
            match = pattern.search(line.removeprefix("no ")) or pattern.search(line)
            assert match is not None
            groups = tuple((group or "").strip() for group in match.groups())
            found.add((pattern.pattern, *(groups if any(groups) else (match[0],))))
    return frozenset(found)
