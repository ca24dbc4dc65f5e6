# SPDX-License-Identifier: GPL-3.0-or-later
"""Every line that a role renders for RouterOS 7 stands in the command tree that a 7.22.3 gave of itself.

The tree is found through ``TERPUSAT_ORACLE`` (the file or its folder) or in ``../shared/oracle`` beside the checkout.
"""

from __future__ import annotations

import gzip
import json
import os
from pathlib import Path
from typing import Any

import pytest
from variants import rendered

from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.platforms.routeros.script import statements

_NAME = "routeros-7.22.3-deep-inspect.json.gz"
#: arguments whose words the tree lists all
_CLOSED = {"action", "type", "kind", "mode", "auth", "protocol-mode", "frame-types", "security", "check-gateway"}
_ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="module")
def tree() -> dict[str, Any]:
    path = Path(os.environ.get("TERPUSAT_ORACLE", _ROOT.parent / "shared" / "oracle"))
    path = path / _NAME if path.is_dir() else path
    if not path.is_file():
        pytest.skip(f"pohon perintah RouterOS 7.22.3 tidak ada ({path.name}); isi TERPUSAT_ORACLE")
    with gzip.open(path) as file:
        found: dict[str, Any] = json.load(file)
    return found


def complaints(tree: dict[str, Any], text: str) -> list[str]:
    """What of a script the tree lacks: menus, commands, arguments, and words where it lists all of them."""
    found: list[str] = []
    for statement in statements(text):
        node: Any = tree
        for part in statement.path[1:].split("/"):
            node = node.get(part, {})
        where = f"{statement.line}: {statement.path} {statement.verb}"
        if not node:
            found.append(f"{where}: no such menu")
            continue
        if not statement.verb:
            continue
        arguments = node.get(statement.verb)
        if arguments is None:
            found.append(f"{where}: no such command")
            continue
        for name in (*statement.values, *statement.flags):
            if name not in arguments:
                found.append(f"{where}: no argument {name}")
        for name, value in statement.values.items():
            words = {word for word in arguments.get(name, {}).get("_completion") or {} if word not in "!,:"}
            if words and name in _CLOSED and (name != "action" or "/firewall/" in statement.path):
                found += [f"{where}: {name}={word}" for word in set(value.split(",")) - words]
    return found


@pytest.mark.parametrize("name", ["br1", "core1", "rt-dinkes", "rt-disdik", "rt-satpolpp"])
def test_every_line_is_the_vendors(name: str, tree: dict[str, Any]) -> None:
    assert complaints(tree, rendered("routeros7")[name]) == []


def test_the_check_finds_what_the_vendor_lacks(tree: dict[str, Any]) -> None:
    assert complaints(tree, "/ip/addres\nadd address=10.0.0.1/24\n")
    assert complaints(tree, "/ip/address\nadd addres=10.0.0.1/24\n")
    assert complaints(tree, "/ip/firewall/filter\nadd chain=input action=acept\n")
    assert complaints(tree, "/interface/bridge\nadd name=br0 protocol-mode=rapid\n")
    assert complaints(tree, "/ip/address\nadd address=10.0.0.1/24 interface=ether1\n") == []
