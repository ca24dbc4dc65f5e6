# SPDX-License-Identifier: GPL-3.0-or-later
"""The order of events and every way a transaction can end, on a device that exists only here.

The device is a text with a guard: what a platform does to a real one is tested in tests/integration.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices import transaction
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.guard import Guard, GuardState, Strength
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.outcome import (
    ApplyFailedError,
    AuthFailedError,
    OfflineError,
    Outcome,
    RefusedError,
    SessionLostError,
)
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.probes import Probe
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.state import (
    Change,
    Comparison,
    Item,
    differences,
)
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.transaction import Report, Transaction

ITEM = Item("text", "running", "all")


class Device:
    """What runs, the guard, and a log of what was asked, in order; faults name the steps that go wrong."""

    def __init__(self, running: str, *faults: str) -> None:
        self.running = running
        self.former: str | None = None
        self.state = GuardState.UNKNOWN
        self.log: list[str] = []
        self.faults = set(faults)
        self.probe_answers = [True, True, True]

    def step(self, name: str, error: Exception | None = None) -> None:
        self.log.append(name)
        if name in self.faults and error is not None:
            raise error

    def restore(self) -> None:
        assert self.former is not None
        if self.state is GuardState.CONFIRMED:
            return
        if "restore" not in self.faults:
            self.running = self.former
        self.state = GuardState.RESTORED


class FakeSession:
    def __init__(self, device: Device) -> None:
        self.device = device

    def __enter__(self) -> FakeSession:
        return self

    def __exit__(self, *_: object) -> None:
        self.device.log.append("logout")


class FakePlatform:
    """Implements the protocol on a `Device`."""

    device_type = "fake"
    interactive = False

    def __init__(self, device: Device) -> None:
        self.device = device

    def parse(self, text: str) -> str:
        self.device.step("parse", RefusedError("bundel salah"))
        return text

    def preflight(self, *_: object) -> list[str]:
        self.device.step("preflight", RefusedError("paket kurang"))
        return ["dulu dikembalikan"] if "notice" in self.device.faults else []

    def read(self, *_: object) -> str:
        self.device.step("read", SessionLostError("putus"))
        return self.device.running

    def normalise(self, intended: str, reading: str) -> Comparison:
        return Comparison({ITEM: intended}, {ITEM: reading})

    def diff(self, comparison: Comparison) -> list[Change]:
        return differences(comparison.running, comparison.intended)

    def render_patch(self, intended: str, *_: object) -> str:
        return intended

    def render_inverse(self, _: str, reading: str, __: Sequence[Change]) -> str:
        return reading

    def arm(self, _: object, patch: str, inverse: str, seconds: int) -> Guard:
        self.device.step("arm", RefusedError("sedang dipakai"))
        self.device.former, self.device.state = inverse, GuardState.ARMED
        self.patch = patch
        return Guard("id1", seconds, Strength.INVERSE)

    def apply(self, *_: object) -> None:
        self.device.log.append("apply")
        self.device.running = "half" if "half" in self.device.faults else self.patch
        if "cut" in self.device.faults:
            raise SessionLostError("putus")
        if "apply" in self.device.faults:
            raise ApplyFailedError("komponen x gagal")

    def applied(self, *_: object) -> None:
        self.device.step("applied", ApplyFailedError("komponen x gagal"))

    def run_probe(self, _: object, command: str, *__: float) -> tuple[int, str]:
        self.device.log.append(f"probe {command}")
        return (0, "") if self.device.probe_answers.pop(0) else (1, "tidak ada balasan")

    def revert(self, *_: object) -> None:
        self.device.step("revert", SessionLostError("putus"))
        self.device.restore()

    def guard_state(self, *_: object) -> GuardState:
        return self.device.state

    def confirm(self, *_: object) -> bool:
        self.device.step("confirm")
        if "too late" in self.device.faults:
            self.device.restore()
            return False
        self.device.state = GuardState.CONFIRMED
        if "confirm answer lost" in self.device.faults:
            raise SessionLostError("putus")
        return True

    def save(self, *_: object) -> None:
        self.device.log.append("save")

    def acknowledge(self, *_: object) -> None:
        self.device.log.append("acknowledge")


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transaction, "_LOGIN_PAUSE", 0.01)
    monkeypatch.setattr(transaction, "_RESTORE_TIME", 0.3)
    monkeypatch.setattr(transaction, "_LOGIN_SHARE", 0.1)


def run(device: Device, config: str = "new", logins: Sequence[Exception | None] = (), **settings: Any) -> Report:
    answers = list(logins)

    def connect() -> Any:
        error = answers.pop(0) if answers else None
        device.log.append("login")
        if error is not None:
            raise error
        return FakeSession(device)

    settings.setdefault("guard_seconds", 1)
    return Transaction(FakePlatform(device), connect, **settings).run(config)


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


@pytest.mark.parametrize(
    ("faults", "probes", "says"),
    [
        (["apply"], [True], "komponen x gagal"),
        (["cut", "applied"], [True], "komponen x gagal"),
        (["half"], [True], "masih berbeda"),
        (["too late"], [True], "habis"),
        ([], [False], "uji 'a' gagal (kode keluar 1: tidak ada balasan)"),
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


def test_a_session_that_does_not_survive_the_change_is_no_failure() -> None:
    device = Device("old", "cut")
    assert run(device).outcome is Outcome.CHANGED


def test_a_lost_answer_to_the_confirm_is_asked_for() -> None:
    device = Device("old", "confirm answer lost")
    report = run(device)
    assert (report.outcome, device.running) == (Outcome.CHANGED, "new")


def test_no_new_login() -> None:
    device = Device("old")
    report = run(device, logins=[None, *[OfflineError("diam")] * 40], guard_seconds=2)
    assert report.outcome is Outcome.ROLLED_BACK
    assert "login baru setelah perubahan gagal (diam)" in report.message
    assert report.probes[0].ok is False


def test_a_device_that_never_answers_again_is_a_failure_and_says_so() -> None:
    device = Device("old", "revert")
    report = run(device, logins=[None, *[OfflineError("diam")] * 9999])
    assert report.outcome is Outcome.FAILED
    assert "pemulihan belum terbukti" in report.message


def test_a_restore_that_did_not_bring_everything_back_is_a_failure() -> None:
    device = Device("old", "apply", "restore")
    report = run(device)
    assert report.outcome is Outcome.FAILED
    assert "keadaan lama belum utuh" in report.message


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


def test_probe_that_could_not_pass_before_does_not_bind() -> None:
    device = Device("old")
    device.probe_answers = [False]
    report = run(device, probes=[Probe("a", "x", only_if_passed_before=True)])
    assert report.outcome is Outcome.CHANGED
    assert [(probe.name, probe.ok, probe.binding) for probe in report.probes] == [
        ("a", False, False),
        ("login", True, True),
    ]


def test_probe_that_passed_before_binds() -> None:
    device = Device("old")
    device.probe_answers = [True, False]
    assert run(device, probes=[Probe("a", "x", only_if_passed_before=True)]).outcome is Outcome.ROLLED_BACK


def test_probe_is_tried_again() -> None:
    device = Device("old")
    device.probe_answers = [False, False, True]
    assert run(device, probes=[Probe("a", "x", retries=2, delay=0.01)]).outcome is Outcome.CHANGED
