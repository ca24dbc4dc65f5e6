# SPDX-License-Identifier: GPL-3.0-or-later
"""Both ends of every office's step in the ledger of changes, each exactly once however often a run is killed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from ..devices.evidence.canonical import Value
from ..devices.evidence.errors import EvidenceError
from ..devices.evidence.ledger import Ledger
from ..devices.evidence.process import current_process
from ..devices.evidence.verify import check
from .errors import RolloutError
from .journal import Office, Run, State

ACTION = "rollout"
#: how the ledger calls the ends of an office
_OUTCOMES: Mapping[State, str] = {"done": "changed", "failed": "rolled_back", "stuck": "failed"}


@dataclass(frozen=True)
class Records:
    """``key`` seals; ``zone`` is an IANA name; ``actor`` is ``user@controller``."""

    ledger: Ledger
    government: str
    actor: str
    ticket: str
    zone: str
    key: bytes | None = None

    def begin(self, office: Office, run: Run, *, resumed: bool) -> None:
        """Announce what is about to be done. Raises RolloutError: nothing may be touched."""
        if resumed and "begin" in self._kept(office):
            return
        change: dict[str, Value] = {
            "component": "register",
            "kind": "file",
            "name": "opds.yml",
            "summary": f"{office.code}: {office.source} -> {office.to}",
            "removed": [f"stage: {office.source}"],
            "added": [f"stage: {office.to}"],
        }
        self._append(
            "begin",
            office,
            run,
            {
                "changes": [change],
                "reason": run.reason,
                "proof": list(office.evidence),
                "routers": list(office.routers),
                "process": run.owner,
            },
        )

    def end(self, office: Office, run: Run, *, resumed: bool) -> None:
        """Tell how it ended: the office's state is one of `done`, `failed`, `stuck`. Raises RolloutError."""
        if resumed and "end" in self._kept(office):
            return
        told = f"{office.source} -> {office.to}" + (f": {office.why}" if office.why else "")
        self._append("end", office, run, {"outcome": _OUTCOMES[office.state], "message": told})

    def _kept(self, office: Office) -> set[str]:
        """What the ledger has of it already."""
        try:
            entries = check(self.ledger.paths.folder, self.government, self.key).entries
        except EvidenceError as error:
            raise RolloutError(str(error)) from error
        return {
            str(entry.record.get("kind"))
            for entry in entries
            if entry.record.get("transaction") == office.transaction and entry.record.get("action") == ACTION
        }

    def _append(self, kind: str, office: Office, run: Run, fields: Mapping[str, Value]) -> None:
        now = datetime.now(UTC)
        record: dict[str, Value] = {
            "kind": kind,
            "at": now.isoformat(timespec="seconds"),
            "local": now.astimezone(ZoneInfo(self.zone)).isoformat(timespec="seconds"),
            "transaction": office.transaction,
            "run": run.id,
            "action": ACTION,
            "actor": self.actor,
            "ticket": self.ticket,
            "device": f"opd:{office.code}",
            "government": self.government,
            "platform": "register",
            **fields,
        }
        try:
            self.ledger.append(record)
        except EvidenceError as error:
            raise RolloutError(f"bukti tidak dapat dicatat, jadi belum ada yang dilanjutkan: {error}") from error


#: Ansible loads this module in its parent process and forks the workers from it, so this names the run, not a worker.
OWNER = current_process()
