# SPDX-License-Identifier: GPL-3.0-or-later
"""What runs was changed by hand: every component finds its own, names nothing else, and mends it alone."""

from __future__ import annotations

import pytest
from router import Router

DRIFT = {
    "address added": ("ip address add 10.66.0.1/24 dev eth3", "networkd", "eth3"),
    "address removed": ("ip address del 10.50.0.1/24 dev eth3", "networkd", "eth3"),
    "address on the loopback": ("ip address add 10.66.1.1/32 dev lo", "networkd", "lo"),
    "route added": ("ip route add 10.77.0.0/16 via 10.50.0.9", "networkd", "eth3"),
    "default route removed": ("ip route del default via 10.50.0.2", "networkd", "eth3"),
    "link down": ("ip link set eth1 down", "networkd", "eth1"),
    "class rate": (
        "tc class change dev eth2 parent 1: classid 1:101 htb rate 5mbit ceil 5mbit",
        "shaping",
        "eth2",
    ),
    "class added": ("tc class add dev eth2 parent 1: classid 1:777 htb rate 5mbit", "shaping", "eth2"),
    "shaping removed": ("tc qdisc del dev eth2 root", "shaping", "eth2"),
    "classifier changed": (
        "tc filter del dev eth2 parent 1: && "
        "tc filter add dev eth2 parent 1: protocol ip prio 10 u32 match ip dst 10.21.0.0/24 flowid 1:101",
        "shaping",
        "eth2",
    ),
    "rule added": ("nft add rule inet filter input tcp dport 8080 accept", "nftables", "tabel inet filter"),
    "ruleset flushed": ("nft flush ruleset", "nftables", "tabel inet filter"),
    "table added": ("nft add table inet backdoor", "nftables", "tabel inet backdoor"),
    "ospf cost": ("vtysh -c 'conf t' -c 'interface vlan101' -c 'ip ospf cost 99'", "frr", "konfigurasi"),
    "ospf router gone": ("vtysh -c 'conf t' -c 'no router ospf'", "frr", "konfigurasi"),
    "static route in frr": ("vtysh -c 'conf t' -c 'ip route 10.99.9.0/24 Null0'", "frr", "konfigurasi"),
    "vlan tag": ("ovs-vsctl set port vlan10 tag=20", "openvswitch", "bridge br0"),
    "port added": ("ovs-vsctl add-port br0 eth3 tag=10", "openvswitch", "bridge br0"),
    "kernel parameter": ("sysctl -w net.ipv4.ip_forward=0", "sysctl", "nilai"),
    "service stopped": ("systemctl stop dnsmasq", "dnsmasq", "layanan dnsmasq"),
    "service disabled": ("systemctl disable frr", "frr", "layanan frr"),
    "shaping not at boot": ("systemctl disable terpusat-shaping", "shaping", "layanan terpusat-shaping"),
}
_STARTS = "systemctl show -p ExecMainStartTimestampMonotonic,Id frr dnsmasq systemd-networkd openvswitch-switch"


@pytest.mark.parametrize("case", DRIFT)
def test_running_state(configured: Router, case: str) -> None:
    command, component, part = DRIFT[case]
    before, starts = configured.state(), configured.console(_STARTS)
    configured.console(command)
    tampered = configured.state()
    assert tampered != before

    found = configured.transact(configured.base, check_mode=True)
    assert found.outcome == "changed"
    assert (component, "running", part) in [(c.item.component, c.item.kind, c.item.name) for c in found.changes]
    assert {change.item.component for change in found.changes} == {component}
    assert configured.state() == tampered, "check mode changed something"

    configured.expect("changed", configured.base)
    assert configured.state() == before
    configured.expect("in_sync", configured.base, check_mode=True)
    if case != "service stopped":
        assert configured.console(_STARTS) == starts, "a service was restarted for somebody else's change"


def test_an_interface_may_leave_frr_while_it_stands(configured: Router) -> None:
    """As when a link becomes a bundle: FRR refuses to delete the interface, and the change went back for that."""
    before = configured.state()
    line = " ip ospf area 0.0.0.0\nexit\n!\n"
    more = configured.base.replace("interface lo\n", f"interface eth3\n{line}interface lo\n", 1)
    configured.expect("changed", more)
    report = configured.expect("changed", configured.base)
    assert {change.item.component for change in report.changes} == {"frr"}
    # Files are new, what runs is as before.
    assert configured.console("vtysh -c 'show running-config'") in before
    configured.expect("in_sync", configured.base, check_mode=True)
