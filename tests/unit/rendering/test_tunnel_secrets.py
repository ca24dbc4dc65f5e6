# SPDX-License-Identifier: GPL-3.0-or-later
"""Keys of tunnels: derived as RFC 7748 says, different for every pair, and never part of a message."""

from __future__ import annotations

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.diskominfo.terpusat.plugins.module_utils.rendering.tunnel_secrets import (
    pair_secret,
    wireguard_keys,
)

NAMES = st.from_regex(r"[a-z][a-z0-9-]{0,8}", fullmatch=True)


def _base64(text: str) -> str:
    return base64.b64encode(bytes.fromhex(text)).decode()


@pytest.mark.parametrize(
    ("private", "public"),
    [  # RFC 7748, section 6.1
        (
            "5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb",
            "de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f",
        ),
    ],
)
def test_public_key_is_that_of_the_rfc(private: str, public: str) -> None:
    assert wireguard_keys(_base64(private)).public == _base64(public)


@given(st.binary(min_size=32, max_size=32))
def test_a_private_key_is_clamped_once_and_for_all(raw: bytes) -> None:
    pair = wireguard_keys(base64.b64encode(raw).decode())
    clamped = base64.b64decode(pair.private)
    assert clamped[0] & 7 == 0
    assert clamped[31] & 0xC0 == 0x40
    assert wireguard_keys(pair.private) == pair


@pytest.mark.parametrize("wrong", ["", "bukan kunci!", base64.b64encode(b"x" * 31).decode(), "cahaya" * 8])
def test_what_is_no_key_is_refused_without_being_told(wrong: str) -> None:
    with pytest.raises(ValueError, match=r"bukan base64|panjangnya \d+ bita") as refused:
        wireguard_keys(wrong)
    assert not wrong or wrong not in str(refused.value)


@given(NAMES, NAMES, NAMES)
def test_every_pair_has_its_own_secret(one: str, other: str, third: str) -> None:
    assert pair_secret("rahasia", one, other) == pair_secret("rahasia", other, one)
    if len({one, other, third}) == 3:
        assert len({pair_secret("rahasia", *pair) for pair in ((one, other), (one, third), (other, third))}) == 3
    assert pair_secret("rahasia", one, other) != pair_secret("rahasia2", one, other)
    assert len(base64.b64decode(pair_secret("rahasia", one, other))) == 32
