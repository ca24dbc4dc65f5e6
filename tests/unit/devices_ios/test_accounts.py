# SPDX-License-Identifier: GPL-3.0-or-later
"""People's accounts and SNMPv3 users on an emulated switch: made, kept, closed, seen when somebody changed them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.fleet.comparison import Subject, compare
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.outcome import Outcome, RefusedError
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.platforms.ios import snmp_users
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.platforms.ios.accounts import AccountClaim
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.platforms.ios.parse import parse
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.platforms.ios.platform import Platform
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.platforms.ios.reading import Reading
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.probes import Probe
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.report import Report
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.secrecy import Fingerprints
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.target import Target

from .emulated import ARCHIVE, SCP, TARGET, Switch, switch

HASH = "5 $1$K5Id$tby9IisApQ.lRMppcQwdbw"
KEY, OTHER = "D9FD736014CEE6AE9C4A4D3B598570E9", "DF82A44EBD13F3367F73ED50E3A9AE0B"
#: how enrolment left it, and somebody's account that nobody declared
CHAIN = (
    f"username asing privilege 15 secret {HASH}\n"
    f"ip ssh pubkey-chain\n username admin\n  key-hash ssh-rsa {OTHER} kami\n"
)
SNMP = "snmp-server group TERPUSAT v3 priv\nsnmp-server user pantau TERPUSAT v3 auth sha sandi-auth-1 priv aes 128 {}\n"
FAILING = Probe("gagal", command="show clock", expect="tidak akan ada")
HIDE = Fingerprints(b"kunci pemerintah")


def wanted(*names: str, own: str = "", key: str = KEY, snmp: str = "") -> str:
    """Who is called budi only reads."""
    people = [f"username {name} privilege {1 if name == 'budi' else 15} secret {HASH}" for name in names]
    keys = [line for name in names for line in (f" username {name}", f"  key-hash ssh-rsa {key} {name}")]
    lines = [own, "hostname sw1", *people, *(["ip ssh pubkey-chain"] if names else []), *keys, snmp.strip()]
    return "\n".join(line for line in lines if line) + "\n"


def run(found: Switch, text: str, **more: object) -> Report:
    return found.run(text, hide=HIDE, **more)


def hand(found: Switch, *lines: str) -> None:
    with found.open() as session:
        for line in ("configure terminal", *lines, "end"):
            session.connection.send_command_timing(line)


def test_made_then_in_sync_and_our_own_key_stays(tmp_path: Path) -> None:
    with switch(tmp_path, ARCHIVE + CHAIN) as found:
        report = run(found, wanted("siti", "budi"))
        assert report.outcome is Outcome.CHANGED, report.message
        # IOS does not print the factory's privilege.
        assert f"\nusername budi secret {HASH}\n" in found.device.config()
        assert f"key-hash ssh-rsa {OTHER} kami" in found.device.config()
        again = run(found, wanted("siti", "budi"))
        assert again.outcome is Outcome.IN_SYNC, again.message
        assert any(told.startswith("username asing") for told in again.unmanaged)
        # The quick comparison, which a fleet needs, knows it too.
        intended = parse(wanted("siti", "budi"), TARGET)
        assert Platform().unchanged(intended, Reading(found.device.config())) is not None


@pytest.mark.parametrize("features", [ARCHIVE, ARCHIVE + SCP], ids=["typed", "file"])
def test_who_left_is_removed_though_the_device_asks(tmp_path: Path, features: str) -> None:
    with switch(tmp_path, features + CHAIN) as found:
        assert run(found, wanted("siti", "agus")).outcome is Outcome.CHANGED
        report = run(found, wanted("siti", own="! own: username agus"))
        assert report.outcome is Outcome.CHANGED, report.message
        config = found.device.config()
        assert "agus" not in config
        assert "username asing" in config
        assert "kami" in config
        assert run(found, wanted("siti", own="! own: username agus")).outcome is Outcome.IN_SYNC
        # The last one goes, and the section of the keys with ours in it stays.
        assert run(found, wanted(own="! own: username siti")).outcome is Outcome.CHANGED
        assert "siti" not in found.device.config()
        assert "kami" in found.device.config()


def test_strangers_go_when_decided_and_we_stay(tmp_path: Path) -> None:
    with switch(tmp_path, ARCHIVE + CHAIN) as found:
        report = run(found, wanted("siti", own="! own: username"))
        assert report.outcome is Outcome.CHANGED, report.message
        config = found.device.config()
        assert "asing" not in config
        assert "username admin privilege 15" in config
        assert "kami" in config


BY_HAND = (
    ([f"username budi privilege 15 secret {HASH}"], "username"),
    (["username siti privilege 15 secret sandi-lain-sekali"], "username"),
    (["ip ssh pubkey-chain", "username siti", f"key-hash ssh-rsa {OTHER} tamu", "exit", "exit"], "pubkey-chain"),
    (["no snmp-server user pantau TERPUSAT v3"], "pengguna pantau"),
    (["snmp-server user pantau TERPUSAT v3 auth md5 sandi-auth-1 priv des sandi-priv-1"], "pengguna pantau"),
    (["no alias exec terpusat-snmp-pantau"], "pengguna pantau (sandi)"),
    (["snmp-server user tamu TERPUSAT v3 auth sha sandi-tamu-1 priv aes 128 sandi-tamu-2"], "pengguna tamu"),
)


def test_drift_by_hand_is_seen_and_mended(tmp_path: Path) -> None:
    text = wanted("siti", "budi", snmp=SNMP.format("sandi-priv-1"))
    with switch(tmp_path, ARCHIVE + CHAIN) as found:
        assert run(found, text).outcome is Outcome.CHANGED
        for lines, named in BY_HAND:
            hand(found, *lines)
            # A fleet asks without a prompt.
            told = compare(Subject("sw1", "ios", text, TARGET, found.login, HIDE))
            assert [change.item.title for change in told.changes if named in change.item.title], (named, told.message)
            assert run(found, text).outcome is Outcome.CHANGED
        assert compare(Subject("sw1", "ios", text, TARGET, found.login, HIDE)).outcome is Outcome.IN_SYNC


def test_a_changed_password_of_the_vault_is_set_and_none_is_told(tmp_path: Path) -> None:
    with switch(tmp_path, ARCHIVE) as found:
        assert run(found, wanted(snmp=SNMP.format("sandi-priv-1"))).outcome is Outcome.CHANGED
        report = run(found, wanted(snmp=SNMP.format("sandi-priv-2")))
        assert report.outcome is Outcome.CHANGED, report.message
        assert [change.item.name for change in report.changes] == ["pengguna pantau (sandi)"]
        assert found.device.ask(lambda box: box.running.snmp_users["pantau"]["priv_password"]) == "sandi-priv-2"
        told = f"{report} {[change.as_diff() for change in report.changes]}"
        assert "sandi-priv" not in told
        assert "sandi-auth" not in told
        # Without a key that lasts nothing could be compared from run to run, so nothing is.
        assert found.run(wanted(snmp=SNMP.format("sandi-priv-3"))).outcome is Outcome.IN_SYNC


def test_a_change_that_goes_back_takes_the_user_along(tmp_path: Path) -> None:
    text = wanted("siti", snmp=SNMP.format("sandi-priv-1"))
    with switch(tmp_path, ARCHIVE + CHAIN) as found:
        before = found.device.config()
        report = run(found, text, probes=[FAILING])
        assert report.outcome is Outcome.ROLLED_BACK, report.message
        assert found.device.config() == before
        assert found.device.ask(lambda box: dict(box.running.snmp_users)) == {}
        # A password that was replaced cannot come back; that it is another one is remembered.
        assert run(found, text).outcome is Outcome.CHANGED
        changed = wanted("siti", snmp=SNMP.format("sandi-priv-2"))
        assert run(found, changed, probes=[FAILING]).outcome is Outcome.ROLLED_BACK
        assert "terpusat-snmp" not in found.device.config()
        assert run(found, text).outcome is Outcome.CHANGED
        assert found.device.ask(lambda box: box.running.snmp_users["pantau"]["priv_password"]) == "sandi-priv-1"


def test_a_restart_keeps_what_was_saved(tmp_path: Path) -> None:
    text = wanted("siti", snmp=SNMP.format("sandi-priv-1"))
    with switch(tmp_path, ARCHIVE) as found:
        assert run(found, text).outcome is Outcome.CHANGED
        found.device.boot()
        assert run(found, text).outcome is Outcome.IN_SYNC


_NAMES = st.sampled_from(["admin", "siti", "budi", "agus"])


@given(
    named=st.sets(_NAMES.filter(lambda name: name != "admin")),
    chain=st.sets(_NAMES.filter(lambda name: name != "admin")),
    own=st.lists(_NAMES.map("username {}".format) | st.just("username")),
)
def test_nothing_short_of_naming_it_makes_our_login_ours(named: set[str], chain: set[str], own: list[str]) -> None:
    claim = AccountClaim([f"username {name} privilege 15 secret x" for name in named], own, "admin", chain)
    assert not claim.account("admin")
    assert not claim.keys("admin")
    for name in named:
        assert claim.account(name)
        assert claim.keys(name)
    for name in {"siti", "budi", "agus"} - named - chain:
        assert claim.account(name) is claim.keys(name) is ("username" in own or f"username {name}" in own)


def test_our_own_account_cannot_be_claimed() -> None:
    with pytest.raises(RefusedError, match="menghapus pengguna login kami"):
        parse("! own: username admin\nhostname sw1\n", TARGET)
    with pytest.raises(RefusedError, match="tidak diketahui"):
        parse("! own: username\nhostname sw1\n", Target("sw1"))


def test_accounts_of_others_do_not_carry_our_session(tmp_path: Path) -> None:
    # No archive, and startup differs from running: nothing would bring a change back.
    with switch(tmp_path, CHAIN) as found:
        hand(found, "hostname sw9", "hostname sw1", "ntp server 10.0.0.9")
        assert run(found, wanted("siti")).outcome is Outcome.CHANGED
        hand(found, "ntp server 10.0.0.8")
        refused = run(found, wanted("siti") + "username admin privilege 15 secret sandi-baru-kami\n")
        assert refused.outcome is Outcome.REFUSED
        assert "pengguna login" in refused.message


def test_what_devices_print_of_snmp_users_is_read() -> None:
    answer = (
        "\nUser name: pantau\nEngine ID: 00000009020000000C025808\n"
        "storage-type: nonvolatile        active access-list: 10\n"
        "Rowstatus: active\nAuthentication Protocol: SHA\nPrivacy protocol: AES128\nGroup name: TERPUSAT\n"
        "\nUser name: lama\nEngine ID: 800000090300AABB\nstorage-type: nonvolatile\t active\n"
        "Authentication Protocol: MD5\nPrivacy Protocol: None\nGroup-name: LAIN\n"
    )
    found = snmp_users.shown(answer)
    assert found["pantau"] == "grup TERPUSAT\nautentikasi SHA\nenkripsi AES128\n"
    assert found["lama"] == "grup LAIN\nautentikasi MD5\nenkripsi None\n"
    assert snmp_users.shown("%SNMP agent not enabled\n") == {}
