# SPDX-License-Identifier: GPL-3.0-or-later
"""IOS commands that only read, as data, and what is secret in their output.

Words must be written in full: an abbreviation may mean another command on another release. Pipes are left out whole,
because ``redirect``, ``append`` and ``tee`` write files.
"""

from __future__ import annotations

import re

#: what may follow ``show``: the beginning of the command; further words of _WORD may come behind it
_SHOW = (
    "access-lists", "arp", "archive", "boot", "cdp", "class-map", "clock", "controllers", "crypto ipsec sa",
    "crypto isakmp sa", "crypto session", "diag", "dot1x", "environment", "errdisable", "etherchannel", "file systems",
    "flash:", "interfaces", "inventory", "ip", "ipv6", "license", "lldp", "logging", "mac address-table", "memory",
    "module", "monitor", "ntp", "platform", "policy-map", "port-security", "power", "privilege", "processes", "reload",
    "route-map", "running-config", "sessions", "snmp", "spanning-tree", "ssh", "standby", "startup-config",
    "storm-control", "switch", "terminal", "udld", "users", "version", "vlan", "vrf", "vrrp", "vtp status",
)  # fmt: skip
_WORD = r"[A-Za-z0-9./:_-]+"

PATTERNS = (
    *(re.compile(rf"show {re.escape(start)}( {_WORD})*") for start in _SHOW),
    re.compile(rf"ping( vrf {_WORD})? {_WORD}( (repeat|size|timeout|source) {_WORD})*"),
    re.compile(rf"dir( {_WORD})?"),
)
EXAMPLES = "show version, show interfaces status, show ip route, show running-config, ping 10.0.0.1, dir"

#: secrets that only outputs show, in forms that a configuration does not have; each pattern's last group is one
SECRETS = (
    re.compile(r"^(\s*Community name): (\S.*)$", re.M),
    re.compile(r"^(\s*Authentication (?:MD5, key-string|text, string|text)):? \"([^\"]*)\"", re.M),
)
