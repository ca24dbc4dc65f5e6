# SPDX-License-Identifier: GPL-3.0-or-later
"""Another line takes over when one dies, for the whole government and for an office with a line of its own."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise

import pytest
from government import CENTRAL, DEVICES, INTERNET, PARALLEL, REGISTER, UPLINKS, Office, seen_as, transit
from labkit.running import RunningLab

MAIN, BACKUP = (
    next(circuit.id for circuit in REGISTER.circuits if circuit.handoff is handoff) for handoff in UPLINKS[:2]
)
BORDER = next(device.name for device in DEVICES if device.role == "border_router")
#: the border's interface towards the core: the bundle of two cables, or the one cable
INSIDE = next(port.bundle or port.name for d in DEVICES if d.name == BORDER for port in d.ports if port.use == "link")
CORE = next(device for device in DEVICES if device.role == "core_switch")
#: a watcher forgives three lost pings and trusts a line again after ten; OSPF needs some seconds more
SETTLED = 60
#: seconds without an answer that nobody at a counter would call an outage (restitution begins at 300)
PATIENCE = 30


def active(lab: RunningLab, router: str) -> str:
    """The line that carries; nothing when the government's own network does."""
    return str(json.loads(lab.exec(router, "cat /run/terpusat/lines.json").stdout)["active"])


def shown_rate(circuit: str) -> str:
    """What the border shares out of a line, as tc writes it: whole megabits, else kilobits."""
    percent = REGISTER.government.rules.bandwidth.shaped_percent
    kilobits = REGISTER.circuit(circuit).capacity.usable * percent // 100 // 1000
    return f"{kilobits // 1000}Mbit" if kilobits % 1000 == 0 else f"{kilobits}Kbit"


@contextmanager
def broken(lab: RunningLab, node: str, breaks: str, mends: str) -> Iterator[None]:
    """A node on which something is broken meanwhile."""
    lab.exec(node, breaks)
    try:
        yield
    finally:
        lab.exec(node, mends)


def outage(lab: RunningLab, office: Office) -> float:
    """The longest time without an answer in the pings of the office's PC, in seconds."""
    shown = lab.exec_client(office.place, "date +%s; systemctl stop uji-ping; cat /run/uji-ping.log").stdout
    now, *lines = shown.splitlines()
    times = [float(line[1:].split("]")[0]) for line in lines if " bytes from " in line]
    assert times, f"{office}: tidak ada jawaban dari internet"
    assert times[-1] > float(now) - 5, f"{office}: tidak ada jawaban lagi sesudah pengalihan"
    return max(later - earlier for earlier, later in pairwise(times))


def start_pings(lab: RunningLab, office: Office) -> None:
    ping = f"stdbuf -oL ping -n -D -i 0.2 {INTERNET} >/run/uji-ping.log 2>&1"
    lab.exec_client(office.place, f"systemd-run --quiet --collect --unit=uji-ping sh -c '{ping}'; sleep 2")


def test_the_second_provider_takes_over_and_gives_back(lab: RunningLab, record_property: pytest.RecordProperty) -> None:
    """The cable to the main provider stays up and its router answers: what lies behind it is gone."""
    office = CENTRAL[0]
    assert lab.wait(lambda: active(lab, BORDER) == MAIN, SETTLED, 1)
    start_pings(lab, office)
    with broken(lab, MAIN, *(f"sysctl -qw net.ipv4.ip_forward={on}" for on in (0, 1))):
        assert lab.wait(lambda: active(lab, BORDER) == BACKUP, SETTLED, 1), active(lab, BORDER)
        assert lab.wait(lambda: lab.exec_client(office.place, f"ping -c 1 -W 2 {INTERNET}").returncode == 0, 20, 1)
        assert lab.exec_client(office.place, f"curl -s -m 10 http://{INTERNET}/").stdout, "nor any page"
        shaped = lab.exec(BORDER, f"tc class show dev {INSIDE} classid 1:1").stdout
        assert f"rate {shown_rate(BACKUP)} " in shaped, "what is shared is what the second line carries"
        seconds = outage(lab, office)
    record_property("failover", f"{seconds:.1f} s")
    print(f"pengalihan {MAIN} ke {BACKUP}: {seconds:.1f} detik tanpa jawaban")
    assert seconds < PATIENCE
    assert lab.wait(lambda: active(lab, BORDER) == MAIN, SETTLED, 1)
    assert f"rate {shown_rate(MAIN)} " in lab.exec(BORDER, f"tc class show dev {INSIDE} classid 1:1").stdout


def test_an_office_falls_back_to_its_own_line_and_leaks_nothing(lab: RunningLab) -> None:
    office, router = next(
        (office, device)
        for office in CENTRAL
        for device in DEVICES
        if device.name == office.router and any(port.use == "uplink" for port in device.ports)
    )
    line = next(port for port in router.ports if port.use == "uplink")
    cable = next(port.to for port in router.ports if port.use == "link")
    assert cable is not None
    assert CORE.name in transit()[router.name]
    assert lab.wait(lambda: active(lab, router.name) == "", SETTLED, 1), "after cutover the central line carries"
    start_pings(lab, office)
    with broken(lab, CORE.name, *(f"ip link set {cable.port} {state}" for state in ("down", "up"))):
        assert lab.wait(lambda: active(lab, router.name) == line.circuit, SETTLED, 1)
        assert lab.wait(lambda: lab.exec_client(office.place, f"ping -c 1 -W 2 {INTERNET}").returncode == 0, 20, 1)
        lab.exec(
            f"isp-{line.circuit}",
            "(timeout 6 tcpdump -n -l -i eth0 dst net 10.0.0.0/8 >/run/leak 2>/dev/null &) ; sleep 1",
        )
        lab.exec_client(office.place, "ping -c 2 -W 1 10.10.0.11; ping -c 2 -W 1 10.20.1.1")
        assert lab.exec(f"isp-{line.circuit}", "sleep 5; cat /run/leak").stdout.strip() == "", (
            "our addresses at the provider"
        )
        seconds = outage(lab, office)
    print(f"pengalihan {office} ke {line.circuit}: {seconds:.1f} detik tanpa jawaban")
    assert seconds < PATIENCE
    assert lab.wait(lambda: active(lab, router.name) == "", SETTLED, 1)


def test_an_office_in_parallel_keeps_its_line_and_has_the_government_behind_it(lab: RunningLab) -> None:
    """Both lines work at the same time: the office's own carries, the government's takes over when that dies."""
    office = PARALLEL[0]
    assert lab.wait(lambda: active(lab, office.router) == office.own_line, SETTLED, 1)
    assert asked_as(lab, office) == seen_as(office)
    start_pings(lab, office)
    provider = f"isp-{office.own_line}"
    with broken(lab, provider, *(f"sysctl -qw net.ipv4.ip_forward={on}" for on in (0, 1))):
        assert lab.wait(lambda: active(lab, office.router) == "", SETTLED, 1), "the government's network carries"
        assert lab.wait(lambda: asked_as(lab, office) == seen_as(CENTRAL[0]), 20, 1)
        seconds = outage(lab, office)
    print(
        f"pengalihan {office} dari {office.own_line} ke jaringan pemerintah daerah: {seconds:.1f} detik tanpa jawaban"
    )
    assert seconds < PATIENCE
    assert lab.wait(lambda: active(lab, office.router) == office.own_line, SETTLED, 1)
    assert lab.wait(lambda: asked_as(lab, office) == seen_as(office), 20, 1)


def asked_as(lab: RunningLab, office: Office) -> str:
    """The address under which the web server on the internet heard the office's PC; nothing when it did not."""
    mark = uuid.uuid4().hex
    lab.exec_client(office.place, f"curl -s -m 5 -o /dev/null http://{INTERNET}/?{mark}")
    journal = lab.exec("internet", "journalctl -u world-web -o cat --since=-1min").stdout
    return next((line.split()[0] for line in journal.splitlines() if mark in line), "")
