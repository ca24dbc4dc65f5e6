# SPDX-License-Identifier: GPL-3.0-or-later
"""When the running configuration would not survive a reboot."""

from __future__ import annotations

import pytest

from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.platforms.ios import startup

CHANGED = "! Last configuration change at {} WIB Fri Nov {} 2026 by admin\n"
SAVED = "! NVRAM config last updated at {} WIB Fri Nov {} 2026 by admin\n"


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("", False),
        (CHANGED.format("10:00:00", 20), True),
        (CHANGED.format("10:00:00", 20) + SAVED.format("10:00:00", 20), False),
        (CHANGED.format("10:00:01", 20) + SAVED.format("10:00:00", 20), True),
        (CHANGED.format("09:00:00", 20) + SAVED.format("10:00:00", 9), True),
        (CHANGED.format("09:00:00.123", 20) + SAVED.format("10:00:00", 20), False),
    ],
)
def test_the_header_tells_who_was_last(head: str, expected: bool) -> None:
    assert startup.suspicious(f"!\n{head}!\nversion 15.2\nend\n") is expected


RUNNING = """\
Building configuration...
Current configuration : 99 bytes
!
version 15.2
hostname sw
crypto pki certificate chain TP
 certificate self-signed 01
  3082022B
  \tquit
interface Vlan1
 shutdown
ntp clock-period 17179869
end
"""
STARTUP = """\
Using 99 out of 65536 bytes
!
version 15.2
hostname {}
crypto pki certificate chain TP
 certificate self-signed 01 nvram:IOS-Self-Sig#1.cer
interface Vlan1
 shutdown
end
"""


@pytest.mark.parametrize(("name", "expected"), [("sw", False), ("lain", True)])
def test_sizes_certificates_and_the_clock_make_no_difference(name: str, expected: bool) -> None:
    assert startup.differs(RUNNING, STARTUP.format(name)) is expected


def test_no_startup_configuration_at_all() -> None:
    assert startup.differs(RUNNING, "startup-config is not present\n") is True
