# SPDX-License-Identifier: GPL-3.0-or-later
"""/system history: what was changed, by whom, and the way back. Safe mode undoes from a mark onwards."""

from dataclasses import dataclass, field

from .changes import Change

# help.mikrotik.com, Configuration Management, Safe Mode: "up to 100 most recent actions".
LIMIT = 100


@dataclass
class Action:
    text: str
    by: str
    policy: str = "write"
    at: str = ""
    changes: list[Change] = field(default_factory=list)
    undone: bool = False


class History:
    """`actions`: newest last. `overflowed`: how many fell off the end since the device booted."""

    def __init__(self) -> None:
        self.actions: list[Action] = []
        self.total = 0

    def record(self, action: Action) -> None:
        # What was undone cannot be redone once something new happened.
        self.actions = [former for former in self.actions if not former.undone]
        self.actions.append(action)
        self.total += 1
        del self.actions[:-LIMIT]

    def since(self, mark: int) -> list[Action] | None:
        """The actions since `total` was `mark`, newest first; None when some are no longer known."""
        count = self.total - mark
        if count > len(self.actions):
            return None
        return list(reversed(self.actions[len(self.actions) - count :])) if count else []

    def clear(self) -> None:
        self.actions.clear()
