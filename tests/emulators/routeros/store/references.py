# SPDX-License-Identifier: GPL-3.0-or-later
"""Names that other items use: RouterOS stores them by identity, so a rename follows everywhere, and what pointed to an
item that is gone shows its number (`*A`)."""

from ..schema.menu import Menu, Path
from .config import INTERFACE, Config
from .item import Item


def renamed(config: Config, menu: Menu, old: str, new: str) -> None:
    """After an item of `menu` got another name."""
    for path, item, values in _users(config, menu, old, new):
        config.update(path, item, values)


def removed(config: Config, menu: Menu, item: Item) -> None:
    """After `item` of `menu` is gone; list members and addresses of a removed interface stay, marked by its number."""
    name = item.name()
    if name:
        renamed(config, menu, name, item.id)


def _users(config: Config, menu: Menu, old: str, new: str) -> list[tuple[Path, Item, dict[str, str]]]:
    targets = {menu.path} | ({INTERFACE} if menu.interface else set())
    found = []
    for path, other in config.menus.items():
        names = [name for name, prop in other.properties.items() if targets & set(prop.type.targets)]
        for item in config.items(path) if names else ():
            fresh = dict(item.values)
            for name in names:
                if name in fresh:
                    fresh[name] = other.properties[name].type.rename(fresh[name], old, new)
            if fresh != item.values:
                found.append((path, item, fresh))
    return found
