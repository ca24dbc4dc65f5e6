# SPDX-License-Identifier: GPL-3.0-or-later
"""Settings of the tests of the transaction."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices import settlement, transaction

# Helpers that several files share are modules beside them.
sys.path.insert(0, str(Path(__file__).parent))


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transaction, "LOGIN_PAUSE", 0.01)
    monkeypatch.setattr(settlement, "LOGIN_PAUSE", 0.01)
    monkeypatch.setattr(settlement, "RESTORE_TIME", 0.3)
    monkeypatch.setattr(settlement, "RETURN_TIME", 0.3)
    monkeypatch.setattr(transaction, "_LOGIN_SHARE", 0.1)
