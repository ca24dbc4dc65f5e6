# SPDX-License-Identifier: GPL-3.0-or-later
"""Enrolment of emulated devices as they leave the factory: whole, cut off at every command, and in a real play."""

from __future__ import annotations

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import paramiko
import pytest
from controller import Controller

from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices import enrolment
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.enrolment import Account, Enroller, public_key
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.evidence.verify import check
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.host_key import password_accepted
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.outcome import AuthFailedError, Outcome
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.report import Report
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.session import Login, Session
from emulators.core import DropAt, Farm, NewHostKey, Personality
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
        platform = next(name for name, (user, _) in FACTORY.items() if user == device.user)
        config = folder / f"ssh_config-{device.name}"
        config.write_text(f"Host *\n  UserKnownHostsFile {device.known_hosts}\n")
        login = Login(device.host, device.port, ssh_config_file=str(config), timeout=10.0)
        self.platform = enrolment.load(platform)
        self.factory_user, password = FACTORY[platform]
        self.ours = replace(login, user="terpusat", key_file=str(keys / "id"))
        self.theirs = replace(login, user=self.factory_user, password=password)
        self.account = Account("terpusat", public_key((keys / "id.pub").read_text()), "Konsol-rahasia-1")
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


# The figure is more than an enrolment sends; the test sees to it.
@pytest.mark.parametrize(("source", "most"), [("ios-access", 24), ("routeros-hex-v7", 12)])
def test_cut_off_at_every_command(keys: Path, tmp_path: Path, source: str, most: int) -> None:
    def cut(number: int) -> bool:
        """Enrol device ``number``, whose line breaks at that command, then again; whether it broke at all."""
        device = farm[f"d{number}"]
        way = Way(device, keys, tmp_path)
        # Every other command takes effect before the line breaks, and only its answer is lost.
        device.fault(DropAt(number, after=number % 2 == 0))
        first = way.enrol()
        struck = device.commands >= number
        device.clear_faults()
        assert way.works(way.ours) or way.works(way.theirs), f"locked out at command {number}"
        second = way.enrol()
        assert second.outcome in (Outcome.CHANGED, Outcome.IN_SYNC), f"{number}: {second.message}"
        assert way.works(way.ours)
        if source.startswith("ios"):
            assert "username cisco" not in device.startup()
            assert "key-hash" in device.startup()
        assert struck or first.outcome is Outcome.CHANGED, first.message
        return struck

    with Farm([factory(source, f"d{number}") for number in range(1, most)]) as farm, ThreadPoolExecutor(8) as pool:
        struck = list(pool.map(cut, range(1, most)))
    # From the first to the last command of an enrolment, and past it.
    assert struck[0]
    assert not struck[-1]


def test_a_play_from_first_contact_to_a_changed_key(keys: Path, tmp_path: Path) -> None:
    with Farm([factory("routeros-hex-v7", "rt-baru")]) as farm:
        device = farm["rt-baru"]
        host = {
            "ansible_host": device.host,
            "ansible_port": device.port,
            "ansible_user": "terpusat",
            "ansible_ssh_private_key_file": str(keys / "id"),
            "terpusat_host": {"name": "rt-baru", "kind": "device", "platform": "routeros"},
        }
        control = Controller(tmp_path, {"rt-baru": host}, terpusat_factory_password="")
        limit = ("--limit", "rt-baru")

        unknown = control.playbook("playbooks/enrol.yml", "--check", *limit)
        assert unknown.code == 2
        shown = re.search(r"terpusat_enrol_fingerprint=(SHA256:[A-Za-z0-9+/]{43})", unknown.output)
        assert shown, unknown.output
        wrong = control.playbook("playbooks/enrol.yml", *limit, "-e", "terpusat_enrol_fingerprint=SHA256:" + "A" * 43)
        assert wrong.code == 2
        assert "belum ada yang dikirim" in wrong.output
        known_hosts = tmp_path / "home" / ".ssh" / "known_hosts"
        assert not known_hosts.exists()
        assert {entry.kind for entry in device.log()} <= {"refused", "logout"}

        told = ("-e", f"terpusat_enrol_fingerprint={shown[1]}")
        taken = control.playbook("playbooks/enrol.yml", *limit, *told)
        assert taken.code == 0, taken.output
        assert "pengguna pabrik admin dihapus" in taken.output
        assert device.host_key in known_hosts.read_text()
        ledger = [entry.record for entry in check(control.state / "evidence", "kab-uji").entries]
        assert [(record["kind"], record["action"]) for record in ledger] == [
            ("begin", "device_enrol"),
            ("end", "device_enrol"),
        ]
        assert ledger[1]["outcome"] == "changed"
        assert [probe["name"] for probe in ledger[1]["probes"]][-1] == "login pabrik ditolak"

        device.fault(NewHostKey())
        changed = control.playbook("playbooks/enrol.yml", *limit)
        assert changed.code == 2
        assert "berbeda dari yang tercatat" in changed.output
        assert device.host_key not in known_hosts.read_text()
