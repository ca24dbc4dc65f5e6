# SPDX-License-Identifier: GPL-3.0-or-later
"""Enrolment of emulated devices as they leave the factory: whole, cut off at every command, and in a real play."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import paramiko
import pytest

from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices import enrolment
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.enrolment import Account, Enroller, PublicKey
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.host_key import password_accepted
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.outcome import AuthFailedError, Outcome
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.report import Report
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.session import Login, Session
from emulators.core import DropAt, Farm, Personality
from emulators.core.farm import DeviceHandle

FACTORY = {"ios": ("cisco", "cisco"), "routeros": ("admin", "")}


def factory(source: str, name: str) -> Personality:
    """A device with the factory's account and no other."""
    platform = source.partition("-")[0]
    user, password = FACTORY[platform]
    fresh = Personality.load(source, name=name, user=user, password=password, reboot_seconds=0.2)
    if platform == "ios":
        seed = re.sub(r"^username .*$\n", "", fresh.seed, flags=re.M)
        return fresh.copy(
            seed=seed.replace("\nline con 0", f"\nusername {user} privilege 15 secret {password}\n!\nline con 0")
        )
    return fresh.copy(flags={**fresh.flags, "first_login": ["licence", "default-config", "new-password"]})


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """``id`` and ``id.pub``: RSA, which every release of both systems takes."""
    folder = tmp_path_factory.mktemp("keys")
    key = paramiko.RSAKey.generate(2048)
    key.write_private_key_file(str(folder / "id"))
    (folder / "id.pub").write_text(f"ssh-rsa {key.get_base64()} pengelola@ctl\n")
    return folder


@pytest.fixture
def farm() -> Iterator[Farm]:
    devices = [factory("ios-access", "sw"), factory("routeros-hex-v7", "rt7"), factory("routeros-hap-v6", "rt6")]
    with Farm(devices) as running:
        yield running


class Way:
    """The ways in to one device."""

    def __init__(self, device: DeviceHandle, keys: Path, folder: Path) -> None:
        config = folder / "ssh_config"
        config.write_text(f"Host *\n  UserKnownHostsFile {device.known_hosts}\n")
        login = Login(device.host, device.port, ssh_config_file=str(config), timeout=10.0)
        self.platform = enrolment.load("ios" if device.name == "sw" else "routeros")
        self.factory_user, password = FACTORY["ios" if device.name == "sw" else "routeros"]
        self.ours = replace(login, user="terpusat", key_file=str(keys / "id"))
        self.theirs = replace(login, user=self.factory_user, password=password)
        self.account = Account("terpusat", PublicKey.parse((keys / "id.pub").read_text()), "Konsol-rahasia-1")
        self.device = device

    def open(self, login: Login) -> Session:
        return Session.open(login, self.platform.device_type, interactive=self.platform.interactive)

    def works(self, login: Login) -> bool:
        try:
            self.open(login).close()
        except AuthFailedError:
            return False
        return True

    def enrol(self, *, check_mode: bool = False) -> Report:
        return Enroller(
            self.platform,
            self.account,
            self.factory_user,
            lambda: self.open(self.ours),
            lambda: self.open(self.theirs),
            lambda: password_accepted(self.theirs),
            lambda _: None,
        ).run(check_mode=check_mode)


@pytest.mark.parametrize("name", ["sw", "rt7", "rt6"])
def test_taken_in(farm: Farm, keys: Path, tmp_path: Path, name: str) -> None:
    way = Way(farm[name], keys, tmp_path)
    before = farm[name].config()
    looked = way.enrol(check_mode=True)
    assert looked.outcome is Outcome.CHANGED, looked.message
    assert farm[name].config() == before

    report = way.enrol()
    assert report.outcome is Outcome.CHANGED, report.message
    assert [probe.name for probe in report.probes] == [
        "login baru dengan kunci",
        "login sesudah pengguna pabrik ditutup",
        "login pabrik ditolak",
    ]
    assert way.works(way.ours)
    assert not way.works(way.theirs)
    again = way.enrol()
    assert again.outcome is Outcome.IN_SYNC, again.message
    assert again.patch == ""
    # What was done is there after a power cut too.
    farm[name].reboot()
    farm[name].wait_up()
    assert way.works(way.ours)
    assert not way.works(way.theirs)


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("name", ["sw", "rt7"])
def test_cut_off_at_every_command(keys: Path, tmp_path: Path, name: str, after: bool) -> None:
    source = {"sw": "ios-access", "rt7": "routeros-hex-v7"}[name]
    for number in range(1, 40):
        with Farm([factory(source, name)]) as farm:
            device = farm[name]
            way = Way(device, keys, tmp_path)
            device.fault(DropAt(number, after=after))
            first = way.enrol()
            struck = device.commands >= number
            device.clear_faults()
            assert way.works(way.ours) or way.works(way.theirs), f"locked out at command {number}"
            second = way.enrol()
            assert second.outcome in (Outcome.CHANGED, Outcome.IN_SYNC), f"{number}: {second.message}"
            assert way.works(way.ours)
            assert not way.works(way.theirs)
            if name == "sw":
                assert "username cisco" not in device.startup()
                assert "key-hash" in device.startup()
            if not struck:
                assert first.outcome is Outcome.CHANGED, first.message
                break
    else:
        pytest.fail("the enrolment never came to its end")
