# SPDX-License-Identifier: GPL-3.0-or-later
"""The way by which management reaches the device: what carries it, and what would cut it.

`lockouts` judges an intended text before any login; `Path` tells which differences touch the way in.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable, Mapping

from ...target import Target
from .items import Config, Entry
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
_PACKET_MATCHERS = frozenset(
    {"chain", "action", "comment", "disabled", "log", "log-prefix", "src-address", "dst-address", "protocol",
     "dst-port", "connection-state", "src-address-list", "reject-with", "jump-target"}
)  # fmt: skip
_DROPS = frozenset({"drop", "reject", "tarpit"})


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


def lockouts(config: Config, target: Target) -> list[str]:
    """What in an intended text would remove the last management access, each with its line."""
    return [*_service(config, target), *_users(config, target), *_interfaces(config, target), *_input(config, target)]


def _service(config: Config, target: Target) -> Iterable[str]:
    for entry in config.of("/ip/service"):
        if entry.values.get("name") != "ssh":
            continue
        where = f"baris {entry.line}:"
        if canonical("bool", entry.values.get("disabled", "no")) == "yes":
            yield f"{where} mematikan layanan ssh menutup satu-satunya jalan kelola"
        port = entry.values.get("port")
        if port and port != str(target.port):
            yield f"{where} memindahkan ssh ke port {port}, sedangkan kita masuk lewat port {target.port}"
        yield from _excluded(entry, target, f"{where} address layanan ssh")


def _excluded(entry: Entry, target: Target, what: str) -> Iterable[str]:
    allowed = entry.values.get("address")
    if not allowed:
        return
    permitted = networks(allowed.split(","))
    for source in networks(target.sources):
        if not covers(permitted, source):
            yield f"{what} tidak memuat sumber kelola {source}"


def _users(config: Config, target: Target) -> Iterable[str]:
    for entry in config.of("/user"):
        if not target.user or entry.values.get("name") != target.user:
            continue
        where = f"baris {entry.line}: pengguna {target.user}, yang kita pakai masuk,"
        if canonical("bool", entry.values.get("disabled", "no")) == "yes":
            yield f"{where} akan dimatikan"
        if entry.values.get("group", "full") in ("read", "write"):
            yield f"{where} akan kehilangan hak penuh"
        yield from _excluded(entry, target, f"{where} address-nya")


def _interfaces(config: Config, target: Target) -> Iterable[str]:
    ours = address_of(target)
    for entry in config.of("/ip/address"):
        if not ours or canonical("prefix", entry.values.get("address", "")).partition("/")[0] != ours:
            continue
        if canonical("bool", entry.values.get("disabled", "no")) == "yes":
            yield f"baris {entry.line}: alamat kelola {ours} akan dimatikan"
        carrier = entry.values.get("interface")
        for path, entries in config.entries.items():
            if not path.startswith("/interface/"):
                continue
            for interface in entries:
                named = carrier in (interface.values.get("name"), interface.values.get("default-name"))
                off = canonical("bool", interface.values.get("disabled", "no")) == "yes"
                if carrier and named and off and path.count("/") == 2:
                    yield f"baris {interface.line}: antarmuka {carrier}, yang membawa alamat kelola {ours}, dimatikan"


def _input(config: Config, target: Target) -> Iterable[str]:
    for path in ("/ip/firewall/raw", "/ip/firewall/filter"):
        chain = "prerouting" if path.endswith("raw") else "input"
        for source in networks(target.sources):
            if source.version != 4:
                continue
            for entry in config.of(path):
                if entry.values.get("chain") != chain:
                    continue
                verdict = _judges(entry, source, config, target)
                if verdict == "accept":
                    break
                if verdict == "drop":
                    yield (
                        f"baris {entry.line}: rantai {chain} membuang sesi kelola dari {source} "
                        "sebelum ada aturan yang menerimanya"
                    )
                    break


def _judges(rule: Entry, source: Network, config: Config, target: Target) -> str:
    """``drop`` when it surely drops a new management session, ``accept`` when it may let it pass, else nothing."""
    values = rule.values
    if canonical("bool", values.get("disabled", "no")) == "yes":
        return ""
    action = values.get("action", "accept")
    sure = set(values) <= _PACKET_MATCHERS
    states = values.get("connection-state", "new")
    if ("new" in states.removeprefix("!").split(",")) == states.startswith("!"):
        return ""
    protocol = values.get("protocol")
    if protocol is not None and protocol not in ("tcp", "6", "!udp", "!icmp"):
        return ""
    if "dst-port" in values and not _port(values["dst-port"], target.port):
        return ""
    ours = address_of(target)
    if "dst-address" in values:
        hit = _inside(values["dst-address"], networks([ours])) if ours else None
        if hit is False:
            return ""
        sure = sure and hit is True
    if "src-address" in values:
        hit = _inside(values["src-address"], [source])
        if hit is False:
            return ""
        sure = sure and hit is True
    if "src-address-list" in values:
        hit = _listed(values["src-address-list"], source, config)
        if hit is False:
            return ""
        sure = sure and hit is True
    if action in _DROPS:
        return "drop" if sure else ""
    if action in ("accept", "jump", "fasttrack-connection"):
        return "accept"
    return ""


def _port(text: str, port: int) -> bool:
    negated, ports = text.startswith("!"), text.removeprefix("!")
    hit = False
    for part in ports.split(","):
        low, _, high = part.partition("-")
        if low.isdigit() and int(low) <= port <= int(high if high.isdigit() else low):
            hit = True
    return hit != negated


def _inside(text: str, wanted: list[Network]) -> bool | None:
    """Whether all of ``wanted`` match an address condition, none of it does, or (None) that cannot be told."""
    negated, plain = text.startswith("!"), text.removeprefix("!")
    allowed = networks([plain])
    if not allowed or not wanted:
        return None
    if all(covers(allowed, net) for net in wanted):
        return not negated
    if not any(net.version == allowed[0].version and net.overlaps(allowed[0]) for net in wanted):
        return negated
    return None


def _listed(text: str, source: Network, config: Config) -> bool | None:
    negated, name = text.startswith("!"), text.removeprefix("!")
    members = [entry for entry in config.of("/ip/firewall/address-list") if entry.values.get("list") == name]
    if not members:
        return None
    inside = covers(networks(entry.values.get("address", "") for entry in members), source)
    if inside:
        return not negated
    # Somebody else may have put it on the list too, but a text that defines the list must not count on that.
    return True if negated else None


class Path:
    """What carries the management session, seen on the device and in the intended text."""

    def __init__(self, target: Target, running: Config, intended: Config) -> None:
        self._sides = (running, intended)
        self._address = address_of(target)
        self._sources = networks(target.sources)
        self.carriers = self._carriers()
        self._lists = self._used_lists()

    def touches(self, path: str, *entries: Entry | None) -> str:
        """Say how a difference between two states of an item touches the way in; empty when it does not."""
        sides = [entry.values for entry in entries if entry is not None]
        if path in _ACCESS:
            return _ACCESS[path]
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
