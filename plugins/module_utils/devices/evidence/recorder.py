# SPDX-License-Identifier: GPL-3.0-or-later
"""Keeps the evidence of one transaction: the configuration before and after, and both ends of it in the ledger."""

from __future__ import annotations

import getpass
import os
import secrets
import socket
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from ..outcome import DeviceError, RefusedError
from ..report import Report
from ..secrecy import Fingerprints
from .backup import Backup
from .canonical import Value, digest
from .errors import EvidenceError
from .folder import EvidenceFolder
from .ledger import Ledger
from .net import Net
from .process import current_process

#: One for a run: Ansible loads this module in its parent process and forks the workers from it.
RUN_ID = f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}-{secrets.token_hex(4)}"


class Recorder:
    """A `Journal` for one device. Whatever it keeps has passed the net of known secrets."""

    def __init__(
        self,
        folder: Path,
        government: str,
        device: str,
        platform: str,
        ticket: str | None,
        actor: str,
        fingerprints_key: bytes,
        *,
        known_secrets: Iterable[str] = (),
        seal_key: bytes | None = None,
        time_zone: str | None = None,
        run: str = RUN_ID,
        action: str = "device_config",
    ) -> None:
        """``folder`` is the government's state folder; ``actor`` is ``user@controller``; ``time_zone`` an IANA name.

        ``known_secrets`` are values that must not be kept in clear wherever they turn up.
        """
        where = EvidenceFolder(folder)
        self._ledger = Ledger(where.ledger, government, seal_key)
        self._backup = Backup(where.backup)
        self._net = Net(known_secrets, Fingerprints(fingerprints_key))
        self._zone = ZoneInfo(time_zone) if time_zone else None
        self._common: dict[str, Value] = {
            "transaction": secrets.token_hex(8),
            "run": run,
            "action": action,
            "actor": actor,
            "ticket": ticket or "",
            "device": device,
            "government": government,
            "platform": platform,
        }
        self._device = device
        self._author = actor

    def begin(self, report: Report) -> None:
        """Keep the former configuration and announce the change.

        Raises:
            RefusedError: the ledger or the repository cannot be written; nothing may be touched.
        """
        changes: list[Value] = [_plain(change.as_result()) for change in report.changes]
        fields: dict[str, Value] = {
            "before": {},
            "changes": changes,
            "patch": report.patch,
            "inverse": report.inverse,
            "strength": report.strength.value if report.strength else "",
            "facts": _plain(report.facts),
            "process": current_process(),
        }
        try:
            fields["before"] = self._keep(report.before, set(), "sebelum perubahan", "")
            self._append("begin", fields)
        except EvidenceError as error:
            raise RefusedError(f"bukti tidak dapat dicatat, jadi belum ada yang diubah: {error}") from error

    def end(self, report: Report) -> None:
        """Keep the configuration that stands now and how the change ended.

        Raises:
            DeviceError: the ledger cannot be written; the device stands as ``report`` says.
        """
        problem = ""
        kept: Value = {}
        try:
            kept = self._keep(
                report.after, set(report.before) - set(report.after), "sesudah perubahan", report.outcome.value
            )
        except EvidenceError as error:
            problem = str(error)
            report.notices.append(f"konfigurasi sesudah perubahan belum tersimpan: {error}")
        guard: Value = None
        if report.guard is not None:
            guard = {**report.guard.as_result(), "state": report.guard_state.value if report.guard_state else ""}
        fields: dict[str, Value] = {
            "outcome": report.outcome.value,
            "message": report.message,
            "guard": guard,
            "probes": [_plain(probe.as_result()) for probe in report.probes],
            "notices": list(report.notices),
            "after": kept,
            "backup_problem": problem,
        }
        try:
            self._append("end", fields)
        except EvidenceError as error:
            raise DeviceError(str(error)) from error

    def _append(self, kind: str, fields: Mapping[str, Value]) -> None:
        now = datetime.now(UTC)
        record = {
            "kind": kind,
            "at": now.isoformat(timespec="seconds"),
            "local": now.astimezone(self._zone).isoformat(timespec="seconds"),
            **self._common,
            **fields,
        }
        self._ledger.append(self._net.mask_all(_plain(record)))

    def _keep(self, files: Mapping[str, str], gone: set[str], what: str, outcome: str) -> Value:
        """Commit a snapshot; return its hash and the commit that holds it.

        A transaction sees what is ours on a device, an archive run may have kept more: that stays.
        """
        if not files:
            return {}
        masked = {name: self._net.mask(text) for name, text in files.items()}
        head = self._ledger.head()
        ticket = self._common["ticket"]
        trailers = {
            "Outcome": outcome,
            "Ticket": ticket,
            "Run": self._common["run"],
            "Transaction": self._common["transaction"],
            "Ledger": head,
        }
        lines = [f"{name}: {value}" for name, value in trailers.items() if value]
        subject = f"{self._device}: {what}" + (f" ({outcome})" if outcome else "") + (f" [{ticket}]" if ticket else "")
        kept = self._backup.keep(
            self._device,
            masked,
            author=self._author,
            message=self._net.mask(subject) + "\n\n" + self._net.mask("\n".join(lines)) + "\n",
            when=datetime.now(self._zone).astimezone(self._zone),
            gone=gone,
        )
        return {"sha256": digest(masked), "commit": kept.commit}


def whoami() -> str:
    """``user@controller``; behind sudo the person who called it."""
    user = getpass.getuser()
    person = os.environ.get("SUDO_USER") or user
    return f"{person}@{socket.gethostname()}" if person == user else f"{person}+{user}@{socket.gethostname()}"


def _plain(value: Any) -> Any:
    """Plain data that has a canonical form: subclasses of str become str, seconds whole, odd characters readable."""
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, str):
        return str.encode(value, errors="backslashreplace").decode()
    if isinstance(value, float):
        return round(value)
    if isinstance(value, int):
        return int(value)
    if isinstance(value, Mapping):
        return {_plain(str(key)): _plain(entry) for key, entry in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(entry) for entry in value]
    return str(value)
