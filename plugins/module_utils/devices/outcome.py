# SPDX-License-Identifier: GPL-3.0-or-later
"""How a transaction can end, and the errors that say so.

Every error carries one sentence for the operator (Bahasa Indonesia): what happened, where, what to do.
"""

from __future__ import annotations

from enum import StrEnum


class Outcome(StrEnum):
    """The distinct ends of a transaction; the value is what reports and playbooks see."""

    IN_SYNC = "in_sync"
    CHANGED = "changed"
    OFFLINE = "offline"
    AUTH_FAILED = "auth_failed"
    REFUSED = "refused"
    BUSY = "busy"
    UNSUPPORTED = "unsupported"
    HOST_KEY = "host_key"
    ROLLED_BACK = "rolled_back"
    FAILED = "failed"
    UNKNOWN = "unknown"


class DeviceError(Exception):
    """A transaction ended without reaching the intended state."""

    outcome = Outcome.FAILED


class OfflineError(DeviceError):
    """No SSH server answered: refused, timed out, no route, name unknown, or the jump host's command ended."""

    outcome = Outcome.OFFLINE


class AuthFailedError(DeviceError):
    """The device answered and would not let us in."""

    outcome = Outcome.AUTH_FAILED


class RefusedError(DeviceError):
    """We would not start: nothing on the device was touched."""

    outcome = Outcome.REFUSED


class BusyError(RefusedError):
    """Somebody else is changing the device, or has an unconfirmed change on it; nothing was touched."""

    outcome = Outcome.BUSY


class UnsupportedError(RefusedError):
    """The device's system, its version or a feature of the configuration cannot be handled; nothing was touched."""

    outcome = Outcome.UNSUPPORTED


class HostKeyError(RefusedError):
    """The device's SSH host key is unknown or has changed; nothing was sent, not even a password."""

    outcome = Outcome.HOST_KEY


class RolledBackError(DeviceError):
    """The change was undone and the former state was read back."""

    outcome = Outcome.ROLLED_BACK


class TransactionFailedError(DeviceError):
    """The device is in a state that nobody intended, and the message says in which."""

    outcome = Outcome.FAILED


class StateUnknownError(DeviceError):
    """The device was changed and did not come back to say what it runs; the next run finds out and settles it."""

    outcome = Outcome.UNKNOWN


class SessionLostError(Exception):
    """A session stopped answering in the middle of a command. Its cause decides the outcome, not this error."""


class FileRefusedError(Exception):
    """The device did not take an uploaded file; the message says why."""


class ApplyFailedError(Exception):
    """A part of the change could not be applied on the device; the message names it."""
