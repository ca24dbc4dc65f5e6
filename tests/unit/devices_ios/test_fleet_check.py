# SPDX-License-Identifier: GPL-3.0-or-later
"""A switch compared among a fleet, on a channel without a prompt: also what a reboot would bring is looked at."""

from __future__ import annotations

from pathlib import Path

from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.fleet.comparison import Subject, compare
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.outcome import Outcome
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.report import Report
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.secrecy import Fingerprints

from .emulated import TARGET, WANTED, Switch, switch


def look(found: Switch) -> Report:
    return compare(Subject("sw1", "ios", WANTED, TARGET, found.login, Fingerprints()))


def test_what_runs_but_is_not_saved_is_told_and_saving_mends_it(tmp_path: Path) -> None:
    with switch(tmp_path) as found:
        assert found.run().outcome is Outcome.CHANGED
        assert look(found).outcome is Outcome.IN_SYNC
        # Somebody changes it by hand, changes it back, and does not save: the header says so, the texts do not differ.
        with found.open() as session:
            for line in ("configure terminal", "hostname lain", "end", "write memory"):
                session.connection.send_command_timing(line)
            for line in ("configure terminal", "hostname sw1", "end"):
                session.connection.send_command_timing(line)
        told = look(found)
        assert told.outcome is Outcome.CHANGED
        assert [change.item.name for change in told.changes] == ["startup-config"]
        assert found.run().outcome is Outcome.CHANGED
        assert look(found).outcome is Outcome.IN_SYNC
