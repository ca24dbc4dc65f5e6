# SPDX-License-Identifier: GPL-3.0-or-later
"""Rollback Confirmed Change: the device goes back to a saved configuration unless somebody confirms in time.

Sources: Configuration Management Configuration Guide (Configuration Rollback Confirmed Change); texts as devices print
them in published transcripts.
"""

import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..core.clock import Timer
from . import clocktext
from .config import Config

if TYPE_CHECKING:
    from .device import Device

NOT_PENDING = "%No Rollback Confirmed Change pending\n"
NEEDS_ARCHIVE = "%Turn config archive on before using Rollback Confirmed Change\n"
WARNING = (
    "Rollback Confirmed Change: Rollback will begin in one minute.\n"
    'Enter "configure confirm" if you wish to keep what you\'ve configured\n'
)


@dataclass(eq=False)
class Pending:
    """An armed rollback. `line`: the vty that armed it, None for somebody else's."""

    saved: Config
    file: str
    minutes: int
    idle: bool
    user: str
    line: int | None
    set_at: datetime.datetime
    timer: Timer | None = None
    warning: Timer | None = None


class Rollback:
    """The device's one pending rollback."""

    def __init__(self, device: "Device") -> None:
        self._device = device
        self.pending: Pending | None = None

    def arm(self, minutes: int, *, idle: bool, user: str, line: int | None, saved: Config, file: str) -> None:
        now = self._device.now()
        self.pending = Pending(saved, file, minutes, idle, user, line, now)
        self._start(self.pending)
        kind = "IDLETIMER" if idle else "ABSTIMER"
        who = f"User: {user}(Priv: 15, View: 0)"
        self._device.log_message(
            f"%ARCHIVE_DIFF-5-ROLLBK_CNFMD_CHG_BACKUP: Backing up current running config to {file}"
        )
        self._device.log_message(
            f"%ARCHIVE_DIFF-5-ROLLBK_CNFMD_CHG_START_{kind}: {who}: Scheduled to rollback to config {file} in "
            f"{minutes} minutes"
        )

    def retime(self, minutes: int, *, idle: bool) -> None:
        assert self.pending is not None
        self.pending.minutes, self.pending.idle = minutes, idle
        self.pending.set_at = self._device.now()
        self._start(self.pending)

    def touched(self, line: int) -> None:
        """Somebody typed on a line: an idle timer starts again."""
        if self.pending and self.pending.idle and self.pending.line == line:
            self._start(self.pending)

    def confirm(self, user: str) -> bool:
        """False when nothing was pending."""
        if self.pending is None:
            return False
        self.forget()
        self._device.log_message(
            f"%ARCHIVE_DIFF-5-ROLLBK_CNFMD_CHG_CONFIRM: User: {user}: Confirm the configuration change"
        )
        return True

    def forget(self) -> None:
        """Cancels without a word: confirmed, done, or lost in a reboot."""
        if self.pending is not None:
            for timer in (self.pending.timer, self.pending.warning):
                if timer is not None:
                    timer.cancel()
        self.pending = None

    def fire(self) -> str:
        """Goes back now; returns what the arming terminal shows."""
        pending = self.pending
        assert pending is not None
        self.forget()
        device = self._device
        device.event(f"rollback {pending.file}")
        commands = device.restore(pending.saved)
        device.log_message(f"%ARCHIVE_DIFF-5-ROLLBK_CNFMD_CHG_ROLLBACK_START: Start rolling to: {pending.file}")
        listed = "".join(f"{line}\n" for line in commands)
        return (
            f"Rollback Confirmed Change: rolling to:{pending.file}\n\n"
            f"!Pass 1\n!List of Rollback Commands:\n{listed}end\n\nTotal number of passes: 1\nRollback Done\n"
        )

    def status(self) -> str:
        """`show archive config rollback timer`"""
        if self.pending is None:
            return NOT_PENDING
        kind = "idle timer" if self.pending.idle else "absolute timer"
        return (
            f"Time configured(or reconfigured): {clocktext.full(self.pending.set_at, self._device.zone)}\n"
            f"Timer type: {kind}\nTimer value: {self.pending.minutes} min\nUser: {self.pending.user}\n"
        )

    def _start(self, pending: Pending) -> None:
        for timer in (pending.timer, pending.warning):
            if timer is not None:
                timer.cancel()
        seconds = pending.minutes * 60
        pending.timer = self._device.clock.after(seconds, self._expired)
        pending.warning = self._device.clock.after(max(0, seconds - 60), self._warn)

    def _warn(self) -> None:
        if self.pending is not None:
            self._device.tell(self.pending.line, WARNING)

    def _expired(self) -> None:
        assert self.pending is not None
        line = self.pending.line
        self._device.tell(line, self.fire())
