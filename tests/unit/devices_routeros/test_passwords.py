# SPDX-License-Identifier: GPL-3.0-or-later
"""A password that changed in the vault reaches the device, though no device shows which one it has."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import paramiko
import pytest

from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.fleet.comparison import Subject, compare
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.outcome import Outcome
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.probes import Probe
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.report import Report
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.secrecy import Fingerprints
from emulators.core.farm import DeviceHandle, Farm
from emulators.core.personality import Personality

from .run import SCALE, login_of, target_of, transact

KEY = b"k" * 32
OLD, NEW = "Lama-x7Qp$1", 'Baru "x7Qp"'


@pytest.fixture(params=("routeros-hex-v7", "routeros-hap-v6"))
def router(request: pytest.FixtureRequest) -> Iterator[DeviceHandle]:
    with Farm([Personality.load(request.param, name="r1", time_scale=SCALE)]) as farm:
        yield farm["r1"]


def text(password: str, name: str = "petugas", comment: str = "terpusat:petugas jaga malam") -> str:
    escaped = password.replace('"', '\\"').replace("$", "\\$")
    return f'/user\nadd name={name} group=read password="{escaped}" comment="{comment}"\n'


def run(router: DeviceHandle, wanted: str, **more: Any) -> Report:
    report = transact(router, wanted, hide=Fingerprints(KEY), **more)
    told = repr(report) + router.config()
    assert "x7Qp" not in told
    return report


def in_the_fleet(router: DeviceHandle, wanted: str) -> list[str]:
    """What a drift check finds."""
    subject = Subject("r1", "routeros", wanted, target_of(router), login_of(router), Fingerprints(KEY))
    report = compare(subject)
    assert "x7Qp" not in repr(report)
    assert report.outcome in (Outcome.IN_SYNC, Outcome.CHANGED), report.message
    return [change.item.name for change in report.changes]


def takes(router: DeviceHandle, password: str) -> bool:
    """Whether the device lets this user in."""
    client = paramiko.SSHClient()
    client.load_host_keys(str(router.known_hosts))
    try:
        client.connect(router.host, router.port, "petugas", password, allow_agent=False, look_for_keys=False)
    except paramiko.AuthenticationException:
        return False
    finally:
        client.close()
    return True


def test_a_changed_password_is_applied_once(router: DeviceHandle) -> None:
    assert run(router, text(OLD)).outcome is Outcome.CHANGED
    assert takes(router, OLD)
    assert run(router, text(OLD)).outcome is Outcome.IN_SYNC
    assert in_the_fleet(router, text(OLD)) == []
    assert in_the_fleet(router, text(NEW)) == ["petugas (kata sandi)"]
    looked = run(router, text(NEW), check_mode=True)
    assert [change.item.name for change in looked.changes] == ["petugas (kata sandi)"]
    changed = run(router, text(NEW))
    assert changed.outcome is Outcome.CHANGED, changed.message
    assert changed.patch == looked.patch
    assert takes(router, NEW)
    assert not takes(router, OLD)
    assert run(router, text(NEW)).outcome is Outcome.IN_SYNC


def test_another_comment_does_not_lose_the_fingerprint(router: DeviceHandle) -> None:
    run(router, text(OLD))
    changed = run(router, text(OLD, comment="terpusat:petugas jaga siang"))
    assert changed.outcome is Outcome.CHANGED, changed.message
    assert len(changed.changes) == 1
    assert run(router, text(OLD, comment="terpusat:petugas jaga siang")).outcome is Outcome.IN_SYNC


def test_a_password_that_was_undone_is_set_again(router: DeviceHandle) -> None:
    """What stood cannot be brought back; that nobody knows it any more is what the device says then."""
    run(router, text(OLD))
    undone = run(router, text(NEW), probes=[Probe("gagal", command="/ip route print", expect="tidak ada")])
    assert undone.outcome is Outcome.ROLLED_BACK, undone.message
    assert "sandi:" not in router.config()
    assert run(router, text(OLD)).outcome is Outcome.CHANGED
    assert takes(router, OLD)


def test_a_user_that_somebody_made_gets_the_intended_one(router: DeviceHandle) -> None:
    run(router, text(OLD))
    # Without a key that lasts nothing can be compared: such a run looks at the rest only.
    assert transact(router, text(NEW)).outcome is Outcome.IN_SYNC
    other = transact(router, text(OLD), hide=Fingerprints(b"another key"))
    assert other.outcome is Outcome.CHANGED, other.message
    assert takes(router, OLD)


def test_the_user_who_logs_in_is_left_to_enrolment(router: DeviceHandle) -> None:
    report = run(router, f'/user\nset [find name={router.user}] password="{NEW.replace(chr(34), "")}"\n')
    assert report.outcome is Outcome.IN_SYNC, report.message


def test_a_change_that_goes_back_leaves_the_password_of_who_had_to_go(router: DeviceHandle) -> None:
    """Nothing could give it back, so the user goes after the confirm."""
    run(router, text(OLD))
    undone = run(router, "/user\n", probes=[Probe("gagal", command="/ip route print", expect="tidak ada")])
    assert undone.outcome is Outcome.ROLLED_BACK, undone.message
    assert not takes(router, "")
    assert takes(router, OLD)
    assert run(router, text(OLD)).outcome is Outcome.IN_SYNC
    assert run(router, "/user\n").outcome is Outcome.CHANGED
    assert not takes(router, OLD)
