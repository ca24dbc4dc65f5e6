# SPDX-License-Identifier: GPL-3.0-or-later
"""Hands change things behind Terpusat's back; drift.yml names exactly those, site.yml mends exactly those."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from labkit.running import RunningLab

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.slow
#: seconds for one playbook over the whole lab on a busy machine
PATIENCE = 600

ADDRESS = "10.20.0.77/24"
RULE = "tcp dport 2323 accept"
RATE = "7mbit"
COMMENT = "# diubah dengan tangan"
CHRONY = "/etc/chrony/chrony.conf"


@dataclass(frozen=True)
class Tampering:
    """What a person does on a host, how to see that it is undone, and what drift.yml must say: item and diff."""

    host: str
    do: str
    undone: str
    item: str
    diff: str


ON_ROUTERS = [
    Tampering(
        "rt-dinkes", f"ip address add {ADDRESS} dev eth2", f"! ip address show dev eth2 | grep -qF {ADDRESS}",
        "berjalan: networkd eth2", f"-address {ADDRESS}",
    ),
    Tampering(
        "rt-dinkes", f"nft add rule inet terpusat input {RULE}", "! nft list chain inet terpusat input | grep -q 2323",
        "berjalan: nftables tabel inet terpusat", f"-{RULE}",
    ),
    Tampering(
        "br1", f"tc class change dev bond1 parent 1:1 classid 1:65 htb rate {RATE} ceil {RATE}",
        "! tc class show dev bond1 | grep -qi 'rate 7Mbit'",
        "berjalan: shaping bond1", "-class htb 1:65 parent 1:1 leaf 65: prio 0 rate 7Mbit",
    ),
]  # fmt: skip
ON_SERVERS = [
    Tampering(
        "srv1", f"echo '{COMMENT}' >> {CHRONY}", f"! grep -qF '{COMMENT}' {CHRONY}",
        f"time : Configure chrony : {CHRONY}", f"-{COMMENT}",
    ),
    Tampering(
        "srv2", "systemctl stop nginx", "systemctl is-active --quiet nginx",
        "app_host : Run the services now and at every start : nginx.service", "+started",
    ),
]  # fmt: skip


@dataclass(frozen=True)
class Check:
    """One run of drift.yml: its exit code, what it printed, and the hosts of its report."""

    code: int
    text: str
    hosts: dict[str, dict[str, Any]] = field(default_factory=dict)

    def items(self) -> set[tuple[str, str]]:
        """(host, item) of everything that drifted, written as the operator reads it."""
        return {
            (name, " : ".join(part for part in (item["role"], item["task"], item["name"]) if part))
            for name, host in self.hosts.items()
            for item in host["drifted"]
        }

    def states(self) -> dict[str, str]:
        return {name: host["state"] for name, host in self.hosts.items()}


def ansible_playbook(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(Path(sys.executable).with_name("ansible-playbook")), "-i", "inventories/lab", *arguments],
        cwd=ROOT, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=PATIENCE, check=False,
        env={**os.environ, "ANSIBLE_CONFIG": str(ROOT / "ansible.cfg"), "ANSIBLE_NOCOLOR": "1"},
    )  # fmt: skip


@pytest.fixture
def drift(tmp_path: Path) -> Callable[[], Check]:
    report = tmp_path / "drift.json"

    def run() -> Check:
        done = ansible_playbook("playbooks/drift.yml", "-e", f"terpusat_drift_report={report}")
        assert report.is_file(), done.stdout[-3000:] + done.stderr[-2000:]
        document = json.loads(report.read_text())
        report.unlink()
        assert document["exit_code"] == done.returncode
        return Check(done.returncode, done.stdout, document["hosts"])

    return run


def changed_hosts(playbook: subprocess.CompletedProcess[str]) -> set[str]:
    """Hosts for which the recap counts a change. Fails when a host failed or was unreachable."""
    rows = re.findall(r"^(\S+)\s+: ok=\d+\s+changed=(\d+)\s+unreachable=0\s+failed=0", playbook.stdout, re.MULTILINE)
    assert playbook.returncode == 0, playbook.stdout[-4000:] + playbook.stderr[-1000:]
    assert rows
    return {host for host, changed in rows if changed != "0"}


def shows(found: Check, tampering: Tampering) -> bool:
    """Whether the printed report has the changed line, whatever its indentation."""
    sign, text = tampering.diff[0], tampering.diff[1:]
    report = found.text[found.text.index("PEMERIKSAAN PENYIMPANGAN") :].splitlines()
    lines = (line.strip() for line in report)
    return any(line[:1] == sign and line[1:].strip().startswith(text) for line in lines)


def undone(lab: RunningLab, tampering: Tampering) -> bool:
    return lab.exec(tampering.host, tampering.undone).returncode == 0


@pytest.fixture
def everything_mended(lab: RunningLab) -> Iterator[None]:
    """A test that fails must not leave its tampering to the tests after it."""
    yield
    if not all(undone(lab, tampering) for tampering in ON_ROUTERS + ON_SERVERS):
        ansible_playbook("playbooks/site.yml")


@pytest.mark.usefixtures("everything_mended")
def test_tampering_is_named_exactly_and_mended_exactly(lab: RunningLab, drift: Callable[[], Check]) -> None:
    done = ON_ROUTERS + ON_SERVERS
    for tampering in done:
        result = lab.exec(tampering.host, tampering.do)
        assert result.returncode == 0, f"{tampering.do}: {result.stderr}"
        assert not undone(lab, tampering), f"{tampering.do} berhasil tetapi tidak terlihat"

    found = drift()
    assert found.items() == {(t.host, t.item) for t in done}, found.text[-6000:]
    assert found.code == 2
    for tampering in done:
        assert shows(found, tampering), f"perbedaan tidak ditunjukkan: {tampering.diff}\n{found.text[-4000:]}"
        assert not undone(lab, tampering), "drift.yml mengubah sesuatu"

    assert changed_hosts(ansible_playbook("playbooks/site.yml")) == {t.host for t in done}
    assert [t.do for t in done if not undone(lab, t)] == []
    clean = drift()
    assert (clean.code, clean.items()) == (0, set()), clean.text[-6000:]
    assert set(clean.states().values()) == {"in_sync"}


@pytest.mark.usefixtures("everything_mended")
def test_a_host_that_is_down_is_offline_and_the_others_are_still_checked(
    lab: RunningLab, drift: Callable[[], Check]
) -> None:
    [shaping] = [t for t in ON_ROUTERS if t.host == "br1"]
    lab.kill("rt-disdik")
    try:
        calm = drift()
        assert calm.states().pop("rt-disdik") == "offline"
        assert {name for name, state in calm.states().items() if state == "in_sync"} == set(calm.hosts) - {"rt-disdik"}
        assert calm.code == 8, calm.text[-6000:]

        assert lab.exec(shaping.host, shaping.do).returncode == 0
        both = drift()
        assert both.items() == {(shaping.host, shaping.item)}
        assert both.code == 2 + 8, both.text[-6000:]
    finally:
        lab.start("rt-disdik")
    assert changed_hosts(ansible_playbook("playbooks/site.yml", "--limit", "br1")) == {"br1"}
    assert undone(lab, shaping)
