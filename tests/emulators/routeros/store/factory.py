# SPDX-License-Identifier: GPL-3.0-or-later
"""What a device has before anybody configured it: ports, services, built-in lists, default profiles, the first user."""

import hashlib
import secrets

from ..schema.menu import Menu
from ..values.base import Lookup
from .config import Config
from .item import Item

_MARKS = ("default", "builtin", "dynamic")


def mac(seed: str) -> str:
    """A stable address of MikroTik's block, the way one is printed on the case."""
    digest = hashlib.sha256(seed.encode()).hexdigest().upper()
    return "48:A9:8A:" + ":".join(digest[i : i + 2] for i in (0, 2, 4))


def random_mac() -> str:
    """A locally administered address, never twice the same."""
    return ":".join(f"{byte:02X}" for byte in (0x02, *secrets.token_bytes(5)))


def fill(config: Config, ports: list[str], serial: str, lookup: Lookup) -> None:
    """Puts the factory's items in an empty configuration."""
    for path, menu in config.menus.items():
        for record in menu.items:
            facts = {name: str(value) for name, value in record.items() if name in menu.read}
            marks = {name for name in _MARKS if record.get(name) is True}
            item = config.new_item(path, {})
            item.facts, item.marks, item.label = facts, marks, str(record.get("id", ""))
            for name, value in record.items():
                if name in menu.properties and not isinstance(value, bool):
                    _put(menu, item, name, str(value), lookup)
            item.factory = dict(item.values)
            config.items(path).append(item)
    ethernet = ("interface", "ethernet")
    for port in ports:
        item = config.new_item(ethernet, {"name": port, "mac-address": mac(serial + port)})
        item.facts = {"default-name": port, "orig-mac-address": item.values["mac-address"]}
        item.marks = {"running"}
        item.factory = dict(item.values)
        config.items(ethernet).append(item)
        queue = config.new_item(("queue", "interface"), {"queue": "only-hardware-queue"})
        queue.facts, queue.factory = {"interface": port}, {"queue": "only-hardware-queue"}
        config.items(("queue", "interface")).append(queue)


def _put(menu: Menu, item: Item, name: str, text: str, lookup: Lookup) -> None:
    """Names of other items are taken as they stand: those items may come later."""
    prop = menu.properties[name]
    value = text if prop.type.targets else prop.type.parse(text, lookup)
    if menu.explicit or value != prop.default:
        item.values[name] = value


def user(config: Config, name: str, password: str, group: str = "full") -> Item:
    item = config.new_item(("user",), {"name": name, "password": password, "group": group})
    config.items(("user",)).append(item)
    return item
