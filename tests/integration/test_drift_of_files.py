# SPDX-License-Identifier: GPL-3.0-or-later
"""Files were changed by hand, or the bundle has other ones: only what differs is named and mended."""

from __future__ import annotations

import pytest
from router import Router

FILES = {
    "dnsmasq": "/etc/dnsmasq.d/terpusat.conf",
    "frr": "/etc/frr/frr.conf",
    "networkd": "/etc/systemd/network/60-terpusat-eth3.network",
    "nftables": "/etc/nftables.conf",
    "openvswitch": "/etc/terpusat/openvswitch.conf",
    "shaping": "/etc/terpusat/shaping.tc",
    "sysctl": "/etc/sysctl.d/90-terpusat.conf",
}


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
