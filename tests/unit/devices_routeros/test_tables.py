# SPDX-License-Identifier: GPL-3.0-or-later
"""The tables of version 7 against RouterOS 7.22.3's own command tree.

The tree is found through ``TERPUSAT_ORACLE`` (the file or its folder) or in ``../shared/oracle`` beside the checkout.
"""

from __future__ import annotations

import gzip
import json
import os
from pathlib import Path
from typing import Any

import pytest

from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.platforms.routeros.menus import RANK, TABLE
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.platforms.routeros.menus.model import (
    FIXED,
    ORDERED,
    SINGLETON,
    Menu,
)
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.platforms.routeros.values import canonical

VERSION = (7, 22, 3)
_ROOT = Path(__file__).resolve().parents[3]
_NAME = "routeros-7.22.3-deep-inspect.json.gz"
#: menus of packages and boards that the tree's machine (a CHR) lacks
_NOT_ON_CHR = {"/interface/wireless/security-profiles", "/system/routerboard/settings"}
SEVEN = [menu for menu in TABLE.values() if menu.exists_in(VERSION) and menu.path not in _NOT_ON_CHR]


@pytest.fixture(scope="module")
def tree() -> dict[str, Any]:
    """The command tree."""
    path = Path(os.environ.get("TERPUSAT_ORACLE", _ROOT.parent / "shared" / "oracle"))
    path = path / _NAME if path.is_dir() else path
    if not path.is_file():
        pytest.skip(f"pohon perintah RouterOS 7.22.3 tidak ada ({path.name}); isi TERPUSAT_ORACLE")
    with gzip.open(path) as file:
        found: dict[str, Any] = json.load(file)
    return found


def _menu(tree: dict[str, Any], path: str) -> dict[str, Any]:
    node = tree
    for part in path[1:].split("/"):
        node = node.get(part, {})
    return node


def _arguments(node: dict[str, Any]) -> dict[str, Any]:
    return {**node.get("add", {}), **node.get("set", {})}


@pytest.mark.parametrize("menu", SEVEN, ids=lambda menu: menu.path)
def test_menus_and_arguments_exist(menu: Menu, tree: dict[str, Any]) -> None:
    node = _menu(tree, menu.path)
    known = _arguments(node)
    assert known, f"{menu.path} tidak ada di pohon perintah"
    missing = sorted(
        prop.name
        for prop in menu.fields(VERSION).values()
        if prop.name not in known and not prop.hardware and not prop.read_only
    )
    assert missing == []
    assert ("add" in node) == (menu.kind not in (SINGLETON, FIXED)), menu.path
    if menu.kind == ORDERED:
        assert "move" in node


@pytest.mark.parametrize("menu", SEVEN, ids=lambda menu: menu.path)
def test_closed_values_are_those_of_the_device(menu: Menu, tree: dict[str, Any]) -> None:
    known = _arguments(_menu(tree, menu.path))
    for prop in menu.fields(VERSION).values():
        if not prop.values or prop.name not in known:
            continue
        argument = known[prop.name]
        told = {value for value in argument.get("_completion") or {} if value not in ("!", ",", ":")}
        words = (
            set((argument.get("desc") or "").split("[,")[0].split("|"))
            if "[," in (argument.get("desc") or "")
            else set()
        )
        assert prop.values == (told | words) - {""}, f"{menu.path} {prop.name}"
        if prop.default:
            assert set(prop.default.split(",")) <= prop.values, f"{menu.path} {prop.name}={prop.default}"


def test_defaults_are_in_canonical_reach() -> None:
    for menu in TABLE.values():
        for prop in menu.all_properties:
            if prop.default is not None:
                once = canonical(prop.kind, prop.default)
                assert canonical(prop.kind, once) == once, f"{menu.path} {prop.name}"


def test_keys_are_properties_and_menus_come_once() -> None:
    for menu in TABLE.values():
        names = {prop.name for prop in menu.all_properties}
        assert all(name in names for key in menu.keys for name in key), menu.path
        assert menu.kind == SINGLETON or menu.keys or menu.commentable, menu.path
    assert len(RANK) == len(TABLE)


def test_versions_differ() -> None:
    ntp = TABLE["/system/ntp/client"]
    assert "primary-ntp" in ntp.fields((6, 49))
    assert "primary-ntp" not in ntp.fields(VERSION)
    assert "servers" in ntp.fields(VERSION)
    assert "servers" not in ntp.fields((6, 49))
    assert not TABLE["/interface/wireguard"].exists_in((6, 49))
    assert not TABLE["/routing/ospf/network"].exists_in((7, 1))
    assert TABLE["/routing/ospf/network"].exists_in(None)
