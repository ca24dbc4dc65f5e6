# SPDX-License-Identifier: GPL-3.0-or-later
"""The guarded transaction on emulated routers of version 6 and 7: what it does, and what it leaves behind."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices import platforms
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.guard import GuardState, Strength
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.outcome import Outcome
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.probes import Probe
from emulators.core.farm import DeviceHandle, Farm
from emulators.core.faults import DropAt, ImportFailsAt
from emulators.core.log import COUNTED
from emulators.core.personality import Personality

from .run import GUARD, SCALE, open_session, target_of, transact

TEXT = """\
/ip/firewall/address-list
add list=tamu address=10.20.9.0/24 comment="terpusat:tamu"
/ip/firewall/filter
add chain=forward action=accept connection-state=established,related comment="terpusat:mapan"
add chain=forward action=drop src-address-list=tamu comment="terpusat:tamu jangan"
/ip/dns
set servers=10.255.0.1,10.255.0.2 cache-max-ttl=1d
/ip/pool
add name=tamu ranges=10.20.9.10-10.20.9.20
/queue/simple
add name=tamu target=10.20.9.0/24 max-limit=7M/7000000 comment="terpusat:tamu"
/system/note
set note="dikelola \\"Terpusat\\" \\$x"
"""
LATER = TEXT.replace(
    'drop src-address-list=tamu comment="terpusat:tamu jangan"', 'drop comment="terpusat:tamu tutup"'
).replace(
    "/ip/pool\nadd name=tamu ranges=10.20.9.10-10.20.9.20\n", "/ip/pool\nadd name=tamu ranges=10.20.9.30-10.20.9.40\n"
)
#: the record, not the job's script that writes it
_RESTORED = re.compile(r"state=(?:restored|failed) at=[^\\]")
#: real seconds after which something has stopped for good, on the busiest machine
PATIENCE = 120.0
PERSONALITIES = ("routeros-hex-v7", "routeros-hap-v6")


@pytest.fixture(params=PERSONALITIES)
def router(request: pytest.FixtureRequest) -> Iterator[DeviceHandle]:
    """A router whose clock runs fast."""
    with Farm([Personality.load(request.param, name="r1", time_scale=SCALE, reboot_seconds=2)]) as farm:
        yield farm["r1"]


@pytest.fixture
def v7() -> Iterator[DeviceHandle]:
    """A router of version 7 whose clock runs fast."""
    with Farm([Personality.load("routeros-hex-v7", name="r1", time_scale=SCALE, reboot_seconds=2)]) as farm:
        yield farm["r1"]


def await_restore(router: DeviceHandle) -> None:
    """Until the device has put itself back and says so."""
    router.wait_for(lambda device: _RESTORED.search(device.config()) is not None, timeout=PATIENCE)


def fire(router: DeviceHandle) -> None:
    """The guard's time has passed."""
    router.advance(GUARD)
    await_restore(router)


def assert_clean(router: DeviceHandle) -> None:
    """No file and no job of ours is left."""
    assert not [name for name in router.files() if "terpusat" in name]
    assert "terpusat-" not in router.config()


def test_changed_then_in_sync(router: DeviceHandle) -> None:
    before = router.config()
    report = transact(router, TEXT)
    assert report.outcome is Outcome.CHANGED, report.message
    assert report.strength is Strength.INVERSE
    assert_clean(router)
    for line in before.splitlines():
        assert line in router.config() or line.startswith("/ip dns set"), line
    orders = router.commands
    assert transact(router, TEXT).outcome is Outcome.IN_SYNC
    assert router.commands - orders <= 5
    assert transact(router, LATER).outcome is Outcome.CHANGED
    assert transact(router, TEXT).outcome is Outcome.CHANGED
    assert_clean(router)


def test_check_mode_changes_nothing_and_tells_what_an_apply_does(router: DeviceHandle) -> None:
    before = router.config()
    dry = transact(router, TEXT, check_mode=True)
    assert router.config() == before
    kinds = {entry.kind for entry in router.log()}
    assert "upload" not in kinds
    assert len([entry for entry in router.log() if entry.kind == "login"]) == 1
    wet = transact(router, TEXT)
    assert dry.patch == wet.patch
    assert [change.as_result() for change in dry.changes] == [change.as_result() for change in wet.changes]


def test_a_failed_probe_brings_the_former_state_back(router: DeviceHandle) -> None:
    transact(router, TEXT)
    before = router.config()
    probe = Probe("rute", command="/ip route print", expect="tidak akan ada")
    report = transact(router, LATER, probes=[probe])
    assert report.outcome is Outcome.ROLLED_BACK, report.message
    assert "rute" in report.message
    assert router.config() == before
    assert_clean(router)


def test_an_import_that_fails_is_undone_and_names_the_line(router: DeviceHandle) -> None:
    before = router.config()
    # The last line of the patch; the inverse is shorter.
    router.fault(ImportFailsAt(9))
    report = transact(router, TEXT)
    assert report.outcome is Outcome.ROLLED_BACK, report.message
    assert "langkah" in report.message
    assert router.config() == before
    assert_clean(router)


def test_the_guard_fires_when_the_controller_is_gone(router: DeviceHandle) -> None:
    before = router.config()
    platform = platforms.load("routeros")
    intended = platform.parse(TEXT, target_of(router))
    session = open_session(router)
    platform.preflight(session, intended)
    reading = platform.read(session, intended)
    patch = platform.render_patch(intended, reading, [])
    inverse = platform.render_inverse(intended, reading, [])
    guard = platform.arm(session, patch, inverse, GUARD, Strength.INVERSE)
    platform.apply(session, guard)
    assert "10.255.0.2" in router.config()
    assert platform.guard_state(session, guard) is GuardState.ARMED
    session.close()
    fire(router)
    assert _without_record(router.config()) == before
    with open_session(router) as fresh:
        assert platform.guard_state(fresh, guard) is GuardState.RESTORED
        assert not platform.confirm(fresh, guard)
        preflight = platforms.load("routeros").preflight(fresh, intended)
    assert any("dikembalikan otomatis" in notice for notice in preflight.notices)
    assert transact(router, TEXT).outcome is Outcome.CHANGED
    assert_clean(router)


def test_a_restart_in_mid_change_comes_back_as_it_was(router: DeviceHandle) -> None:
    before = router.config()
    platform = platforms.load("routeros")
    intended = platform.parse(TEXT, target_of(router))
    with open_session(router) as session:
        platform.preflight(session, intended)
        reading = platform.read(session, intended)
        patch = platform.render_patch(intended, reading, [])
        inverse = platform.render_inverse(intended, reading, [])
        guard = platform.arm(session, patch, inverse, GUARD, Strength.INVERSE)
        platform.apply(session, guard)
        router.reboot()
    router.wait_up(PATIENCE)
    await_restore(router)
    assert _without_record(router.config()) == before
    assert "cause=boot" in router.config()


def _without_record(config: str) -> str:
    return "".join(line for line in config.splitlines(keepends=True) if "name=terpusat-restore" not in line)


def _without_jobs(config: str) -> str:
    return "".join(line for line in config.splitlines(keepends=True) if "name=terpusat-" not in line)


def test_another_guard_is_busy(router: DeviceHandle) -> None:
    router.busy("job", name="terpusat-guard", comment="id=x by=budi@kominfo seconds=60 state=armed")
    before = router.config()
    report = transact(router, TEXT)
    assert report.outcome is Outcome.BUSY
    assert "budi@kominfo" in report.message
    assert router.config() == before


def test_a_session_that_breaks_at_any_order_leaves_new_or_old(v7: DeviceHandle) -> None:
    before = v7.config()
    transact(v7, TEXT)
    after = v7.config()
    total = len([entry for entry in v7.log() if entry.kind in COUNTED])
    assert total < 20
    ends = set()
    wanted = TEXT
    for number in range(1, total + 1):
        # Each from where the one before ended: lost before it took effect, or only its answer.
        for late in (False, True):
            v7.clear_faults()
            wanted = LATER if wanted == TEXT else TEXT
            if transact(v7, wanted, check_mode=True).outcome is Outcome.IN_SYNC:
                wanted = LATER if wanted == TEXT else TEXT
            start = _without_jobs(v7.config())
            v7.fault(DropAt(number, after=late))
            report = transact(v7, wanted)
            v7.clear_faults()
            ends.add(report.outcome)
            if report.outcome is Outcome.CHANGED:
                assert transact(v7, wanted).outcome is Outcome.IN_SYNC
                assert_clean(v7)
            else:
                assert report.outcome in (Outcome.ROLLED_BACK, Outcome.OFFLINE), (number, report.message)
                assert _without_jobs(v7.config()) == start, (number, late, report.message)
            if "name=terpusat-guard" in v7.config():
                # Armed, though the answer was lost: it fires over nothing.
                assert transact(v7, wanted).outcome is Outcome.BUSY
                fire(v7)
    assert transact(v7, _cleared()).outcome is Outcome.CHANGED
    assert_clean(v7)
    assert ends >= {Outcome.CHANGED, Outcome.OFFLINE}
    assert before != after


def _cleared() -> str:
    """Everything of TEXT gone but the pool, which has no owner."""
    return (
        "/ip/firewall/address-list\n/ip/firewall/filter\n/queue/simple\n"
        '/ip/dns\nset servers=10.255.0.1 cache-max-ttl=1w\n/system/note\nset note=""\n'
    )


def test_without_a_scheduler_the_management_path_is_not_touched() -> None:
    personality = Personality.load("routeros-hex-v7", name="r1", time_scale=SCALE, flags={"device_mode": "home"})
    with Farm([personality]) as farm:
        router = farm["r1"]
        before = router.config()
        ping = '/ip/firewall/filter\nadd chain=input action=accept protocol=icmp comment="terpusat:ping"\n'
        report = transact(router, ping)
        assert report.outcome is Outcome.REFUSED
        assert "device-mode" in report.message
        assert "input" in report.message
        assert router.config() == before
        assert transact(router, TEXT).outcome is Outcome.CHANGED
        now = router.config()
        report = transact(router, LATER, probes=[Probe("gagal", command="/ip route print", expect="tidak ada")])
        assert report.outcome is Outcome.ROLLED_BACK, report.message
        assert router.config() == now
        assert_clean(router)


def test_two_hundred_lines_cost_few_round_trips(v7: DeviceHandle) -> None:
    lines = [f'add list=blokir address=192.0.2.{n} comment="terpusat:blokir-{n}"' for n in range(200)]
    report = transact(v7, "/ip/firewall/address-list\n" + "\n".join(lines) + "\n")
    assert report.outcome is Outcome.CHANGED, report.message
    assert len([entry for entry in v7.log() if entry.kind in COUNTED]) < 20


def test_values_that_no_export_shows_come_back_too(router: DeviceHandle) -> None:
    """Of these the tables know no default, so that the device is asked before anything is touched."""
    before = router.config()
    text = "/interface/ethernet\nset [find default-name=ether3] name=kantor\n/snmp\nset trap-version=2\n"
    report = transact(router, text, probes=[Probe("gagal", command="/ip route print", expect="tidak ada")])
    assert report.outcome is Outcome.ROLLED_BACK, report.message
    assert "<nilai semula>" in report.inverse
    assert router.config() == before
    assert transact(router, text).outcome is Outcome.CHANGED
    assert transact(router, text).outcome is Outcome.IN_SYNC


def test_safe_mode_of_somebody_is_busy(v7: DeviceHandle) -> None:
    v7.busy("safe-mode", user="budi")
    report = transact(v7, TEXT)
    assert report.outcome is Outcome.BUSY, report.message
    assert "budi" in report.message
    v7.idle()
    assert transact(v7, TEXT).outcome is Outcome.CHANGED
