# SPDX-License-Identifier: GPL-3.0-or-later
"""What the transaction asks of a platform. Nothing else about a vendor is known outside its folder."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from ..guard import Guard, GuardState
from ..session import Session
from ..state import Change, Comparison


class Platform[IntendedT, ReadingT, PatchT](Protocol):
    """One vendor's way to read, compare, change and undo.

    ``IntendedT`` is the parsed configuration, ``ReadingT`` what one read of the device brought, ``PatchT`` a change
    that can be sent. The three are the platform's own affair.
    """

    #: netmiko's device type
    device_type: str
    #: whether commands go through netmiko's prompt handling; if not, only through channels of its transport
    interactive: bool

    def parse(self, text: str) -> IntendedT:
        """Parse the intended configuration before any login. Raises `RefusedError`."""

    def preflight(self, session: Session, intended: IntendedT) -> list[str]:
        """Check rights, tools and foreign guards; return notices for the operator. Raises `RefusedError`."""

    def read(self, session: Session, intended: IntendedT) -> ReadingT:
        """Read everything that is compared, changing nothing. Raises `SessionLostError`."""

    def normalise(self, intended: IntendedT, reading: ReadingT) -> Comparison:
        """Bring both sides into one canonical form. Raises `RefusedError` when the device rejects the intended one."""

    def diff(self, comparison: Comparison) -> list[Change]:
        """Return what is not as intended; empty when in sync."""

    def render_patch(self, intended: IntendedT, reading: ReadingT, changes: Sequence[Change]) -> PatchT:
        """Return what brings the device from the reading to the intended state."""

    def render_inverse(self, intended: IntendedT, reading: ReadingT, changes: Sequence[Change]) -> PatchT:
        """Return what brings the device back to the reading from any point of the patch."""

    def arm(self, session: Session, patch: PatchT, inverse: PatchT, seconds: int) -> Guard:
        """Put patch and inverse on the device and start the guard; nothing else is touched. Raises `RefusedError`."""

    def apply(self, session: Session, guard: Guard) -> None:
        """Start the patch, independent of this session, and wait for its end.

        Raises `ApplyFailedError` when the device reports a failure, `SessionLostError` when the session breaks.
        """

    def applied(self, session: Session, guard: Guard) -> None:
        """In a later session: wait for the patch that `apply` started. Raises the same errors."""

    def run_probe(self, session: Session, command: str, timeout: float) -> tuple[int, str]:
        """Run a probe's command with the platform's rights; return exit code and output. Raises `SessionLostError`."""

    def revert(self, session: Session, guard: Guard) -> None:
        """Fire the guard now, without waiting for its timer or for its end."""

    def guard_state(self, session: Session, guard: Guard) -> GuardState:
        """Ask the device where the guard stands."""

    def confirm(self, session: Session, guard: Guard) -> bool:
        """Stop the guard and keep the change; False when the guard was faster."""

    def save(self, session: Session) -> None:
        """Make the running state survive a reboot, on platforms where that is a step of its own."""

    def acknowledge(self, session: Session) -> None:
        """Forget the record of an earlier automatic restore, after it was reported."""
