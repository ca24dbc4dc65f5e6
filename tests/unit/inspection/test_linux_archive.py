# SPDX-License-Identifier: GPL-3.0-or-later
"""Which standing files tell what runs because of them: one component's strange file costs only that component."""

from __future__ import annotations

from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.platforms.linux.inspection import readable
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.platforms.linux.platform import Platform
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.platforms.linux.shell import LiveFile
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.target import Target

TARGET = Target("192.0.2.1")
SYSCTL = LiveFile("/etc/sysctl.d/90-terpusat.conf", "net.ipv4.ip_forward = 1\n", "0644", "root", "root")
SNMPD = LiveFile("/etc/snmp/snmpd.conf", "agentAddress udp:161\n", "0640", "root", "Debian-snmp")
STRANGER = LiveFile("/etc/passwd", "root:x:0:0::/root:/bin/sh\n", "0644", "root", "root")


def test_debians_account_with_capitals_is_read() -> None:
    standing, refused = readable(Platform(), [SYSCTL, SNMPD, STRANGER], TARGET)
    assert [file.path for file in standing] == [SYSCTL.path, SNMPD.path]
    assert refused == []


def test_one_strange_file_costs_its_own_component_only() -> None:
    broken = LiveFile(SYSCTL.path, "ini bukan sysctl\n", "0644", "root", "root")
    standing, refused = readable(Platform(), [broken, SNMPD], TARGET)
    assert [file.path for file in standing] == [SNMPD.path]
    (reason,) = refused
    assert reason.startswith("sysctl: ")
    assert "ini bukan sysctl" in reason


def test_the_distributions_own_pam_stack_is_no_configuration_of_ours() -> None:
    debian = LiveFile("/etc/pam.d/common-auth", "auth required pam_unix.so\n", "0644", "root", "root")
    standing, refused = readable(Platform(), [SYSCTL, debian], TARGET)
    assert [file.path for file in standing] == [SYSCTL.path]
    assert refused == []
