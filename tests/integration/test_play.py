# SPDX-License-Identifier: GPL-3.0-or-later
"""The action in a real play: how a host that is off is counted, and what the output tells of a configuration."""

from __future__ import annotations

import json
import os
import pathlib
import subprocess
import sys

from router import Router

MARK = "tanda-yang-tidak-boleh-tampil"


def play(router: Router, folder: pathlib.Path, bundle: str, *options: str) -> subprocess.CompletedProcess[str]:
    """ansible-playbook on the router and on an address where nobody is."""
    (folder / "bundle").write_text(bundle)
    hosts = {
        router.name: {"ansible_host": router.address},
        "mati": {"ansible_host": "10.99.0.250", "ansible_timeout": 2},
    }
    (folder / "hosts.yml").write_text(json.dumps({"all": {"hosts": hosts}}))
    tasks = [
        {
            "name": "Apply",
            "diskominfo.terpusat.device_config": {"config": "{{ lookup('ansible.builtin.file', bundle) }}"},
            "register": "result",
        },
        {"name": "Outcome", "ansible.builtin.debug": {"msg": "outcome={{ result.outcome }}"}},
    ]
    variables = {"terpusat_ssh_config_file": str(router.lab.ssh_config), "bundle": str(folder / "bundle")}
    (folder / "play.yml").write_text(
        json.dumps([{"hosts": "all", "gather_facts": False, "vars": variables, "tasks": tasks}])
    )
    return subprocess.run(
        [str(pathlib.Path(sys.executable).with_name("ansible-playbook")), "-i", "hosts.yml", "play.yml", *options],
        cwd=folder,
        env={**os.environ, "ANSIBLE_CONFIG": str(router.root / "ansible.cfg")},
        capture_output=True,
        text=True,
        timeout=300,
    )


def test_a_host_that_is_off_is_unreachable_and_the_others_go_on(configured: Router, tmp_path: pathlib.Path) -> None:
    done = play(configured, tmp_path, configured.base)
    assert done.returncode == 4, done.stdout + done.stderr
    assert "outcome=in_sync" in done.stdout
    assert "mati" in done.stdout
    assert "unreachable=1" in done.stdout
    assert "tidak menjawab" in done.stdout


def test_the_diff_is_shown_and_the_rest_of_the_configuration_is_not(configured: Router, tmp_path: pathlib.Path) -> None:
    marked = configured.base.replace("no-resolv\n", f"no-resolv\n# {MARK}\n")
    configured.expect("changed", marked)
    configured.console("nft add rule inet filter input tcp dport 8080 accept")
    done = play(configured, tmp_path, marked, "--check", "--diff", "-vvv")
    assert "tcp dport 8080 accept" in done.stdout
    assert "+++ after: berjalan: nftables tabel inet filter (seharusnya)" in done.stdout
    assert MARK not in done.stdout + done.stderr
    assert "outcome=changed" in done.stdout
    configured.console("nft list ruleset | grep -q 8080")
