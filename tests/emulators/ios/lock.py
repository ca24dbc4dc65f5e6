# SPDX-License-Identifier: GPL-3.0-or-later
"""Exclusive Configuration Change Access: one user at a time in configuration mode."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .device import Device

TAKEN = (
    "Configuration mode locked exclusively. The lock will be cleared once you exit out of configuration mode "
    "using end/exit\n"
)


class ConfigLock:
    """`line`: the vty that holds it, None: free."""

    def __init__(self, device: "Device") -> None:
        self._device = device
        self.user = ""
        self.line: int | None = None
        self._why = ""
        self._since = 0.0

    def take(self, user: str, line: int, terminal: str) -> None:
        self.user, self.line, self._why = user, line, terminal
        self._since = self._device.clock.monotonic()

    def free(self) -> None:
        self.user, self.line, self._why = "", None, ""

    def refusal(self, line: int) -> str | None:
        """What another session is told; None: this vty may configure."""
        if self.line is None or (self.line == line and self.user not in self._device.others):
            return None
        return (
            f"Configuration mode locked exclusively by user '{self.user}' process '{88 + self.line}' "
            f"from terminal '{self.line}'. Please try later.\n"
        )

    def show(self) -> str:
        held = self.line is not None
        rows = {
            "Owner PID": 88 + self.line if self.line is not None else -1,
            "User": self.user or "unknown",
            "TTY": self.line if self.line is not None else -1,
            "Type": "EXCLUSIVE" if held else "NO LOCK",
            "State": "LOCKED" if held else "FREE",
            "Class": "EXPOSED" if held else "unknown",
            "Count": int(held),
            "Pending Requests": 0,
            "User debug info": self._why,
            "Session idle state": "TRUE",
            "No of exec cmds getting executed": 0,
            "No of exec cmds blocked": 0,
            "Config wait for show completion": "FALSE",
            "Remote ip address": self._device.source if held else "Unknown",
            "Lock active time (in Sec)": int(self._device.clock.monotonic() - self._since) if held else 0,
            "Lock Expiration timer (in Sec)": 0,
        }
        body = "".join(f"{name:<21}: {value}\n" for name, value in rows.items())
        return f"Parser Configure Lock\n---------------------\n{body}\n"
