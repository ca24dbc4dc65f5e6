# SPDX-License-Identifier: GPL-3.0-or-later
"""A configuration taken apart into a template and the values of its ports says the same when it is put together."""

from __future__ import annotations

import pytest
from benchmarks.government import design
from jinja2 import Environment

RUNNING = """
Building configuration...

Current configuration : 300 bytes
!
! Last configuration change at 10:00:00 WIB
hostname sw1
snmp-server location gudang sw1
interface Gi0/1
 description lantai 1
 switchport access vlan 10
 spanning-tree portfast
!
interface Gi0/2
 description lantai 2
 switchport access vlan 20
 spanning-tree portfast
!
interface Gi0/3
 description uplink
 switchport mode trunk
!
interface Gi0/4
 shutdown
line vty 0 15
 login local
end
"""


def test_together_again() -> None:
    made = design(RUNNING)
    assert made.hostname == "sw1"
    assert made.ports == [
        {"name": "Gi0/1", "description": "lantai 1", "vlan": "10"},
        {"name": "Gi0/2", "description": "lantai 2", "vlan": "20"},
    ]
    intent = {"hostname": made.hostname, "ports": made.ports}
    text = Environment(trim_blocks=True).from_string(made.template).render(terpusat_intent=intent)
    wanted = [line for line in RUNNING.splitlines()[5:] if line not in ("!", "end") and not line.startswith("! ")]
    assert text.splitlines() == wanted
    assert "lantai" not in made.template
    assert "sw1" not in made.template


def test_a_text_that_jinja_would_change_is_refused() -> None:
    with pytest.raises(ValueError, match="templat"):
        design("hostname {{ x }}\n")
