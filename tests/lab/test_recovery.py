# SPDX-License-Identifier: GPL-3.0-or-later
"""After a reboot everything comes back by itself: nothing that works lives only in a kernel's memory."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from government import APPLICATIONS, DEVICES, INTERNET_NAME, OFFICES, loopback, transit
from labkit.running import RunningLab
from test_routing import neighbours

ROOT = Path(__file__).resolve().parents[2]
#: seconds from "systemd is up" to "people work again"; OSPF's dead interval is 20 of them at most
BACK = 60


def broken(lab: RunningLab) -> str:
    """The first thing that does not work, or nothing."""
    for office in OFFICES:
        for url in (f"http://{INTERNET_NAME}/", f"http://{APPLICATIONS[0].domain}/"):
            done = lab.exec_client(office.place, f"curl -s -o /dev/null -m 3 -w '%{{http_code}}' {url}")
            if done.stdout != "200":
                return f"{office} tidak mencapai {url}"
    for device in DEVICES:
        wanted = {loopback(neighbour): ["Full"] for neighbour in transit()[device.name]}
        found = neighbours(lab, device.name)
        if found != wanted:
            return f"{device.name}: tetangga OSPF {found}"
    return ""


def configuration_differs(device: str) -> str:
    """What network.yml would change on a device, empty when nothing."""
    done = subprocess.run(
        [str(Path(sys.executable).with_name("ansible-playbook")), "-i", "inventories/lab", "playbooks/network.yml",
         "--check", "--limit", device],
        cwd=ROOT, capture_output=True, text=True, timeout=120, check=False,
        env={**os.environ, "ANSIBLE_CONFIG": str(ROOT / "ansible.cfg"), "ANSIBLE_NOCOLOR": "1"},
    )  # fmt: skip
    recap = re.search(
        rf"^{re.escape(device)}\s+:\s+ok=\d+\s+changed=(\d+)\s+unreachable=0\s+failed=0", done.stdout, re.M
    )
    assert recap, f"network.yml --check gagal:\n{done.stdout[-3000:]}{done.stderr[-1000:]}"
    return "" if recap[1] == "0" else done.stdout[-2000:]


@pytest.mark.parametrize("role", ["core_switch", "border_router"])
def test_everything_comes_back_after_a_reboot(lab: RunningLab, role: str) -> None:
    [device] = [device.name for device in DEVICES if device.role == role]
    before = broken(lab)
    assert before == "", f"sudah rusak sebelum reboot: {before}"
    booted = lab.exec(device, "stat -c %Y /proc/1").stdout
    lab.reboot(device)
    assert lab.exec(device, "stat -c %Y /proc/1").stdout != booted, f"{device} tidak benar-benar dinyalakan ulang"
    trouble: list[str] = []

    def works() -> bool:
        trouble[:] = [broken(lab)]
        return trouble == [""]

    assert lab.wait(works, BACK, 1), f"{BACK} detik setelah {device} menyala: {trouble[0]}"
    failed = lab.exec(device, "systemctl --failed --no-legend --plain").stdout
    assert failed == "", f"unit gagal di {device} setelah reboot: {failed}"
    assert configuration_differs(device) == ""
