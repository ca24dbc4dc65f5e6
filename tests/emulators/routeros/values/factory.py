# SPDX-License-Identifier: GPL-3.0-or-later
"""From the type's name in a table to the object that judges values."""

import re
from collections.abc import Callable

from . import addresses, composed, quantities, scalars
from .base import Alternatives, Negatable, ValueType

_PLAIN: dict[str, Callable[[], ValueType]] = {
    "any": scalars.Anything,
    "bool": scalars.Bool,
    "string": scalars.Text,
    "script": scalars.Script,
    "flag": scalars.Flag,
    "int": scalars.Int,
    "hex": lambda: scalars.Int(hexadecimal=True),
    "names": scalars.Names,
    "mac": scalars.Mac,
    "topics": scalars.Topics,
    "time": quantities.Time,
    "clock": quantities.Clock,
    "rate": quantities.Rate,
    "kib": quantities.Kib,
    "ip": addresses.Ip,
    "address": addresses.InterfaceAddress,
    "prefix": addresses.Prefix,
    "prefix6": lambda: addresses.Prefix(6),
    "ip-match": addresses.Match,
    "address-entry": addresses.AddressEntry,
    "ip-ranges": addresses.PoolRanges,
    "ports": addresses.Ports,
    "host": addresses.Host,
    "gateway": addresses.Gateway,
    "ips": lambda: composed.ListOf(addresses.Ip()),
    "prefixes": lambda: composed.ListOf(addresses.Prefix(0)),
    "targets": composed.QueueTargets,
    "pool-or-ip": composed.PoolOrIp,
    "router-id": composed.RouterId,
}
_RANGE = re.compile(r"(-?\d*)\.\.(\d+)")


def value_type(name: str, arguments: str, *, negatable: bool, version: int) -> ValueType:
    """ValueError for a type nobody knows. `version`: RouterOS's major version."""
    made = _make(name, arguments.split(), arguments, version)
    return Negatable(made) if negatable else made


def _make(name: str, words: list[str], arguments: str, version: int) -> ValueType:
    if name == "enum":
        return scalars.Enum(words)
    if name == "flags":
        return scalars.Flags(words)
    if name == "pair":
        match = re.fullmatch(r"([a-z0-9-]+)(?:\((.*)\))?", arguments)
        assert match is not None
        inner = match[2] or ""
        return composed.Pair(_make(match[1], inner.split(), inner, version))
    if name in ("ref", "refs"):
        targets = [tuple(target.strip("/").split("/")) for target in words[0].split("|")]
        reference = composed.Reference(targets, words[1:])
        return reference if name == "ref" else composed.ListOf(reference)
    if name == "group-policy":
        return scalars.GroupPolicy(p for p in scalars.POLICIES if version < 7 or p not in ("dude", "tikapp"))
    if name == "policy":
        return (
            scalars.Policy(words)
            if words
            else scalars.Policy(p for p in scalars.POLICIES if version < 7 or p not in ("dude", "tikapp"))
        )
    if name == "ints":
        first, last = words[0].split("..")
        return addresses.Ports(int(first), int(last))
    if name == "date":
        return quantities.Date(iso=version >= 7)
    if name not in _PLAIN:
        raise ValueError(f"tabel RouterOS: tipe {name!r} tidak dikenal")
    if name == "any":
        return scalars.Anything(words)
    plain = _PLAIN[name]()
    if words and (match := _RANGE.fullmatch(words[0])):
        words = words[1:]
        low, high = int(match[1] or 0), int(match[2])
        if name == "int":
            plain = scalars.Int(low, high)
        elif name == "string":
            plain = scalars.Text(high)
        else:
            raise ValueError(f"tabel RouterOS: {name} tanpa batas")
    return Alternatives(plain, words) if words else plain
