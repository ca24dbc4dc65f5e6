# SPDX-License-Identifier: GPL-3.0-or-later
"""The emulator accepts nothing that RouterOS 7.22.3 lacks: every menu, command, argument and word of the v7 tables
stands in the command tree that a real 7.22.3 gave of itself."""

import gzip
import json
import os
from pathlib import Path
from typing import Any

import pytest

from emulators.routeros.schema.load import menus
from emulators.routeros.schema.menu import Menu
from emulators.routeros.schema.tree import Branch, tree
from emulators.routeros.schema.version import Version

VERSION = Version.of("7.22.3")
NAME = "routeros-7.22.3-deep-inspect.json.gz"
# The tree comes from a virtual machine (CHR), which lacks what only hardware has.
HARDWARE_MENUS = {("system", "routerboard"), ("system", "health")}
HARDWARE_PROPERTIES = {("system", "license"): {"software-id", "nlevel", "features"}}


def oracle_file() -> Path | None:
    """TERPUSAT_ORACLE (a file or its folder), or ../shared/oracle beside the checkout."""
    named = os.environ.get("TERPUSAT_ORACLE")
    folder = Path(named) if named else Path(__file__).parents[4].parent / "shared" / "oracle"
    file = folder if folder.is_file() else folder / NAME
    return file if file.is_file() else None


pytestmark = pytest.mark.skipif(
    oracle_file() is None,
    reason=f"pohon perintah RouterOS ({NAME}) tidak ada: isi TERPUSAT_ORACLE atau taruh di ../shared/oracle",
)


@pytest.fixture(scope="module")
def oracle() -> dict[str, Any]:
    file = oracle_file()
    assert file is not None
    with gzip.open(file, "rt", encoding="utf-8") as stream:
        root: dict[str, Any] = json.load(stream)
    return root


def at(oracle: dict[str, Any], path: tuple[str, ...]) -> dict[str, Any] | None:
    node: Any = oracle
    for name in path:
        node = node.get(name)
        if node is None:
            return None
    return node  # type: ignore[no-any-return]


def branches(branch: Branch) -> list[Branch]:
    return [branch, *(inner for child in branch.children.values() for inner in branches(child))]


def checked() -> list[Menu]:
    return [menu for menu in menus(VERSION).values() if menu.path not in HARDWARE_MENUS]


def words_of(argument: dict[str, Any]) -> set[str]:
    """Words that the tree offers for an argument: completions, and lists in the description (`a|b[,X*]`)."""
    found = set(argument.get("_completion", {}))
    return found | set(str(argument.get("desc", "")).partition("[")[0].replace(" ", "|").split("|"))


def test_the_tree_is_of_this_version(oracle: dict[str, Any]) -> None:
    assert oracle["_meta"]["version"] == "7.22.3"


def test_every_menu_and_command_exists(oracle: dict[str, Any]) -> None:
    unknown = []
    for branch in branches(tree(VERSION)):
        if branch.path in HARDWARE_MENUS:
            continue
        node = at(oracle, branch.path)
        if node is None:
            unknown.append("/" + "/".join(branch.path))
            continue
        unknown += ["/" + "/".join((*branch.path, name)) for name in branch.commands if name not in node]
    assert unknown == []


def test_every_argument_of_every_command_exists(oracle: dict[str, Any]) -> None:
    unknown = []
    for branch in branches(tree(VERSION)):
        for name, signature in branch.commands.items():
            if branch.path in HARDWARE_MENUS:
                continue
            node = at(oracle, (*branch.path, name))
            if node is None:
                continue
            unknown += [f"/{'/'.join((*branch.path, name))} {word}" for word in signature.arguments if word not in node]
    assert unknown == []


def test_every_property_exists_where_it_can_be_set(oracle: dict[str, Any]) -> None:
    unknown = []
    for menu in checked():
        node = at(oracle, menu.path)
        assert node is not None
        known = {name for verb in ("add", "set") for name in node.get(verb, {})}
        unknown += [f"/{'/'.join(menu.path)} {name}" for name in menu.properties if name not in known]
    assert unknown == []


def test_every_word_of_every_enumeration_exists(oracle: dict[str, Any]) -> None:
    unknown, compared = [], 0
    for menu in checked():
        node = at(oracle, menu.path)
        assert node is not None
        for name, prop in menu.properties.items():
            offered: set[str] = set()
            for verb in ("add", "set"):
                offered |= words_of(node.get(verb, {}).get(name, {}))
            for word in prop.type.words:
                compared += 1
                if word not in offered:
                    unknown.append(f"/{'/'.join(menu.path)} {name}={word}")
    assert compared > 2000
    assert unknown == []


def test_every_property_that_can_be_read_exists(oracle: dict[str, Any]) -> None:
    unknown = []
    for menu in checked():
        node = at(oracle, menu.path)
        assert node is not None
        known = set(node.get("get", {}).get("value-name", {}).get("_completion", {}))
        if not known:
            continue
        allowed = known | HARDWARE_PROPERTIES.get(menu.path, set())
        unknown += [f"/{'/'.join(menu.path)} {name}" for name in (*menu.read, *menu.flags) if name not in allowed]
    assert unknown == []


def test_required_arguments_are_arguments() -> None:
    for menu in menus(VERSION).values():
        assert set(menu.required) <= set(menu.properties), menu.path
        assert set(menu.generated) <= set(menu.properties), menu.path
        for rule in menu.unique:
            assert set(rule.of) <= set(menu.properties), menu.path
