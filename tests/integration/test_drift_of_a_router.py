# SPDX-License-Identifier: GPL-3.0-or-later
"""Changes made by hand: every component finds its own, names nothing else, and mends it without touching the rest."""

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
FILES = {
    "dnsmasq": "/etc/dnsmasq.d/terpusat.conf",
    "frr": "/etc/frr/frr.conf",
    "networkd": "/etc/systemd/network/60-terpusat-eth3.network",
    "nftables": "/etc/nftables.conf",
    "openvswitch": "/etc/terpusat/openvswitch.conf",
    "shaping": "/etc/terpusat/shaping.tc",
    "sysctl": "/etc/sysctl.d/90-terpusat.conf",
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


@pytest.mark.parametrize("component", FILES)
def test_file(configured: Router, component: str) -> None:
    path = FILES[component]
    configured.console(f"echo '# diubah tangan' >>{path}")
    found = configured.transact(configured.base, check_mode=True)
    names = [(c.item.component, c.item.kind, c.item.name) for c in found.changes]
    assert (component, "file", path) in names
    assert {name for name, _, _ in names} == {component}
    assert "- # diubah tangan" in next(c.summary for c in found.changes if c.item.kind == "file")
    configured.expect("changed", configured.base)
    assert "diubah tangan" not in configured.console(f"cat {path}")


def test_file_mode_and_owner(configured: Router) -> None:
    configured.console("chmod 0666 /etc/frr/frr.conf; chown root /etc/frr/frr.conf")
    found = configured.transact(configured.base)
    assert [c.item.name for c in found.changes] == ["/etc/frr/frr.conf"]
    assert configured.console("stat -c '%a %U' /etc/frr/frr.conf") == "640 frr\n"


def test_file_that_the_bundle_does_not_have_is_removed(configured: Router) -> None:
    stray = "/etc/systemd/network/60-terpusat-eth2.network"
    configured.console(
        f"printf '[Match]\\nName=eth2\\n[Network]\\nAddress=10.67.0.1/24\\n' >{stray}; networkctl reload"
    )
    configured.wait("ip -o address show dev eth2 | grep -q 10.67.0.1", 15)
    configured.expect("changed", configured.base)
    configured.console(f"test ! -e {stray}")
    assert "10.67.0.1" not in configured.console("ip -o address show dev eth2")


def test_file_touched_after_the_service_started(configured: Router) -> None:
    configured.console("sleep 1.1; touch /etc/dnsmasq.d/terpusat.conf")
    found = configured.transact(configured.base)
    assert [(c.item.component, c.item.kind) for c in found.changes] == [("dnsmasq", "running")]


def test_component_without_files_in_the_bundle_is_left_alone(configured: Router) -> None:
    only_filter = "==> /etc/nftables.conf" + configured.base.split("==> /etc/nftables.conf")[1]
    configured.console("ip address add 10.66.0.1/24 dev eth3; systemctl stop dnsmasq")
    configured.expect("in_sync", only_filter)
    configured.console("ip -o address show dev eth3 | grep -q 10.66.0.1")


def test_rate_changes_without_a_gap(configured: Router) -> None:
    """The queue itself stays: packets of other offices in it are not thrown away."""
    configured.console("tc class add dev eth2 parent 1: classid 1:9 htb rate 1mbit; tc class del dev eth2 classid 1:9")
    log = "tc -s qdisc show dev eth2 | head -1"
    before = configured.console(log)
    configured.console("tc monitor >/run/tc.log 2>&1 & echo $! >/run/tc.pid")
    configured.expect("changed", configured.base.replace("20mbit ceil 20mbit", "30mbit ceil 30mbit"))
    configured.console("kill $(cat /run/tc.pid)")
    events = configured.console("cat /run/tc.log")
    assert "rate 30Mbit" in events
    assert "qdisc" not in events
    assert configured.console(log) == before


def test_files_rendered_empty_take_away_what_they_configured(configured: Router) -> None:
    kept, emptied = [], {"/etc/terpusat/shaping.tc", "/etc/terpusat/openvswitch.conf", "/etc/dnsmasq.d/terpusat.conf"}
    for part in configured.base.split("==> ")[1:]:
        path = part.split()[0]
        if path.endswith(("vlan101.network", "eth1.network")):
            continue
        kept.append(f"==> {part.splitlines()[0]}\n" if path in emptied else f"==> {part}")
    bundle = "\n".join(kept)
    configured.expect("changed", bundle)
    assert "htb" not in configured.console("tc qdisc show dev eth2")
    assert "br0" not in configured.console("ovs-vsctl list-br")
    configured.expect("in_sync", bundle)
