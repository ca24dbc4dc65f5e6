# SPDX-License-Identifier: GPL-3.0-or-later
"""What lldpctl prints, in both shapes that its JSON takes."""

from __future__ import annotations

import json

from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.inspection import Neighbour
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.platforms.linux.inspection import lldp

ONE = {
    "via": "LLDP",
    "chassis": {
        "core1": {"id": {"type": "mac", "value": "00:11:22:33:44:55"}, "descr": "Debian", "mgmt-ip": "10.0.0.1"}
    },
    "port": {"id": {"type": "ifname", "value": "eth3"}, "descr": "eth3"},
}
TWO = {"via": "CDPv2", "chassis": {"sw1": {"mgmt-ip": ["10.0.0.2", "fe80::1"]}}, "port": {"id": {"value": "Gi0/1"}}}


def test_one_and_several_neighbours() -> None:
    first = Neighbour("lldp", "eth1", "core1", "eth3", "10.0.0.1", "Debian")
    assert list(lldp(json.dumps({"lldp": {"interface": {"eth1": ONE}}}))) == [first]
    both = json.dumps({"lldp": {"interface": [{"eth1": ONE}, {"eth2": TWO}]}})
    assert list(lldp(both)) == [first, Neighbour("cdpv2", "eth2", "sw1", "Gi0/1", "10.0.0.2")]


def test_nobody_and_nonsense() -> None:
    assert list(lldp(json.dumps({"lldp": {}}))) == []
    assert list(lldp("")) == []
    assert list(lldp("{")) == []
