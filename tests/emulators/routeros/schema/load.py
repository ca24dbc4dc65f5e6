# SPDX-License-Identifier: GPL-3.0-or-later
"""Builds the menus of a RouterOS version from `tables/*.yml`; made once per version and shared by all devices."""

import functools
from pathlib import Path as FilePath
from typing import Any

import yaml

from ..values.base import ValueRefusedError, ValueType
from ..values.factory import value_type
from .menu import Kind, Menu, Path, Property, Rule
from .spec import read_spec
from .version import Version

TABLES = FilePath(__file__).parent.parent / "tables"


@functools.cache
def _records() -> list[tuple[Path, dict[str, Any]]]:
    found = []
    for file in sorted(TABLES.glob("*.yml")):
        # CSafeLoader: 2,000 lines are read by every process that runs emulators.
        for path, record in yaml.load(
            file.read_text(encoding="utf-8"), getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        ).items():
            found.append((tuple(path.strip("/").split("/")), record))
    return found


@functools.cache
def menus(version: Version) -> dict[Path, Menu]:
    """ValueError when a table is wrong, or has a menu twice for this version."""
    made: dict[Path, Menu] = {}
    for path, record in _records():
        if "since" in record and version < Version.of(str(record["since"])):
            continue
        if "until" in record and not version < Version.of(str(record["until"])):
            continue
        if path in made:
            raise ValueError(f"tabel RouterOS: /{'/'.join(path)} ganda untuk {version}")
        made[path] = _menu(path, record, version)
    return made


def _menu(path: Path, record: dict[str, Any], version: Version) -> Menu:
    properties = {}
    for key, text in record.get("properties", {}).items():
        # `disabled@6`: what the property is in that major version only.
        name, _, major = key.partition("@")
        if major and int(major) != version.major:
            continue
        spec = read_spec(str(text))
        if spec.major is not None and spec.major != version.major:
            continue
        kind = value_type(spec.type, spec.arguments, negatable=spec.negatable, version=version.major)
        properties[name] = Property(name, kind, _default(path, name, kind, spec.default), spec.secret)
    hidden = record.get("hidden", ())
    return Menu(
        path=path,
        kind=Kind(record["kind"]),
        properties=properties,
        ordered=record.get("ordered", False),
        required=tuple(name for name in record.get("required", ()) if name in properties),
        one_of=_rule(record["one_of"]) if "one_of" in record else None,
        unique=tuple(_rule(rule) for rule in record.get("unique", ())),
        flags=record.get("flags", {}),
        read=_names(record, "read", version),
        columns=_names(record, "columns", version),
        items=tuple(record.get("items", ())),
        ident=record.get("ident", "default"),
        autoname=record.get("autoname", ""),
        interface=record.get("interface", ""),
        explicit=record.get("explicit", False) in (True, version.major),
        hidden=hidden if hidden is True else frozenset(hidden),
        generated=record.get("generated", {}),
        unset=record.get("unset", False),
        virtual=record.get("virtual", ""),
        changeable=record.get("changeable", False),
        without=tuple(record.get("without", ())),
        counted=record.get("counted", False),
        endless=record.get("endless", False),
    )


class _NoItems:
    """Defaults name no items, except built-in ones, which are taken as they stand."""

    def names(self, menu: Path) -> tuple[str, ...]:  # noqa: ARG002
        return ()


def _default(path: Path, name: str, kind: ValueType, default: str | None) -> str | None:
    """The default in the spelling that the device prints."""
    if not default or kind.targets:
        return default
    try:
        return kind.parse(default, _NoItems())
    except ValueRefusedError as error:
        raise ValueError(f"tabel RouterOS: /{'/'.join(path)} {name}: bawaan {default!r} tidak sah") from error


def _names(record: dict[str, Any], key: str, version: Version) -> tuple[str, ...]:
    """Names of which some versions have not all: `creation-time@6` a major one, `info@7.12+`, `key-owner@<7.12`."""
    split = [name.partition("@") for name in record.get(key, ())]
    return tuple(name for name, _, which in split if _fits(which, version))


def _fits(which: str, version: Version) -> bool:
    if which.startswith("<"):
        return version < Version.of(which[1:])
    if which.endswith("+"):
        return version >= Version.of(which[:-1])
    return not which or int(which) == version.major


def _rule(record: dict[str, Any]) -> Rule:
    return Rule(tuple(record["of"]), record["says"])
