# SPDX-License-Identifier: GPL-3.0-or-later
"""Configurations typed at without SSH, and a farm with one device of each kind."""

from collections.abc import Iterator

import pytest

from emulators.core import DeviceHandle, Farm, Personality
from emulators.ios import interfaces
from emulators.ios.config import Config
from emulators.ios.configurator import Configurator

BOXES = {
    "access": (frozenset({"switch"}), "GigabitEthernet1/0/1-4"),
    "core": (frozenset({"switch", "l3", "xe"}), "GigabitEthernet1/0/1-4"),
    "router": (frozenset({"router"}), "GigabitEthernet0/0-2"),
    "xe-router": (frozenset({"router", "xe"}), "GigabitEthernet0/0/0-2"),
}


class Bench:
    """A factory-new box in configuration mode: `type(lines)` returns what it printed."""

    def __init__(self, box: str) -> None:
        traits, ports = BOXES[box]
        self.config = Config(traits, tuple(interfaces.spread(ports)), factory=True)
        self.work = Configurator(self.config, interactive=False)

    def type(self, *lines: str) -> str:
        out = ""
        for text in lines:
            for line in text.splitlines():
                reply = self.work.feed(line)
                out += reply.text
                if reply.confirm:
                    reply.confirm.then()
                if reply.left:
                    self.work = Configurator(self.config, interactive=False)
        return out

    def shown(self, start: str = "") -> list[str]:
        """Lines of the running configuration; with `start` the section (or lines) that begin so."""
        lines = [line for line in self.config.lines() if line != "!"]
        if not start:
            return lines
        out: list[str] = []
        inside = False
        for line in lines:
            inside = line.startswith(start) or (inside and line.startswith((" ", "\t")))
            if inside:
                out.append(line)
        return out


@pytest.fixture
def access() -> Bench:
    return Bench("access")


@pytest.fixture
def core() -> Bench:
    return Bench("core")


@pytest.fixture
def router() -> Bench:
    return Bench("router")


@pytest.fixture(scope="module")
def farm() -> Iterator[Farm]:
    with Farm([Personality.load(f"ios-{kind}") for kind in ("access", "core", "router")]) as farm:
        yield farm


def fresh(device: DeviceHandle) -> DeviceHandle:
    """As after the first boot."""

    def restart(box) -> None:
        box.saved = None
        box.idle()
        box.files.clear()
        box.archive.names.clear()
        box.boot()

    device.clear_faults()
    device.boot()
    device.wait_for(lambda box: not box.sessions)
    device.ask(restart)
    return device


@pytest.fixture
def switch(farm: Farm) -> DeviceHandle:
    return fresh(farm["ios-access"])


@pytest.fixture
def l3switch(farm: Farm) -> DeviceHandle:
    return fresh(farm["ios-core"])


@pytest.fixture
def edge(farm: Farm) -> DeviceHandle:
    return fresh(farm["ios-router"])
