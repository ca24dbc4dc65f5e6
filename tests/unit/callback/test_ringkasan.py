# SPDX-License-Identifier: GPL-3.0-or-later
"""The summary at the end of a real run."""

from __future__ import annotations

from pathlib import Path

PLAY = """
- hosts: all
  gather_facts: false
  tasks:
    - name: Write the file
      uji_berkas: {{dest: "{path}-{{{{ inventory_hostname }}}}", content: "x"}}
      when: inventory_hostname != 'there'
    - name: Reach
      uji_berkas: {{dest: /dev/null, content: ""}}
    - name: Break
      ansible.builtin.fail: {{msg: sebab gagal}}
      when: inventory_hostname == 'there'
"""


def lines(text: str) -> dict[str, str]:
    body = text[text.index("RINGKASAN") :].splitlines()
    return {line.split()[0]: line for line in body[1:] if line.strip()}


def test_every_host_has_one_line_and_the_register_is_counted(playbook, tmp_path: Path) -> None:
    found = lines(playbook(PLAY.format(path=tmp_path / "f")).stdout)
    assert "berubah" in found["here"]
    assert "gagal" in found["there"]
    assert "sebab gagal" in found["there"]
    assert "tidak terjangkau" in found["far"]
    assert found["Jumlah:"].strip() == "Jumlah: 1 tidak terjangkau, 1 gagal, 1 berubah"
    assert "1 dipesan (rt-satpolpp)" in found["Tercatat"]
    assert "1 sudah di rak (srv3)" in found["Tercatat"]


def test_second_run_and_check_mode(playbook, tmp_path: Path) -> None:
    text = PLAY.format(path=tmp_path / "f")
    assert "akan berubah" in lines(playbook(text, "--check", "--limit", "here").stdout)["here"]
    playbook(text, "--limit", "here")
    assert "sesuai" in lines(playbook(text, "--limit", "here").stdout)["here"]


REFUSED = """
- hosts: here
  gather_facts: false
  tasks:
    - name: Ask for what is no question
      diskominfo.terpusat.device_command: {platform: ios, command: reload}
"""


def test_every_device_action_has_its_outcome_told(playbook) -> None:
    found = lines(playbook(REFUSED).stdout)
    assert "ditolak" in found["here"]
    assert "reload" in found["here"]
