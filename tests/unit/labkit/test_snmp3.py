# SPDX-License-Identifier: GPL-3.0-or-later
"""The monitoring server of the lab's tests speaks as the standards say."""

from __future__ import annotations

import contextlib
import hmac

import pytest
import snmp3
from hypothesis import given
from hypothesis import strategies as st
from snmp3 import Engine, User

ENGINE = Engine(bytes.fromhex("000000000000000000000002"), 3, 4711)
BOTH = User("pantau", "sandi-pertama", "sandi-kedua")


def test_the_key_of_a_password_is_the_standards() -> None:
    """RFC 3414, A.3.2."""
    assert snmp3.password_key("maplesyrup").hex() == "9fb5cc0381497b3793528939ff788d5d79145211"
    assert snmp3.localized("maplesyrup", ENGINE.id).hex() == "6695febc9288e36282235fc7151f128497b38f3f"


@given(st.binary(max_size=400))
def test_elements_are_read_as_written(content: bytes) -> None:
    assert snmp3.elements(snmp3.element(snmp3.OCTETS, content) * 2) == [(snmp3.OCTETS, content)] * 2


@given(st.integers(0, 2**31 - 1))
def test_numbers_are_read_as_written(value: int) -> None:
    [(tag, content)] = snmp3.elements(snmp3.number(value))
    assert (tag, int.from_bytes(content, "big", signed=True)) == (snmp3.INTEGER, value)


@pytest.mark.parametrize("user", [BOTH, User("pantau", "sandi-pertama"), User("pantau")])
def test_a_question_is_as_secret_as_the_user_can_make_it(user: User) -> None:
    packet = snmp3.ask(ENGINE, user)
    asked = snmp3.element(snmp3.OID, bytes([0x2B, 6, 1, 2, 1, 1, 5, 0]))
    assert (asked in packet) is (not user.priv)
    assert b"sandi" not in packet


def test_what_was_encrypted_is_read_with_the_same_password_only() -> None:
    packet = snmp3.ask(ENGINE, BOTH, new_name="rt-lain")
    read = snmp3.answer(packet, BOTH)
    assert (read.value, read.engine) == ("rt-lain", ENGINE)
    with contextlib.suppress(ValueError, IndexError):  # garbage is no message, or one that says something else
        assert snmp3.answer(packet, User("pantau", "sandi-pertama", "sandi-lain")).value != "rt-lain"


def test_a_question_is_signed_whole() -> None:
    """Each bit of it counts: the digest of a changed message is another one."""
    packet = snmp3.ask(ENGINE, User("pantau", "sandi-pertama"))
    digest = packet.index(b"pantau") + len(b"pantau") + 2
    plain = packet[:digest] + bytes(12) + packet[digest + 12 :]
    key = snmp3.localized("sandi-pertama", ENGINE.id)
    assert hmac.digest(key, plain, "sha1")[:12] == packet[digest : digest + 12]
