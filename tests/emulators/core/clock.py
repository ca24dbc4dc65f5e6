# SPDX-License-Identifier: GPL-3.0-or-later
"""The device's own time: timers that really fire on the event loop, `scale` device seconds per real second."""

import asyncio
import datetime
from collections.abc import Callable


class Timer:
    """One pending action of a device."""

    def __init__(self, clock: "Clock", seconds: float, action: Callable[[], None]) -> None:
        self._clock = clock
        self._action = action
        self.due = clock.monotonic() + seconds
        self._handle = asyncio.get_running_loop().call_later(seconds / clock.scale, self._fire)
        clock.timers.add(self)

    def reschedule(self) -> None:
        """The clock was put forward."""
        self._handle.cancel()
        self._handle = asyncio.get_running_loop().call_later(self.remaining / self._clock.scale, self._fire)

    @property
    def remaining(self) -> float:
        """Device seconds until it fires."""
        return max(0.0, self.due - self._clock.monotonic())

    @property
    def pending(self) -> bool:
        return self in self._clock.timers

    def cancel(self) -> None:
        self._handle.cancel()
        self._clock.timers.discard(self)

    def _fire(self) -> None:
        self._clock.timers.discard(self)
        self._action()


class Clock:
    """`monotonic`: device seconds since the emulator was made; `now`: the device's wall clock in UTC."""

    def __init__(self, scale: float = 1.0) -> None:
        self.scale = scale
        self.timers: set[Timer] = set()
        self._start = asyncio.get_running_loop().time()
        self._epoch = datetime.datetime.now(datetime.UTC)
        self.booted = 0.0

    def monotonic(self) -> float:
        return (asyncio.get_running_loop().time() - self._start) * self.scale

    def now(self) -> datetime.datetime:
        return self._epoch + datetime.timedelta(seconds=self.monotonic())

    @property
    def uptime(self) -> float:
        """Device seconds since the last boot."""
        return self.monotonic() - self.booted

    def after(self, seconds: float, action: Callable[[], None]) -> Timer:
        """Run `action` in `seconds` of device time; a reboot cancels it (`cancel_all`)."""
        return Timer(self, seconds, action)

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds / self.scale)

    def advance(self, seconds: float) -> None:
        """Puts the clock forward: what is due by then fires at once, in order."""
        self._start -= seconds / self.scale
        for timer in sorted(self.timers, key=lambda timer: timer.due):
            timer.reschedule()

    def cancel_all(self) -> None:
        for timer in list(self.timers):
            timer.cancel()
