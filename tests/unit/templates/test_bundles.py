# Copyright: Terpusat contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every network device of the lab renders to a complete, well-formed, repeatable bundle."""

from __future__ import annotations

import copy
import os
import re
import subprocess
import sys

import pytest
from role_render import bundle_text, files, golden_hosts, host_vars

COMMON = {
    "/etc/sysctl.d/90-terpusat.conf",
    "/etc/systemd/networkd.conf.d/60-terpusat.conf",
    "/etc/systemd/network/60-terpusat-lo.network",
    "/etc/frr/daemons",
    "/etc/frr/frr.conf",
    "/etc/nftables.conf",
}
ROUTER = {
    "/etc/dnsmasq.d/terpusat.conf",
    "/etc/terpusat/shaping.tc",
    "/etc/systemd/system/terpusat-shaping.service",
}
HEADER = re.compile(r"==> /\S+ mode=0[0-7]{3} owner=[a-z]+ group=[a-z]+ <==")


def rendered(host: str, **overrides: object) -> dict[str, str]:
    known = host_vars(host)
    return files(bundle_text(known["terpusat_host"]["role"], known, **overrides))


def test_every_network_device_of_the_lab_is_covered() -> None:
    assert golden_hosts() == ["br1", "core1", "rt-dinkes", "rt-disdik"]


@pytest.mark.parametrize("host", golden_hosts())
def test_bundle_names_exactly_the_files_of_its_role(host: str) -> None:
    intent = host_vars(host)["terpusat_intent"]
    ports = [p["name"] for p in intent.get("switch", {}).get("ports", [])]
    names = [*ports, *(i["name"] for i in intent["interfaces"])]
    networks = {f"/etc/systemd/network/60-terpusat-{name}.network" for name in names}
    role = {"/etc/terpusat/openvswitch.conf"} if ports else ROUTER
    assert set(rendered(host)) == COMMON | networks | role


@pytest.mark.parametrize("host", golden_hosts())
def test_headers_are_well_formed_and_files_end_in_one_newline(host: str) -> None:
    known = host_vars(host)
    text = bundle_text(known["terpusat_host"]["role"], known)
    for line in text.splitlines():
        if "==>" in line or "<==" in line:
            assert HEADER.fullmatch(line), line
    for path, content in files(text).items():
        assert re.search(r"[^\n]\n\Z", content), f"{path} does not end in exactly one newline"


@pytest.mark.parametrize("host", golden_hosts())
def test_management_port_is_not_ours(host: str) -> None:
    found = rendered(host)
    assert "/etc/systemd/network/60-terpusat-eth0.network" not in found
    for path in ("/etc/terpusat/openvswitch.conf", "/etc/terpusat/shaping.tc", "/etc/frr/frr.conf"):
        assert "eth0" not in found.get(path, ""), path


def test_text_does_not_depend_on_the_hash_seed() -> None:
    """A rendering that shuffles a set would show drift on every second run."""
    program = (
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "from role_render import bundle_text, golden_hosts, host_vars\n"
        "for h in golden_hosts(): v = host_vars(h); print(bundle_text(v['terpusat_host']['role'], v))"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", program, os.path.dirname(__file__)],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(outputs) == 1


def test_switch_ports_and_vlans() -> None:
    lines = rendered("core1", core_switch_datapath_type="netdev")["/etc/terpusat/openvswitch.conf"].splitlines()
    assert [line for line in lines if not line.startswith("#")] == [
        "bridge br0 datapath_type=netdev",
        "port eth1 tag=100",
        "port eth2 tag=101",
        "port eth3 tag=102",
        "port eth4 tag=10",
        "port eth5 tag=10",
        "internal vlan10 tag=10",
        "internal vlan100 tag=100",
        "internal vlan101 tag=101",
        "internal vlan102 tag=102",
    ]


def test_frr_of_the_border_router() -> None:
    text = rendered("br1")["/etc/frr/frr.conf"]
    assert "ip route 0.0.0.0/0 203.0.113.1 eth1\n" in text
    assert " default-information originate\n" in text
    assert "interface eth1\n" not in text, "no OSPF towards the provider"


def test_lans_are_announced_but_take_no_neighbours() -> None:
    sections = rendered("rt-dinkes")["/etc/frr/frr.conf"].split("exit\n")
    [lan] = [s for s in sections if "interface eth2\n" in s]
    [link] = [s for s in sections if "interface eth1\n" in s]
    assert " ip ospf passive\n" in lan
    assert " ip ospf passive\n" not in link
    assert " ip ospf network point-to-point\n" in link


def test_application_names_reach_the_resolver() -> None:
    lines = rendered("br1")["/etc/dnsmasq.d/terpusat.conf"].splitlines()
    assert "host-record=simpus.lab.go.id,10.10.0.11" in lines
    assert "host-record=portal.lab.go.id,10.10.0.12" in lines
    assert [line for line in lines if line.startswith("interface=")] == ["interface=lo", "interface=eth2"]
    assert not [line for line in lines if line.startswith("dhcp")]


def test_leases_of_an_office() -> None:
    lines = rendered("rt-disdik")["/etc/dnsmasq.d/terpusat.conf"].splitlines()
    assert "dhcp-range=set:eth2,10.20.1.100,10.20.1.249,3600" in lines
    assert "dhcp-option=tag:eth2,option:router,10.20.1.1" in lines
    assert "dhcp-option=tag:eth2,option:dns-server,10.20.1.1" in lines
    assert "server=10.255.0.1" in lines
    assert [line for line in lines if line.startswith("interface=")] == ["interface=eth2"]


def test_a_border_router_without_offices_still_renders() -> None:
    host = copy.deepcopy(host_vars("br1"))
    host["terpusat_intent"]["shaping"][0]["classes"] = []
    host["terpusat_intent"]["zones"]["offices"] = []
    found = files(bundle_text("border_router", host))
    assert "elements = { }" not in found["/etc/nftables.conf"]
    assert "classid 1:fffe htb rate 200000000bit" in found["/etc/terpusat/shaping.tc"]
