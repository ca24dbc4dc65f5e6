# SPDX-License-Identifier: GPL-3.0-or-later
"""Whatever can be configured comes back from an export: import on a blank device, export again, the same text."""

import asyncio

from hypothesis import given, settings
from hypothesis import strategies as st

from emulators.core.clock import Clock
from emulators.core.personality import Personality
from emulators.routeros.commands.export import Style, render
from emulators.routeros.console import State
from emulators.routeros.device import Device
from emulators.routeros.schema.load import menus
from emulators.routeros.schema.menu import Kind, Menu, Property
from emulators.routeros.schema.version import Version
from emulators.routeros.services.accounts import EVERYTHING

VERSIONS = [Version.of("7.22.3"), Version.of("6.49.18")]
TEXT = st.text(st.sampled_from("abcXYZ 019.-_/:,;\"\\$?=[]{}()éß\n\t#!~'"), max_size=90)
# Menus whose items need others first; the personalities cover them.
_POOR = {("user",), ("user", "group"), ("interface", "ethernet"), ("system", "clock")}


def value(prop: Property) -> st.SearchStrategy[str]:
    """Something that the property's type takes, by its class."""
    kind = prop.type
    inner = getattr(kind, "inner", None)
    name = type(inner if inner is not None and type(kind).__name__ in ("Negatable", "Alternatives") else kind).__name__
    made: dict[str, st.SearchStrategy[str]] = {
        "Text": TEXT.filter(lambda text: len(text) <= (getattr(kind, "longest", None) or 90)),
        "Script": TEXT,
        "Bool": st.sampled_from(["yes", "no"]),
        "Time": st.integers(0, 10**8).map(lambda seconds: f"{seconds}s"),
        "Rate": st.integers(0, 10**10).map(str),
        "Ip": st.integers(1, 2**32 - 1).map(lambda n: ".".join(str(n >> shift & 255) for shift in (24, 16, 8, 0))),
        "Mac": st.binary(min_size=6, max_size=6).map(lambda raw: ":".join(f"{byte:02x}" for byte in raw)),
        "Match": st.sampled_from(["10.0.0.0/8", "10.9.8.7", "10.0.0.1-10.0.0.9"]),
        "Ports": st.sampled_from(["80", "80,443", "1000-2000"]),
        "Enum": st.sampled_from(kind.words) if kind.words else st.nothing(),
        "Flags": st.lists(st.sampled_from(kind.words), min_size=1, unique=True).map(",".join)
        if kind.words
        else st.nothing(),
    }
    return made.get(name, st.nothing())


def settable(menu: Menu) -> dict[str, st.SearchStrategy[str]]:
    found = {name: value(prop) for name, prop in menu.properties.items() if not prop.type.is_flag}
    return {name: strategy for name, strategy in found.items() if not strategy.is_empty}


def single_menus(version: Version) -> list[Menu]:
    return [m for m in menus(version).values() if m.kind is Kind.SINGLE and not m.virtual and m.path not in _POOR]


def rules(version: Version) -> list[Menu]:
    return [menus(version)["ip", "firewall", chain] for chain in ("filter", "nat", "mangle", "raw")]


@st.composite
def scripts(draw: st.DrawFn) -> tuple[Version, list[tuple[str, dict[str, str]]]]:
    """Commands as (beginning, arguments)."""
    version = draw(st.sampled_from(VERSIONS))
    commands = []
    for menu in draw(st.lists(st.sampled_from([*single_menus(version), *rules(version)]), min_size=1, max_size=8)):
        possible = settable(menu)
        if not possible:
            continue
        names = draw(st.lists(st.sampled_from(sorted(possible)), min_size=1, max_size=6, unique=True))
        arguments = {name: draw(possible[name]) for name in names}
        if menu.kind is Kind.LIST:
            arguments["chain"] = draw(st.sampled_from(["input", "forward", "khusus"]))
        commands.append(("/" + " ".join(menu.path) + (" add" if menu.kind is Kind.LIST else " set"), arguments))
    return version, commands


def quote(text: str) -> str:
    r"""As a person would: everything quoted, bytes beyond ASCII as they are."""
    table = {'"': '\\"', "\\": "\\\\", "$": "\\$", "\n": "\\n", "\t": "\\t"}
    return '"' + "".join(table.get(char, char) for char in text) + '"'


async def _console(version: Version) -> tuple[Device, State, list[str]]:
    shown: list[str] = []

    async def write(text: str) -> None:
        shown.append(text)

    device = Device(Personality(name="r", platform="routeros", version=str(version), serial="X1"), Clock())
    device.boot()
    return device, State(device.context("admin", EVERYTHING, write)), shown


@settings(max_examples=40)
@given(scripts())
def test_export_import_export(made: tuple[Version, list[tuple[str, dict[str, str]]]]) -> None:
    version, commands = made

    async def check() -> None:
        device, state, shown = await _console(version)
        for head, arguments in commands:
            line = " ".join([head, *(f"{name}={quote(text)}" for name, text in arguments.items())])
            await device.run_line(state, line)
        for style in (Style(terse=True, header=False), Style(header=False), Style(verbose=True, header=False)):
            text = render(device, style)
            blank, other, answers = await _console(version)
            blank.files["lagi.rsc"] = text.encode()
            await blank.run_line(other, "/import lagi.rsc")
            assert "executed successfully" in "".join(answers), ("".join(answers), text)
            assert blank.config() == device.config()
        assert all("Script Error" not in text and "(line" not in text for text in shown), shown

    asyncio.run(check())
