# SPDX-License-Identifier: GPL-3.0-or-later
"""What a menu does by itself when its items change: names made up, networks computed, jobs started."""

from __future__ import annotations

import base64
import hashlib
import ipaddress
from collections.abc import Callable
from typing import TYPE_CHECKING

from ..errors import PermissionFailureError, RunError
from ..schema.menu import Menu, Path
from ..store import factory
from ..store.config import INTERFACE
from ..store.item import Item

if TYPE_CHECKING:
    from ..device import Device
    from ..script.context import Context

type Preparing = Callable[["Device", Item, "Context"], None]

DEFAULT_POLICY = "ftp,reboot,read,write,policy,test,password,sniff,sensitive,romon"


def adding(device: Device, menu: Menu, item: Item, context: Context) -> None:
    """Before a new item is judged for uniqueness: fills in what the device makes up."""
    if menu.autoname and "name" in menu.properties and not item.values.get("name"):
        item.values["name"] = _free_name(device, menu)
    for name, kind in menu.generated.items():
        if name not in item.values:
            item.values[name] = _generate(device, menu, kind)
    if menu.interface:
        item.marks.add("running")
    prepare = _PREPARE.get(menu.path)
    if prepare is not None:
        prepare(device, item, context)


def changing(device: Device, menu: Menu, former: Item, item: Item, context: Context) -> None:
    """Before changed values are stored; `item` holds them."""
    moved = menu.path == ("ip", "address") and item.values.get("address") != former.values.get("address")
    if moved and item.values.get("network") == former.values.get("network"):
        item.values.pop("network", None)
    prepare = _PREPARE.get(menu.path)
    if prepare is not None:
        prepare(device, item, context)


def removing(device: Device, menu: Menu, item: Item) -> None:
    if menu.path == ("user",):
        admins = [u for u in device.store.items(menu.path) if u.values.get("group") == "full" and not u.disabled]
        if admins == [item]:
            raise RunError("failure: can not remove last user with full permissions")


def _free_name(device: Device, menu: Menu) -> str:
    taken = {item.name() for item in device.store.items(INTERFACE if menu.interface else menu.path)}
    number = 1
    while f"{menu.autoname}{number}" in taken:
        number += 1
    return f"{menu.autoname}{number}"


def _generate(device: Device, menu: Menu, kind: str) -> str:
    seed = f"{device.personality.serial}{menu.path}{len(device.store.items(menu.path))}{device.entropy()}"
    if kind == "mac":
        return "02" + factory.mac(seed)[2:]
    if kind == "key":
        return base64.b64encode(hashlib.sha256(seed.encode()).digest()).decode()
    return str(13231 + len(device.store.items(menu.path)))


def _address(device: Device, item: Item, context: Context) -> None:  # noqa: ARG001
    address = item.values["address"]
    mask = item.values.pop("netmask", None)
    if mask and address.endswith("/32"):
        address = item.values["address"] = str(ipaddress.ip_interface(f"{address.partition('/')[0]}/{mask}"))
    if "network" not in item.values:
        item.values["network"] = str(ipaddress.ip_interface(address).network.network_address)


def _route(device: Device, item: Item, context: Context) -> None:  # noqa: ARG001
    """6 writes down the distance in any case."""
    if device.version.major < 7:
        item.values.setdefault("distance", "1")


_WITH_PORTS = ("tcp", "udp", "udp-lite", "dccp", "sctp")


def _rule(device: Device, item: Item, context: Context) -> None:  # noqa: ARG001
    item.values.setdefault("action", "accept")
    protocol = item.values.get("protocol", "").removeprefix("!")
    if protocol not in _WITH_PORTS and any(name in item.values for name in ("src-port", "dst-port", "port")):
        raise RunError(f"failure: ports can be specified if proto is {','.join(_WITH_PORTS)}")
    if protocol != "tcp" and "tcp-flags" in item.values:
        raise RunError("failure: tcp-flags works only with tcp")
    if protocol != "icmp" and "icmp-options" in item.values:
        raise RunError("failure: icmp-options can be specified if proto is icmp")


def _job(device: Device, item: Item, context: Context) -> None:
    menu = device.menus["system", "scheduler"]
    if device.mode_forbids("scheduler"):
        raise RunError("failure: not allowed by device-mode")
    _rights(item, context)
    item.facts.setdefault("owner", context.user)
    item.facts.setdefault("run-count", "0")
    if item.values.get("start-time") == "startup":
        item.values.pop("start-date", None)
        return
    moment = device.local_time()
    if "start-time" not in item.values:
        item.values["start-time"] = moment.strftime("%H:%M:%S")
    if "start-date" not in item.values:
        item.values["start-date"] = menu.properties["start-date"].type.parse(moment.strftime("%Y-%m-%d"), device)


def _script(device: Device, item: Item, context: Context) -> None:  # noqa: ARG001
    _rights(item, context)
    item.values.setdefault("owner", context.user)
    item.values.setdefault("dont-require-permissions", "no")
    item.facts.setdefault("run-count", "0")


def _rights(item: Item, context: Context) -> None:
    """Nobody gives a script more than he may do himself."""
    wanted = item.values.setdefault("policy", ",".join(p for p in DEFAULT_POLICY.split(",") if context.may(p)))
    if wanted and not set(wanted.split(",")) <= context.policies:
        raise PermissionFailureError


def _lease(device: Device, item: Item, context: Context) -> None:  # noqa: ARG001
    item.facts.setdefault("status", "waiting")


def _list_entry(device: Device, item: Item, context: Context) -> None:  # noqa: ARG001
    item.facts.setdefault("creation-time", device.stamp())
    if item.values.get("timeout"):
        item.marks.add("dynamic")


def _policy(device: Device, item: Item, context: Context) -> None:  # noqa: ARG001
    if item.values.get("template") != "yes" and not item.values.get("peer") and "default" not in item.marks:
        raise RunError("failure: Peer not set!")


def _group(device: Device, item: Item, context: Context) -> None:  # noqa: ARG001
    if not item.values.get("name"):
        raise RunError("failure: invalid group name")


_PREPARE: dict[Path, Preparing] = {
    ("ip", "address"): _address,
    ("ip", "route"): _route,
    ("ip", "dhcp-server", "lease"): _lease,
    ("ip", "firewall", "address-list"): _list_entry,
    **{("ip", "firewall", chain): _rule for chain in ("filter", "nat", "mangle", "raw")},
    ("ip", "ipsec", "policy"): _policy,
    ("system", "scheduler"): _job,
    ("system", "script"): _script,
    ("user", "group"): _group,
}
