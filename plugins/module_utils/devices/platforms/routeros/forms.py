# SPDX-License-Identifier: GPL-3.0-or-later
"""Values whose form no RouterOS takes: a slip of the keyboard is told with its line, before anybody logs in.

Only what can be nothing else is judged. RouterOS takes names, lists and shortened addresses (``10.1``) in many of the
same places; those are left to the device.
"""

from __future__ import annotations

import ipaddress
import re

from .values import is_rate

_QUAD = re.compile(r"\d+(?:\.\d+){3,}(?:/\S*)?")
_COLONS = re.compile(r"[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*(?:/\S*)?")
_HEX_PAIRS = re.compile(r"[0-9A-Fa-f]{2}(?::[0-9A-Fa-f]{2}){5}(?:/[0-9A-Fa-f]{2}(?::[0-9A-Fa-f]{2}){5})?")


def malformed(kind: str, value: str) -> str:
    """What is wrong with a value of this kind (see `values`), in Bahasa Indonesia; empty when nothing certain is."""
    plain = value.removeprefix("!")
    if kind in ("prefix", "ip"):
        return _addresses(plain)
    if kind == "prefix-set":
        return next(filter(None, map(_addresses, plain.split(","))), "")
    if kind == "mac" and ":" in plain and not _HEX_PAIRS.fullmatch(plain):
        return f"{plain!r} bukan alamat MAC; tulis seperti 02:00:00:AA:BB:CC"
    if kind == "rate":
        wrong = [part for part in plain.split("/") if part[:1].isdigit() and not is_rate(part)]
        return f"{wrong[0]!r} bukan laju; tulis seperti 20M, 512k atau 1G" if wrong else ""
    return ""


def _addresses(value: str) -> str:
    """One address, one prefix, or a range of two addresses."""
    for part in value.strip().split("-"):
        address = part.partition("%")[0]
        if not _QUAD.fullmatch(address) and not _COLONS.fullmatch(address):
            continue  # a name, an interface, a shortened address
        try:
            ipaddress.ip_interface(address)
        except ValueError:
            return f"{address!r} bukan alamat IP; tulis seperti 10.20.0.1/24"
    return ""
