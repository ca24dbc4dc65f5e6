# Copyright: Terpusat contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Lock files of both versions, mistakes in what the second one brought, writers that die or meet, old LANs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from reorganised import reorganised

from ansible_collections.diskominfo.terpusat.plugins.module_utils.planning import lock_file
from ansible_collections.diskominfo.terpusat.plugins.module_utils.planning.addressing import plan
from ansible_collections.diskominfo.terpusat.plugins.module_utils.planning.allocations import Allocations
from ansible_collections.diskominfo.terpusat.plugins.module_utils.planning.lock_file import (
    ChangedMeanwhileError,
    read_lock,
    write_lock,
)
from ansible_collections.diskominfo.terpusat.plugins.module_utils.planning.lock_text import LAST_LINE, lock_text
from ansible_collections.diskominfo.terpusat.plugins.module_utils.planning.overlaps import overlaps

OFFICES: dict[str, dict[str, Any]] = {"dinkes/kantor": {"users": "10", "segments": ["cctv"]}}
PEOPLE = {"users": "10"}
FIRST = """\
version: 1
data_centre: {vlan: 10, subnet: 10.10.0.0/24, gateway: 10.10.0.1}
loopbacks: {br1: 10.255.0.9}
locations:
  dinkes/kantor: {lan: 10.20.7.0/24}
links:
  rt-dinkes-kantor:eth1: {vlan: 170, subnet: 10.254.0.40/30}
servers: {srv1: 10.10.0.77}
"""
GOOD = f"""\
version: 2
data_centre:
  vlan: 10
  subnet: 10.10.0.0/24
  gateway: 10.10.0.1
  subnet6: "fd3c:91a7:5e20:10::/64"
  gateway6: "fd3c:91a7:5e20:10::1"
loopbacks6:
  br1: "fd3c:91a7:5e20::1"
locations:
  dinkes/kantor:
    lan: 10.20.0.0/24
    dhcp: 10.20.0.100-10.20.0.249
    lan6: "fd3c:91a7:5e20:8000::/64"
    segments: {{cctv: 10.20.255.192/26}}
    segments6: {{cctv: "fd3c:91a7:5e20:8001::/64"}}
links:
  rt-a:eth1: {{vlan: 100, subnet: 10.254.0.0/30, subnet6: "fd3c:91a7:5e20:1::100:0/127", area: 0.0.0.1}}
  rt-a:eth2: {{vlan: 101, subnet: 10.254.0.4/30, area: 0.0.0.1}}
servers6:
  srv1: "fd3c:91a7:5e20:10::11"
{LAST_LINE}
"""


def test_a_file_of_the_first_version_is_read_and_nothing_in_it_changes(tmp_path: Path) -> None:
    path = tmp_path / "allocations.yml"
    path.write_text(FIRST)
    register = reorganised(OFFICES)
    read = read_lock(path, register)
    assert read.allocations is not None, read.problems
    new = plan(register, read.allocations).allocations
    location = new.locations["dinkes/kantor"]
    assert (str(location.lan), str(location.dhcp)) == ("10.20.7.0/24", "10.20.7.100-10.20.7.249")
    assert (str(new.loopbacks["br1"]), str(new.servers["srv1"])) == ("10.255.0.9", "10.10.0.77")
    link = new.links["rt-dinkes-kantor:eth1"]
    assert (link.vlan, str(link.subnet), str(link.area)) == (170, "10.254.0.40/30", "0.0.0.0")
    assert str(location.segments["cctv"]) == "10.20.255.192/26"
    assert str(link.subnet6) == "fd3c:91a7:5e20:1::170:0/127"


@pytest.mark.parametrize(
    ("good", "bad", "key", "words"),
    [
        ("10.20.0.249", "10.20.1.249", "locations.dinkes/kantor.dhcp", "di luar 10.20.0.0/24"),
        ("10.20.0.100-", "10.20.0.1-", "locations.dinkes/kantor.dhcp", "memuat gateway 10.20.0.1"),
        ("0.100-10.20.0.249", "0.100", "locations.dinkes/kantor.dhcp", "bukan rentang alamat"),
        ("0.100-10.20.0.249", "0.200-10.20.0.100", "locations.dinkes/kantor.dhcp", "terbalik"),
        ("10.20.255.192/26", "10.20.0.64/26", "locations.dinkes/kantor.segments.cctv",
         "beririsan dengan 10.20.0.0/24 milik locations.dinkes/kantor"),
        ("10.20.255.192/26", "10.21.0.0/26", "locations.dinkes/kantor.segments.cctv", "di luar"),
        ("segments: {cctv:", "segments: {cctvv:", "locations.dinkes/kantor.segments.cctvv", "bukan pilihan"),
        ("8001::/64", "8000::/64", "locations.dinkes/kantor.segments6.cctv", "beririsan"),
        ("8000::/64", "8000::/65", "locations.dinkes/kantor.lan6", "bukan /64"),
        ('5e20:8000::/64"', '5e21:8000::/64"', "locations.dinkes/kantor.lan6", "di luar address_pools.ipv6"),
        ("100:0/127", "100:0/126", "links.rt-a:eth1.subnet6", "bukan /127"),
        ("10.254.0.4/30, area: 0.0.0.1", "10.254.0.4/30", "links.rt-a:eth2.area", "berbeda dari area 0.0.0.1"),
        ('br1: "fd3c:91a7:5e20::1"', 'br1: "fd3c:91a7:5e21::1"', "loopbacks6.br1", "di luar address_pools.ipv6"),
        ('br1: "fd3c:91a7:5e20::1"', "br1: 10.1.1.1", "loopbacks6.br1", "bukan alamat IPv6"),
        ("10::11", "10::1", "servers6.srv1", "sudah dipakai data_centre.gateway6"),
        ("10::11", "11::11", "servers6.srv1", "di luar data_centre.subnet6"),
        ('gateway6: "fd3c:91a7:5e20:10::1"', 'gateway6: "fd3c:91a7:5e20:11::1"', "data_centre.gateway6", "di luar"),
        (LAST_LINE, "", "", "baris terakhir"),
    ],
)  # fmt: skip
def test_every_mistake_is_named(tmp_path: Path, good: str, bad: str, key: str, words: str) -> None:
    path = tmp_path / "allocations.yml"
    path.write_text(GOOD)
    assert read_lock(path, reorganised(OFFICES)).problems == ()
    assert good in GOOD
    path.write_text(GOOD.replace(good, bad, 1))
    read = read_lock(path, reorganised(OFFICES))
    assert read.allocations is None
    hits = [problem for problem in read.problems if problem.key == key and words in problem.what]
    assert hits, read.problems
    assert hits[0].action


def test_ipv6_numbers_wait_in_silence_while_there_is_no_prefix(tmp_path: Path) -> None:
    path = tmp_path / "allocations.yml"
    path.write_text(GOOD.replace("5e20:8000", "5e99:8000"))
    assert read_lock(path, reorganised(OFFICES, ipv6=None)).problems == ()


def test_a_writer_that_is_killed_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "allocations.yml"
    register = reorganised(OFFICES)
    old = lock_text(plan(register, Allocations()).allocations)
    write_lock(path, old)
    program = (
        "import os, signal, pathlib, runpy\n"
        f"from {lock_file.__name__} import write_lock\n"
        "os.replace = lambda *_: os.kill(os.getpid(), signal.SIGKILL)\n"
        f"write_lock(pathlib.Path({str(path)!r}), 'version: 2\\n')\n"
    )
    died = subprocess.run([sys.executable, "-c", program], env={"PYTHONPATH": ":".join(sys.path)}, check=False)
    assert died.returncode == -9
    assert path.read_text() == old
    read = read_lock(path, register)
    assert read.allocations is not None
    assert plan(register, read.allocations).allocations == read.allocations


def test_two_writers_do_not_overwrite_one_another(tmp_path: Path) -> None:
    path = tmp_path / "allocations.yml"
    write_lock(path, "a\n", "")
    write_lock(path, "b\n", "a\n")
    with pytest.raises(ChangedMeanwhileError):
        write_lock(path, "c\n", "a\n")
    assert path.read_text() == "b\n"


@pytest.mark.parametrize(("stage", "error"), [("surveyed", False), ("parallel", True), ("terminated", False)])
def test_an_old_lan_over_somebody_elses_new_one_is_found(tmp_path: Path, stage: str, error: bool) -> None:
    allocations = plan(reorganised({"dinkes/kantor": PEOPLE, "disdik/kantor": PEOPLE}), Allocations()).allocations
    (tmp_path / "register").mkdir()
    (tmp_path / "register" / "opds.yml").write_text("opds: []\n")
    lans = ["192.168.0.0/16", "10.20.2.0/25", "10.0.0.0/8"]  # dinkes has 10.20.0.0/24, disdik 10.20.2.0/24
    crowded = reorganised({"dinkes/kantor": {**PEOPLE, "existing_lans": lans}, "disdik/kantor": PEOPLE}, stage=stage)
    found = overlaps(crowded, allocations, tmp_path)
    assert [problem.is_error for problem in found] == [error, error]
    assert "LAN lama 10.20.2.0/25 di dinkes/kantor beririsan dengan 10.20.2.0/24" in found[0].what
    assert "milik disdik/kantor" in found[1].what
    own = reorganised(
        {"dinkes/kantor": {**PEOPLE, "existing_lans": ["10.20.0.0/24"]}, "disdik/kantor": PEOPLE}, stage=stage
    )
    assert overlaps(own, allocations, tmp_path) == []  # an office may keep its subnet
