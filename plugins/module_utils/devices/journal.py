# SPDX-License-Identifier: GPL-3.0-or-later
"""Who keeps the evidence of a transaction. The transaction knows only this protocol."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from .report import Report


class Journal(Protocol):
    """Told when a device is about to be touched, and how that ended."""

    def begin(self, report: Report) -> None:
        """Record that a change is about to start; ``report.before`` and ``report.patch`` are filled.

        Raises:
            RefusedError: it cannot be recorded, so nothing may be touched.
        """

    def end(self, report: Report) -> None:
        """Record the end of what `begin` announced.

        Raises:
            DeviceError: it cannot be recorded; the device's state stands as ``report`` says.
        """


class NoJournal:
    """Keeps nothing: for callers that keep their evidence elsewhere."""

    def begin(self, report: Report) -> None:
        """Do nothing."""

    def end(self, report: Report) -> None:
        """Do nothing."""
