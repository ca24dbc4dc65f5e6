# SPDX-License-Identifier: GPL-3.0-or-later
"""playbooks/network.yml and drift.yml on a network of many makes: register → text → devices, end to end.

The devices are emulated and reached at the addresses of the register, through a relay as through a jump host.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tests" / "unit" / folder) for folder in ("rendering", "templates")]

from emulated import personality  # noqa: E402
from variants import SECRETS, VARIANTS, box_of, folder, planned  # noqa: E402

from emulators.core.farm import Farm  # noqa: E402

NAMES = ("br1", "core1", "rt-dinkes", "rt-disdik", "rt-satpolpp")


@pytest.fixture(scope="module")
def farm() -> Iterator[Farm]:
    hosts = planned("mixed")
    assert tuple(hosts) == NAMES
    variants = {name: list(VARIANTS)[number % len(VARIANTS)] for number, name in enumerate(NAMES)}
    assert all(box_of("mixed", hosts[name]["terpusat_host"]["role"], n) for n, name in enumerate(NAMES))
    with Farm([personality(variants[name], hosts[name]) for name in NAMES]) as running:
        yield running


@pytest.fixture(scope="module")
def inventory(farm: Farm, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A government's folder, its devices behind a relay."""
    root, home = folder("mixed"), tmp_path_factory.mktemp("rumah")
    known, config = [], []
    for name, host in planned("mixed").items():
        device = farm[name]
        address = host["terpusat_intent"]["management"]["address"]
        key = next(line for line in farm.known_hosts.read_text().splitlines() if device.host in line.split()[0])
        known.append(f"{address} {' '.join(key.split()[1:3])}")
        relay = f"{sys.executable} {Path(__file__).with_name('relay.py')} {device.host} {device.port}"
        config.append(f"Host {address}\n  ProxyCommand {relay}\n")
    (home / "known_hosts").write_text("\n".join(known) + "\n")
    (home / "ssh_config").write_text("".join([*config, f"Host *\n  UserKnownHostsFile {home}/known_hosts\n"]))
    (root / "terpusat.yml").write_text("plugin: diskominfo.terpusat.register\n")
    access = {
        "ansible_user": "admin", "ansible_password": "rahasia", "ansible_become_password": "rahasia",
        "terpusat_ssh_config_file": str(home / "ssh_config"), "terpusat_secrets": SECRETS,
        "terpusat_evidence_folder": str(home / "bukti"), "terpusat_drift_report": str(home / "drift.json"),
        # No guard is to fire here, however busy the machine.
        **{f"{role}_guard_seconds": 600 for role in ("border_router", "core_switch", "opd_router")},
    }  # fmt: skip
    (root / "group_vars" / "all").mkdir(parents=True, exist_ok=True)
    (root / "group_vars" / "all" / "akses.yml").write_text(json.dumps(access))
    return root


def play(inventory: Path, name: str, *options: str) -> subprocess.CompletedProcess[str]:
    program = str(Path(sys.executable).with_name("ansible-playbook"))
    command = [program, "-i", str(inventory / "terpusat.yml"), f"playbooks/{name}.yml", "--limit", "network", *options]
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=500,
        env={**os.environ, "ANSIBLE_CONFIG": str(ROOT / "ansible.cfg"), "ANSIBLE_NOCOLOR": "1"},
    )  # fmt: skip
    done.stdout += done.stderr
    return done


def test_check_mode_then_the_change_then_nothing_more(farm: Farm, inventory: Path) -> None:
    factory = {device.name: device.config() for device in farm}
    done = play(inventory, "network", "--check", "--diff")
    assert done.returncode == 0, done.stdout
    assert {device.name: device.config() for device in farm} == factory
    for name in NAMES:
        assert f"changed: [{name}]" in done.stdout, done.stdout

    done = play(inventory, "network")
    assert done.returncode == 0, done.stdout
    applied = {device.name: device.config() for device in farm}
    assert all(applied[name] != factory[name] for name in NAMES)

    done = play(inventory, "network", "--check", "--diff")
    assert done.returncode == 0, done.stdout
    assert "changed: [" not in done.stdout, done.stdout
    done = play(inventory, "drift")
    assert done.returncode == 0, done.stdout
    assert {device.name: device.config() for device in farm} == applied
    for secret in (value for value in SECRETS.values() if isinstance(value, str)):
        assert secret not in done.stdout
