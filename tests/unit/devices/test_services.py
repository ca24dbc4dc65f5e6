# SPDX-License-Identifier: GPL-3.0-or-later
"""Services: activity, start at boot, and whether one runs with its present file."""

from __future__ import annotations

import pytest

from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.platforms.linux import services
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.platforms.linux.bundle import File
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.platforms.linux.components.base import View
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.platforms.linux.components.dnsmasq import (
    PATH,
    Dnsmasq,
)
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.platforms.linux.components.rsyslog import (
    Rsyslog,
)
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.platforms.linux.components.snmpd import Snmpd
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.platforms.linux.components.startup import (
    StartupFiles,
)
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.platforms.linux.services import Unit
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.platforms.linux.shell import Answer, Answers

# As systemd 257 prints it, one unit that does not exist among them.
SHOWN = """ExecMainStartTimestampMonotonic=5000000
Id=dnsmasq.service
LoadState=loaded
ActiveState=active
UnitFileState=enabled

ExecMainStartTimestampMonotonic=0
Id=nftables.service
LoadState=loaded
ActiveState=inactive
UnitFileState=enabled-runtime

ExecMainStartTimestampMonotonic=0
Id=frr.service
LoadState=not-found
ActiveState=inactive
UnitFileState=
"""
UNITS = services.parse(SHOWN)


def test_texts() -> None:
    assert Unit("dnsmasq.service").running(UNITS) == Unit("dnsmasq.service").intended()
    assert Unit("nftables.service").running(UNITS) == "aktif: tidak\nmenyala saat boot: tidak\n"
    assert Unit("nftables.service", runs=False).running(UNITS) == "menyala saat boot: tidak\n"
    assert Unit("x.service").running({}) == "aktif: tidak\nmenyala saat boot: tidak\n"


def test_only_what_is_not_enabled_is_enabled() -> None:
    assert Unit("dnsmasq.service").ensure(UNITS) == "systemctl start dnsmasq.service\n"
    assert "systemctl enable -q nftables.service" in Unit("nftables.service").ensure(UNITS)


def test_restore_brings_back_what_was_read() -> None:
    stopped = Unit("nftables.service").restore(UNITS)
    assert "disable" in stopped
    assert "systemctl stop nftables.service" in stopped
    assert "systemctl start dnsmasq.service" in Unit("dnsmasq.service").restore(UNITS)
    assert Unit("frr.service").restore(UNITS) == "", "a unit that was not there is not ours to stop"


@pytest.mark.parametrize(
    ("written", "up_to_date"), [(0, True), (1000.0, True), (1005.0, True), (1006.0, False), (2000.0, False)]
)
@pytest.mark.parametrize("clock", [0.0, 86400.0])
def test_file_newer_than_the_process(written: float, up_to_date: bool, clock: float) -> None:
    """Booted at 1000, started at 1005; setting the clock (and every later file's time) changes nothing."""
    times = f"{written + clock if written else 0:.0f}\n{1100 + clock:.9f}\n100.00\n"
    view = View((File(PATH, "no-resolv\n"),), Answers({"times": Answer(0, times, "")}), {}, UNITS)
    expected = Dnsmasq().intended(view)
    assert (Dnsmasq().running(view) == expected) is up_to_date


@pytest.mark.parametrize("component", [Rsyslog(), Snmpd()])
def test_a_daemon_with_nothing_to_do_need_not_be_there(component: StartupFiles) -> None:
    idle = [File(component.globs[0], "# Dikelola Terpusat\n")]
    busy = [File(component.globs[0], "# Dikelola Terpusat\n*.info x\n")]
    assert component.used_tools(idle) == {}
    assert component.used_units(idle) == ()
    assert component.used_tools(busy) == component.tools
    assert [unit.name for unit in component.used_units(busy)] == [component.daemon]
    view = View(idle, Answers({"times": Answer(0, "0\n1000.0\n100.0\n", "")}), {}, {})
    assert component.running(view) == component.intended(view)
    assert f"restart {component.daemon}" not in component.apply(view).replace("try-restart", "")


def test_both_passwords_of_the_monitoring_user_are_secrets() -> None:
    line = 'createUser pantau SHA "sandi satu" AES "sandi dua"\n'
    assert Snmpd.secret is not None
    assert [match[match.lastindex or 0] for match in Snmpd.secret.finditer(line)] == ['"sandi satu"', '"sandi dua"']
