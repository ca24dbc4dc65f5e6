# SPDX-License-Identifier: GPL-3.0-or-later
"""The order of events and every way a transaction can end, on a device that exists only here.

The device is a text with a guard: what a platform does to a real one is tested in tests/integration.
"""

from __future__ import annotations

import socket
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
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.preflight import Preflight
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.probes import Probe
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.report import Report
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.secrecy import Fingerprints
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.state import (
    Change,
    Comparison,
    Item,
    differences,
)
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.target import Target
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.transaction import Transaction

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
    reads_by_exec = True

    def __init__(self, device: Device) -> None:
        self.device = device

    def guard_seconds(self, wanted: int) -> int:
        return wanted

    def parse(self, text: str, _: Target) -> str:
        self.device.step("parse", RefusedError("bundel salah"))
        return text

    def probe_refusal(self, probe: Probe) -> str:
        return "perangkat ini buta" if probe.command == "lihat" else ""

    def preflight(self, *_: object) -> Preflight:
        self.device.step("preflight", RefusedError("paket kurang"))
        strength = Strength.NONE if "no guard" in self.device.faults else Strength.INVERSE
        return Preflight(strength, ("dulu dikembalikan",) if "notice" in self.device.faults else (), "alasan")

    def read(self, *_: object) -> str:
        self.device.step("read", SessionLostError("putus"))
        return self.device.running

    def normalise(self, intended: str, reading: str) -> Comparison:
        return Comparison({ITEM: intended}, {ITEM: reading}, ("milik orang lain",))

    def describe(self, patch: str, _: Fingerprints) -> str:
        return patch

    def snapshot(self, reading: str, _: Fingerprints) -> dict[str, str]:
        return {"all": reading}

    def management_changes(self, *_: object) -> list[str]:
        return ["port manajemen"] if "management" in self.device.faults else []

    def diff(self, comparison: Comparison, _: Fingerprints) -> list[Change]:
        return differences(comparison.running, comparison.intended)

    def render_patch(self, intended: str, *_: object) -> str:
        return intended

    def render_inverse(self, _: str, reading: str, __: Sequence[Change]) -> str:
        return reading

    def arm(self, _: object, patch: str, inverse: str, seconds: int, strength: Strength) -> Guard:
        self.device.step("arm", RefusedError("sedang dipakai"))
        self.device.former, self.device.state = inverse, GuardState.ARMED
        self.patch = patch
        return Guard("id1", seconds, strength)

    def apply(self, *_: object) -> None:
        self.device.log.append("apply")
        self.device.running = "half" if "half" in self.device.faults else self.patch
        if "cut" in self.device.faults:
            raise SessionLostError("putus")
        if "apply" in self.device.faults:
            raise ApplyFailedError("komponen x gagal")

    def applied(self, *_: object) -> None:
        if "busy" in self.device.faults:
            self.device.faults.remove("busy")
            raise SessionLostError("dut: tidak ada jawaban dalam 6 detik")
        self.device.step("applied", ApplyFailedError("komponen x gagal"))

    def run_probe(self, _: object, probe: Probe, __: float) -> tuple[bool, str]:
        self.device.log.append(f"probe {probe.command}")
        return (True, "hidup") if self.device.probe_answers.pop(0) else (False, "tidak ada balasan")

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

    def unsaved(self, *_: object) -> bool:
        return "unsaved" in self.device.faults

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
    settings.setdefault("target", Target("fake"))
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


def test_a_session_that_does_not_survive_the_change_is_no_failure() -> None:
    device = Device("old", "cut")
    assert run(device).outcome is Outcome.CHANGED


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


def test_a_device_too_busy_with_the_change_to_answer_is_asked_again() -> None:
    device = Device("old", "busy")
    report = run(device, guard_seconds=120)
    assert (report.outcome, device.running) == (Outcome.CHANGED, "new")
    short = Device("old", "busy")
    report = run(short, guard_seconds=0)
    assert report.outcome is Outcome.ROLLED_BACK, "no time for another login: the guard is near"


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


def test_output_that_is_not_the_expected_one_is_a_failed_probe() -> None:
    device = Device("old")
    report = run(device, probes=[Probe("a", "x", expect="^mati$")])
    assert report.outcome is Outcome.ROLLED_BACK
    assert "keluaran tidak memuat '^mati$': hidup" in report.message


@pytest.mark.parametrize(
    ("probe", "says"),
    [
        (Probe("a"), "isi command"),
        (Probe("a", kind="tcp", host="10.0.0.1"), "isi port"),
        (Probe("a", kind="dns"), "isi query"),
        (Probe("a", "x", expect="("), "ekspresi reguler"),
        (Probe("a", kind="ping", host="10.0.0.1", expect="x"), "hanya berlaku untuk jenis command"),
        (Probe("a", "x", where="controller"), "hanya dapat dijalankan di perangkat"),
    ],
)
def test_a_probe_that_says_nothing_is_refused_before_login(probe: Probe, says: str) -> None:
    device = Device("old")
    report = run(device, probes=[probe])
    assert report.outcome is Outcome.REFUSED
    assert says in report.message
    assert device.log == []


def test_a_probe_that_the_platform_cannot_try_is_refused_before_login() -> None:
    device = Device("old")
    report = run(device, probes=[Probe("mata", "lihat")])
    assert report.outcome is Outcome.REFUSED
    assert "'mata'" in report.message
    assert "perangkat ini buta" in report.message
    assert device.log == []


def test_a_probe_from_the_controller_does_not_ask_the_device() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        device = Device("old")
        report = run(device, probes=[Probe("a", kind="tcp", host="127.0.0.1", port=port, where="controller")])
    assert report.outcome is Outcome.CHANGED
    assert not [entry for entry in device.log if entry.startswith("probe")]
    device = Device("old")
    report = run(device, probes=[Probe("a", kind="tcp", host="127.0.0.1", port=port, where="controller")])
    assert report.outcome is Outcome.ROLLED_BACK, report.message


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


class Book:
    """A journal that remembers, and can be full."""

    def __init__(self, *, full: bool = False, full_later: bool = False) -> None:
        self.full, self.full_later = full, full_later
        self.entries: list[tuple[str, Outcome, dict[str, str], dict[str, str]]] = []

    def begin(self, report: Report) -> None:
        if self.full:
            raise RefusedError("buku bukti penuh")
        self.entries.append(("begin", report.outcome, dict(report.before), dict(report.after)))

    def end(self, report: Report) -> None:
        if self.full_later:
            raise RefusedError("buku bukti penuh")
        self.entries.append(("end", report.outcome, dict(report.before), dict(report.after)))


def test_the_journal_has_both_ends_of_a_change() -> None:
    book = Book()
    run(Device("old"), journal=book)
    assert book.entries == [
        ("begin", Outcome.FAILED, {"all": "old"}, {}),
        ("end", Outcome.CHANGED, {"all": "old"}, {"all": "new"}),
    ]


def test_the_journal_has_the_rollback_too() -> None:
    book = Book()
    run(Device("old", "apply"), journal=book)
    assert book.entries[-1] == ("end", Outcome.ROLLED_BACK, {"all": "old"}, {"all": "old"})


@pytest.mark.parametrize("running", ["old", "new"])
def test_the_journal_has_nothing_of_what_touched_nothing(running: str) -> None:
    book = Book()
    run(Device(running), journal=book, check_mode=True)
    assert book.entries == []


def test_nothing_is_touched_that_cannot_be_recorded() -> None:
    device = Device("old")
    report = run(device, journal=Book(full=True))
    assert (report.outcome, report.message) == (Outcome.REFUSED, "buku bukti penuh")
    assert "arm" not in device.log


def test_an_end_that_cannot_be_recorded_is_told() -> None:
    report = run(Device("old"), journal=Book(full_later=True))
    assert report.outcome is Outcome.CHANGED
    assert "buku bukti penuh" in report.notices[-1]


def test_what_is_not_ours_is_told() -> None:
    assert run(Device("old")).unmanaged == ("milik orang lain",)


def test_patch_and_inverse_are_told_in_check_mode_as_in_the_apply() -> None:
    reports = [run(Device("old"), check_mode=check) for check in (True, False)]
    assert [(report.patch, report.inverse) for report in reports] == [("new", "old"), ("new", "old")]
