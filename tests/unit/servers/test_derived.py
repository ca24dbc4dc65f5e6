# SPDX-License-Identifier: GPL-3.0-or-later
"""Passwords from one secret: stable, different for every name and purpose, and safe in any configuration file."""

from __future__ import annotations

import re

import pytest
from ansible.errors import AnsibleFilterError

from ansible_collections.diskominfo.terpusat.plugins.filter.derived_secret import derived_secret

ROOT = "rahasia-induk-untuk-uji"


def test_it_stays_the_same_from_version_to_version() -> None:
    # By openssl: dgst -sha256 -mac HMAC over "terpusat", "database" and "simpus" with a zero byte between them.
    assert derived_secret(ROOT, "database", "simpus") == "l_0mJmd6mWfgt0HsXyMfaTRLC1cyrwHplY264pSFljg"


def test_every_name_purpose_and_root_has_its_own() -> None:
    found = {
        derived_secret(root, purpose, name)
        for root in (ROOT, ROOT + "x")
        for purpose in ("database", "backup")
        for name in ("simpus", "portal", "databasesimpus")
    }
    assert len(found) == 12
    assert all(re.fullmatch(r"[A-Za-z0-9_-]{43}", password) for password in found)


def test_a_guessable_root_is_refused_without_telling_it() -> None:
    with pytest.raises(AnsibleFilterError, match="hanya 6 karakter") as refused:
        derived_secret("pendek", "database", "simpus")
    assert "pendek" not in str(refused.value)
