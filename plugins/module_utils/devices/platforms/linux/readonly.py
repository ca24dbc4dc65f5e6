# SPDX-License-Identifier: GPL-3.0-or-later
"""Commands on a Debian router or server that only read, as data. They run without a shell, each word as it stands."""

from __future__ import annotations

import re

#: no letter of these means anything to a shell
WORD = re.compile(r"[A-Za-z0-9@%+=:,./_-]+")
_UNIT = r"[A-Za-z0-9@:._-]+"
_HOST = r"[A-Za-z0-9][A-Za-z0-9.:%-]*"

PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        r"ip( -(4|6|j|s|d|o|br))* (address|addr|link|route|neighbour|neigh|rule|vrf)( show( [A-Za-z0-9:./_-]+)*)?",
        r"ip( -(4|6|j))* route get [A-Fa-f0-9:.]+",
        r"bridge( -(j|s|d))* (link|vlan|fdb|mdb)( show( [A-Za-z0-9:._-]+)*)?",
        rf"tc( -(j|s|d))* (qdisc|class|filter) show dev {_UNIT}",
        r"nft( -(a|s|j|n))* list (ruleset|tables|(table|chain|set) [A-Za-z0-9_]+ [A-Za-z0-9_-]+( [A-Za-z0-9_-]+)?)",
        r"vtysh -c 'show( [A-Za-z0-9./:_-]+)+'",
        rf"ovs-vsctl (show|list (bridge|port|interface)( {_UNIT})?)",
        rf"systemctl (status|is-active|is-enabled|show|cat|list-units|list-timers|--failed)( (--all|{_UNIT}))*",
        rf"journalctl( (--no-pager|-b|-k|-u {_UNIT}|-n \d{{1,4}}|-p [a-z0-9]+))+",
        rf"ping( -(4|6))? -c \d{{1,2}}( -W \d{{1,2}})?( -I {_UNIT})? {_HOST}",
        rf"dig( \+short| \+tcp)*( @{_HOST})? {_HOST}( (A|AAAA|CNAME|MX|NS|PTR|SOA|TXT))?",
        r"ss( -[tulnpaxis46]+)*",
        r"chronyc( -n)? (tracking|sources|sourcestats|activity)",
        r"cat (/etc/os-release|/etc/hostname|/proc/(loadavg|meminfo|uptime|cpuinfo)|/var/lib/misc/dnsmasq\.leases)",
        r"(uptime|hostname|hostnamectl|timedatectl|who|last|lsblk|lscpu|free|df|uname)( -[A-Za-z]+)*",
        r"dpkg (-l|--list|--get-selections|--audit)",
        r"lldpctl",
    )
)
EXAMPLES = "ip route show, vtysh -c 'show ip ospf neighbor', nft list ruleset, systemctl status frr, ping -c 3 10.0.0.1"

#: each pattern's last group is the secret
SECRETS = (
    re.compile(r"(\bmd5|authentication-key|key-string|(?:area|domain)-password \S+|\bpassword(?: 8)?) (\S+)"),
    re.compile(r"(?i)\b([\w.-]*(?:password|passwd|secret|token|psk|api_?key|private_?key))\s*[=:]\s*\"?([^\s\"]+)"),
)
