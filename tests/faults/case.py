# SPDX-License-Identifier: GPL-3.0-or-later
"""One change on one emulated device: from what it runs to what is intended, and how to recognise both."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices import platforms, transaction
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.journal import Journal
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.platforms.ios import cli
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.probes import Probe
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.report import Report
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.session import Login, Session
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.target import Target
from emulators.core.farm import DeviceHandle
from emulators.core.personality import Personality

#: factor on the IOS platform's patience, on a machine however busy; see `faults.silence`
cli.PATIENCE = 4.0
#: real seconds that a guard lasts at least, on a machine however busy
_GUARDED = 30.0


@dataclass(frozen=True)
class Case:
    """``essence`` leaves of a configuration what says whether it is the old or the new one.

    ``guard_seconds`` are the device's, of which `Personality.time_scale` pass in one real second.
    """

    platform: str
    personality: Personality
    intended: str
    essence: Callable[[str], str]
    guard_seconds: int
    address: str
    probes: tuple[Probe, ...] = field(default=())

    def __post_init__(self) -> None:
        assert self.guard_seconds >= _GUARDED * self.personality.time_scale


def login(device: DeviceHandle, ssh_config: str) -> Login:
    """How the emulated device is logged in to."""
    return Login(
        host=device.host,
        port=device.port,
        user=device.user,
        password=device.password,
        ssh_config_file=ssh_config,
        timeout=60.0,
        secret=device.secret or None,
    )


def transact(case: Case, where: Login, journal: Journal | None = None) -> Report:
    """One transaction in this process."""
    platform = platforms.load(case.platform)
    return transaction.Transaction(
        platform,
        lambda: Session.open(where, platform.device_type, interactive=platform.interactive),
        target=Target(where.host, user=where.user, address=case.address, port=where.port),
        guard_seconds=case.guard_seconds,
        probes=case.probes,
        journal=journal,
    ).run(case.intended)
