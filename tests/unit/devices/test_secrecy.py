# SPDX-License-Identifier: GPL-3.0-or-later
"""No secret leaves the transaction in a diff, and a changed one is still seen."""

from __future__ import annotations

import json

import pytest

from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices import platforms
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.secrecy import Fingerprints
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.state import Comparison, Item

ITEM = Item("frr", "running", "konfigurasi")


@pytest.mark.parametrize(
    "line",
    [
        " ip ospf message-digest-key 1 md5 {}",
        " ip ospf authentication-key {}",
        " neighbor 10.0.0.1 password {}",
        "password {}",
        "enable password 8 {}",
        " area-password clear {}",
    ],
)
def test_secret_lines_of_frr(line: str) -> None:
    old, new = line.format("r4has1a-lama") + "\n same\n", line.format("r4has1a-baru") + "\n same\n"
    (change,) = platforms.load("linux").diff(Comparison({ITEM: new}, {ITEM: old}), Fingerprints())
    told = json.dumps([change.as_diff(), change.as_result()])
    assert "r4has1a" not in told
    assert change.before != change.after
    assert change.summary.count("<rahasia ") == 2


def test_without_a_key_equal_secrets_look_equal_only_within_one_run() -> None:
    def told(hide: Fingerprints) -> tuple[str, str]:
        running, intended = "password same\nx\n", "password same\ny\n"
        (change,) = platforms.load("linux").diff(Comparison({ITEM: intended}, {ITEM: running}), hide)
        return change.before.splitlines()[0], change.after.splitlines()[0]

    first, second = told(Fingerprints()), told(Fingerprints())
    assert first[0] == first[1]
    assert first[0] != second[0]


def test_equal_secrets_look_equal_under_one_key() -> None:
    assert Fingerprints(b"kunci").of("rahasia") == Fingerprints(b"kunci").of("rahasia")
    assert Fingerprints(b"kunci").of("rahasia") != Fingerprints(b"lain").of("rahasia")
