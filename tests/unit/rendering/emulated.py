# SPDX-License-Identifier: GPL-3.0-or-later
"""A factory-fresh box for each device of a variant: emulated, reachable at its management address and nowhere else."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from variants import VARIANTS

from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices import platforms
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.report import Report
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.session import Login, Session
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.target import Target
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.transaction import Transaction
from emulators.core.farm import DeviceHandle
from emulators.core.personality import Personality

#: seconds a guard lasts here: no machine is slow enough to miss it
_GUARD = 600
#: seconds a login may take
_PATIENCE = 60
_ROUTEROS = "/ip address\nadd address={address}/24 interface={port}\n"
_IOS = """\
hostname {name}
enable secret rahasia
username admin privilege 15 secret rahasia
archive
 path flash:arsip
 maximum 5
interface {port}
{layer3} ip address {address} 255.255.255.0
ip ssh version 2
ip scp server enable
line vty 0 4
 login local
 transport input ssh
"""


def personality(variant: str, host: dict[str, Any], **more: Any) -> Personality:
    """The box of a host as it comes out of enrolment: an address on the management port, and our user."""
    known, management = host["terpusat_host"], host["terpusat_intent"]["management"]
    box = VARIANTS[variant][known["role"]]
    port, address = management["interface"], management["address"]
    switch = known["role"] == "core_switch"
    seed = (_IOS if box.platform == "ios" else _ROUTEROS).format(
        name=known["name"], port=port, address=address, layer3=" no switchport\n" if switch else ""
    )
    loaded = Personality.load(
        box.personality, name=known["name"], model=box.model, version=box.version, seed=seed, **more
    )
    loaded.flags = {
        **loaded.flags,
        "management": {"interface": port, "address": address, "source": "10.99.0.1"},
        "facts": {},
        "neighbors": [],
    }
    if box.platform == "ios":
        loaded.flags |= {"box": ["switch", "l3"] if switch else ["router"], "ports": ",".join(box.ports.values())}
    return loaded


def target(host: dict[str, Any], device: DeviceHandle) -> Target:
    """The device as the register describes it."""
    management = host["terpusat_intent"]["management"]
    version = host["terpusat_host"]["os_version"]
    return Target(management["address"], version, device.user, management["address"], tuple(management["sources"]), 22)


def transact(host: dict[str, Any], device: DeviceHandle, text: str, **more: Any) -> Report:
    """One transaction, as a play would make it."""
    platform = platforms.load(host["terpusat_host"]["platform"])
    config = Path(device.known_hosts).parent / "ssh_config"
    config.write_text(f"Host *\n    UserKnownHostsFile {device.known_hosts}\n")
    login = Login(
        device.host, device.port, device.user, device.password, ssh_config_file=str(config), timeout=_PATIENCE
    )
    return Transaction(
        platform,
        lambda: Session.open(login, platform.device_type, interactive=platform.interactive),
        target=target(host, device),
        guard_seconds=_GUARD,
        **more,
    ).run(text)
