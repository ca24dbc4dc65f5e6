# SPDX-License-Identifier: GPL-3.0-or-later
"""Safe mode: one session holds it; what was changed meanwhile is undone when that session breaks off.

help.mikrotik.com, Configuration Management, Safe Mode: changes of other sessions are undone too; a dropped TCP session
takes about nine minutes to be noticed; more than 100 actions end the mode with nothing undone; /quit keeps the changes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...core.clock import Timer

if TYPE_CHECKING:
    from ..device import Device

LOST_AFTER_SECONDS = 540.0
ACTIONS = 100


class SafeMode:
    """`holder`: an object that stands for the session; None: nobody."""

    def __init__(self, device: Device) -> None:
        self._device = device
        self.holder: object | None = None
        self.user = ""
        self._mark = 0
        self._keep = False
        self._timer: Timer | None = None

    def take(self, holder: object, user: str, *, keep: bool = False) -> None:
        """`keep`: the changes stay although the session breaks off (`on-error=release`)."""
        self.holder, self.user, self._mark = holder, user, self._device.store.history.total
        self._keep = keep
        self._stop_timer()
        self._device.add_log("system,info", f"safe mode taken by {user}")

    def release(self) -> None:
        """The changes stay."""
        self._end()

    def unroll(self) -> None:
        """Undoes what happened since it was taken."""
        history, store = self._device.store.history, self._device.store
        for action in history.since(self._mark) or []:
            if not action.undone:
                store.undo(action)
        self._device.add_log("system,info", "safe mode unrolled")
        self._end()

    def lost(self, holder: object) -> None:
        """The holder's connection is gone without a word."""
        if self.holder is holder:
            end = self.release if self._keep else self.unroll
            self._timer = self._device.clock.after(LOST_AFTER_SECONDS, end)

    def left(self, holder: object) -> None:
        """The holder logged out with /quit."""
        if self.holder is holder:
            self.release()

    def count(self) -> None:
        """After every action: the 101st ends safe mode silently."""
        if self.holder is not None and self._device.store.history.total - self._mark > ACTIONS:
            self._end()

    def boot(self) -> None:
        """A restart ends it: 7.18 and later keep what is not released in memory only; before, it is stored."""
        if self.holder is not None and self._device.version.safe_mode_command:
            self.unroll()
        self._end()

    def _end(self) -> None:
        self.holder = None
        self._stop_timer()

    def _stop_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
