# SPDX-License-Identifier: GPL-3.0-or-later
"""Passwords come back in other forms than they were typed. Known pairs are published ones (hashcat's examples)."""

import pytest

from emulators.ios import hashes


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        ("cisco", "$1$mERr$hx5rVt7rPNoS4wqbXKX7m0"),
        ("hashcat", "$8$TnGX/fE4KGHOVU$pEhnEvxrvaynpi8j4f.EMHr6M.FzU8xnZnBr/tJdFWk"),
        ("hashcat", "$9$2MJBozw/9R3UsU$2lFhcKvpghcyw8deP25GOfyZaagyUOGBymkryvOdfo6"),
    ],
)
def test_published_hashes(text, stored):
    assert hashes.matches(text, stored)
    assert not hashes.matches(text + "x", stored)


def test_type_7_is_reversible():
    assert hashes.decrypt7("0822455D0A16") == "cisco"
    assert hashes.decrypt7(hashes.encrypt7("Rahasia-123")) == "Rahasia-123"
    assert hashes.encrypt7("cisco", 8) == "0822455D0A16"


def test_plain_secrets_come_back_hashed_and_differ_each_time(access, core):
    access.type("enable secret rahasia", "username a privilege 15 secret kunci")
    assert access.shown("enable")[0].startswith("enable secret 5 $1$")
    first = access.shown("username a")
    access.type("username a privilege 15 secret kunci")
    assert access.shown("username a") != first
    core.type("enable secret rahasia")
    assert core.shown("enable")[0].startswith("enable secret 9 $9$")


def test_hashed_secrets_are_kept_as_typed(access):
    line = "username a privilege 15 secret 5 $1$mERr$hx5rVt7rPNoS4wqbXKX7m0"
    assert access.type(line) == ""
    assert access.shown("username a") == [line]
    assert "Invalid" in access.type("username a secret 5 bukanhash")


def test_password_encryption(access):
    access.type("username a password satu", "line con 0", "password dua", "exit")
    assert access.shown("username a") == ["username a password 0 satu"]
    assert access.shown("line con 0") == ["line con 0", " password dua"]
    access.type("service password-encryption", "tacacs-server key tiga")
    stored = [*access.shown("username a"), access.shown("line con 0")[1], *access.shown("tacacs-server key")]
    assert [hashes.decrypt7(line.split()[-1]) for line in stored] == ["satu", "dua", "tiga"]
    assert all(" 7 " in line for line in stored)
    # Switching it off decrypts nothing.
    access.type("no service password-encryption")
    assert " 7 " in access.shown("username a")[0]


def test_ntp_keys_are_always_type_7(access):
    access.type("ntp authentication-key 1 md5 kunci")
    *_, stored, kind = access.shown("ntp authentication-key")[0].split()
    assert (hashes.decrypt7(stored), kind) == ("kunci", "7")


def test_a_privilege_alone_keeps_the_password(access):
    access.type("username a secret x")
    stored = access.shown("username a")[0].split()[-1]
    access.type("username a privilege 15")
    assert access.shown("username a") == [f"username a privilege 15 secret 5 {stored}"]
