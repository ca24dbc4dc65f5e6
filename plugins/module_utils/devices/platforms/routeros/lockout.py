# SPDX-License-Identifier: GPL-3.0-or-later
"""What in an intended text would cut the last way in for management: judged before any login, told with its line."""

from __future__ import annotations

from collections.abc import Iterable

from ...target import Target
from .items import Config, Entry
from .management import Network, address_of, covers, networks
from .values import canonical

_PACKET_MATCHERS = frozenset(
    {"chain", "action", "comment", "disabled", "log", "log-prefix", "src-address", "dst-address", "protocol",
     "dst-port", "connection-state", "src-address-list", "reject-with", "jump-target"}
)  # fmt: skip
_DROPS = frozenset({"drop", "reject", "tarpit"})


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
