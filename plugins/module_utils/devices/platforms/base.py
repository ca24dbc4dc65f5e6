# SPDX-License-Identifier: GPL-3.0-or-later
"""What the transaction asks of a platform. Nothing else about a vendor is known outside its folder."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from ..guard import Guard, GuardState, Strength
from ..preflight import Preflight
from ..probes import Probe
from ..secrecy import Fingerprints
from ..session import Session
from ..state import Change, Comparison
from ..target import Target


class Platform[IntendedT, ReadingT, PatchT](Protocol):
    """One vendor's way to read, compare, change and undo.

    ``IntendedT`` is the parsed configuration, ``ReadingT`` what one read of the device brought, ``PatchT`` a change
    that can be sent. The three are the platform's own affair. An object serves one transaction; it may keep what it
    needs between two of its steps.
    """

    #: netmiko's device type
    device_type: str
    #: whether commands go through netmiko's prompt handling; if not, only through channels of its transport
    interactive: bool
    #: whether `read` also works in a session that was opened for channels only, which spares the prompt's round trips
    reads_by_exec: bool

    def guard_seconds(self, wanted: int) -> int:
        """Return the shortest time, at least ``wanted`` seconds, that this platform's guard can be set to."""

    def parse(self, text: str, target: Target) -> IntendedT:
        """Parse and judge the intended configuration before any login.

        Raises:
            RefusedError: it does not parse, or would remove the last management access; the message names the line.
            UnsupportedError: ``target.version`` lacks something it uses.
        """

    def probe_refusal(self, probe: Probe) -> str:
        """Why the device cannot try a probe, and what to write instead; empty, unless overridden: it can.

        Asked before any login, so that no change is taken back for a probe that could never succeed.
        """
        del probe
        return ""

    def preflight(self, session: Session, intended: IntendedT) -> Preflight:
        """Check version, rights, tools, foreign guards and what our own guard depends on.

        Raises:
            RefusedError: something is missing. BusyError: somebody else is at work. UnsupportedError: not this system.
        """

    def read(self, session: Session, intended: IntendedT) -> ReadingT:
        """Read everything that is compared, changing nothing. Raises `SessionLostError`."""

    def unchanged(self, intended: IntendedT, reading: ReadingT) -> Comparison | None:
        """Tell quickly that nothing differs; None, unless overridden, when only `normalise` can say.

        For fleets, where nearly every device is as it should be. The states of the result may be empty, so it is no
        record of what the device runs.
        """
        del intended, reading
        return None

    def normalise(self, intended: IntendedT, reading: ReadingT) -> Comparison:
        """Bring both sides into one canonical form. Raises `RefusedError` when the device rejects the intended one."""

    def degraded(self, intended: IntendedT, reading: ReadingT) -> list[Change]:
        """What is configured as intended and does not work so, such as a cable of a bundle that carries nothing.

        For whoever looks after devices; no change of configuration can mend it, so a transaction does not ask. Empty,
        unless overridden.
        """
        del intended, reading
        return []

    def diff(self, comparison: Comparison, hide: Fingerprints) -> list[Change]:
        """Return what is not as intended, secrets replaced by ``hide``; empty when in sync."""

    def render_patch(self, intended: IntendedT, reading: ReadingT, changes: Sequence[Change]) -> PatchT:
        """Return what brings the device from the reading to the intended state."""

    def render_inverse(self, intended: IntendedT, reading: ReadingT, changes: Sequence[Change]) -> PatchT:
        """Return what brings the device back to the reading from any point of the patch."""

    def describe(self, patch: PatchT, hide: Fingerprints) -> str:
        """Return the commands of a patch or inverse in their order, one a line, as a person reads them; no secrets."""

    def snapshot(self, reading: ReadingT, hide: Fingerprints) -> dict[str, str]:
        """Return the device's configuration as file name → text for the archive: no secrets, nothing volatile."""

    def management_changes(self, intended: IntendedT, reading: ReadingT, changes: Sequence[Change]) -> list[str]:
        """Name the changes that touch the path of the management session; empty when none does."""

    def arm(self, session: Session, patch: PatchT, inverse: PatchT, seconds: int, strength: Strength) -> Guard:
        """Put patch and inverse on the device and start the guard; nothing else is touched.

        With strength none nothing is armed; `revert` then sends the inverse itself. Raises `RefusedError`, `BusyError`.
        """

    def apply(self, session: Session, guard: Guard) -> None:
        """Start the patch, independent of this session, and wait for its end.

        Raises `ApplyFailedError` when the device reports a failure, `SessionLostError` when the session breaks.
        """

    def applied(self, session: Session, guard: Guard) -> None:
        """In a later session: wait for the patch that `apply` started. Raises the same errors."""

    def run_probe(self, session: Session, probe: Probe, timeout: float) -> tuple[bool, str]:
        """Try a probe once on the device: did it succeed, and what was printed. Raises `SessionLostError`."""

    def revert(self, session: Session, guard: Guard) -> None:
        """Fire the guard now, without waiting for its timer or for its end."""

    def guard_state(self, session: Session, guard: Guard) -> GuardState:
        """Ask the device where the guard stands."""

    def confirm(self, session: Session, guard: Guard) -> bool:
        """Stop the guard and keep the change; False when the guard was faster."""

    def unsaved(self, session: Session, reading: ReadingT) -> bool:
        """Whether a reboot would bring back something else than was read. Raises `SessionLostError`."""

    def save(self, session: Session) -> None:
        """Make the running state survive a reboot, on platforms where that is a step of its own."""

    def acknowledge(self, session: Session) -> None:
        """Forget the record of an earlier automatic restore, after it was reported."""
