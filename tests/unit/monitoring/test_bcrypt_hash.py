# Copyright: Terpusat contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A hash that bcrypt itself accepts, and that is the same at every run."""

from __future__ import annotations

import bcrypt
import pytest

from ansible_collections.diskominfo.terpusat.plugins.filter.bcrypt_hash import bcrypt_hash

PASSWORD = "halaman-pemantauan"


def test_the_password_fits_its_hash_and_no_other_does() -> None:
    hashed = bcrypt_hash(PASSWORD, "srv1").encode()
    assert bcrypt.checkpw(PASSWORD.encode(), hashed)
    assert not bcrypt.checkpw(b"halaman-pemantauam", hashed)


def test_it_is_the_same_at_every_run_and_another_elsewhere() -> None:
    assert bcrypt_hash(PASSWORD, "srv1") == bcrypt_hash(PASSWORD, "srv1")
    assert bcrypt_hash(PASSWORD, "srv1") != bcrypt_hash(PASSWORD, "srv2")
    assert bcrypt_hash(PASSWORD, "srv1") != bcrypt_hash("halaman-pemantauan!", "srv1")


def test_a_short_password_is_refused() -> None:
    with pytest.raises(ValueError, match="paling sedikit 12"):
        bcrypt_hash("rahasia", "srv1")
