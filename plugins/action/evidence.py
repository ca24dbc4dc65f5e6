# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Verify and show the ledger of changes; options and results are documented in plugins/modules/evidence.py."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

from ansible.errors import AnsibleActionFail
from ansible.plugins.action import ActionBase

from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.evidence.backup import Backup
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.evidence.errors import EvidenceError
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.evidence.folder import EvidenceFolder
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.evidence.head import Head
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.evidence.history import Filter, events
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.evidence.ledger import Ledger
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.evidence.measurements import (
    Checked,
    MeasurementLedger,
)
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.evidence.recorder import whoami
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.evidence.table import (
    render,
    render_measurements,
)
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.evidence.verify import (
    Anchor,
    Verification,
    check,
    describe,
)

_SPEC: dict[str, Any] = {
    "government": {"type": "str", "required": True},
    "folder": {"type": "path"},
    "measurements": {"type": "path"},
    "key": {"type": "str", "no_log": True},
    "anchor": {"type": "str"},
    "device": {"type": "str", "default": ""},
    "ticket": {"type": "str", "default": ""},
    "outcome": {"type": "list", "elements": "str", "default": []},
    "since": {"type": "str", "default": ""},
    "to": {"type": "str", "default": ""},
    "limit": {"type": "int", "default": 50},
    "replace": {"type": "str", "default": ""},
}


class ActionModule(ActionBase):  # type: ignore[misc]
    """Runs on the controller only; the one thing it can change is to put a damaged ledger aside, when told to."""

    TRANSFERS_FILES = False
    _requires_connection = False
    _supports_check_mode = True

    def run(self, tmp: Any = None, task_vars: dict[str, Any] | None = None) -> dict[str, Any]:
        """Read the whole ledger; problems do not fail the task."""
        result: dict[str, Any] = super().run(tmp, task_vars)
        _, arguments = self.validate_argument_spec(argument_spec=_SPEC)
        wanted = Filter(
            arguments["device"],
            arguments["ticket"],
            arguments["outcome"],
            _day(arguments["since"], "since"),
            _day(arguments["to"], "to"),
        )
        where = EvidenceFolder.of(arguments["government"], arguments["folder"])
        try:
            found = _verify(where, arguments)
            replaced = self._replace(where, arguments, found)
            if replaced:
                found = _verify(where, arguments)
            tests, aside = self._measurements(arguments)
        except EvidenceError as error:
            raise AnsibleActionFail(str(error)) from error
        every = events(found.entries)
        matching = [event for event in every if wanted.matches(event)]
        shown = matching[-arguments["limit"] :] if arguments["limit"] > 0 else matching
        # Printed here and not returned as `msg`: callbacks print results as JSON, where line breaks read as \n.
        self._display.display(f"\n{render(where.ledger, found, shown, len(matching), len(every))}\n")
        if tests:
            self._display.display(f"{render_measurements(tests)}\n")
        return {
            **result,
            "changed": bool(replaced or aside),
            "valid": found.valid and (tests is None or tests.valid),
            "problems": [*describe(found.problems), *(tests.sentences() if tests else [])],
            "measurements": len(tests.trusted) if tests else 0,
            "measurements_anchor": str((tests and tests.chain.head) or ""),
            "notices": found.notices,
            "records": len(found.entries),
            "anchor": str(found.head or ""),
            "replaced": replaced or aside,
            "events": [event.as_result() for event in shown],
        }

    def _replace(self, where: EvidenceFolder, arguments: dict[str, Any], found: Verification) -> str:
        """Put a damaged ledger aside when a person gave a reason; return where it is now, or an empty text."""
        if not arguments["replace"] or found.valid:
            return ""
        if self._task.check_mode:
            return str(where.ledger)
        key = arguments["key"]
        ledger = Ledger(where.ledger, arguments["government"], key.encode() if key else None)
        return str(ledger.replace_damaged(whoami(), arguments["replace"], describe(found.problems)))

    def _measurements(self, arguments: dict[str, Any]) -> tuple[Checked | None, str]:
        """The acceptance tests in the government's folder, and the ledger that was written to, if any.

        With a reason a damaged ledger of theirs is put aside like the other, and of doubtful results it is recorded.
        """
        if not arguments["measurements"]:
            return None, ""
        key = arguments["key"]
        folder = Path(arguments["measurements"]).absolute()
        ledger = MeasurementLedger(folder, arguments["government"], key.encode() if key else None)
        found, aside = ledger.check(), ""
        if not found.chain.valid and arguments["replace"]:
            aside = str(found.ledger)
            if not self._task.check_mode:
                aside = str(ledger.replace_damaged(whoami(), arguments["replace"], describe(found.chain.problems)))
                found = ledger.check()
        elif found.open and arguments["replace"]:
            aside = str(found.ledger)
            if not self._task.check_mode:
                ledger.settle(found.open, whoami(), arguments["replace"])
                found = ledger.check()
        return found, aside


def _verify(where: EvidenceFolder, arguments: dict[str, Any]) -> Verification:
    """Check the chain, then against the anchors that the backup's commits hold and a person gave."""
    government, key = arguments["government"], arguments["key"]
    secret = key.encode() if key else None
    first = check(where.ledger, government, secret)
    opened = first.entries[0].record if first.entries and first.entries[0].record.get("kind") == "opened" else None
    # Commits before a new ledger was opened speak of the former one.
    since = datetime.fromisoformat(str(opened["at"])) if opened else None
    anchors = [Anchor(head, f"cadangan konfigurasi {name}") for head, name in Backup(where.backup).anchors(since)]
    if arguments["anchor"]:
        anchors.append(Anchor(Head.of_text(arguments["anchor"]), "jangkar yang diberikan"))
    return check(where.ledger, government, secret, anchors) if anchors else first


def _day(text: str, name: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise AnsibleActionFail(f"{name} {text!r} bukan tanggal; tulis seperti 2026-11-22") from None
