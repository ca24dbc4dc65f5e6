# SPDX-License-Identifier: GPL-3.0-or-later
"""Known secrets on the device and in the intended text, whole plays with -vvv, and a search through all they wrote."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from controller import SHOW, Controller, Played

from emulators.core import Farm, Personality
from emulators.core.farm import DeviceHandle

IOS = """\
username petugas privilege 1 secret {user}
snmp-server community {snmp} RO
snmp-server host 10.99.0.5 version 2c {trap}
snmp-server group TERPUSAT v3 priv
snmp-server user pantau TERPUSAT v3 auth sha {auth} priv aes 128 {priv}
tacacs-server host 10.99.0.9 key {radius}
crypto isakmp key {ipsec} address 203.0.113.99
interface Dialer1
 encapsulation ppp
 ppp pap sent-username petugas password {ppp}
router bgp 65010
 neighbor 203.0.113.1 remote-as 64999
 neighbor 203.0.113.1 password {bgp}
"""
ROUTEROS = """\
/ppp/secret
add name=petugas password="{ppp}" service=pppoe comment="terpusat:petugas"
/snmp/community
add name="{snmp}" addresses=10.99.0.0/24 comment="terpusat:pemantau"
add name=pantau security=private authentication-password="{auth}" encryption-password="{priv}" comment="terpusat:pantau"
/user
add name=siti group=full password="{admin}" comment="terpusat:akun-siti"
/radius
add address=10.99.0.9 secret="{radius}" service=login comment="terpusat:radius"
/ip/ipsec/peer
add name=cabang address=203.0.113.99/32 comment="terpusat:cabang"
/ip/ipsec/identity
add peer=cabang secret="{ipsec}" comment="terpusat:cabang"
/routing/bgp/instance
add name=terpusat as=64600 comment="terpusat:bgp"
/routing/bgp/connection
add name=isp instance=terpusat local.role=ebgp remote.address=203.0.113.1/32 remote.as=64999 \
    tcp-md5-key="{bgp}" comment="terpusat:isp"
"""
NAMES = ("rt-ios", "rt-ros")
#: device seconds in one real second; a guard lasts a minute of the slowest machine
SCALE = 20
KINDS = ("user", "snmp", "trap", "radius", "ipsec", "ppp", "bgp", "auth", "priv", "admin")


def secrets(mark: str) -> dict[str, str]:
    return {kind: f"{mark}-{kind}-x7Qp" for kind in KINDS}


OLD, NEW, FAILED = secrets("Lama"), secrets("Baru"), secrets("Gagal")


@pytest.fixture
def farm() -> Iterator[Farm]:
    router = Personality.load("ios-router", name="rt-ios", time_scale=SCALE)
    seed = router.seed.replace(
        "\nline con 0", "\n" + IOS.format(**OLD).replace("\nrouter", "\n!\nrouter") + "!\nline con 0"
    )
    mikrotik = Personality.load("routeros-hex-v7", name="rt-ros", time_scale=SCALE)
    flags = {**mikrotik.flags, "device_mode_allows": {"scheduler": True}}
    devices = [
        router.copy(seed=seed),
        mikrotik.copy(seed=mikrotik.seed.rstrip("\n") + "\n" + ROUTEROS.format(**OLD), flags=flags),
    ]
    with Farm(devices) as running:
        yield running


def controller(folder: Path, farm: Farm) -> Controller:
    hosts: dict[str, dict[str, Any]] = {
        device.name: {
            "ansible_host": device.host,
            "ansible_port": device.port,
            "ansible_user": device.user,
            "ansible_password": device.password,
            "ansible_become_password": device.secret or "tidak-dipakai",
            "terpusat_host": {"name": device.name, "kind": "device", "platform": platform},
        }
        for device, platform in ((farm["rt-ios"], "ios"), (farm["rt-ros"], "routeros"))
    }
    made = Controller(folder, hosts)
    (folder / "home" / ".ssh" / "known_hosts").write_text(farm.known_hosts.read_text())
    return made


def apply(control: Controller, sources: Path, values: dict[str, str], *options: str, **arguments: Any) -> Played:
    """device_config with the text of a file outside the controller's folder, as a template outside it would be."""
    sources.mkdir(exist_ok=True)
    (sources / "ios").write_text(IOS.format(**values))
    (sources / "routeros").write_text(ROUTEROS.format(**values))
    task = {
        "name": "Apply",
        "diskominfo.terpusat.device_config": {
            "config": f"{{{{ lookup('ansible.builtin.file', '{sources}/' ~ terpusat_host.platform) }}}}",
            "guard_seconds": 60 * SCALE,
            "ticket": "TIKET-9",
            **arguments,
        },
        "register": "seen",
        "ignore_errors": True,
    }
    return control.tasks(task, SHOW, options=["-vvv", "--diff", *options])


def texts(folder: Path) -> Iterator[tuple[str, str]]:
    """Every file below the folder; git's objects unpacked."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            content = path.read_bytes()
            with suppress(zlib.error):
                content = zlib.decompress(content)
            yield str(path.relative_to(folder)), content.decode(errors="replace")


def outcomes(played: Played) -> dict[str, str]:
    return {str(result["host"]): str(result["outcome"]) for result in played.results()}


def encoded(device: DeviceHandle) -> set[str]:
    """The reversible forms (type 7) in which IOS shows secrets."""
    return set(re.findall(r"\b7 ([0-9A-F]{8,})\b", device.config() + device.startup()))


def test_nothing_that_a_run_leaves_tells_a_secret(farm: Farm, tmp_path_factory: pytest.TempPathFactory) -> None:
    # Short names: Ansible puts a socket below its temporary folder, whose path may have 107 characters (unix(7)).
    folder, sources = tmp_path_factory.mktemp("c"), tmp_path_factory.mktemp("s")
    control = controller(folder, farm)
    wanted = {value for values in (OLD, NEW, FAILED) for value in values.values()}
    wanted |= encoded(farm["rt-ios"])

    looked = apply(control, sources, NEW, "--check")
    assert outcomes(looked) == dict.fromkeys(NAMES, "changed"), looked.output
    changed = apply(control, sources, NEW)
    assert outcomes(changed) == dict.fromkeys(NAMES, "changed"), changed.output
    assert "Baru-snmp" in farm["rt-ios"].config()
    assert "Baru-ppp" in farm["rt-ros"].config()
    users = farm["rt-ios"].ask(lambda box: box.running.snmp_users)
    assert users["pantau"]["priv_password"].startswith("Baru-priv")
    assert farm["rt-ros"].ask(lambda box: box.user_item("siti").values["password"]).startswith("Baru-admin")
    wanted |= encoded(farm["rt-ios"])
    impossible = {"name": "mustahil", "command": "show perintah-yang-tidak-ada", "timeout": 5}
    undone = apply(control, sources, FAILED, probes=[impossible])
    assert outcomes(undone) == dict.fromkeys(NAMES, "rolled_back"), undone.output
    archived = control.tasks(
        {"diskominfo.terpusat.device_backup": {}}, {"diskominfo.terpusat.device_facts": {}}, options=["-vvv", "--diff"]
    )
    assert archived.code == 0, archived.output

    outputs = [("the output", played.output) for played in (looked, changed, undone, archived)]
    told = [(name, secret) for name, text in (*outputs, *texts(folder)) for secret in wanted if secret in text]
    assert not told
    # What was searched is there: the change is shown, recorded and kept, with fingerprints in place of the secrets.
    everything = dict(texts(folder))
    assert "TIKET-9" in everything["state/terpusat/kab-uji/evidence/ledger.jsonl"]
    assert "<rahasia " in everything["state/terpusat/kab-uji/evidence/ledger.jsonl"]
    assert "snmp-server community <rahasia " in everything["state/terpusat/kab-uji/backup/rt-ios/running-config"]
    assert "<rahasia " in everything["state/terpusat/kab-uji/backup/rt-ros/export.rsc"]
    assert "rolled_back" in everything["ansible.log"]
    assert any(".git/objects/" in name and "snmp-server community" in text for name, text in everything.items())
