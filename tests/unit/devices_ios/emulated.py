# SPDX-License-Identifier: GPL-3.0-or-later
"""A real transaction against an emulated switch, with what the tests of this folder have in common."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from faults import silence

from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices import platforms
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.report import Report
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.session import Login, Session
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.target import Target
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.transaction import Transaction
from emulators.core import Farm, Personality
from emulators.core.farm import DeviceHandle

#: seconds that a guard of these tests lasts, and a login may take: a busy machine cannot miss them
GUARD = 600
_LOGIN = 60

#: what stands on the switch; ``features`` are put in or left out by the tests
SEED = """\
hostname sw1
enable secret rahasia
username admin privilege 15 secret rahasia
{features}ip ssh version 2
vtp mode transparent
vlan 10
 name manajemen
interface GigabitEthernet1/0/1
 switchport mode trunk
interface Vlan10
 ip address 10.0.0.2 255.255.255.0
ip access-list standard MGMT
 permit 10.99.0.0 0.0.0.255
ip default-gateway 10.0.0.1
snmp-server community publik RO
line vty 0 4
 login local
 transport input ssh
line vty 5 15
 login local
 transport input ssh
"""
ARCHIVE = "archive\n path flash:arsip\n"
SCP = "ip scp server enable\n"
WANTED = """\
! own: vlan
hostname sw1
username admin privilege 15 secret rahasia
vtp mode transparent
vlan 10
 name manajemen
vlan 20
 name kantor
interface GigabitEthernet1/0/1
 description uplink
 switchport trunk allowed vlan 10,20
 switchport mode trunk
interface GigabitEthernet1/0/2
 description kantor
 switchport access vlan 20
 switchport mode access
interface Vlan10
 description manajemen
 ip address 10.0.0.2 255.255.255.0
ip access-list standard MGMT
 permit 10.98.0.0 0.0.0.255
 permit 10.99.0.0 0.0.0.255
 deny any
banner motd ^C
Hanya untuk yang berwenang
^C
line vty 0 4
 access-class MGMT in
 login local
 transport input ssh
"""
TARGET = Target("sw1", None, "admin", "10.0.0.2", ("10.99.0.0/24",))


class Switch:
    """The emulated device, and transactions on it."""

    def __init__(self, device: DeviceHandle, folder: Path, way: str) -> None:
        self.device = device
        self.way = way
        config = folder / "ssh_config"
        config.write_text(f'Host *\n UserKnownHostsFile "{device.known_hosts}"\n')
        self.login = Login(
            device.host, device.port, device.user, device.password, ssh_config_file=str(config), timeout=_LOGIN
        )

    def open(self, *, interactive: bool = True) -> Session:
        return Session.open(self.login, "cisco_ios", interactive=interactive)

    def run(self, wanted: str = WANTED, **settings: Any) -> Report:
        settings = {"target": TARGET, "guard_seconds": GUARD, **settings}
        return Transaction(platforms.load("ios"), self.open, **settings).run(wanted)

    def outlast_guard(self) -> None:
        """Let the time pass in which the device undoes by itself what nobody confirmed."""
        self.device.wait_for(lambda box: not box.sessions)
        self.device.advance(GUARD)
        self.device.wait_for(lambda box: box.rollback.pending is None and not box.plan.scheduled)
        self.device.boot()

    def typed(self) -> list[str]:
        """Every command received, whatever way it came."""
        return [entry.text for entry in self.device.log() if entry.kind in ("command", "exec", "upload")]


@contextmanager
def switch(folder: Path, features: str = ARCHIVE + SCP, way: str = "", **personality: Any) -> Iterator[Switch]:
    """A Catalyst with the features named in its configuration; ``way`` is what a test calls that."""
    settings: dict[str, Any] = {"version": "15.2(7)E4", "model": "WS-C2960X-24TS-L", "serial": "FOC1", **personality}
    seed = settings.pop("seed", SEED).format(features=features)
    with Farm([Personality("sw1", "ios", seed=seed, **settings)]) as farm, silence.skipped(farm):
        yield Switch(farm["sw1"], folder, way)
