# SPDX-License-Identifier: GPL-3.0-or-later
"""A real ansible-playbook process ends with the drift check's own code, its report and all its output."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

PLAY = """
- hosts: {hosts}
  gather_facts: false
  check_mode: true
  diff: true
  vars:
    terpusat_drift: true
  tasks:
    - name: Write the file
      uji_berkas: {{dest: "{path}", content: "right\\n"}}
      notify: Restart
    - name: Look
      uji_perintah: {{cmd: "touch {path}.touched"}}
    - name: Break
      ansible.builtin.fail: {{msg: sebab gagal}}
      when: inventory_hostname == '{broken}'
  handlers:
    - name: Restart
      uji_perintah: {{cmd: "touch {path}.restarted"}}
"""
# The real modules are a Python process each, on every host: a few cases have them, the others their doubles.
REAL = PLAY.replace("uji_berkas", "ansible.builtin.copy").replace("uji_perintah", "ansible.builtin.command")


def report(tmp_path: Path) -> dict[str, object]:
    document: dict[str, object] = json.loads((tmp_path / "state" / "terpusat" / "uji" / "drift.json").read_text())
    return document


@pytest.mark.parametrize(
    ("play", "hosts", "content", "broken", "code"),
    [
        (PLAY, "here,there", "right\n", "none", 0),
        (PLAY, "here,there", "wrong\n", "none", 2),
        (PLAY, "here,far", "right\n", "none", 8),
        (PLAY, "here,far", "wrong\n", "none", 2 + 8),
        (PLAY, "here,there", "right\n", "there", 16),
        (PLAY, "here,there,far", "wrong\n", "there", 2 + 8 + 16),
        (REAL, "here,there,far", "wrong\n", "there", 2 + 8 + 16),
        (PLAY, "far", "right\n", "none", 8),
    ],
    ids=["in sync", "drift", "offline", "drift and offline", "failed", "all three", "real modules", "nobody"],
)
def test_exit_code(playbook, tmp_path: Path, play: str, hosts: str, content: str, broken: str, code: int) -> None:
    path = tmp_path / "file"
    path.write_text(content)
    path.chmod(0o644)
    done = playbook(play.format(hosts=hosts, path=path, broken=broken))
    assert done.returncode == code, done.stdout + done.stderr
    assert f"Kode keluar {code}:" in done.stdout
    assert report(tmp_path)["exit_code"] == code
    assert path.read_text() == content, "a check changed something"
    assert sorted(p.name for p in tmp_path.glob("file*")) == ["file"]


def test_report_names_item_diff_and_what_was_not_verified(playbook, tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_text("wrong\n")
    path.chmod(0o644)
    done = playbook(REAL.format(hosts="here,far", path=path, broken="none"))
    document = report(tmp_path)
    hosts = document["hosts"]
    assert isinstance(hosts, dict)
    assert [item["name"] for item in hosts["here"]["drifted"]] == [str(path)]
    assert "-wrong" in hosts["here"]["drifted"][0]["diff"]
    assert [item["task"] for item in hosts["here"]["unverified"]] == ["Look"]
    assert hosts["far"]["state"] == "offline"
    assert "here: MENYIMPANG" in done.stdout
    assert "far: TIDAK TERJANGKAU" in done.stdout
    assert "PLAY RECAP" in done.stdout, "the other callbacks' output was lost"
    assert (tmp_path / "state/terpusat/uji/drift.json").stat().st_mode & 0o777 == 0o600


def test_report_goes_where_it_is_asked_to_go(playbook, tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_text("right\n")
    path.chmod(0o644)
    wanted = tmp_path / "in" / "report.json"
    done = playbook(PLAY.format(hosts="here", path=path, broken="none"), "-e", f"terpusat_drift_report={wanted}")
    assert done.returncode == 0
    assert json.loads(wanted.read_text())["hosts"]["here"]["state"] == "in_sync"


def test_a_report_that_cannot_be_written_is_said_and_counts_as_failed(playbook, tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_text("right\n")
    path.chmod(0o644)
    wanted = path / "report.json"  # below a file
    done = playbook(PLAY.format(hosts="here", path=path, broken="none"), "-e", f"terpusat_drift_report={wanted}")
    assert done.returncode == 16
    assert "tidak dapat ditulis" in done.stderr


def test_roles_know_that_this_is_check_mode(playbook) -> None:
    text = """
- hosts: here
  gather_facts: false
  check_mode: true
  vars: {terpusat_drift: true}
  tasks:
    - name: Told
      ansible.builtin.assert: {that: ansible_check_mode}
"""
    assert playbook(text).returncode == 0


def test_no_host_proves_nothing(playbook, tmp_path: Path) -> None:
    done = playbook(PLAY.format(hosts="nothing", path=tmp_path / "file", broken="none"))
    assert done.returncode == 16


def test_other_playbooks_keep_ansibles_own_codes(playbook, tmp_path: Path) -> None:
    text = PLAY.format(hosts="here", path=tmp_path / "file", broken="here").replace("terpusat_drift: true", "other: 1")
    done = playbook(text)
    assert done.returncode == 2
    assert "PENYIMPANGAN" not in done.stdout


def test_a_playbook_that_cannot_be_parsed_never_looks_like_a_finding(playbook) -> None:
    assert playbook("- hosts: here\n  nonsense: true\n").returncode in {1, 4}
