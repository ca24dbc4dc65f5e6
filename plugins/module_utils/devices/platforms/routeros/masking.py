# SPDX-License-Identifier: GPL-3.0-or-later
"""Secrets in RouterOS texts: exports, command lines, differences. Names come from the tables."""

from __future__ import annotations

import re
from functools import cache

from ...secrecy import Fingerprints
from .menus import TABLE

#: secrets of menus that are not in the tables, as vendor manuals name them
_OTHERS = frozenset(
    {"passphrase", "wpa-pre-shared-key", "wpa2-pre-shared-key", "pre-shared-key", "wep-key", "secret", "password",
     "private-key", "preshared-key", "authentication-key", "tcp-md5-key", "ipsec-secret", "auth-key", "api-key",
     "management-protection-key", "supplicant-password", "mschapv2-password", "eap-password", "sae-password",
     "security.passphrase", "security.eap-password", "http-proxy-password", "user-password", "shared-secret",
     "radius-password", "sim-pin", "pin", "trap-community", "encryption-password", "authentication-password"}
)  # fmt: skip
_VALUE = r'=(\\+"(?:(?!\\+").)*\\+"|"(?:[^"\\]|\\.)*"|[^\s"\\;\])}]+)'
#: menus in which an item's name is the secret
_SECRET_NAMES = ("/snmp community", "/snmp/community")
_COMMUNITY = re.compile(r"(?<![\w.-])name" + _VALUE)


@cache
def _pattern() -> re.Pattern[str]:
    names = {prop.name for menu in TABLE.values() for prop in menu.all_properties if prop.secret} | _OTHERS
    names.discard("name")
    return re.compile(
        rf"(?<![\w.-])(?:{'|'.join(sorted(map(re.escape, names), key=len, reverse=True))})" + _VALUE, re.S
    )


def mask(text: str, hide: Fingerprints, path: str = "") -> str:
    """Return a text with every secret replaced by its fingerprint. ``path`` is the menu it is about, if one."""
    lines = text.split("\n")
    for number, line in enumerate(lines):
        if "=" not in line:
            continue
        masked = hide.mask(line, _pattern())
        if path in _SECRET_NAMES or any(menu in line for menu in _SECRET_NAMES):
            masked = hide.mask(masked, _COMMUNITY)
        lines[number] = masked
    return "\n".join(lines)
