# SPDX-License-Identifier: GPL-3.0-or-later
"""Which lines carry the management session: the way there, the terminals, who may log in."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from ...target import Target
from . import lockout
from .accounts import CHAIN, user_of

if TYPE_CHECKING:
    from hier_config import HConfig, HConfigChild

#: top-level lines by what they are to a login; the order is that of their change, access before what relies on it
_LOGIN: tuple[tuple[str, int, str], ...] = (
    (r"^username ", 10, "pengguna login"),
    (r"^enable (secret|password)", 11, "sandi enable"),
    (r"^aaa new-model$", 12, "AAA"),
    (r"^(radius|tacacs)(-server| server)\b", 13, "server AAA"),
    (r"^aaa group server ", 14, "server AAA"),
    (r"^(ip (radius|tacacs) source-interface|aaa )", 15, "AAA"),
    (r"^crypto key |^ip ssh |^ip scp ", 30, "layanan SSH"),
    (r"^(login block-for|login quiet-mode)", 31, "pembatasan login"),
    (r"^line vty ", 40, "terminal vty"),
)
_ROUTING = re.compile(r"^(router |ip routing$|ipv6 router )")
_DEFAULT = re.compile(r"^(ip default-gateway |ip route (?:vrf \S+ )?0\.0\.0\.0 0\.0\.0\.0 )")
_ROUTE = re.compile(r"^ip route (?:vrf \S+ )?(\d\S+) (\d\S+) ")
_MEMBER = re.compile(r"^switchport (trunk|access|mode)\b|^channel-group ")
_DEFINED = re.compile(
    r"^(?:ip access-list \w+|ipv6 access-list|vrf definition|ip vrf|route-map|key chain"
    r"|class-map(?: match-\w+)?|policy-map) (\S+)"
)


class ManagementPath:
    """Judges top-level headers; made of what runs and what is intended, since either may carry the session."""

    def __init__(self, target: Target, *configs: HConfig) -> None:
        self._target = target
        self._sources = [network for source in target.sources if (network := _network(source)) is not None]
        self._interfaces: set[str] = set()
        for config in configs:
            section = lockout.interface_of(config, target.address)
            if section is not None:
                self._interfaces.add(section.text)
        sections = [
            child
            for config in configs
            for child in config.children
            if child.text in self._interfaces or child.text.startswith("line vty ")
        ]
        self._names = {word for section in sections for line in section.children for word in line.text.split()[1:]}

    def judge(self, header: str, lines: Iterable[str] = ()) -> tuple[int, str] | None:
        """Rank among the management changes and what it is (Bahasa), or None when it does not carry the session.

        ``lines``: the lines of the section that change.
        """
        text = header.removeprefix("no ").removeprefix("default ")
        if self._is_another(text, lines):
            return None
        for pattern, rank, name in _LOGIN:
            if re.match(pattern, text):
                return rank, f"{name} ({text})" if text.startswith("line") else name
        if defined(text) in self._names:
            return 16, f"{text}, dipakai jalur manajemen"
        if text.startswith("interface "):
            return self._interface(text, lines)
        if _DEFAULT.match(text):
            return 22, "rute bawaan"
        route = _ROUTE.match(text)
        if route is not None:
            network = _network(f"{route[1]}/{route[2]}")
            if network is not None and any(network.overlaps(source) for source in self._sources):
                return 22, f"rute ke manajemen ({route[1]} {route[2]})"
        if _ROUTING.match(text):
            return 21, f"perutean ({text})"
        vlan = re.match(r"^vlan (\d+)$", text)
        if vlan is not None and f"interface Vlan{vlan[1]}" in self._interfaces:
            return 17, f"VLAN manajemen ({vlan[1]})"
        return None

    def _is_another(self, text: str, lines: Iterable[str]) -> bool:
        """Whether the line is about accounts that are not the one we log in by."""
        login = self._target.user
        if not login:
            return False
        if text == CHAIN:
            users = {user for line in lines if (user := user_of(line))}
            return bool(users) and login not in users
        return user_of(text) not in (None, login)

    def _interface(self, text: str, lines: Iterable[str]) -> tuple[int, str] | None:
        if text in self._interfaces or any(name.startswith(f"{text}.") for name in self._interfaces):
            return 23, f"antarmuka manajemen ({text})"
        if not self._interfaces and self._target.address is None:
            return 20, f"antarmuka ({text}); alamat manajemen tidak diketahui"
        changed = [line.removeprefix("no ") for line in lines]
        switched = any(name.startswith(("interface Vlan", "interface BVI")) for name in self._interfaces)
        if switched and any(_MEMBER.match(line) or line == "shutdown" for line in changed):
            # The session comes in by one of the ports of the management VLAN; which one, nobody knows from here.
            return 20, f"port yang mungkin membawa VLAN manajemen ({text})"
        return None


def defined(header: str) -> str | None:
    """The name that a top-level header defines for others to use (an access list, a class, a VRF…), or None."""
    match = _DEFINED.match(header.removeprefix("no "))
    return match[1] if match else None


def children_that_change(section: HConfigChild) -> list[str]:
    """The lines of one section of a delta, at every depth."""
    return [child.text for child in section.all_children()]


def _network(text: str) -> ipaddress.IPv4Network | None:
    try:
        return ipaddress.IPv4Network(text, strict=False)
    except ValueError:
        return None
