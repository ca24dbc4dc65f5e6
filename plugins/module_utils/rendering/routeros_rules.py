# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The forwarding rules of an intent as RouterOS can say them.

A rule of RouterOS names one interface and one network, or one list of either. So what has several members becomes a
list, named after the first rule that needs it; rules that need the same members share it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypedDict

from .networks import collapse

#: key of an intent's rule -> the property of RouterOS that takes one member; a list's property ends in ``-list``
_INTERFACES = {"in_interfaces": "in-interface", "out_interfaces": "out-interface"}
_ADDRESSES = {"sources": "src-address", "destinations": "dst-address"}
_SUFFIX = {"in_interfaces": "masuk", "out_interfaces": "keluar", "sources": "asal", "destinations": "tujuan"}


class NamedList(TypedDict):
    """A list and its members, sorted."""

    name: str
    members: list[str]


class Rule(TypedDict):
    """One rule. ``match``: properties of RouterOS in the order in which they are written, values without quotes."""

    name: str
    action: str
    match: dict[str, str]


class Rules(TypedDict):
    address_lists: list[NamedList]
    interface_lists: list[NamedList]
    rules: list[Rule]


def routeros_rules(forward: Sequence[Mapping[str, Any]]) -> Rules:
    """Rules of ``terpusat_intent.firewall.forward``, in their order. Raises ValueError for what is no network."""
    addresses: dict[tuple[str, ...], str] = {}
    interfaces: dict[tuple[str, ...], str] = {}
    rules: list[Rule] = []
    for rule in forward:
        match: dict[str, str] = {}
        for key, name in _INTERFACES.items():
            members = sorted(set(rule[key]))
            match |= _matcher(name, members, interfaces, f"terpusat-{rule['name']}-{_SUFFIX[key]}")
        for key, name in _ADDRESSES.items():
            members = collapse(rule[key])
            match |= _matcher(name, members, addresses, f"terpusat-{rule['name']}-{_SUFFIX[key]}")
        match |= _protocol(rule["protocol"], rule["ports"])
        rules.append({"name": rule["name"], "action": rule["action"], "match": match})
    return {"address_lists": _lists(addresses), "interface_lists": _lists(interfaces), "rules": rules}


def _matcher(name: str, members: list[str], known: dict[tuple[str, ...], str], fresh: str) -> dict[str, str]:
    if len(members) < 2:
        return dict.fromkeys([name], members[0]) if members else {}
    return {f"{name}-list": known.setdefault(tuple(members), fresh)}


def _protocol(protocol: str | None, ports: Sequence[int]) -> dict[str, str]:
    if protocol is None:
        return {}
    if protocol == "icmp":
        # Of ICMP an intent means echo requests (type 8, code 0).
        return {"protocol": "icmp", "icmp-options": "8:0"}
    found = {"protocol": protocol}
    return found | ({"dst-port": ",".join(map(str, sorted(ports)))} if ports else {})


def _lists(known: Mapping[tuple[str, ...], str]) -> list[NamedList]:
    return [{"name": name, "members": list(members)} for members, name in known.items()]
