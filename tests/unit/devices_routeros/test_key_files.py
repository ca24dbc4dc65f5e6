# SPDX-License-Identifier: GPL-3.0-or-later
"""People's SSH keys on versions that only import them from files, and what becomes of a key that has to go."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

import asyncssh
import pytest

from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.outcome import Outcome
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.probes import Probe
from emulators.core import DropAt, ImportFailsAt, RebootAt
from emulators.core.farm import DeviceHandle, Farm
from emulators.core.personality import Personality

from .run import SCALE
from .test_accounts import keys, names, run, text

#: the personality, and another version than its own
VERSIONS = {
    "6.49": ("routeros-hap-v6", "6.49.18"),
    "7.11": ("routeros-hex-v7", "7.11.2"),
    "7.22": ("routeros-hex-v7", "7.22.3"),
}
FAILING = Probe("gagal", command="/ip route print", expect="tidak akan ada")


@cache
def public(name: str) -> str:
    """An RSA key's line, which every version reads."""
    return asyncssh.generate_private_key("ssh-rsa", key_size=2048, comment=name).export_public_key().decode().strip()


@pytest.fixture(params=VERSIONS)
def router(request: pytest.FixtureRequest) -> Iterator[DeviceHandle]:
    kind, version = VERSIONS[request.param]
    with Farm([Personality.load(kind, name="r1", time_scale=SCALE, version=version)]) as farm:
        yield farm["r1"]


def held(router: DeviceHandle) -> set[tuple[str, str]]:
    """(user, key) of what lets people in."""
    found: set[tuple[str, str]] = router.ask(
        lambda box: {(user, key.export_public_key().decode().split()[1]) for user, key in box.ssh_keys}
    )
    return found


def key(line: str) -> str:
    return line.split()[1]


def wanted(**people: str) -> str:
    return text(*people) + keys(**people)


def test_a_key_is_put_in_kept_and_replaced(router: DeviceHandle) -> None:
    report = run(router, wanted(siti=public("satu")))
    assert report.outcome is Outcome.CHANGED, report.message
    assert held(router) == {("siti", key(public("satu")))}
    assert not [name for name in router.files() if "terpusat" in name]
    again = run(router, wanted(siti=public("satu")))
    assert again.outcome is Outcome.IN_SYNC, again.message
    report = run(router, wanted(siti=public("dua")))
    assert report.outcome is Outcome.CHANGED, report.message
    assert held(router) == {("siti", key(public("dua")))}
    assert run(router, wanted(siti=public("dua"))).outcome is Outcome.IN_SYNC


def test_a_dry_run_says_what_cannot_be_brought_back_and_touches_nothing(router: DeviceHandle) -> None:
    run(router, wanted(siti=public("satu"), tono=public("dua")))
    orders = len(router.log())
    report = run(router, wanted(siti=public("tiga")), check_mode=True)
    assert report.outcome is Outcome.CHANGED
    patch, _, last = report.patch.partition("# sesudah dikonfirmasi, sebab tidak dapat dikembalikan:\n")
    assert ("ssh-keys add" in patch) or ("ssh-keys import" in patch)
    assert "remove" not in patch
    # First the keys, then who had them.
    assert [line.split()[:3] for line in last.splitlines()] == [["/user", "ssh-keys", "remove"]] * 2 + [
        ["/user", "remove", "[/user"]
    ]
    assert held(router) == {("siti", key(public("satu"))), ("tono", key(public("dua")))}
    assert not [entry for entry in router.log()[orders:] if "remove" in entry.text or entry.kind == "upload"]


def test_a_change_that_goes_back_has_taken_nobody_s_key(router: DeviceHandle) -> None:
    run(router, wanted(siti=public("satu"), tono=public("dua")))
    report = run(router, wanted(siti=public("tiga")), probes=[FAILING])
    assert report.outcome is Outcome.ROLLED_BACK, report.message
    assert held(router) == {("siti", key(public("satu"))), ("tono", key(public("dua")))}
    assert {"siti", "tono"} <= names(router)
    assert not [name for name in router.files() if "terpusat" in name]


def test_an_import_that_fails_takes_everything_back(router: DeviceHandle) -> None:
    run(router, wanted(siti=public("satu")))
    router.fault(ImportFailsAt(4, "-patch"))
    report = run(router, wanted(siti=public("satu"), tono=public("dua")))
    assert report.outcome is Outcome.ROLLED_BACK, report.message
    router.clear_faults()
    assert held(router) == {("siti", key(public("satu")))}
    assert run(router, wanted(siti=public("satu"), tono=public("dua"))).outcome is Outcome.CHANGED


def test_a_key_that_stays_although_it_has_to_go_is_a_failure(router: DeviceHandle) -> None:
    """It still lets somebody in, whatever else has been done: never `changed`."""
    run(router, wanted(siti=public("satu"), tono=public("dua")))
    router.ask(lambda box: box.personality.flags.update(keeps_keys=True))
    report = run(router, wanted(siti=public("tiga"), tono=public("dua")))
    assert report.outcome is Outcome.FAILED
    assert "MASIH DAPAT DIPAKAI" in report.message
    assert "can not remove key" in report.message
    assert ("siti", key(public("satu"))) in held(router)
    router.ask(lambda box: box.personality.flags.update(keeps_keys=False))
    assert run(router, wanted(siti=public("tiga"), tono=public("dua"))).outcome is Outcome.CHANGED
    assert held(router) == {("siti", key(public("tiga"))), ("tono", key(public("dua")))}


@pytest.mark.parametrize("fault", [DropAt, RebootAt])
@pytest.mark.parametrize("after", [False, True])
def test_struck_where_the_key_goes(router: DeviceHandle, fault: type[DropAt | RebootAt], after: bool) -> None:
    """The removal is confirmed work: the run finds its way back and ends it."""
    run(router, wanted(siti=public("satu")))
    orders = _orders_of_a_replacement(router)
    router.fault(fault(orders, after=after))
    report = run(router, wanted(siti=public("satu")))
    router.wait_up(60)
    assert report.outcome is Outcome.CHANGED, report.message
    assert held(router) == {("siti", key(public("satu")))}


def _orders_of_a_replacement(router: DeviceHandle) -> int:
    """Put another key in; the number of the order that took the former one away."""
    begun = len([entry for entry in router.log() if entry.kind in ("command", "exec", "upload")])
    assert run(router, wanted(siti=public("dua"))).outcome is Outcome.CHANGED
    made = [entry.text for entry in router.log() if entry.kind in ("command", "exec", "upload")][begun:]
    (number,) = [number for number, order in enumerate(made, 1) if "ssh-keys remove" in order and "file" not in order]
    return number


def test_before_seven_twelve_only_rsa_is_read(router: DeviceHandle) -> None:
    line = asyncssh.generate_private_key("ssh-ed25519").export_public_key().decode().strip()
    report = run(router, wanted(siti=line))
    if router.ask(lambda box: box.version.numbers >= (7, 12)):
        assert report.outcome is Outcome.CHANGED
        return
    assert report.outcome is Outcome.UNSUPPORTED
    assert "hanya membaca kunci ssh-rsa" in report.message
    assert names(router) == {router.user}


def test_our_own_key_is_neither_taken_nor_told_whatever_is_written_on_it(router: DeviceHandle) -> None:
    """Before 7.12 all that a device tells of a key is the comment within its file, which anybody can have written."""
    line = f"{public('kita').rpartition(' ')[0]} terpusat:kunci-otomasi"
    stranger = f"{public('asing').rpartition(' ')[0]} asing@rumah"

    def enrolled(box: Any) -> None:
        for user, public_line in ((router.user, line), ("siti", stranger)):
            own = asyncssh.import_public_key(public_line)
            box.ssh_keys.append((user, own))
            box.ssh_key_comments[id(own)] = "terpusat:kunci-otomasi" if user == router.user else ""

    run(router, wanted(siti=public("satu")))
    router.ask(enrolled)
    router.ask(lambda box: box.store.update(("ip", "ssh"), box.store.single(("ip", "ssh")), _passwords_too(box)))
    report = run(router, wanted(siti=public("satu")))
    assert report.outcome is Outcome.IN_SYNC, report.message
    told = [one for one in report.unmanaged if one.startswith("/user/ssh-keys")]
    assert len(told) == 1
    assert "siti" in told[0]
    assert (router.user, key(line)) in held(router)


def _passwords_too(box: Any) -> dict[str, str]:
    """The tests log in with a password, which a key shuts out."""
    named = "always-allow-password-login" in box.store.menus["ip", "ssh"].properties
    return {"always-allow-password-login": "yes"} if named else {"password-authentication": "yes"}
