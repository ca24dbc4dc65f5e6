# SPDX-License-Identifier: GPL-3.0-or-later
"""The guarded transaction on an emulated Catalyst: every way it ends, and what the device was told meanwhile."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from emulated import ARCHIVE, SCP, TARGET, WANTED, Switch, switch

from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices import platforms
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.guard import GuardState, Strength
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.outcome import Outcome, SessionLostError
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.platforms.ios import cli
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.probes import Probe
from emulators.core import DropAt, FreezeAt, ImportFailsAt, LogMessageAt, Paging, WrongPrompt

FAILING = (Probe("jam", command="show clock", expect="tidak mungkin"),)
#: a device that takes files, one that takes lines, and one that can only restart
WAYS = {"file": ARCHIVE + SCP, "lines": ARCHIVE, "reload": ""}
STRENGTHS = {"file": Strength.NATIVE, "lines": Strength.NATIVE, "reload": Strength.REBOOT}


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A busy machine is slow to answer; who is given up by a fault is not waited for (faults.silence)."""
    monkeypatch.setattr(cli, "PATIENCE", 4.0)


@pytest.fixture(params=sorted(WAYS))
def device(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Switch]:
    with switch(tmp_path, WAYS[request.param], way=request.param) as found:
        yield found


def test_changed_then_in_sync(device: Switch) -> None:
    report = device.run()
    assert report.outcome is Outcome.CHANGED, report.message
    assert report.strength is STRENGTHS[device.way]
    assert report.guard_state is GuardState.CONFIRMED
    now = device.device.config()
    assert "description uplink" in now
    assert "Hanya untuk yang berwenang" in now
    assert device.device.startup() == now
    assert not [name for name in device.device.files() if name.startswith("terpusat")]
    again = device.run()
    assert again.outcome is Outcome.IN_SYNC, again.message


def test_check_mode_tells_nothing_to_the_device_and_the_same_changes_as_the_apply(device: Switch) -> None:
    before, startup = device.device.config(), device.device.startup()
    dry = device.run(check_mode=True)
    assert dry.outcome is Outcome.CHANGED
    assert all(command.startswith(("show ", "dir", "terminal ")) for command in device.typed())
    assert len([entry for entry in device.device.log() if entry.kind == "login"]) == 1
    assert (device.device.config(), device.device.startup()) == (before, startup)
    wet = device.run()
    titles = [(change.item, len(change.lines())) for change in dry.changes]
    assert titles == [(change.item, len(change.lines())) for change in wet.changes]
    assert [line for line in dry.patch.splitlines() if "rahasia" not in line] == [
        line for line in wet.patch.splitlines() if "rahasia" not in line
    ]


def test_failing_probe_brings_everything_back(device: Switch) -> None:
    before = device.device.config()
    report = device.run(probes=FAILING)
    assert report.outcome is Outcome.ROLLED_BACK, report.message
    assert "uji 'jam' gagal" in report.message
    assert device.device.config() == before == device.device.startup()
    assert not [name for name in device.device.files() if name.startswith("terpusat")]
    if device.way == "reload":
        # The commands were enough: no restart, and none is scheduled any more.
        assert not [entry for entry in device.device.log() if entry.kind == "event" and "reload" in entry.text]
    assert device.run(check_mode=True).outcome is Outcome.CHANGED


def test_rejected_line_is_named_and_nothing_stays(device: Switch) -> None:
    before = device.device.config()
    report = device.run(WANTED.replace(" description kantor", " mirip-perintah kantor"))
    assert report.outcome is Outcome.ROLLED_BACK, report.message
    assert "mirip-perintah" in report.message
    assert device.device.config() == before


def test_device_guard_fires_when_nobody_confirms(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with switch(tmp_path, ARCHIVE + SCP) as found:
        before = found.device.config()
        # The controller dies after the change: nothing more comes from it.
        ios = platforms.load("ios").__class__
        monkeypatch.setattr(ios, "apply", _killed(ios.apply))
        with pytest.raises(SystemExit):
            found.run()
        assert "description uplink" in found.device.config()
        found.outlast_guard()
        assert found.device.config() == before
        monkeypatch.undo()
        assert found.run().outcome is Outcome.CHANGED
        assert not [name for name in found.device.files() if name.startswith("terpusat")]


def _killed(apply):  # type: ignore[no-untyped-def]
    def then_die(*arguments):  # type: ignore[no-untyped-def]
        apply(*arguments)
        raise SystemExit

    return then_die


@pytest.mark.parametrize("fault", [Paging(), LogMessageAt(10), LogMessageAt(13), LogMessageAt(17)], ids=str)
def test_noise_on_the_line_changes_nothing(tmp_path: Path, fault: object) -> None:
    with switch(tmp_path) as found:
        found.device.fault(fault)
        assert found.run().outcome is Outcome.CHANGED
        found.device.clear_faults()
        assert found.run().outcome is Outcome.IN_SYNC


@pytest.mark.parametrize("way", ["file", "lines"])
@pytest.mark.parametrize("after", [False, True])
def test_a_session_that_drops_leaves_it_new_or_old(tmp_path: Path, way: str, after: bool) -> None:
    with switch(tmp_path, WAYS[way]) as found:
        old = found.device.config()
        for at in range(9, 24, 3):
            found.device.fault(DropAt(at, after=after))
            report = found.run()
            found.device.clear_faults()
            now = found.device.config()
            if report.outcome is Outcome.CHANGED:
                assert "description uplink" in now, at
                assert "access-class MGMT in" in now
                break
            assert report.outcome in (Outcome.OFFLINE, Outcome.ROLLED_BACK, Outcome.REFUSED), report.message
            assert now == old, (at, report.message)
            found.outlast_guard()
        assert found.run().outcome in (Outcome.CHANGED, Outcome.IN_SYNC)


@pytest.mark.parametrize("fault", [FreezeAt(10), WrongPrompt(10), FreezeAt(15), WrongPrompt(15)], ids=str)
def test_silence_and_another_prompt_are_a_lost_session(tmp_path: Path, fault: object) -> None:
    with switch(tmp_path) as found:
        old = found.device.config()
        found.device.fault(fault)
        report = found.run()
        assert report.outcome in (Outcome.OFFLINE, Outcome.ROLLED_BACK), report.message
        assert found.device.config() == old


@pytest.mark.parametrize(
    ("probe", "why"),
    [
        (Probe("nama", kind="dns", query="www.lab.go.id", server="10.255.0.1"), "10.255.0.1"),
        (Probe("ulang", command="reload"), "'reload'"),
    ],
)
def test_a_probe_that_ios_cannot_try_is_refused_by_name_before_any_login(
    tmp_path: Path, probe: Probe, why: str
) -> None:
    with switch(tmp_path) as found:
        report = found.run(probes=(probe,))
        assert report.outcome is Outcome.REFUSED
        assert repr(probe.name) in report.message
        assert why in report.message
        assert not list(found.device.log())
        with found.open() as session:
            assert platforms.load("ios").run_probe(session, probe, 5) == (
                False,
                platforms.load("ios").probe_refusal(probe),
            )


def test_a_probe_from_the_controller_may_name_a_server(tmp_path: Path) -> None:
    probe = Probe("nama", kind="dns", query="www.lab.go.id", server="10.255.0.1", where="controller")
    with switch(tmp_path) as found:
        assert found.run(probes=(probe,), check_mode=True).outcome is Outcome.CHANGED


def test_a_line_of_the_file_that_fails_is_named(tmp_path: Path) -> None:
    with switch(tmp_path) as found:
        old = found.device.config()
        found.device.fault(ImportFailsAt(2))
        report = found.run()
        assert report.outcome is Outcome.ROLLED_BACK
        assert "'name kantor'" in report.message
        assert found.device.config() == old


@pytest.mark.parametrize("what", ["lock", "revert", "reload"])
def test_somebody_else_at_work_is_busy(tmp_path: Path, what: str) -> None:
    with switch(tmp_path) as found:
        found.device.busy(what)
        report = found.run()
        assert report.outcome is Outcome.BUSY, report.message
        assert all(command.startswith(("show ", "dir", "terminal ")) for command in found.typed())


def test_without_archive_and_with_unsaved_changes_there_is_no_guard(tmp_path: Path) -> None:
    with switch(tmp_path, "") as found:
        with found.open() as session:
            terminal = cli.Terminal(session)
            terminal.run("configure terminal")
            terminal.run("snmp-server location belum disimpan")
            terminal.run("end")
        before = found.device.config()
        refused = found.run()
        assert refused.outcome is Outcome.REFUSED
        assert "startup-config" in refused.message
        assert "archive" in refused.message
        assert found.device.config() == before
        undone = found.run(allow_unguarded=True, probes=FAILING)
        assert undone.outcome is Outcome.ROLLED_BACK, undone.message
        assert found.device.config() == before
        done = found.run(allow_unguarded=True)
        assert done.outcome is Outcome.CHANGED
        assert done.strength is Strength.NONE


def test_200_lines_take_few_round_trips_and_leave_no_file(tmp_path: Path) -> None:
    vlans = "".join(f"vlan {number}\n name kantor-{number}\n" for number in range(100, 200))
    with switch(tmp_path) as found:
        report = found.run(f"vtp mode transparent\n{vlans}")
        assert report.outcome is Outcome.CHANGED, report.message
        assert len(report.patch.splitlines()) >= 200
        asked = [entry.text for entry in found.device.log() if entry.kind == "answer"]
        # As many, counting each line that went out together with others.
        assert len(found.typed()) + len(asked) <= 18, (found.typed(), asked)
        assert not [name for name in found.device.files() if name.startswith("terpusat")]


def test_old_and_foreign_systems_are_unsupported(tmp_path: Path) -> None:
    with switch(tmp_path, version="12.1(22)EA14") as found:
        report = found.run()
        assert report.outcome is Outcome.UNSUPPORTED, report.message
    with switch(tmp_path) as found:
        report = found.run("ip domain name lab.go.id\ndevice-tracking policy A\n")
        assert report.outcome is Outcome.UNSUPPORTED
        assert "baris 2" in report.message


def test_the_management_address_cannot_vanish(tmp_path: Path) -> None:
    with switch(tmp_path) as found:
        report = found.run(
            WANTED.replace(" ip address 10.0.0.2 255.255.255.0\n", " ip address 10.0.0.3 255.255.255.0\n")
        )
        assert report.outcome is Outcome.REFUSED
        assert "10.0.0.2" in report.message
        interface = re.search(r"^interface \S+(?=\n(?: .*\n)* ip address 10\.0\.0\.2 )", found.device.config(), re.M)
        assert interface is not None
        report = found.run(f"! own: {interface[0]}\nhostname sw1\n")
        assert report.outcome is Outcome.REFUSED, report.message
        assert "akan dihapus" in report.message


def test_reading_without_a_terminal_is_the_same(tmp_path: Path) -> None:
    with switch(tmp_path) as found:
        platform = platforms.load("ios")
        intended = platform.parse(WANTED, TARGET)
        with found.open() as session:
            typed = platform.read(session, intended)
        with found.open(interactive=False) as session:
            alone = platform.read(session, intended)
        assert typed.archive() == alone.archive()
        found.device.fault(DropAt(1))
        with found.open(interactive=False) as session, pytest.raises(SessionLostError):
            platform.read(session, intended)


def test_probes_of_the_device(tmp_path: Path) -> None:
    flags = {"unreachable": ["10.77.0.1"], "open_ports": ["10.0.0.1:22"]}
    with switch(tmp_path, flags=flags) as found, found.open() as session:
        platform = platforms.load("ios")
        assert platform.run_probe(session, Probe("a", kind="ping", host="10.0.0.1"), 3)[0]
        assert not platform.run_probe(session, Probe("b", kind="ping", host="10.77.0.1"), 3)[0]
        assert platform.run_probe(session, Probe("c", command="show version"), 3)[0]
        assert not platform.run_probe(session, Probe("d", command="show nonsense"), 3)[0]
        assert not platform.run_probe(session, Probe("e", command="reload"), 3)[0]
        assert "reload" not in found.typed()
