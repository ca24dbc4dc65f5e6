# SPDX-License-Identifier: GPL-3.0-or-later
"""A device loses its power between confirm and save and stays away: nobody knows what it runs until it is back."""

from __future__ import annotations

import time
from pathlib import Path
from types import SimpleNamespace

import pytest

from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices import settlement
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.evidence import history, table
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.evidence.folder import EvidenceFolder
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.evidence.recorder import Recorder
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.evidence.verify import check
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.outcome import Outcome
from emulators.core import faults as f
from emulators.core.farm import Farm
from faults import ios_case, routeros_case
from faults.case import Case, login, transact

#: the last thing that is asked before the device would be safe
LAST = {"ios": "write memory", "routeros": "terpusat-guard"}


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever waits for the device sees ten minutes go by at each look."""
    passed = [0.0]

    def sleep(_: float) -> None:
        passed[0] += 600.0

    clock = SimpleNamespace(monotonic=lambda: time.monotonic() + passed[0], sleep=sleep)
    monkeypatch.setattr(settlement, "time", clock)


@pytest.mark.parametrize("case", [ios_case.case(), routeros_case.case()], ids=lambda case: case.platform)
def test_a_device_that_stays_away_is_an_outcome_of_its_own_and_the_next_run_settles_it(
    case: Case, tmp_path: Path
) -> None:
    personality = case.personality.copy(reboot_seconds=1e6)
    with Farm([personality.copy(name="clean"), personality.copy(name="gone")]) as farm:
        config = tmp_path / "ssh_config"
        config.write_text(f"Host *\n  UserKnownHostsFile {farm.known_hosts}\n")
        clean, device = farm["clean"], farm["gone"]
        assert transact(case, login(clean, str(config))).outcome is Outcome.CHANGED
        orders = [entry.text for entry in clean.log() if entry.kind in ("command", "exec", "upload")]
        last = max(number for number, order in enumerate(orders, 1) if LAST[case.platform] in order)

        where = login(device, str(config))
        device.fault(f.RebootAt(last))
        report = transact(case, where, _journal(tmp_path, case))
        assert report.outcome is Outcome.UNKNOWN, report.message
        assert "jalankan sekali lagi" in report.message
        result = check(EvidenceFolder(tmp_path).ledger, "uji")
        assert result.valid
        events = history.events(result.entries)
        assert [event.outcome for event in events] == ["unknown"]
        assert "BELUM DIKETAHUI" in table.render(tmp_path, result, events, 1, 1)

        device.clear_faults()
        device.boot()
        again = transact(case, where, _journal(tmp_path, case))
        if again.outcome is Outcome.BUSY:  # its guard is still to bring it back
            device.advance(case.guard_seconds)
            device.wait_for(lambda inside: not inside.clock.timers)
            device.wait_up()
            again = transact(case, where, _journal(tmp_path, case))
        assert again.outcome in (Outcome.CHANGED, Outcome.IN_SYNC), again.message
        assert case.essence(device.config()) == case.essence(clean.config())
        assert case.essence(device.startup()) == case.essence(clean.startup())


def _journal(folder: Path, case: Case) -> Recorder:
    return Recorder(folder, "uji", "gone", case.platform, None, "budi@ctl", b"k" * 32)
