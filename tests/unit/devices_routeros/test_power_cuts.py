# SPDX-License-Identifier: GPL-3.0-or-later
"""The power goes while a change is guarded: who restores is alone, and after a restart somebody does."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from faults import routeros_case

from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices import platforms
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.guard import Guard, GuardState, Strength
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.platforms.base import Platform
from emulators.core.device import Device
from emulators.core.farm import DeviceHandle, Farm
from emulators.core.personality import Personality

from .run import GUARD, open_session, target_of

_PATIENCE = 60.0


@pytest.fixture(params=("routeros-hex-v7", "routeros-hap-v6"))
def router(request: pytest.FixtureRequest) -> Iterator[DeviceHandle]:
    personality = Personality.load(request.param, name="r1", reboot_seconds=0.2)
    with Farm([personality.copy(seed=personality.seed + routeros_case.OWNED)]) as farm:
        yield farm["r1"]


def change(router: DeviceHandle) -> tuple[Platform, Guard]:
    """Applied and not yet confirmed."""
    platform = platforms.load("routeros")
    intended = platform.parse(routeros_case.INTENDED, target_of(router))
    with open_session(router) as session:
        platform.preflight(session, intended)
        reading = platform.read(session, intended)
        patch = platform.render_patch(intended, reading, [])
        guard = platform.arm(session, patch, platform.render_inverse(intended, reading, []), GUARD, Strength.INVERSE)
        platform.apply(session, guard)
    return platform, guard


def jobs(config: str) -> str:
    """What the device's scheduler holds of ours, its scripts left out."""
    whole = re.sub(r"\\\n\s*", "", config)
    found = [re.sub(r"on-event=.*? (?=policy=|start-)", "", line) for line in whole.splitlines()]
    return "\n".join(line for line in found if " name=terpusat-" in line)


def restoring(device: Device) -> bool:
    return "state=restoring" in jobs(device.config())


def test_the_job_of_the_restart_leaves_a_restore_alone_that_began_after_it(router: DeviceHandle) -> None:
    """A device may be logged in to before its startup jobs have run."""
    before = routeros_case.essence(router.config())
    platform, guard = change(router)
    with open_session(router) as session:
        platform.revert(session, guard)
        router.wait_for(restoring, timeout=_PATIENCE)
        session.run(":execute script=[/system scheduler get [find name=terpusat-boot] on-event]")
        router.advance(1)
        router.wait_for(lambda device: not restoring(device), timeout=_PATIENCE)
        router.advance(2)
        session.run(":delay 1s")
        assert platform.guard_state(session, guard) is GuardState.RESTORED, jobs(router.config())
    assert routeros_case.essence(router.config()) == before


def test_a_restore_that_was_cut_off_goes_on_after_the_restart(router: DeviceHandle) -> None:
    before = routeros_case.essence(router.config())
    platform, guard = change(router)
    with open_session(router) as session:
        platform.revert(session, guard)
        router.wait_for(restoring, timeout=_PATIENCE)
        router.reboot()
    router.wait_up(_PATIENCE)
    router.advance(2)
    router.wait_for(lambda device: not restoring(device), timeout=_PATIENCE)
    with open_session(router) as session:
        platform.preflight(session, platform.parse(routeros_case.INTENDED, target_of(router)))
        assert platform.guard_state(session, guard) is GuardState.RESTORED, jobs(router.config())
    assert routeros_case.essence(router.config()) == before
