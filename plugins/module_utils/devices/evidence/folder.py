# SPDX-License-Identifier: GPL-3.0-or-later
"""Where a government's evidence lies on the controller."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class EvidenceFolder:
    """``<root>/evidence`` (the ledger), ``<root>/backup`` (git), ``<root>/fingerprint.key``."""

    root: Path

    @classmethod
    def of(cls, government: str, chosen: str | None = None) -> EvidenceFolder:
        """The chosen folder, else ``$XDG_STATE_HOME/terpusat/<government code>`` (XDG Base Directory 0.8).

        The drift report lies in the same place.
        """
        if chosen:
            return cls(Path(chosen).expanduser())
        state = os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state"
        return cls(Path(state) / "terpusat" / (government or "tanpa-nama"))

    @property
    def ledger(self) -> Path:
        return self.root / "evidence"

    @property
    def backup(self) -> Path:
        return self.root / "backup"

    @property
    def fingerprint_key(self) -> Path:
        return self.root / "fingerprint.key"
