# SPDX-License-Identifier: GPL-3.0-or-later
"""One device compared with its intended configuration: logged in once, read, nothing changed.

What `Transaction` does in check mode less what only a change needs: no preflight of the guard, no patch.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from .. import platforms
from ..outcome import DeviceError, Outcome, RefusedError, SessionLostError
from ..platforms.base import Platform
from ..report import Report
from ..secrecy import Fingerprints
from ..session import Login, Session
from ..state import UNSAVED
from ..target import Target

#: changes named in a message; the rest are counted
_LISTED = 6


@dataclass(frozen=True)
class Subject:
    """A device and what it should run; ``text`` is in the platform's own form, ``hide`` stands for its secrets."""

    name: str
    platform: str
    text: str = field(repr=False)
    target: Target
    login: Login = field(repr=False)
    hide: Fingerprints = field(repr=False)


def compare(subject: Subject) -> Report:
    """Read the device and tell what differs. Never raises; the report tells the outcome."""
    report = Report()
    try:
        _compare(subject, report)
    except DeviceError as error:
        report.outcome, report.message = error.outcome, str(error)
    except SessionLostError as error:
        report.outcome, report.message = Outcome.OFFLINE, str(error)
    except Exception as error:  # an error of ours costs this device's answer, not the others'
        report.outcome = Outcome.FAILED
        report.message = f"kesalahan dalam Terpusat, bukan di perangkat: {type(error).__name__}: {error}"
    return report


def _compare(subject: Subject, report: Report) -> None:
    platform = platforms.load(subject.platform)
    intended = platform.parse(subject.text, subject.target)
    # Who needs another password to see the configuration needs the prompt to give it at.
    if platform.reads_by_exec and not (platform.interactive and subject.login.secret):
        try:
            _read(subject, platform, intended, report, interactive=False)
        except (SessionLostError, RefusedError):
            if not platform.interactive:
                raise
            # Such as IOS, which gives a user without privilege 15 nothing on a channel without a prompt.
            _read(subject, platform, intended, report, interactive=True)
    else:
        _read(subject, platform, intended, report, interactive=platform.interactive)
    report.outcome = Outcome.CHANGED if report.changes else Outcome.IN_SYNC
    report.message = _described(report)


def _read(
    subject: Subject,
    platform: Platform[Any, Any, Any],
    intended: Any,
    report: Report,
    *,
    interactive: bool,
) -> None:
    with Session.open(subject.login, platform.device_type, interactive=interactive) as session:
        if interactive:
            # Finds out what our user may do there, and takes the rights that the reading needs.
            platform.preflight(session, intended)
        try:
            reading = platform.read(session, intended)
            comparison = platform.unchanged(intended, reading) or platform.normalise(intended, reading)
        except RefusedError:
            if interactive is platform.interactive:
                # The preflight asks for what the reading stands on (rights, tools, version) and names what is missing.
                platform.preflight(session, intended)
            raise
        report.unmanaged = comparison.unmanaged
        report.changes = platform.diff(comparison, subject.hide)
        if not report.changes and platform.unsaved(session, reading):
            report.changes = [UNSAVED]
        report.changes += platform.degraded(intended, reading)


def _described(report: Report) -> str:
    titles = [change.item.title for change in report.changes]
    more = len(titles) - _LISTED
    if not titles:
        return "sesuai"
    return f"akan diubah: {', '.join(titles[:_LISTED])}" + (f" dan {more} lagi" if more > 0 else "")


def late(subject: Subject, seconds: float) -> Report:
    """The report on a device that kept us waiting beyond all patience."""
    return Report(
        Outcome.OFFLINE,
        f"{subject.name}: pembacaan belum selesai dalam {seconds:.0f} detik dan ditinggalkan; perangkat atau jalurnya "
        "tersendat. Coba lagi dengan --limit, atau perbesar device_seconds",
    )


def result_of(report: Report) -> dict[str, Any]:
    """A host's part of the result, in the form of device_config in check mode."""
    result: dict[str, Any] = {
        "changed": report.changed,
        "outcome": report.outcome.value,
        "msg": report.message,
        "diff": [change.as_diff() for change in report.changes],
        "changes": [change.as_result() for change in report.changes],
        "unmanaged": list(report.unmanaged),
    }
    if report.outcome is Outcome.OFFLINE:
        result["unreachable"] = True
    elif report.outcome not in (Outcome.IN_SYNC, Outcome.CHANGED):
        result["failed"] = True
    return result
