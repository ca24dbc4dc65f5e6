# SPDX-License-Identifier: GPL-3.0-or-later
"""Every way a change that was begun can end: kept, undone, or not known."""

from __future__ import annotations

import pytest
from fake_device import Book, Device, FakePlatform, run

from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.guard import GuardState
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.outcome import (
    OfflineError,
    Outcome,
)
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.probes import Probe


@pytest.mark.parametrize(
    ("faults", "probes", "says"),
    [
        (["apply"], [True], "komponen x gagal"),
        (["cut", "applied"], [True], "komponen x gagal"),
        (["half"], [True], "masih berbeda"),
        (["too late"], [True], "habis"),
        ([], [False], "uji 'a' gagal (tidak ada balasan)"),
        (["revert"], [False], "uji 'a' gagal"),
    ],
)
def test_whatever_goes_wrong_after_arming_ends_in_the_former_state(
    faults: list[str], probes: list[bool], says: str
) -> None:
    device = Device("old", *faults)
    device.probe_answers = probes
    if "revert" in faults:
        # Nobody can fire it: the timer on the device does.
        device.state = GuardState.UNKNOWN
        device_state = iter([GuardState.ARMED, GuardState.RESTORING])

        def later(*_: object) -> GuardState:
            state = next(device_state, GuardState.RESTORED)
            if state is GuardState.RESTORED:
                device.restore()
            return state

        FakePlatform.guard_state, original = later, FakePlatform.guard_state  # type: ignore[method-assign]
        try:
            report = run(device, probes=[Probe("a", "x")])
        finally:
            FakePlatform.guard_state = original  # type: ignore[method-assign]
    else:
        report = run(device, probes=[Probe("a", "x")])
    assert report.outcome is Outcome.ROLLED_BACK, report.message
    assert says in report.message
    assert device.running == "old"
    assert not report.changed


def test_a_lost_answer_to_the_confirm_is_asked_for() -> None:
    device = Device("old", "confirm answer lost")
    report = run(device)
    assert (report.outcome, device.running) == (Outcome.CHANGED, "new")
    assert "save" in device.log, "confirmed, so it must survive a reboot"
    assert report.after == {"all": "new"}


def test_what_an_interrupted_run_did_not_save_is_saved() -> None:
    device, book = Device("new", "unsaved"), Book()
    report = run(device, check_mode=True, journal=book)
    assert (report.outcome, device.log[-1], book.entries) == (Outcome.CHANGED, "logout", [])
    assert "save" not in device.log
    report = run(device, journal=book)
    assert (report.outcome, [entry[0] for entry in book.entries]) == (Outcome.CHANGED, ["begin", "end"])
    assert "save" in device.log
    assert "arm" not in device.log


def test_no_new_login() -> None:
    device = Device("old")
    report = run(device, logins=[None, *[OfflineError("diam")] * 40], guard_seconds=2)
    assert report.outcome is Outcome.ROLLED_BACK
    assert "login baru setelah perubahan gagal (diam)" in report.message
    assert report.probes[0].ok is False


def test_a_device_that_never_answers_again_is_an_outcome_of_its_own() -> None:
    device, book = Device("old", "revert"), Book()
    report = run(device, logins=[None, *[OfflineError("diam")] * 9999], journal=book)
    assert report.outcome is Outcome.UNKNOWN
    assert "pemulihan belum terbukti (diam)" in report.message
    assert "jalankan sekali lagi" in report.message
    assert book.entries[-1][:2] == ("end", Outcome.UNKNOWN)


def test_a_session_lost_at_the_save_of_a_device_that_goes_on() -> None:
    device = Device("old", "save")
    report = run(device)
    assert (report.outcome, device.running) == (Outcome.CHANGED, "new")
    assert device.log.count("save") == 2
    assert report.after == {"all": "new"}


def test_a_device_that_restarts_before_it_has_saved_runs_what_it_ran_before() -> None:
    device, book = Device("old", "restarts at the save"), Book()
    report = run(
        device, logins=[None, None, OfflineError("menyala ulang"), OfflineError("menyala ulang")], journal=book
    )
    assert (report.outcome, device.running) == (Outcome.ROLLED_BACK, "old")
    assert "sebelum perubahan tersimpan" in report.message
    assert report.after == {"all": "old"}
    assert book.entries[-1][:2] == ("end", Outcome.ROLLED_BACK)


def test_a_device_that_comes_back_as_neither_is_a_failure() -> None:
    device = Device("old", "comes back as neither")
    report = run(device)
    assert report.outcome is Outcome.FAILED
    assert "bukan lama dan bukan baru" in report.message


def test_a_device_that_is_gone_before_it_has_saved_is_not_known() -> None:
    device, book = Device("old", "save"), Book()
    report = run(device, logins=[None, None, *[OfflineError("diam")] * 9999], journal=book)
    assert report.outcome is Outcome.UNKNOWN
    assert "sudah dikonfirmasi" in report.message
    assert "(diam)" in report.message
    assert book.entries[-1] == ("end", Outcome.UNKNOWN, {"all": "old"}, {})


def test_a_restore_that_did_not_bring_everything_back_is_a_failure() -> None:
    device = Device("old", "apply", "restore")
    report = run(device)
    assert report.outcome is Outcome.FAILED
    assert "keadaan lama belum utuh" in report.message
