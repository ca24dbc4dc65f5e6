# SPDX-License-Identifier: GPL-3.0-or-later
"""The order of events, and what ends a transaction before it touches anything."""

from __future__ import annotations

import pytest
from fake_device import Device, run

from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.guard import GuardState, Strength
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.outcome import (
    AuthFailedError,
    OfflineError,
    Outcome,
    RefusedError,
)
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.probes import Probe


def test_in_sync_touches_nothing() -> None:
    device = Device("new")
    report = run(device)
    assert (report.outcome, report.changed, report.guard) == (Outcome.IN_SYNC, False, None)
    assert device.log == ["parse", "login", "preflight", "read", "logout"]


def test_check_mode_stops_before_the_guard() -> None:
    device = Device("old", "notice")
    report = run(device, check_mode=True)
    assert (report.outcome, report.changed, report.guard) == (Outcome.CHANGED, True, None)
    assert report.message.startswith("akan diubah: ")
    assert device.log == ["parse", "login", "preflight", "read", "logout"]


def test_a_change_is_confirmed_only_after_a_new_login_probes_and_a_second_reading() -> None:
    device = Device("old")
    report = run(device, probes=[Probe("a", "x")])
    assert (report.outcome, report.guard_state, device.running) == (Outcome.CHANGED, GuardState.CONFIRMED, "new")
    assert device.log == [
        *("parse", "login", "preflight", "read", "arm", "apply"),
        *("login", "applied", "probe x", "read", "confirm", "save", "logout", "logout"),
    ]
    assert [(probe.name, probe.ok) for probe in report.probes] == [("login", True), ("a", True)]


def test_a_session_that_does_not_survive_the_change_is_no_failure() -> None:
    device = Device("old", "cut")
    assert run(device).outcome is Outcome.CHANGED


def test_a_device_too_busy_with_the_change_to_answer_is_asked_again() -> None:
    device = Device("old", "busy")
    report = run(device, guard_seconds=120)
    assert (report.outcome, device.running) == (Outcome.CHANGED, "new")
    short = Device("old", "busy")
    report = run(short, guard_seconds=0)
    assert report.outcome is Outcome.ROLLED_BACK, "no time for another login: the guard is near"


@pytest.mark.parametrize(
    ("fault", "outcome"),
    [("parse", Outcome.REFUSED), ("preflight", Outcome.REFUSED), ("arm", Outcome.REFUSED), ("read", Outcome.OFFLINE)],
)
def test_what_goes_wrong_before_arming_changes_nothing(fault: str, outcome: Outcome) -> None:
    device = Device("old", fault)
    assert run(device).outcome is outcome
    assert device.running == "old"
    assert "apply" not in device.log


@pytest.mark.parametrize(
    ("error", "outcome"),
    [
        (OfflineError("x"), Outcome.OFFLINE),
        (AuthFailedError("x"), Outcome.AUTH_FAILED),
        (RefusedError("x"), Outcome.REFUSED),
    ],
)
def test_first_login(error: Exception, outcome: Outcome) -> None:
    report = run(Device("old"), logins=[error])
    assert (report.outcome, report.message) == (outcome, "x")


def test_notice_of_an_earlier_restore_is_told_and_then_forgotten() -> None:
    for running in ("old", "new"):
        device = Device(running, "notice")
        assert run(device).notices == ["dulu dikembalikan"]
        assert "acknowledge" in device.log


def test_the_management_path_is_not_touched_without_a_guard() -> None:
    device = Device("old", "no guard", "management")
    report = run(device)
    assert report.outcome is Outcome.REFUSED
    assert "port manajemen" in report.message
    assert "alasan" in report.message
    assert "arm" not in device.log


@pytest.mark.parametrize(
    ("faults", "settings"), [(["no guard"], {}), (["no guard", "management"], {"allow_unguarded": True})]
)
def test_without_a_guard_the_report_says_so(faults: list[str], settings: dict[str, bool]) -> None:
    device = Device("old", *faults)
    report = run(device, **settings)
    assert (report.outcome, report.strength) == (Outcome.CHANGED, Strength.NONE)
    assert report.notices == ["diubah tanpa pengaman otomatis: alasan"]


def test_check_mode_judges_the_guard_as_the_apply_would() -> None:
    assert run(Device("old", "no guard", "management"), check_mode=True).outcome is Outcome.REFUSED


def test_what_is_not_ours_is_told() -> None:
    assert run(Device("old")).unmanaged == ("milik orang lain",)


def test_patch_and_inverse_are_told_in_check_mode_as_in_the_apply() -> None:
    reports = [run(Device("old"), check_mode=check) for check in (True, False)]
    assert [(report.patch, report.inverse) for report in reports] == [("new", "old"), ("new", "old")]
