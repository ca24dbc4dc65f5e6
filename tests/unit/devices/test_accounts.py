# Copyright: Terpusat contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The component of named administrators: who may log in, who must not, and who is somebody else's."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.outcome import RefusedError
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.platforms.linux.bundle import File, render
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.platforms.linux.components import (
    accounts_file,
)
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.platforms.linux.components.accounts import (
    KEY_FOLDER,
    PATH,
    SSHD,
    NamedAccounts,
)
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.platforms.linux.components.base import View
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.platforms.linux.inspection import masked
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.platforms.linux.platform import Platform
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.platforms.linux.shell import (
    Answer,
    Answers,
    LiveFile,
)
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.secrecy import Fingerprints
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.target import Target

HASH = "$6$garam$0123456789abcdefghijkl"
TEXT = f"""\
# ditulis Terpusat
automation terpusat
person siti full {HASH} Siti Rahayu
person budi read -
departed agus
"""
PASSWD = {
    "root": "0:0:root:/root:/bin/bash",
    "terpusat": "1000:1000::/home/terpusat:/bin/bash",
    "siti": "1001:1001:Siti Rahayu:/home/siti:/bin/bash",
    "budi": "1002:1002::/home/budi:/bin/bash",
    "www-data": "33:33:www-data:/var/www:/usr/sbin/nologin",
}
SHADOW = {"root": "*", "terpusat": HASH, "siti": HASH, "budi": "!", "www-data": "*"}
GROUPS = {"adm": "siti,budi", "systemd-journal": "siti,budi", "terpusat-admin": "siti,budi", "sudo": ""}
TODAY = 20000
component = NamedAccounts()


def answer(
    passwd: dict[str, str] | None = None,
    shadow: dict[str, str] | None = None,
    groups: dict[str, str] | None = None,
    expires: dict[str, str] | None = None,
    sudo: Iterable[str] = ("terpusat", "siti"),
) -> str:
    known, secrets = {**PASSWD, **(passwd or {})}, {**SHADOW, **(shadow or {})}
    ends = expires or {}
    parts = [
        "".join(f"{name}:x:{rest}\n" for name, rest in known.items()),
        "".join(f"{name}:{secrets.get(name, '!')}:19000:0:99999:7::{ends.get(name, '')}:\n" for name in known),
        "".join(f"{name}:x:200:{names}\n" for name, names in {**GROUPS, **(groups or {})}.items()),
        f"{TODAY}\n" + "".join(f"{name}\n" for name in sudo),
    ]
    return "===terpusat===\n".join(parts)


def view(shown: str, text: str = TEXT, changed: Iterable[str] = ()) -> View:
    people = accounts_file.parse(text).people
    files = [File(PATH, text, "0600"), *(File(f"{KEY_FOLDER}{name}", "ssh-ed25519 AAAA\n") for name in people)]
    return View(files, Answers({"state": Answer(0, shown, "")}), {}, {}, frozenset(changed))


def differing(shown: str, text: str = TEXT) -> dict[str, str]:
    found = view(shown, text)
    wanted, running = component.intended(found), component.running(found)
    assert set(wanted) == set(running)
    return {name: running[name] for name in wanted if wanted[name] != running[name]}


def test_a_device_as_intended_shows_nothing() -> None:
    assert differing(answer()) == {}
    assert component.unmanaged(view(answer())) == []


@pytest.mark.parametrize(
    ("drift", "told"),
    [
        ({"shadow": {"siti": "$6$lain$0123456789abcdefghijkl"}}, "sandi: $6$lain"),
        ({"shadow": {"siti": f"!{HASH}"}}, "sandi: dikunci"),
        ({"shadow": {"siti": ""}}, "sandi: kosong"),
        ({"passwd": {"siti": "1001:1001:Siti Rahayu:/home/siti:/usr/sbin/nologin"}}, "shell: /usr/sbin/nologin"),
        ({"groups": {"sudo": "siti"}}, "grup: adm sudo systemd-journal terpusat-admin"),
        ({"groups": {"terpusat-admin": "budi"}}, "grup: adm systemd-journal"),
        ({"expires": {"siti": "1"}}, "berlaku: tidak"),
    ],
)
def test_what_somebody_changed_by_hand_is_seen(drift: dict[str, dict[str, str]], told: str) -> None:
    found = differing(answer(**drift))  # type: ignore[arg-type]
    assert told in found["akun siti"]


def test_a_password_that_ends_later_is_valid_today() -> None:
    assert differing(answer(expires={"siti": str(TODAY + 1)})) == {}


def test_who_is_not_there_yet_is_made_with_the_password_over_standard_input() -> None:
    shown = answer(groups={"adm": "", "systemd-journal": "", "terpusat-admin": ""})
    shown = "".join(line for line in shown.splitlines(keepends=True) if not line.startswith("siti:"))
    assert differing(shown)["akun siti"] == ""
    script = component.apply(view(shown, changed=["akun siti"]))
    assert "useradd --create-home" in script
    assert "budi" not in script
    commands = [line for line in script.splitlines() if HASH in line]
    assert [line.startswith("printf ") and line.endswith("| chpasswd --encrypted") for line in commands] == [True]
    assert "userdel --force siti" in component.restore(view(shown, changed=["akun siti"]))


@pytest.mark.parametrize(
    ("text", "groups"),
    [
        (TEXT, {}),
        # Nobody wrote that he left; he is in our group and in no list.
        (TEXT.replace("departed agus\n", ""), {"terpusat-admin": "siti,budi,agus"}),
    ],
)
def test_who_left_loses_every_way_in(text: str, groups: dict[str, str]) -> None:
    there = {"agus": "1003:1003::/home/agus:/bin/bash"}
    shown = answer(there, {"agus": HASH}, groups, sudo=["terpusat", "siti", "agus"])
    found = differing(shown, text)
    assert set(found) == {"akun agus"}
    assert all(door in found["akun agus"] for door in ("akun berlaku", "shell /bin/bash", "sandi", "sudo"))
    script = component.apply(view(shown, text, ["akun agus"]))
    assert "usermod --shell /usr/sbin/nologin --expiredate 1970-01-02 --groups '' agus" in script
    assert "terminate-user agus" in script
    closed = answer({"agus": "1003:1003::/home/agus:/usr/sbin/nologin"}, {"agus": "!"}, expires={"agus": "1"})
    assert differing(closed, text) == {}
    back = component.restore(view(shown, text, ["akun agus"]))
    assert f"printf '%s:%s\\n' agus '{HASH}'" in back
    assert "userdel" not in back


def test_strangers_with_rights_are_told_and_closed_only_when_decided() -> None:
    there = {"mantan": "1009:1009::/home/mantan:/bin/bash", "toor": "0:0::/root:/bin/sh"}
    shown = answer(there, sudo=["terpusat", "siti", "mantan"])
    assert differing(shown) == {}
    assert component.unmanaged(view(shown)) == [
        "akun mantan (sudo) tidak ada dalam daftar pengelola",
        "akun toor (uid 0) tidak ada dalam daftar pengelola",
    ]
    exclusive = f"{TEXT}exclusive yes\n"
    assert set(differing(shown, exclusive)) == {"akun mantan", "akun toor"}
    assert component.unmanaged(view(shown, exclusive)) == []


_ACCOUNTS = st.sampled_from(["root", "terpusat", "siti", "budi", "agus", "mantan"])


@given(
    members=st.sets(_ACCOUNTS), sudo=st.sets(_ACCOUNTS), people=st.sets(st.sampled_from(["siti", "budi"])),
    exclusive=st.booleans(),
)  # fmt: skip
def test_whoever_may_not_be_here_is_closed_and_nobody_else(
    members: set[str], sudo: set[str], people: set[str], exclusive: bool
) -> None:
    there = {name: f"10{number}:100::/home/{name}:/bin/bash" for number, name in enumerate(("agus", "mantan"), 10)}
    shown = answer(there, groups={"terpusat-admin": ",".join(sorted(members))}, sudo=sorted(sudo))
    lines = ["automation terpusat", *(f"person {name} full -" for name in sorted(people)), "departed agus"]
    text = "\n".join([*lines, *(["exclusive yes"] if exclusive else [])]) + "\n"
    closed = {name for name, wanted in component.intended(view(shown, text)).items() if wanted == "tidak dapat masuk\n"}
    strangers = sudo - people - {"root", "terpusat", "agus"}
    expected = {"agus"} | (members - people - {"root", "terpusat"}) | (strangers if exclusive else set())
    assert closed == {f"akun {name}" for name in expected}
    told = {line.split()[1] for line in component.unmanaged(view(shown, text))}
    assert told == strangers - expected


def test_our_own_account_and_root_are_never_touched() -> None:
    shown = answer(groups={"terpusat-admin": "siti,budi,terpusat,root"})
    for text in (TEXT, f"{TEXT}exclusive yes\n"):
        assert differing(shown, text) == {}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (TEXT.replace("automation terpusat\n", ""), "tidak tertulis sebagai akun otomasi"),
        (TEXT.replace("budi", "terpusat"), "bukan milik seseorang"),
        (TEXT.replace("agus", "terpusat"), "bukan milik seseorang"),
        (TEXT.replace("budi", "siti"), "baris 4: siti tertulis dua kali"),
        (TEXT.replace(" read ", " tulis "), "hak 'tulis' tidak dikenal"),
        (TEXT.replace("budi", "root"), "tidak dapat menjadi nama akun"),
        ("exclusive no\n", "tulis 'exclusive yes'"),
        ("orang siti\n", "'orang' tidak dikenal"),
    ],
)
def test_what_would_lock_us_out_or_says_nothing_is_refused_before_login(text: str, told: str) -> None:
    people = accounts_file.parse(text).people
    bundle = render([File(PATH, text), *(File(f"{KEY_FOLDER}{name}", "k\n") for name in people)])
    with pytest.raises(RefusedError, match=told):
        Platform().parse(bundle, Target("192.0.2.1", user="terpusat"))


def test_a_person_without_a_key_file_is_refused() -> None:
    with pytest.raises(RefusedError, match="siti tidak punya berkas kunci"):
        Platform().parse(render([File(PATH, TEXT)]), Target("192.0.2.1", user="terpusat"))


def test_hashes_are_never_shown() -> None:
    hide = Fingerprints(b"kunci")
    shown = answer(shadow={"siti": "$6$lain$0123456789abcdefghijkl"})
    for text in (*component.running(view(shown)).values(), *component.intended(view(shown)).values(), TEXT):
        told = hide.mask(text, component.secret)
        assert "$6$" not in told
        for word in ("tidak ada", "Siti Rahayu", "read -"):
            assert (word in text) == (word in told)
    archived = masked(LiveFile(PATH, f"orang asing\n{TEXT}", "0600", "root", "root"), hide)
    assert HASH not in archived
    assert "orang asing" in archived


def test_sshd_takes_the_change_only_when_its_file_changed() -> None:
    assert "ssh.service" in component.apply(view(answer(), changed=[SSHD]))
    assert "ssh.service" not in component.apply(view(answer(), changed=["akun siti"]))
