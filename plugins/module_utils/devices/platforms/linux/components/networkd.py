# SPDX-License-Identifier: GPL-3.0-or-later
"""systemd-networkd: addresses and static routes of the interfaces that our files name."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import ClassVar, override

from ..bundle import File
from ..services import Unit
from ..shell import quote
from .base import Component, Parts, View
from .bridge import NO_SIGNAL, bundle_state
from .network_file import Interface, NetworkFile, netdev_name, parse_file, parse_ip

DAEMON_PATH = "/etc/systemd/networkd.conf.d/60-terpusat.conf"
#: seconds that addresses may take to appear after a reconfigure
_SETTLE = 10
_BOND = re.compile(r"^Kind=bond$", re.MULTILINE)

#: ``same IFACE INDEX``: still the interface that was read, not one made anew under its name
#: ``settle IFACE``: wait until networkd is done with an interface; ``appear IFACE``: until one that it makes is there
_SETTLE_FUNCTION = f"""\
same() {{ [ "$(cat "/sys/class/net/$1/ifindex" 2>/dev/null)" = "$2" ]; }}
appear() {{
    for _ in $(seq {_SETTLE * 10}); do
        [ -e "/sys/class/net/$1" ] && return 0
        sleep 0.1
    done
}}
settle() {{
    for _ in $(seq {_SETTLE * 10}); do
        case "$(networkctl list --no-legend "$1" 2>/dev/null)" in
            *configured*|*unmanaged*|*failed*) return 0 ;;
        esac
        sleep 0.1
    done
}}
"""


class Networkd(Component):
    """Routes that FRR learns stay: networkd is told not to manage foreign routes, in our networkd.conf.d file."""

    name = "networkd"
    globs = ("/etc/systemd/network/60-terpusat-*.network", "/etc/systemd/network/60-terpusat-*.netdev", DAEMON_PATH)
    tools: ClassVar[Mapping[str, str]] = {"ip": "iproute2", "networkctl": "systemd"}
    units = (Unit("systemd-networkd.service"),)
    follows = frozenset({"openvswitch"})

    @override
    def validate(self, files: Sequence[File]) -> list[str]:
        problems: list[str] = []
        names: dict[str, str] = {}
        for file in _network_files(files):
            try:
                name = parse_file(file.path, file.text).name
            except ValueError as error:
                problems.append(str(error))
                continue
            if name in names:
                problems.append(f"{file.path} dan {names[name]} mengatur antarmuka yang sama ({name})")
            names[name] = file.path
        return problems

    @override
    def reads(self, files: Sequence[File]) -> Mapping[str, str]:
        del files
        return {"address": "ip -j address", "route4": "ip -N -j -4 route", "route6": "ip -N -j -6 route"}

    @override
    def intended(self, view: View) -> Parts:
        return {name: file.lines() for name, file in _wanted(view.files).items()}

    @override
    def running(self, view: View) -> Parts:
        wanted = _wanted(view.files)
        return {name: shown.lines(wanted.get(name)) for name, shown in self._owned(view).items()}

    @override
    def degraded(self, view: View) -> Mapping[str, tuple[str, str]]:
        ours = {
            netdev_name(file.text) for file in view.files if file.path.endswith(".netdev") and _BOND.search(file.text)
        }
        links = json.loads(view.answers.out("address") or "[]")
        found: dict[str, tuple[str, str]] = {}
        for bond in sorted(ours):
            members = {link["ifname"]: link.get("operstate") for link in links if link.get("master") == bond}
            silent = {name: NO_SIGNAL for name, state in members.items() if state != "UP"}
            if silent:
                found[f"bundel {bond}"] = bundle_state(members, silent)
        return found

    @override
    def apply(self, view: View) -> str:
        wanted, owned = _wanted(view.files), self._owned(view)
        lines = [_SETTLE_FUNCTION]
        if DAEMON_PATH in view.changed:
            lines.append("systemctl restart systemd-networkd.service\n")
        else:
            lines.append("systemctl start systemd-networkd.service\nnetworkctl reload\n")
        everything = "layanan systemd-networkd" in view.changed or not view.changed
        touched = {file.path for file in view.files if file.path in view.changed}
        names = {parse_file(file.path, file.text).name for file in _network_files(view.files) if file.path in touched}
        names |= {name for name in wanted if name in view.changed or everything}
        made, seen = _netdevs(view.files), _indices(view)
        for name in sorted(names):
            # Reconfiguring takes FRR's nexthops with it, and zebra goes on as if its routes stood.
            anew = not view.changed and name in seen
            if anew:
                lines.append(f"if ! same {quote(name)} {seen[name]}; then\n")
            if name in owned:
                # networkd leaves foreign routes alone, as it is told to for FRR's sake.
                extra = owned[name].addresses - wanted[name].addresses
                lines.append(_remove(name, extra, set(owned[name].routes) - wanted[name].routes))
            if name in made:
                lines.append(f"appear {quote(name)}\n")
            lines.append(f"ip link set {quote(name)} up\nnetworkctl reconfigure {quote(name)}\nsettle {quote(name)}\n")
            lines += [*_wait(name, wanted[name]), *(["fi\n"] if anew else [])]
        for name in sorted(set(owned) - set(wanted)):
            # No longer ours: networkd has let go of it, its addresses and routes go too.
            lines.append(_remove(name, owned[name].addresses | owned[name].leased, owned[name].routes))
        lines += [_delete(name) for name in sorted(_live_netdevs(view) - made)]
        return "".join(lines)

    @override
    def restore(self, view: View) -> str:
        lines = [_SETTLE_FUNCTION, "networkctl reload\n"]
        if any(file.path == DAEMON_PATH for file in view.files):
            lines.insert(1, "systemctl try-restart systemd-networkd.service\n")
        shown = parse_ip(view.answers.out("address"), self._routes(view))
        for name in sorted({*self._owned(view), *_wanted(view.files)}):
            if name in shown:
                lines.append(f"networkctl reconfigure {quote(name)} 2>/dev/null && settle {quote(name)}\n")
                lines.append(_restore_interface(shown[name]))
        lines += [_delete(name) for name in sorted(_netdevs(view.files) - set(shown))]
        return "".join(lines)

    def _owned(self, view: View) -> dict[str, Interface]:
        """Interfaces that our files, present or former, name and that exist."""
        names = {*_wanted(view.files), *_live_names(view)}
        shown = parse_ip(view.answers.out("address"), self._routes(view))
        return {name: interface for name, interface in shown.items() if name in names}

    @staticmethod
    def _routes(view: View) -> list[str]:
        return [view.answers.out("route4"), view.answers.out("route6")]


def _indices(view: View) -> dict[str, int]:
    """Interface -> the kernel's number of it, as it was read."""
    return {
        link["ifname"]: link["ifindex"] for link in json.loads(view.answers.out("address") or "[]") if "ifindex" in link
    }


def _network_files(files: Iterable[File]) -> list[File]:
    return [file for file in files if file.path.endswith(".network")]


def _netdevs(files: Iterable[File]) -> set[str]:
    """Interfaces that networkd makes by these files: VLANs, bonds."""
    return {netdev_name(file.text) for file in files if file.path.endswith(".netdev")}


def _live_netdevs(view: View) -> set[str]:
    return {netdev_name(live.text) for path, live in view.live.items() if path.endswith(".netdev")}


def _delete(name: str) -> str:
    """networkd never removes what it made."""
    return f"ip link delete {quote(name)} 2>/dev/null || :\n" if name else ""


def _wanted(files: Sequence[File]) -> dict[str, NetworkFile]:
    parsed = (parse_file(file.path, file.text) for file in _network_files(files))
    return {file.name: file for file in parsed}


def _live_names(view: View) -> set[str]:
    names: set[str] = set()
    for path, live in view.live.items():
        if path.endswith(".network"):
            try:
                names.add(parse_file(path, live.text).name)
            except ValueError:
                continue  # edited by hand beyond what we write; its text shows up as changed anyway
    return names


def _wait(name: str, wanted: NetworkFile) -> list[str]:
    """Shell that waits until every address is there, and fails when one does not come."""
    return [
        f"for _ in $(seq {_SETTLE * 10}); do ip -o address show dev {quote(name)} | grep -qF ' {address} ' && break; "
        f"sleep 0.1; done\nip -o address show dev {quote(name)} | grep -qF ' {address} ' || "
        f"{{ echo {quote(f'alamat {address} tidak muncul di {name}')} >&2; exit 1; }}\n"
        for address in sorted(wanted.addresses)
    ]


def _remove(name: str, addresses: Iterable[str], routes: Iterable[str]) -> str:
    lines = [
        f"ip {route.replace('route', 'route del', 1)} dev {quote(name)} 2>/dev/null || :\n" for route in sorted(routes)
    ]
    lines += [f"ip address del {address} dev {quote(name)} 2>/dev/null || :\n" for address in sorted(addresses)]
    return "".join(lines)


def _restore_interface(former: Interface) -> str:
    """Shell that makes addresses and static routes exactly those that were read."""
    name = quote(former.name)
    addresses = sorted(former.addresses | former.leased)
    keep = " ".join(addresses)
    lines = [f"ip link set {name} mtu {former.mtu} {'up' if former.up else 'down'}\n"]
    lines.append(
        f"for a in $(ip -o address show dev {name} scope global | awk '{{print $4}}'); do\n"
        f'    case \' {keep} \' in *" $a "*) ;; *) ip address del "$a" dev {name} ;; esac\ndone\n'
    )
    lines += [f"ip address replace {address} dev {name}\n" for address in addresses]
    if former.up:
        lines.append(
            f"for p in 3 4; do ip -4 route flush dev {name} proto $p; ip -6 route flush dev {name} proto $p; done\n"
        )
        lines += [
            f"ip {route.replace('route', 'route replace', 1)} dev {name} proto {protocol}\n"
            for route, protocol in sorted(former.routes.items())
        ]
    return "".join(lines)
