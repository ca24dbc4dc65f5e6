# SPDX-License-Identifier: GPL-3.0-or-later
"""Scheduled reloads: `reload in`, `reload at`, `reload cancel`, with the warnings on every terminal."""

from typing import TYPE_CHECKING

from ..core.clock import Timer
from . import clocktext

if TYPE_CHECKING:
    from .device import Device

NONE = "No reload is scheduled.\n"
ABORTED = "\n\n***\n*** --- SHUTDOWN ABORTED ---\n***\n"
_WARN_AT = (3600, 1800, 300, 60)


class ReloadPlan:
    def __init__(self, device: "Device") -> None:
        self._device = device
        self._timers: list[Timer] = []
        self._due: Timer | None = None
        self._who = ""
        self._reason = ""

    @property
    def scheduled(self) -> bool:
        return self._due is not None

    def schedule(self, seconds: int, who: str, reason: str) -> None:
        self.forget()
        self._who, self._reason = who, reason
        clock = self._device.clock
        self._due = clock.after(seconds, self._fire)
        self._timers = [clock.after(seconds - at, self._warning(at)) for at in _WARN_AT if at < seconds]
        due = clocktext.full(clock.now(), self._device.zone)
        self._device.log_message(
            f"%SYS-5-SCHEDULED_RELOAD: Reload requested at {due} by {who}. Reload Reason: {reason}."
        )

    def forget(self) -> None:
        for timer in [*self._timers, *([self._due] if self._due else [])]:
            timer.cancel()
        self._timers, self._due = [], None

    def cancel(self) -> bool:
        """False when none was scheduled; tells every terminal."""
        if self._due is None:
            return False
        self.forget()
        self._device.tell(None, ABORTED)
        return True

    def show(self) -> str:
        if self._due is None:
            return NONE
        left = clocktext.span(self._due.remaining)
        return f"Reload scheduled in {left} by {self._who}\nReload reason: {self._reason}\n"

    def _warning(self, at: int):  # type: ignore[no-untyped-def]
        hours, rest = divmod(at, 3600)
        text = f"\n\n***\n*** --- SHUTDOWN in {hours}:{rest // 60:02}:{rest % 60:02} ---\n***\n"
        return lambda: self._device.tell(None, text)

    def _fire(self) -> None:
        self._due = None
        self._device.event("reload as scheduled")
        self._device.power_cycle()
