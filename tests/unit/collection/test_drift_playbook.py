# SPDX-License-Identifier: GPL-3.0-or-later
"""drift.yml compares what site.yml applies, and cannot apply anything itself."""

from __future__ import annotations

import re
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[3]


def plays(name: str) -> list[dict[str, object]]:
    found = yaml.safe_load((ROOT / "playbooks" / name).read_text())
    assert isinstance(found, list)
    return found


def test_check_mode_stands_at_play_level() -> None:
    for play in plays("drift.yml"):
        assert play["check_mode"] is True
        assert play["diff"] is True
        assert play["vars"] == {"terpusat_drift": True}, "the callback would not hear this play"
    assert "check_mode: false" not in (ROOT / "playbooks" / "drift.yml").read_text()


def test_devices_and_servers_are_looked_at() -> None:
    devices, servers = plays("drift.yml")
    assert "'network'" in str(devices["hosts"])
    assert servers["hosts"] == "servers"


def test_site_is_made_of_the_two_playbooks_that_drift_follows() -> None:
    site = yaml.safe_load((ROOT / "playbooks" / "site.yml").read_text())
    assert [entry["ansible.builtin.import_playbook"] for entry in site] == ["network.yml", "servers.yml"]


def test_network_roles_are_the_device_roles() -> None:
    """drift.yml renders the role named like the device's; network.yml must use exactly those."""
    text = (ROOT / "playbooks" / "network.yml").read_text()
    used = re.findall(r"name: diskominfo\.terpusat\.(\w+)\n\s+when: terpusat_host\.role == '(\w+)'", text)
    assert used
    assert all(role == condition for role, condition in used)
    assert text.count("_role:") == len(used), "a role in network.yml that drift.yml would not compare"


def test_servers_playbook_has_the_form_that_drift_reads() -> None:
    (play,) = plays("servers.yml")
    roles = play["roles"]
    assert isinstance(roles, list)
    assert roles
    assert all((ROOT / "roles" / entry["role"].removeprefix("diskominfo.terpusat.")).is_dir() for entry in roles)
    assert not {key for entry in roles for key in entry} - {"role", "tags"}, "drift.yml would not see it"
    assert not {"tasks", "pre_tasks", "post_tasks", "vars"} & set(play), "drift.yml would not see it"
