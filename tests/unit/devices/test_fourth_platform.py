# SPDX-License-Identifier: GPL-3.0-or-later
"""A fourth platform is one more folder, and nothing else.

The proof: a copy of the collection as it stands, one folder put into it, and `ansible-playbook` run against a device
that only that folder understands.
"""

from __future__ import annotations

import json
import os
import pathlib
import shutil
import subprocess
import sys

import pytest

from .fourth.device import PASSWORD, Device

ROOT = pathlib.Path(__file__).resolve().parents[3]


@pytest.fixture(scope="module")
def collections(tmp_path_factory: pytest.TempPathFactory) -> pathlib.Path:
    """A collections folder with our collection and the fourth platform's folder in it."""
    folder = tmp_path_factory.mktemp("collections")
    home = folder / "ansible_collections" / "diskominfo" / "terpusat"
    home.mkdir(parents=True)
    for name in ("plugins", "meta", "galaxy.yml"):
        source = ROOT / name
        (shutil.copytree if source.is_dir() else shutil.copy)(source, home / name)
    platform = pathlib.Path(__file__).parent / "fourth" / "keyval"
    shutil.copytree(platform, home / "plugins/module_utils/devices/platforms/keyval")
    return folder


def play(
    collections: pathlib.Path, folder: pathlib.Path, device: Device, config: str, *arguments: str
) -> dict[str, object]:
    """Run one device_config task; return its result."""
    (folder / "known_hosts").write_text(device.known_host)
    (folder / "ssh_config").write_text(f"Host *\n  UserKnownHostsFile {folder}/known_hosts\n")
    connection = {"ansible_host": "127.0.0.1", "ansible_port": device.port, "ansible_user": "teknisi"}
    secrets = {"ansible_password": PASSWORD, "terpusat_ssh_config_file": str(folder / "ssh_config")}
    inventory = {"all": {"hosts": {"kv1": {**connection, **secrets}}}}
    (folder / "hosts.json").write_text(json.dumps(inventory))
    probe = {"name": "hidup", "command": "version", "expect": "^keyval"}
    task = {"config": config, "platform": "keyval", "guard_seconds": 15, "probes": [probe]}
    tasks = [
        {"diskominfo.terpusat.device_config": task, "register": "told", "ignore_errors": True},
        {
            "ansible.builtin.copy": {
                "content": "{{ told | to_json }}",
                "dest": str(folder / "told.json"),
                "mode": "0600",
            },
            "delegate_to": "localhost",
            "check_mode": False,
            "vars": {"ansible_connection": "local"},
        },
    ]
    (folder / "play.json").write_text(json.dumps([{"hosts": "all", "gather_facts": False, "tasks": tasks}]))
    configuration = folder / "ansible.cfg"
    configuration.write_text(f"[defaults]\ncollections_path = {collections}\n")
    program = str(pathlib.Path(sys.executable).with_name("ansible-playbook"))
    environment = {**os.environ, "ANSIBLE_CONFIG": str(configuration), "XDG_STATE_HOME": str(folder / "state")}
    done = subprocess.run(
        [program, "-i", "hosts.json", "play.json", *arguments],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert (folder / "told.json").exists(), done.stdout + done.stderr
    result: dict[str, object] = json.loads((folder / "told.json").read_text())
    return result


def test_one_folder_is_enough(collections: pathlib.Path, tmp_path: pathlib.Path) -> None:
    with Device("a = 1\nb = 2\n") as device:
        told = play(collections, tmp_path, device, "a = 1\nb = 3\n", "--check", "--diff")
        assert (told["outcome"], told["changed"]) == ("changed", True)
        assert not {command.split()[0] for command in device.commands} - {"state", "version", "show", "saved"}
        promised = told["diff"]
        told = play(collections, tmp_path, device, "a = 1\nb = 3\n")
        assert (told["outcome"], told["strength"], told["device"]) == ("changed", "native", {"version": "keyval 1.0"})
        assert told["diff"] == promised
        assert (device.running, device.saved) == ("a = 1\nb = 3\n", "a = 1\nb = 3\n")
        told = play(collections, tmp_path, device, "a = 1\nb = 3\n")
        assert (told["outcome"], told["changed"]) == ("in_sync", False)


def test_the_register_knows_it_too(collections: pathlib.Path) -> None:
    module = "ansible_collections.diskominfo.terpusat.plugins.module_utils.register.models.device"
    script = f"import typing, {module} as device; print(*typing.get_args(device.Platform))"
    environment = {**os.environ, "PYTHONPATH": str(collections)}
    told = subprocess.run(
        [sys.executable, "-c", script], env=environment, capture_output=True, text=True, timeout=60, check=True
    )
    assert told.stdout.split() == ["ios", "keyval", "linux", "routeros"]


def test_what_was_confirmed_and_not_saved_is_saved_by_the_next_run(
    collections: pathlib.Path, tmp_path: pathlib.Path
) -> None:
    with Device("a = 1\n") as device:
        device.saved = "a = 0\n"
        told = play(collections, tmp_path, device, "a = 1\n", "--check")
        assert (told["outcome"], device.saved) == ("changed", "a = 0\n")
        told = play(collections, tmp_path, device, "a = 1\n")
        assert (told["outcome"], device.saved) == ("changed", "a = 1\n")
        assert "belum tersimpan" in str(told["msg"])


def test_the_engine_judges_it_like_any_other(collections: pathlib.Path, tmp_path: pathlib.Path) -> None:
    with Device("a = 1\n") as device:
        told = play(collections, tmp_path, device, "a = 1\nsalah\n")
        assert (told["outcome"], device.commands) == ("refused", [])
        assert "baris 2" in str(told["msg"])
