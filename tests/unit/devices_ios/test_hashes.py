# SPDX-License-Identifier: GPL-3.0-or-later
"""Stored forms of passwords: published vectors, and OpenSSL as a second opinion."""

from __future__ import annotations

import shutil
import subprocess

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.platforms.ios import hashes
from emulators.ios.hashes import encrypt7, hash_secret

TEXT = st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=1, max_size=25)


@pytest.mark.parametrize(
    ("kind", "stored"),
    [
        # Example hashes of hashcat (modes 5700, 9200, 9300, 500), all of "hashcat".
        ("4", "2btjjy78REtmYkkW0csHUbJZOstRXoWdX1mGrmmfeHI"),
        ("8", "$8$TnGX/fE4KGHOVU$pEhnEvxrvaynpi8j4f.EMHr6M.FzU8xnZnBr/tJdFWk"),
        ("9", "$9$2MJBozw/9R3UsU$2lFhcKvpghcyw8deP25GOfyZaagyUOGBymkryvOdfo6"),
        ("5", "$1$28772684$iEwNOgGugqO9.bIz5sk8k/"),
    ],
)
def test_published_vectors(kind: str, stored: str) -> None:
    assert hashes.verify(kind, stored, "hashcat")
    assert not hashes.verify(kind, stored, "hashcaT")


@pytest.mark.parametrize("broken", ["", "$1$", "$5$abc$def", "hashcat", "$9$only"])
@pytest.mark.parametrize("kind", ["4", "5", "8", "9"])
def test_what_is_no_hash_verifies_nothing(kind: str, broken: str) -> None:
    assert not hashes.verify(kind, broken, "hashcat")


def test_type_7() -> None:
    assert hashes.decode_type7("0822455D0A16") == "cisco"
    assert hashes.decode_type7("zz22") is None
    assert hashes.decode_type7("9922455D0A16") is None


@given(plain=TEXT, salt=st.integers(0, 15))
def test_type_7_of_the_emulator(plain: str, salt: int) -> None:
    assert hashes.decode_type7(encrypt7(plain, salt)) == plain


@given(plain=TEXT)
@settings(max_examples=5)
@pytest.mark.parametrize("kind", ["5", "8", "9"])
def test_hashes_of_the_emulator(kind: str, plain: str) -> None:
    assert hashes.verify(kind, hash_secret(plain, int(kind)), plain)


@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl tidak ada")
@pytest.mark.parametrize("plain", ["a", "Rahasia123", "sandi yang panjang sekali, lebih dari 16 huruf"])
def test_md5_crypt_beside_openssl(plain: str) -> None:
    done = subprocess.run(
        ["openssl", "passwd", "-1", "-salt", "abcdefgh", plain], capture_output=True, text=True, check=True
    )
    assert hashes.verify("5", done.stdout.strip(), plain)
