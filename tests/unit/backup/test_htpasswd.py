# SPDX-License-Identifier: GPL-3.0-or-later
"""The line that opens a repository's door."""

from __future__ import annotations

import pytest

from ansible_collections.diskominfo.terpusat.plugins.filter.htpasswd_line import htpasswd_line


def test_a_known_line() -> None:
    # printf '%s' aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa | openssl dgst -sha1 -binary | base64
    assert htpasswd_line("a" * 32, "srv1.repo") == "srv1.repo:{SHA}aPhKWaPKLQ5csWRvuxZNpAm12PI=\n"


def test_a_password_that_could_be_guessed_is_refused() -> None:
    with pytest.raises(ValueError, match="guessed"):
        htpasswd_line("rahasia", "srv1.repo")
