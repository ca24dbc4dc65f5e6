# SPDX-License-Identifier: GPL-3.0-or-later
"""Two cables between the border and the core are one link: each alone carries it, and drift tells that one is out."""

from __future__ import annotations

import json
import re
from itertools import pairwise
from pathlib import Path

import pytest
from government import CENTRAL, DEVICES, INTERNET, REGISTER, UPLINK_ADDRESS
from labkit.running import RunningLab
from test_drift import ansible_playbook
from test_lines import BORDER, SETTLED, asked_as, broken

from ansible_collections.diskominfo.terpusat.plugins.module_utils.register.models import DevicePort

#: seconds without an answer that a call on the telephone survives; LACP itself would take three
PATIENCE = 3.0
#: seconds between two pings
INTERVAL = 0.05
CABLES = [port for device in DEVICES if device.name == BORDER for port in device.ports if port.bundle]


def current(lab: RunningLab, node: str, port: str) -> bool:
    """Whether the switch hears LACP from the other end of a cable."""
    return lab.exec(node, f"ovs-vsctl get interface {port} lacp_current link_state").stdout.split() == ["true", "up"]


def whole(lab: RunningLab) -> bool:
    far = [port.to for port in CABLES if port.to]
    return all(current(lab, BORDER, port.name) for port in CABLES) and all(current(lab, e.device, e.port) for e in far)


@pytest.fixture
def bundle(lab: RunningLab) -> None:
    assert lab.wait(lambda: whole(lab), 20, 0.5), "kedua kabel belum ikut dalam bundel"


def test_two_cables_are_one_link_of_the_register() -> None:
    assert len(CABLES) == 2
    assert len({port.bundle for port in CABLES}) == 1
    links = [(port.to.device, port.to.port) for port in CABLES if port.to]
    assert len({REGISTER.device(device).port(port).bundle for device, port in links}) == 1  # type: ignore[union-attr]


@pytest.mark.usefixtures("bundle")
@pytest.mark.parametrize(("cable", "end"), list(zip(CABLES, ["core", "border"], strict=True)), ids=["one", "other"])
def test_either_cable_alone_carries_an_offices_internet(
    lab: RunningLab, cable: DevicePort, end: str, record_property: pytest.RecordProperty
) -> None:
    """Pulled while the office's PC pings the internet, and plugged in again."""
    assert cable.to is not None
    assert lab.wait(lambda: asked_as(lab, CENTRAL[0]) == UPLINK_ADDRESS, SETTLED, 1), "its packets do not go this way"
    node, port = (cable.to.device, cable.to.port) if end == "core" else (BORDER, cable.name)
    place = CENTRAL[0].place
    log = "/run/uji-kabel.log"
    ping = (
        f"systemd-run --quiet --collect --unit=uji-kabel sh -c 'stdbuf -oL ping -n -D -i {INTERVAL} {INTERNET} >{log}'"
    )
    lab.exec_client(place, f"{ping}; sleep 1")
    with broken(lab, node, *(f"ip link set {port} {state}" for state in ("down", "up"))):
        lab.exec_client(place, "sleep 4")
        assert lab.exec_client(place, f"curl -s -m 5 http://{INTERNET}/").stdout, "no page while one cable is out"
        assert asked_as(lab, CENTRAL[0]) == UPLINK_ADDRESS, "another line took over"
    lab.exec_client(place, "sleep 2")
    shown = lab.exec_client(place, f"date +%s.%N; systemctl stop uji-kabel; cat {log}").stdout
    now, *lines = shown.splitlines()
    answers = [line for line in lines if " bytes from " in line]
    times = [float(line[1:].split("]")[0]) for line in answers]
    assert times, "no answer at all"
    assert times[-1] > float(now) - 1, "no answer any more"
    numbers = [int(match[1]) for line in answers if (match := re.search(r"icmp_seq=(\d+)", line))]
    lost = numbers[-1] - numbers[0] + 1 - len(set(numbers))
    longest = max(later - earlier for earlier, later in pairwise(times))
    told = f"{lost} dari {numbers[-1] - numbers[0] + 1} ping hilang, paling lama {longest:.2f} detik tanpa jawaban"
    print(f"kabel {node} {port} dicabut dan dipasang lagi: {told}")
    record_property("bundle", told)
    assert longest < PATIENCE
    assert lab.wait(lambda: whole(lab), 20, 0.5), "the cable is not taken back into the bundle"


@pytest.mark.slow
@pytest.mark.usefixtures("bundle")
def test_drift_tells_that_a_cable_is_out_and_which(lab: RunningLab, tmp_path: Path) -> None:
    """Nothing of the configuration differs: a bundle of one cable would go unnoticed until that one breaks too."""
    cable = CABLES[0]
    assert cable.to is not None
    report = tmp_path / "drift.json"
    check = ("playbooks/drift.yml", "--limit", BORDER, "-e", f"terpusat_drift_report={report}")
    with broken(lab, cable.to.device, *(f"ip link set {cable.to.port} {state}" for state in ("down", "up"))):
        assert lab.wait(lambda: not current(lab, BORDER, cable.name), 20, 0.5)
        done = ansible_playbook(*check)
        changed = ansible_playbook("playbooks/network.yml", "--limit", BORDER, "--check")
    assert done.returncode == 2, done.stdout[-3000:]
    drifted = json.loads(report.read_text())["hosts"][BORDER]["drifted"]
    assert [item["name"] for item in drifted] == [f"berjalan: openvswitch bundel {cable.bundle}-lacp"]
    assert f"kabel {cable.name}: tidak ada sinyal" in done.stdout
    assert re.search(rf"^{BORDER}\s+: ok=\d+\s+changed=0\s", changed.stdout, re.MULTILINE), "it must not block a change"
    assert lab.wait(lambda: whole(lab), 20, 0.5)
    assert ansible_playbook(*check).returncode == 0
