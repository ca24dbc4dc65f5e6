# SPDX-License-Identifier: GPL-3.0-or-later
"""The way by which management reaches the device: which differences touch what carries it."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable, Mapping

from ...target import Target
from .items import Config, Entry
from .users import KEYS, PATHS
from .values import canonical

Network = ipaddress.IPv4Network | ipaddress.IPv6Network

#: menus in which every change can decide who comes in
_ACCESS = {
    "/ip/ssh": "pengaturan SSH",
    "/user": "pengguna",
    "/user/group": "kelompok pengguna",
    "/user/ssh-keys": "kunci SSH pengguna",
    "/user/aaa": "autentikasi pengguna",
    "/ip/settings": "pengaturan IP",
    "/ip/vrf": "VRF",
}
_BASE_CHAINS = {
    "/ip/firewall/filter": {"forward"},
    "/ip/firewall/mangle": {"forward", "postrouting"},
    "/ip/firewall/nat": {"srcnat"},
    "/ip/firewall/raw": set[str](),
    "/interface/bridge/filter": {"forward"},
    "/interface/bridge/nat": set[str](),
}


def address_of(target: Target) -> str:
    """The management address: as the register says, or the host when that is an address."""
    for text in (target.address, target.host):
        try:
            return str(ipaddress.ip_interface(text or "").ip)
        except ValueError:
            continue
    return ""


def networks(texts: Iterable[str]) -> list[Network]:
    """Parse addresses and prefixes; what is neither is left out."""
    found: list[Network] = []
    for text in texts:
        try:
            found.append(ipaddress.ip_network(text.strip(), strict=False))
        except ValueError:
            continue
    return found


def covers(allowed: Iterable[Network], source: Network) -> bool:
    """Whether one of the networks contains the whole source."""
    return any(net.version == source.version and source.subnet_of(net) for net in allowed)  # type: ignore[arg-type]


class Path:
    """What carries the management session, seen on the device and in the intended text."""

    def __init__(self, target: Target, running: Config, intended: Config) -> None:
        self._sides = (running, intended)
        self._user = target.user
        self._address = address_of(target)
        self._sources = networks(target.sources)
        self.carriers = self._carriers()
        self._lists = self._used_lists()

    def touches(self, path: str, *entries: Entry | None) -> str:
        """Say how a difference between two states of an item touches the way in; empty when it does not."""
        sides = [entry.values for entry in entries if entry is not None]
        if path in _ACCESS:
            named = {values.get("user" if path == KEYS else "name", "") for values in sides} - {""}
            another = path in PATHS and self._user and named and self._user not in named
            return "" if another else _ACCESS[path]
        if path == "/ip/service":
            return "layanan ssh" if any(values.get("name") == "ssh" for values in sides) else ""
        if path == "/radius":
            return "server RADIUS untuk login" if any("login" in v.get("service", "") for v in sides) else ""
        if path.startswith("/ipv6/firewall/"):
            path = path.replace("/ipv6/", "/ip/")
        if path in _BASE_CHAINS:
            chains = {values.get("chain", "") for values in sides} - _BASE_CHAINS[path]
            return f"rantai {', '.join(sorted(chains))} di {path}" if chains else ""
        if path == "/ip/firewall/address-list":
            used = sorted({values.get("list", "") for values in sides} & self._lists)
            return f"daftar alamat {used[0]}, dipakai rantai input" if used else ""
        if path.startswith("/interface/list"):
            used = sorted({values.get("list", values.get("name", "")) for values in sides} & self._lists)
            return f"daftar antarmuka {used[0]}, dipakai rantai input" if used else ""
        if path in ("/ip/address", "/ip/dhcp-client") or path.startswith("/interface/"):
            return self._interface(path, sides)
        if path in ("/ip/route", "/routing/rule", "/ip/ipsec/policy", "/routing/table"):
            return self._route(path, sides)
        if path.startswith("/routing/") and not self._direct():
            return f"perutean dinamis ({path}) ke jaringan kelola"
        return ""

    def _interface(self, path: str, sides: list[Mapping[str, str]]) -> str:
        if not self._address:
            return f"{path}: alamat kelola tidak diketahui, jadi dianggap jalur kelola"
        for values in sides:
            if path == "/ip/address" and _host(values) == self._address:
                return f"alamat kelola {self._address}"
            names = {values.get(name, "") for name in ("name", "default-name", "bridge")}
            names |= {values.get("interface", "")} if path in ("/interface/bridge/port", "/ip/dhcp-client") else set()
            names |= set(values.get("slaves", "").split(","))
            hit = sorted(names & self.carriers - {""})
            if hit and path != "/ip/address":
                return f"antarmuka {hit[0]}, jalur alamat kelola {self._address}"
        return ""

    def _route(self, path: str, sides: list[Mapping[str, str]]) -> str:
        if self._direct():
            return ""
        for values in sides:
            destinations = networks([values.get("dst-address", "0.0.0.0/0") or "0.0.0.0/0"])
            if not destinations or not self._sources or any(covers(destinations, net) for net in self._sources):
                return f"{path} {values.get('dst-address', '0.0.0.0/0')}, jalur ke jaringan kelola"
        return ""

    def _direct(self) -> bool:
        """Whether management sits in the management address's own subnet, on both sides."""
        return bool(self._sources) and all(
            any(
                all(covers(networks([entry.values.get("address", "")]), source) for source in self._sources)
                for entry in config.of("/ip/address")
                if _host(entry.values) == self._address
            )
            for config in self._sides[:1]
        )

    def _carriers(self) -> set[str]:
        names: set[str] = set()
        for config in self._sides:
            names |= {
                entry.values.get("interface", "")
                for entry in config.of("/ip/address")
                if self._address and _host(entry.values) == self._address
            }
        while True:
            below = set(names)
            for config in self._sides:
                for path in ("/interface/vlan", "/interface/vrrp"):
                    below |= {
                        entry.values.get("interface", "") for entry in config.of(path)
                        if entry.values.get("name") in names
                    }  # fmt: skip
                for entry in config.of("/interface/bridge/port"):
                    if entry.values.get("bridge") in names:
                        below.add(entry.values.get("interface", ""))
                for entry in config.of("/interface/bonding"):
                    if entry.values.get("name") in names:
                        below |= set(entry.values.get("slaves", "").split(","))
                for entry in config.of("/interface/ethernet"):
                    pair = {entry.values.get("name", ""), entry.values.get("default-name", "")}
                    below |= pair if pair & names else set()
            below.discard("")
            if below == names:
                return names
            names = below

    def _used_lists(self) -> set[str]:
        used: set[str] = set()
        for config in self._sides:
            for path, forwarded in _BASE_CHAINS.items():
                for entry in config.of(path):
                    if entry.values.get("chain") not in forwarded:
                        used |= {
                            value.removeprefix("!") for name, value in entry.values.items() if name.endswith("-list")
                        }
            for path in ("/ip/neighbor/discovery-settings", "/tool/mac-server"):
                used.discard(config.settings(path).get("allowed-interface-list", ""))
        return used


def _host(values: Mapping[str, str]) -> str:
    return canonical("prefix", values.get("address", "")).partition("/")[0]
