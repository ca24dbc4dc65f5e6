# Copyright: Terpusat contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The lock file: what is written is read back, and every mistake in it is named with its line."""

from __future__ import annotations

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from regency import regency

from ansible_collections.diskominfo.terpusat.plugins.module_utils.planning.addressing import plan
from ansible_collections.diskominfo.terpusat.plugins.module_utils.planning.allocations import Allocations
from ansible_collections.diskominfo.terpusat.plugins.module_utils.planning.lock_file import (
    ChangedMeanwhileError,
    read_lock,
    write_lock,
)
from ansible_collections.diskominfo.terpusat.plugins.module_utils.planning.lock_text import lock_text
from ansible_collections.diskominfo.terpusat.plugins.module_utils.register.problem import Problem

# Names that YAML would take for something else than text are legal codes of the register.
NAMES = ["no", "on", "null", "true", "y", "e1", "srv-1", "rt-kecamatan-x"]
GOOD = """\
version: 1
data_centre:
  vlan: 10
  subnet: 10.10.0.0/24
  gateway: 10.10.0.1
loopbacks:
  br1: 10.255.0.1
locations:
  dinkes/kantor: {lan: 10.20.0.0/24}
links:
  br1:eth2: {vlan: 100, subnet: 10.254.0.0/30}
servers:
  srv1: 10.10.0.11
"""


def problems(tmp_path: Path, text: str) -> list[Problem]:
    path = tmp_path / "allocations.yml"
    path.write_text(text)
    result = read_lock(path, regency())
    assert (result.allocations is None) == bool(result.problems)
    return list(result.problems)


@given(servers=st.lists(st.sampled_from(NAMES), unique=True))
def test_what_is_written_is_read_back(tmp_path_factory: pytest.TempPathFactory, servers: list[str]) -> None:
    path = tmp_path_factory.mktemp("lock") / "allocations.yml"
    register = regency(["dinkes/kantor", "no/on"], servers)
    planned = plan(register, Allocations()).allocations
    write_lock(path, lock_text(planned))
    result = read_lock(path, register)
    assert result.problems == ()
    assert result.allocations == planned
    assert lock_text(result.allocations) == path.read_text()


def test_good_file_has_no_problems(tmp_path: Path) -> None:
    assert problems(tmp_path, GOOD) == []


def test_missing_file_is_an_empty_one(tmp_path: Path) -> None:
    assert read_lock(tmp_path / "allocations.yml", regency()).allocations == Allocations()


@pytest.mark.parametrize(
    ("good", "bad", "line", "key", "words"),
    [
        ("version: 1", "version: 3", 1, "version", "versi 3 tidak dikenal"),
        ("loopbacks:", "loopback:", 6, "loopback", 'Maksud Anda "loopbacks"'),
        ("{lan:", "{lam:", 9, "locations.dinkes/kantor.lam", 'Maksud Anda "lan"'),
        ("  vlan: 10\n", "", 2, "data_centre.vlan", "wajib diisi"),
        ("br1: 10.255.0.1", "br1: 10.255.0.300", 7, "loopbacks.br1", "bukan alamat IPv4"),
        ("br1: 10.255.0.1", "br1: [1]", 7, "loopbacks.br1", "bukan daftar"),
        ("br1: 10.255.0.1", "br1: 10.9.0.1", 7, "loopbacks.br1", "di luar address_pools.loopback"),
        ("br1: 10.255.0.1", "br1: 10.255.0.1\n  x: 10.255.0.1", 8, "loopbacks.x", "sudah dipakai loopbacks.br1"),
        ("10.20.0.0/24}", "10.20.0.1/24}", 9, "locations.dinkes/kantor.lan", "bukan awal sebuah subnet"),
        ("10.20.0.0/24}", "10.21.0.0/24}", 9, "locations.dinkes/kantor.lan", "di luar address_pools.office_lan"),
        ("10.20.0.0/24}", "10.20.0.0/30}", 9, "locations.dinkes/kantor.lan", "terlalu kecil"),
        (
            "10.20.0.0/24}",
            "10.20.0.0/22}\n  a/b: {lan: 10.20.3.0/24}",
            10,
            "locations.a/b.lan",
            "beririsan dengan 10.20.0.0/22 milik locations.dinkes/kantor",
        ),
        ("vlan: 100", "vlan: 99", 11, "links.br1:eth2.vlan", "di luar vlans.transit (100-399)"),
        ("vlan: 100", "vlan: 5000", 11, "links.br1:eth2.vlan", "di luar batas"),
        (
            "10.254.0.0/30}",
            "10.254.0.0/30}\n  x:e: {vlan: 100, subnet: 10.254.0.4/30}",
            12,
            "links.x:e.vlan",
            "VLAN 100 sudah dipakai links.br1:eth2",
        ),
        ("10.254.0.0/30", "10.254.0.0/29", 11, "links.br1:eth2.subnet", "bukan /30"),
        ("10.254.0.0/30", "10.20.0.0/30", 11, "links.br1:eth2.subnet", "di luar address_pools.transit"),
        ("srv1: 10.10.0.11", "srv1: 10.10.0.1", 13, "servers.srv1", "sudah dipakai data_centre.gateway"),
        ("srv1: 10.10.0.11", "srv1: 10.10.0.255", 13, "servers.srv1", "di luar data_centre.subnet"),
        ("gateway: 10.10.0.1", "gateway: 10.11.0.1", 5, "data_centre.gateway", "bukan alamat host"),
        ("  vlan: 10\n", "  vlan: 11\n", 3, "data_centre.vlan", "berbeda dari vlans.data_centre"),
        ("subnet: 10.10.0.0/24", "subnet: 10.10.0.0/23", 4, "data_centre.subnet", "di luar address_pools.data_centre"),
    ],
)
def test_every_mistake_is_named(tmp_path: Path, good: str, bad: str, line: int, key: str, words: str) -> None:
    assert good in GOOD
    found = problems(tmp_path, GOOD.replace(good, bad, 1))
    hits = [problem for problem in found if problem.key == key and words in problem.what]
    assert hits, found
    assert hits[0].line == line
    assert hits[0].action


def test_all_mistakes_come_at_once(tmp_path: Path) -> None:
    text = GOOD.replace("10.255.0.1", "10.255.0.x").replace("{lan:", "{lam:").replace("version: 1", "versi: 1")
    assert {problem.key for problem in problems(tmp_path, text)} == {
        "versi",
        "loopbacks.br1",
        "locations.dinkes/kantor.lam",
    }


def test_a_key_written_twice_is_refused(tmp_path: Path) -> None:
    (problem,) = problems(tmp_path, GOOD + "  srv1: 10.10.0.12\n")
    assert problem.line == 14
    assert "ditulis dua kali" in problem.what


def test_writing_keeps_the_access_rights_and_leaves_no_temporary_file(tmp_path: Path) -> None:
    path = tmp_path / "allocations.yml"
    write_lock(path, "a\n")
    assert stat.S_IMODE(path.stat().st_mode) == 0o644
    path.chmod(0o640)
    write_lock(path, "b\n")
    assert path.read_text() == "b\n"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert list(tmp_path.iterdir()) == [path]


def test_a_write_that_fails_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "allocations.yml"
    write_lock(path, "a\n")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        write_lock(path, "b\n")
    assert path.read_text() == "a\n"
    assert list(tmp_path.iterdir()) == [path]


def test_a_pool_that_was_replaced_is_one_problem_and_not_one_a_line(tmp_path: Path) -> None:
    loopbacks = "".join(f"  rt-{n}: 10.9.0.{n}\n" for n in range(1, 60))
    (found,) = problems(tmp_path, GOOD.replace("  br1: 10.255.0.1\n", loopbacks))
    assert found.key == "loopbacks.rt-1"
    assert found.what == "10.9.0.1 dan 58 nomor lain (sampai baris 65) di luar address_pools.loopback (10.255.0.0/22)."
    assert "milik pemerintah daerah lain" in found.action


def test_writers_wait_for_one_another(tmp_path: Path) -> None:
    """Each writes what it made of what it read: whoever read too early is told, nobody's numbers get lost."""
    path = tmp_path / "allocations.yml"
    write_lock(path, "0\n", "")

    def count(_: int) -> bool:
        before = path.read_text()
        try:
            write_lock(path, f"{int(before) + 1}\n", before)
        except ChangedMeanwhileError:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        written = sum(pool.map(count, range(200)))
    assert int(path.read_text()) == written
