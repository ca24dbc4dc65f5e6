# SPDX-License-Identifier: GPL-3.0-or-later
"""A desk: one emulated router on an event loop of its own, typed at without SSH."""

import asyncio
import selectors
from collections.abc import Callable, Iterator

import pytest

from emulators.core.clock import Clock
from emulators.core.personality import Personality
from emulators.routeros.console import State
from emulators.routeros.device import Device
from emulators.routeros.services.accounts import EVERYTHING


class _Skipping(selectors.DefaultSelector):
    """Instead of waiting for a timer, puts the loop's clock on."""

    loop: "QuickLoop"

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        if timeout:
            self.loop.now += timeout
        return super().select(0)


class QuickLoop(asyncio.SelectorEventLoop):
    """An event loop without waiting: timers fire in their order, at once, on a machine however busy."""

    def __init__(self) -> None:
        selector = _Skipping()
        selector.loop = self
        self.now = 0.0
        super().__init__(selector)

    def time(self) -> float:
        return self.now


class Desk:
    """`type(line)`: what the console answers."""

    def __init__(self, personality: Personality) -> None:
        self.loop = QuickLoop()
        self.device = self.loop.run_until_complete(self._make(personality))
        self._shown: list[str] = []
        self.state = State(self.device.context("admin", EVERYTHING, self._write))
        self.device.power_cycle = self._reboot

    async def _make(self, personality: Personality) -> Device:
        device = Device(personality, Clock(personality.time_scale))
        device.boot()
        return device

    async def _write(self, text: str) -> None:
        self._shown.append(text)

    def _reboot(self) -> None:
        self.device.clock.cancel_all()
        self.device.boot()
        self.state = State(self.device.context("admin", EVERYTHING, self._write))

    def type(self, line: str) -> str:
        self._shown.clear()
        self.loop.run_until_complete(self.device.run_line(self.state, line))
        return "".join(self._shown)

    def wait(self, seconds: float) -> None:
        """Lets device seconds pass."""
        self.loop.run_until_complete(self.device.clock.sleep(seconds))

    def do[T](self, action: Callable[[], T]) -> T:
        """Calls `action` where there is a running event loop."""

        async def call() -> T:
            return action()

        return self.loop.run_until_complete(call())

    def upload(self, name: str, text: str) -> None:
        self.device.files[name] = text.encode()
        self.do(lambda: self.device.file_stored(name, "admin"))

    def reboot(self) -> None:
        self.do(self._reboot)

    def config(self) -> str:
        return self.device.config()

    def close(self) -> None:
        self.device.clock.cancel_all()
        self.loop.run_until_complete(asyncio.sleep(0))
        self.loop.close()


@pytest.fixture
def make_desk() -> Iterator[Callable[..., Desk]]:
    desks: list[Desk] = []

    def make(version: str = "7.22.3", **changes: object) -> Desk:
        record = {"name": "r1", "platform": "routeros", "model": "hEX", "serial": "HG209XKE3C7"}
        desks.append(Desk(Personality(**{**record, "version": version, **changes})))  # type: ignore[arg-type]
        return desks[-1]

    yield make
    for desk in desks:
        desk.close()


@pytest.fixture
def desk(make_desk: Callable[..., Desk]) -> Desk:
    """A blank 7.22.3."""
    return make_desk()


@pytest.fixture
def old(make_desk: Callable[..., Desk]) -> Desk:
    """A blank 6.49.18."""
    return make_desk("6.49.18", model="hAP ac^2")
