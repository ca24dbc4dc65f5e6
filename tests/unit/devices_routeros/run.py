# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs real transactions against emulated routers."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices import platforms
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.report import Report
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.session import Login, Session
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.target import Target
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.transaction import Transaction
from emulators.core.farm import DeviceHandle

#: device seconds in one real second: a restore waits a second, a restart some
SCALE = 20
#: device seconds until a guard fires: a minute of the slowest machine; where it must fire, `DeviceHandle.advance`
GUARD = 60 * SCALE


def login_of(device: DeviceHandle) -> Login:
    """How to log in to an emulated router, its host key known."""
    config = Path(device.known_hosts).parent / "ssh_config"
    config.write_text(f"Host *\n    UserKnownHostsFile {device.known_hosts}\n")
    return Login(device.host, device.port, device.user, device.password, ssh_config_file=str(config))


def open_session(device: DeviceHandle) -> Session:
    """A session as the platform wants it."""
    platform = platforms.load("routeros")
    return Session.open(login_of(device), platform.device_type, interactive=platform.interactive)


def target_of(device: DeviceHandle, **more: Any) -> Target:
    """The device as a register would describe it."""
    return replace(
        Target(device.host, None, device.user, "10.99.0.21", ("10.99.0.0/24",), device.port),
        **more,
    )


def transact(
    device: DeviceHandle, text: str, *, target: Target | None = None, guard: int = GUARD, **more: Any
) -> Report:
    """One transaction."""
    return Transaction(
        platforms.load("routeros"),
        lambda: open_session(device),
        target=target or target_of(device),
        guard_seconds=guard,
        **more,
    ).run(text)
