# Copyright: Terpusat contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every network device of the lab renders to a complete, well-formed, repeatable bundle."""

from __future__ import annotations

import copy
import os
import re
import subprocess
import sys
from typing import Any

import pytest
import yaml
from role_render import OSPF_KEY, ROLES, ROOT, bundle_text, files, golden_hosts, host_vars

SYSLOG = "/etc/rsyslog.d/60-terpusat.conf"
COMMON = {
    "/etc/sysctl.d/90-terpusat.conf",
    "/etc/systemd/networkd.conf.d/60-terpusat.conf",
    "/etc/systemd/network/60-terpusat-lo.network",
    "/etc/frr/daemons",
    "/etc/frr/frr.conf",
    "/etc/nftables.conf",
    "/etc/chrony/chrony.conf",
    SYSLOG,
    "/etc/snmp/snmpd.conf",
    "/etc/systemd/system/snmpd.service.d/60-terpusat.conf",
    "/etc/terpusat/accounts.conf",
}
ROUTER = {
    "/etc/dnsmasq.d/terpusat.conf",
    "/etc/terpusat/shaping.tc",
    "/etc/systemd/system/terpusat-shaping.service",
    "/etc/terpusat/tunnels.conf",
}
LINES = {"/etc/terpusat/lines.conf", "/usr/local/lib/terpusat/lines.py", "/etc/systemd/system/terpusat-lines.service"}
HEADER = re.compile(r"==> /\S+ mode=0[0-7]{3} owner=[A-Za-z-]+ group=[A-Za-z-]+ <==")


def rendered(host: str, **overrides: object) -> dict[str, str]:
    known = host_vars(host)
    return files(bundle_text(known["terpusat_host"]["role"], known, **overrides))


def test_every_network_device_of_the_lab_is_covered() -> None:
    devices = yaml.safe_load((ROOT / "inventories" / "lab" / "register" / "devices.yml").read_text())["devices"]
    assert golden_hosts() == sorted(device["name"] for device in devices if device["readiness"] == "in_service")


@pytest.mark.parametrize("host", golden_hosts())
def test_bundle_names_exactly_the_files_of_its_role(host: str) -> None:
    intent = host_vars(host)["terpusat_intent"]
    ports = [cable for p in intent.get("switch", {}).get("ports", []) for cable in p.get("members", [p["name"]])]
    cables = [cable for i in intent["interfaces"] for cable in i.get("members", [])]
    names = [*ports, *cables, *(i["name"] for i in intent["interfaces"])]
    networks = {f"/etc/systemd/network/60-terpusat-{name}.network" for name in names}
    made = [i["name"] for i in intent["interfaces"] if "vlan" in i or "members" in i]
    networks |= {f"/etc/systemd/network/60-terpusat-{name}.netdev" for name in made}
    role = {"/etc/terpusat/openvswitch.conf"} if ports else ROUTER | {"/etc/terpusat/lines.conf"}
    if len(intent.get("routes", [])) > (intent["ospf"]["default_originate"] is True):
        role = role | LINES
    if intent.get("backup_shaping"):
        role = role | {"/etc/terpusat/shaping-isp-b.tc"}
    if tunnels := intent.get("tunnels"):
        role = role | {f"/etc/terpusat/wireguard/{tunnel['name']}.conf" for tunnel in tunnels}
        role = role | {"/etc/systemd/system/terpusat-wireguard@.service"}
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
def test_a_piece_with_nothing_to_say_leaves_no_word_in_the_file_before_it(host: str) -> None:
    for path, content in rendered(host).items():
        assert "None" not in content.splitlines(), path


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
        "bridge br0 datapath_type=netdev rstp=4096",
        "bond bond1 members=eth1,eth9 tag=100 rstp=off",
        "port eth2 tag=101 rstp=off",
        "port eth3 tag=102 rstp=off",
        "port eth4 tag=10 rstp=off",
        "port eth5 tag=10 rstp=off",
        "port eth6 tag=103 rstp=off",
        "port eth7 tag=104 rstp=off",
        "internal vlan10 tag=10",
        "internal vlan100 tag=100",
        "internal vlan101 tag=101",
        "internal vlan102 tag=102",
        "internal vlan103 tag=103",
        "internal vlan104 tag=104",
    ]


def test_frr_of_the_border_router() -> None:
    text = rendered("br1")["/etc/frr/frr.conf"]
    routes = [line for line in text.splitlines() if line.startswith("ip route ")]
    assert routes == ["ip route 203.0.113.128/25 blackhole 254"], (
        "the watcher puts the lines' routes, or a session does"
    )
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
    asked_by = [line for line in lines if line.startswith("interface=")]
    assert asked_by == ["interface=lo", "interface=bond1", "interface=vpn105"], (
        "the core and the office behind a tunnel"
    )
    assert not [line for line in lines if line.startswith("dhcp")]


def test_leases_of_an_office() -> None:
    lines = rendered("rt-disdik")["/etc/dnsmasq.d/terpusat.conf"].splitlines()
    assert "dhcp-range=set:eth2,10.20.1.100,10.20.1.249,3600" in lines
    assert "dhcp-option=tag:eth2,option:router,10.20.1.1" in lines
    assert "dhcp-option=tag:eth2,option:dns-server,10.20.1.1" in lines
    assert "server=10.255.0.1" in lines
    assert [line for line in lines if line.startswith("interface=")] == [
        "interface=eth2",
        "interface=eth2.40",
        "interface=eth2.30",
    ]
    assert "dhcp-option=tag:eth2.30,option:dns-server" in lines, "cameras get no resolver, not even dnsmasq itself"


def test_a_border_router_without_offices_still_renders() -> None:
    host = copy.deepcopy(host_vars("br1"))
    host["terpusat_intent"]["shaping"][0]["classes"] = []
    host["terpusat_intent"]["zones"]["offices"] = []
    found = files(bundle_text("border_router", host))
    assert "elements = { }" not in found["/etc/nftables.conf"]
    whole = host["terpusat_intent"]["shaping"][0]["rate_bps"]
    assert f"classid 1:fffe htb prio 3 rate {whole}bit" in found["/etc/terpusat/shaping.tc"]


def test_a_tunnel_brings_its_own_shaping_and_keeps_nobody_else_waiting() -> None:
    found = rendered("br1")
    loads = [
        line for line in found["/etc/systemd/system/terpusat-shaping.service"].splitlines() if "ExecStart=" in line
    ]
    first, second = loads
    assert first.startswith("ExecStart=/bin/sh")
    assert '" dev bond1 "' in first
    assert second.startswith("ExecStart=-/bin/sh"), "a tunnel that is not there must not stop the others' shaping"
    assert '" dev vpn105 "' in second
    unit = found["/etc/systemd/system/terpusat-wireguard@.service"]
    [brought] = [line for line in unit.splitlines() if "shaping.tc" in line]
    assert brought.startswith("ExecStartPost=-")
    assert '" dev %i "' in brought
    office = rendered("rt-pkm-hulu")["/etc/systemd/system/terpusat-shaping.service"]
    assert [line.split("/bin")[0] for line in office.splitlines() if "ExecStart=" in line] == ["ExecStart=-"]


def test_one_line_to_the_provider_is_a_plain_static_route() -> None:
    host = host_vars("br1")
    intent = host["terpusat_intent"]
    intent["routes"] = [{**intent["routes"][0], "track": []}]
    intent["nat"], intent["backup_shaping"] = intent["nat"][:1], []
    found = files(bundle_text("border_router", host))
    assert "ip route 0.0.0.0/0 203.0.113.1 eth1 10\n" in found["/etc/frr/frr.conf"]
    assert "[" not in found["/etc/terpusat/lines.conf"], "an empty file takes a former watcher away"
    assert not LINES & set(found) - {"/etc/terpusat/lines.conf"}


def test_each_line_has_its_own_address_resolver_and_shaping() -> None:
    found = rendered("br1")
    assert 'oifname "eth1" ip saddr' in found["/etc/nftables.conf"]
    assert "snat to 203.0.113.2\n" in found["/etc/nftables.conf"]
    assert "snat to 203.0.113.129\n" in found["/etc/nftables.conf"], "an address of the prefix announced there"
    resolvers = [line for line in found["/etc/dnsmasq.d/terpusat.conf"].splitlines() if line.startswith("server=")]
    assert resolvers == ["server=198.51.100.53@eth1", "server=198.51.100.54@eth3"]
    assert "classid 1:1 htb prio 0 rate 19000000bit" in found["/etc/terpusat/shaping-isp-b.tc"], "95 % of 20 Mbit/s"
    main = [line for line in found["/etc/terpusat/shaping.tc"].splitlines() if line.startswith("class")]
    backup = [line for line in found["/etc/terpusat/shaping-isp-b.tc"].splitlines() if line.startswith("class")]
    assert [line.split()[6] for line in main] == [line.split()[6] for line in backup], "the same classes, other figures"


def test_the_watcher_is_rendered_as_it_is_written() -> None:
    """Its text passes through Jinja: nothing in it may look like a tag."""
    source = (ROLES / "network_device" / "templates" / "linux" / "lines" / "lines.py").read_text()
    assert rendered("br1")["/usr/local/lib/terpusat/lines.py"] == source


def test_tagged_segments_in_the_kernel_and_where_it_has_none() -> None:
    """An office's LAN stays untagged on the port, its segments are VLANs of the same port."""
    found = rendered("rt-disdik")
    folder = "/etc/systemd/network/60-terpusat-"
    assert "VLAN=eth2.30\nVLAN=eth2.40\n" in found[f"{folder}eth2.network"]
    assert "Kind=vlan" in found[f"{folder}eth2.30.netdev"]
    assert "Id=30\n" in found[f"{folder}eth2.30.netdev"]
    found = rendered("rt-disdik", network_device_vlans="openvswitch")
    assert f"{folder}eth2.30.netdev" not in found
    assert "VLAN=" not in found[f"{folder}eth2.network"]
    assert [line for line in found["/etc/terpusat/openvswitch.conf"].splitlines() if not line.startswith("#")] == [
        "bridge br0 datapath_type=netdev",
        "port eth2 trunks=30,40",
        "internal eth2.30 tag=30",
        "internal eth2.40 tag=40",
    ]


def test_neighbours_prove_that_they_know_the_key() -> None:
    text = rendered("rt-dinkes")["/etc/frr/frr.conf"]
    [link] = [section for section in text.split("exit\n") if "interface eth1\n" in section]
    assert " ip ospf authentication message-digest\n" in link
    assert f" ip ospf message-digest-key 1 md5 {OSPF_KEY}\n" in link
    with pytest.raises(AssertionError, match=r"terpusat_secrets\.ospf_key"):
        rendered("rt-dinkes", terpusat_secrets={})


def test_the_own_line_of_an_office() -> None:
    found = rendered("rt-dinkes")
    assert "distance = 200\n" in found["/etc/terpusat/lines.conf"], "dinkes has moved: its line is the backup"
    assert 'oifname "eth3" ip saddr { 10.20.0.0/24 } snat to 203.0.113.10\n' in found["/etc/nftables.conf"]
    resolver = found["/etc/dnsmasq.d/terpusat.conf"].splitlines()
    assert "server=10.255.0.1" in resolver
    assert "server=198.51.100.55@eth3" in resolver
    assert "server=/lab.go.id/10.255.0.1" in resolver


def test_a_line_by_dhcp_keeps_its_default_route_out_of_the_main_table() -> None:
    host = host_vars("rt-dinkes")
    intent = host["terpusat_intent"]
    [line] = [item for item in intent["interfaces"] if item["use"] == "uplink"]
    line["addresses"], line["dhcp"] = [], True
    intent["routes"][0]["via"] = None
    intent["nat"][0]["address"] = None
    found = files(bundle_text("opd_router", host))
    network = found["/etc/systemd/network/60-terpusat-eth3.network"]
    assert "DHCP=ipv4\n" in network
    assert "RouteTable=7701\n" in network
    assert "table = 7701\n" in found["/etc/terpusat/lines.conf"]
    assert "gateway" not in found["/etc/terpusat/lines.conf"]
    assert 'oifname "eth3" ip saddr { 10.20.0.0/24 } masquerade\n' in found["/etc/nftables.conf"]


def _bundled(name: str, cables: list[str]) -> dict[str, Any]:
    """Host vars whose link is these cables."""
    host = host_vars(name)
    for item in host["terpusat_intent"]["interfaces"]:
        if item["name"] in ("bond1", cables[0]):
            item["members"], item["name"] = cables, "bond1"
    return host


@pytest.mark.parametrize(("name", "cables"), [("br1", ["eth2", "eth4"]), ("rt-dinkes", ["eth1", "eth8"])])
def test_two_cables_of_a_router_are_one_link(name: str, cables: list[str]) -> None:
    role = host_vars(name)["terpusat_host"]["role"]
    kernel = files(bundle_text(role, _bundled(name, cables)))
    assert "Mode=802.3ad\n" in kernel["/etc/systemd/network/60-terpusat-bond1.netdev"]
    assert "Address=" in kernel["/etc/systemd/network/60-terpusat-bond1.network"]
    for member in cables:
        text = kernel[f"/etc/systemd/network/60-terpusat-{member}.network"]
        assert "Bond=bond1\n" in text
        assert "Address=" not in text
    switched = files(bundle_text(role, _bundled(name, cables), network_device_bundles="openvswitch"))
    assert "/etc/systemd/network/60-terpusat-bond1.netdev" not in switched
    lines = switched["/etc/terpusat/openvswitch.conf"].splitlines()
    assert "bridge bond1 datapath_type=netdev" in lines
    assert f"bond bond1-lacp members={','.join(cables)}" in lines


def test_a_watched_router_reports_and_answers_to_one_account() -> None:
    host = host_vars("br1")
    host["terpusat_intent"]["log"] = {"servers": ["10.10.0.12"]}
    snmp = {"user": "pantau", "auth": "snmp_auth", "priv": "snmp_priv", "sources": ["10.10.0.12/32"], "location": "a/b"}
    host["terpusat_intent"]["snmp"] = snmp
    host["terpusat_secrets"] |= {"snmp_auth": "sandi-pertama", "snmp_priv": "sandi-kedua"}
    found = files(bundle_text("border_router", host))
    assert 'target="10.10.0.12" port="514" protocol="udp" address="10.255.0.1"' in found[SYSLOG]
    agent = found["/etc/snmp/snmpd.conf"].splitlines()
    assert 'createUser pantau SHA "sandi-pertama" AES "sandi-kedua"' in agent
    assert [line for line in agent if re.match(r"r[ow](user|community)|com2sec|view|access", line)] == [
        "rouser pantau priv"
    ]


def test_what_goes_by_the_management_port_keeps_that_ports_address() -> None:
    host = host_vars("br1")
    host["terpusat_intent"]["log"] = {"servers": ["10.99.0.40", "10.10.0.12"]}
    sent = [line for line in files(bundle_text("border_router", host))[SYSLOG].splitlines() if "omfwd" in line]
    assert [(re.search(r' target="(.*?)"', line)[1], "address=" in line) for line in sent] == [  # type: ignore[index]
        ("10.99.0.40", False),
        ("10.10.0.12", True),
    ]


def test_nobody_is_asked_for_the_time_but_the_governments_servers() -> None:
    for name in golden_hosts():
        text = rendered(name)["/etc/chrony/chrony.conf"]
        wanted = host_vars(name)["terpusat_intent"]["time"]["servers"]
        assert re.findall(r"(?m)^(?:server|pool|peer) (\S+)", text) == wanted
        assert "port 0" in text.splitlines()
