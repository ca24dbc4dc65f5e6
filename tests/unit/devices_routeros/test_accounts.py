# SPDX-License-Identifier: GPL-3.0-or-later
"""People's accounts and keys on emulated routers: made, kept, taken away, and never ours."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import asyncssh
import paramiko
import pytest

from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.outcome import Outcome, RefusedError
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.platforms.routeros.platform import Platform
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.probes import Probe
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.report import Report
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.secrecy import Fingerprints
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.target import Target
from emulators.core.farm import DeviceHandle, Farm
from emulators.core.personality import Personality

from .run import SCALE, transact

SEED = "/user add name=asing group=full password=sandi-orang-asing\n"


@pytest.fixture(params=("routeros-hex-v7", "routeros-hap-v6"))
def router(request: pytest.FixtureRequest) -> Iterator[DeviceHandle]:
    loaded = Personality.load(request.param, name="r1", time_scale=SCALE)
    with Farm([loaded.copy(seed=loaded.seed.rstrip("\n") + "\n" + SEED)]) as farm:
        yield farm["r1"]


@pytest.fixture
def seven() -> Iterator[DeviceHandle]:
    with Farm([Personality.load("routeros-hex-v7", name="r1", time_scale=SCALE)]) as farm:
        yield farm["r1"]


def text(*names: str, own: str = "") -> str:
    """Who is called budi only reads."""
    lines = ["/user group", "add name=terpusat-baca policy=local,ssh,read,test,winbox,web", *([own] if own else [])]
    lines += ["/user"]
    for name in names:
        group = "terpusat-baca" if name == "budi" else "full"
        lines.append(f'add name={name} group={group} comment="terpusat:akun-{name} Nama {name}"')
    return "\n".join(lines) + "\n"


def keys(**people: str) -> str:
    """``name=path`` of a public key."""
    lines = ["/user ssh-keys"]
    for name, line in people.items():
        digest = hashlib.md5(line.encode(), usedforsecurity=False).hexdigest()[:12]
        lines.append(f'add user={name} key="{line}" comment="terpusat:kunci-{name}-{digest}"')
    return "\n".join(lines) + "\n"


def run(router: DeviceHandle, wanted: str, **more: Any) -> Report:
    return transact(router, wanted, hide=Fingerprints(b"k" * 32), **more)


def names(router: DeviceHandle) -> set[str]:
    return router.ask(lambda box: {item.values["name"] for item in box.store.items(("user",))})


def test_made_kept_and_taken_away(router: DeviceHandle) -> None:
    before = names(router)
    report = run(router, text("siti", "budi"))
    assert report.outcome is Outcome.CHANGED, report.message
    assert names(router) == before | {"siti", "budi"}
    # Without a password of the vault nobody has one; an empty one would let everybody in.
    made = router.ask(lambda box: [box.user_item(name).values["password"] for name in ("siti", "budi")])
    assert min(map(len, made)) >= 24
    assert len(set(made)) == 2
    again = run(router, text("siti", "budi"))
    assert again.outcome is Outcome.IN_SYNC, again.message
    strangers = [told for told in again.unmanaged if told.startswith("/user:")]
    assert [told.split()[-1] for told in strangers] == ["name=asing"]
    assert run(router, text("siti")).outcome is Outcome.CHANGED
    assert names(router) == before | {"siti"}


def test_strangers_go_when_decided_and_we_stay(router: DeviceHandle) -> None:
    report = run(router, text("siti", own="# own: /user"))
    assert report.outcome is Outcome.CHANGED, report.message
    assert names(router) == {router.user, "siti"}
    assert run(router, text("siti", own="# own: /user")).outcome is Outcome.IN_SYNC


def test_rights_that_somebody_raised_are_taken_back(router: DeviceHandle) -> None:
    def raise_rights(box: Any) -> None:
        item = box.user_item("budi")
        box.store.update(("user",), item, {**item.values, "group": "full"})

    assert run(router, text("budi")).outcome is Outcome.CHANGED
    router.ask(raise_rights)
    report = run(router, text("budi"))
    assert report.outcome is Outcome.CHANGED
    assert "group=full" in str(report.changes[0].before)
    assert router.ask(lambda box: box.group_of("budi")) == "terpusat-baca"


def test_they_log_in_with_their_keys_and_not_with_the_former_one(seven: DeviceHandle, tmp_path: Path) -> None:
    first, second = (asyncssh.generate_private_key("ssh-ed25519", comment="siti@pc") for _ in range(2))
    for name, key in (("first", first), ("second", second)):
        key.write_private_key(str(tmp_path / name))

    def public(key: asyncssh.SSHKey) -> str:
        return key.export_public_key().decode().strip()

    def enters(name: str) -> bool:
        client = paramiko.SSHClient()
        client.load_host_keys(str(seven.known_hosts))
        try:
            settings = {"key_filename": str(tmp_path / name), "allow_agent": False, "look_for_keys": False}
            client.connect(seven.host, seven.port, "siti", **settings)
        except paramiko.AuthenticationException:
            return False
        finally:
            client.close()
        return True

    wanted = text("siti") + keys(siti=public(first))
    report = run(seven, wanted)
    assert report.outcome is Outcome.CHANGED, report.message
    assert enters("first")
    assert not enters("second")
    assert run(seven, wanted).outcome is Outcome.IN_SYNC
    assert run(seven, text("siti") + keys(siti=public(second))).outcome is Outcome.CHANGED
    assert enters("second")
    assert not enters("first")
    # He leaves: account and key go together.
    assert run(seven, text() + keys()).outcome is Outcome.CHANGED
    assert not enters("second")
    assert seven.ask(lambda box: [owner for owner, _ in box.ssh_keys]) == []


def test_a_change_that_goes_back_leaves_no_account(router: DeviceHandle) -> None:
    before = names(router)
    probe = Probe("gagal", command="/ip route print", expect="tidak akan ada")
    report = run(router, text("siti", "budi"), probes=[probe])
    assert report.outcome is Outcome.ROLLED_BACK, report.message
    assert names(router) == before


def test_what_cannot_be_claimed_is_refused() -> None:
    for own, user in (("# own: /ip/address", "admin"), ("# own: /user", "")):
        with pytest.raises(RefusedError, match="hanya /user"):
            Platform().parse(text("siti", own=own), Target("r1", user=user))
