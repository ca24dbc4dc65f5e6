# SPDX-License-Identifier: GPL-3.0-or-later
"""An office with nothing but somebody's internet: a tunnel makes it one of ours, and the provider sees only that."""

from __future__ import annotations

import json
import re

import pytest
from government import ALLOCATIONS, APPLICATIONS, CENTRAL, INTERNET, REGISTER, UPLINK_ADDRESS, Office, loopback
from labkit.running import RunningLab
from test_drift import ansible_playbook, changed_hosts
from test_lines import SETTLED, active, asked_as, broken

LINE = next(circuit for circuit in REGISTER.circuits if circuit.vpn is not None)
OFFICE = next(office for office in CENTRAL if office.place == f"{LINE.opd}/{LINE.location}")
LINK = ALLOCATIONS["links"][f"{OFFICE.router}:vpn-{LINE.id}"]
TUNNEL = f"vpn{LINK['vlan']}"
PROVIDER = f"isp-{LINE.id}"


UNIT = f"terpusat-wireguard@{TUNNEL}.service"
ENDS = [OFFICE.router, LINE.vpn.to] if LINE.vpn else []


def index(lab: RunningLab, router: str) -> str:
    """The kernel's number of the tunnel's interface: another one is another interface."""
    return lab.exec(router, f"cat /sys/class/net/{TUNNEL}/ifindex").stdout.strip()


def shaped(lab: RunningLab, router: str) -> list[str]:
    """Classes on the tunnel, with their rates."""
    return sorted(re.findall(r"htb 1:\S+ .*rate \S+ ceil \S+", lab.exec(router, f"tc class show dev {TUNNEL}").stdout))


@pytest.fixture
def office(lab: RunningLab) -> Office:
    """The office while the tunnel carries."""
    assert lab.wait(lambda: active(lab, OFFICE.router) == "", SETTLED, 1), (
        f"{OFFICE}: terowongan tidak membawa internet"
    )
    return OFFICE


def test_the_office_reaches_applications_and_the_internet_through_the_tunnel(lab: RunningLab, office: Office) -> None:
    for application in APPLICATIONS:
        url = f"http://{application.domain}/"
        done = lab.exec_client(office.place, f"curl -s -o /dev/null -m 10 -w '%{{http_code}} %{{remote_ip}}' {url}")
        assert done.stdout == f"200 {application.address}", f"{url} dari {office}: {done.stdout}"
    assert asked_as(lab, office) == UPLINK_ADDRESS, "its internet does not leave by the government's uplink"
    route = json.loads(lab.exec(office.router, f"ip -j route get {loopback('br1')}").stdout)[0]
    assert route["dev"] == TUNNEL


def test_the_provider_sees_nothing_but_the_tunnel(lab: RunningLab, office: Office) -> None:
    """Pages, names and pings of the office while its provider listens; only pings of the line's own watch are plain."""
    handoff = LINE.handoff
    assert handoff is not None
    ours = f"udp and host {UPLINK_ADDRESS} and host {handoff.address.ip}"
    watch = f"icmp and host {handoff.address.ip} and ({' or '.join(f'host {address}' for address in LINE.track)})"
    listen = "timeout 30 tcpdump -n -U -i eth0 -w"
    plain = f"{listen} /run/plain 'ip and not ({ours}) and not ({watch})' >/dev/null 2>&1"
    tunnel = f"{listen} /run/tunnel '{ours}' >/dev/null 2>&1"
    lab.exec(PROVIDER, f"rm -f /run/plain /run/tunnel; ({plain} &) ; ({tunnel} &) ; sleep 1")
    lab.exec_client(
        office.place, f"curl -s -m 10 -o /dev/null http://{APPLICATIONS[0].domain}/; ping -n -c 2 -W 2 {INTERNET}; true"
    )
    lab.exec(PROVIDER, "sleep 0.5; pkill -x tcpdump; sleep 0.3")
    seen = lab.exec(PROVIDER, "tcpdump -n -r /run/plain 2>/dev/null").stdout
    assert seen == "", f"penyedia melihat lalu lintas kantor:\n{seen[:2000]}"
    carried = lab.exec(PROVIDER, "tcpdump -n -r /run/tunnel 2>/dev/null | wc -l").stdout.strip()
    assert int(carried) > 5, "tidak ada yang lewat terowongan, jadi tidak ada yang terbukti"


def test_when_the_tunnel_dies_the_line_itself_carries_the_internet(lab: RunningLab, office: Office) -> None:
    """The provider loses the way to our border; nothing of the government's addresses goes there meanwhile."""
    handoff = LINE.handoff
    assert handoff is not None
    cut = f"route {{}} blackhole {UPLINK_ADDRESS}/32"
    with broken(lab, PROVIDER, *(f"ip {cut.format(verb)}" for verb in ("add", "del"))):
        assert lab.wait(lambda: active(lab, office.router) == LINE.id, SETTLED, 1)
        assert lab.wait(lambda: asked_as(lab, office) == str(handoff.address.ip), 30, 1)
    assert lab.wait(lambda: active(lab, office.router) == "", SETTLED, 1)
    assert lab.wait(lambda: asked_as(lab, office) == UPLINK_ADDRESS, 30, 1)


@pytest.mark.parametrize("router", ENDS)
def test_a_tunnel_whose_program_dies_comes_back_with_its_shaping(lab: RunningLab, office: Office, router: str) -> None:
    """Else the office's people would share the line with nobody's say until somebody looks."""
    before, former = shaped(lab, router), index(lab, router)
    assert before
    lab.exec(router, f"systemctl kill --signal=KILL {UNIT}")
    assert lab.wait(lambda: index(lab, router) not in ("", former), 30, 0.5), "it never came back"
    assert lab.wait(lambda: shaped(lab, router) == before, 10, 0.5), shaped(lab, router)
    assert lab.wait(lambda: asked_as(lab, office) == UPLINK_ADDRESS, SETTLED, 1)


@pytest.mark.slow
def test_a_change_that_makes_the_tunnel_anew_shapes_it_as_well(lab: RunningLab, office: Office) -> None:
    """Unit and figures differ in one change: what was read of the interface's tree is no longer there to be changed."""
    unit, tree = "/etc/systemd/system/terpusat-wireguard@.service", "/etc/terpusat/shaping.tc"
    before, former = shaped(lab, office.router), index(lab, office.router)
    class_id = before[0].split()[1]
    lab.exec(
        office.router,
        f"sed -i 's/^ExecStart=.*/ExecStart=\\/bin\\/sleep infinity/' {unit}; systemctl daemon-reload; "
        f"sed -i 's/^class/# &/' {tree}; "
        f"tc class change dev {TUNNEL} classid {class_id} htb rate 1mbit ceil 1mbit",
    )
    assert shaped(lab, office.router) != before
    limit = ("playbooks/network.yml", "--limit", office.router)
    assert changed_hosts(ansible_playbook(*limit)) == {office.router}
    assert index(lab, office.router) != former, "nothing was made anew, so nothing is proven"
    assert shaped(lab, office.router) == before
    assert changed_hosts(ansible_playbook(*limit)) == set(), "a second run changes something"
    assert lab.wait(lambda: asked_as(lab, office) == UPLINK_ADDRESS, SETTLED, 1)
