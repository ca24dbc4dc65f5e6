# SPDX-License-Identifier: GPL-3.0-or-later
"""A fleet's fingerprints are those of the government's key, so that they compare from run to run."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.outcome import RefusedError
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.secrecy import Fingerprints
from ansible_collections.diskominfo.terpusat.plugins.plugin_utils.government_key import GovernmentKeys
from ansible_collections.diskominfo.terpusat.plugins.plugin_utils.plain_jinja import Values

KEY = "k" * 32


def values(resolve: Callable[[Any], Any] = lambda raw: raw, **variables: Any) -> Values:
    return Values({"terpusat_government": {"code": "uji"}, **variables}, resolve)


def test_the_key_of_the_vault_is_looked_up_once() -> None:
    keys, asked = GovernmentKeys(), []
    raw = "{{ vault_key }}"

    def resolve(value: Any) -> Any:
        asked.append(value)
        return KEY

    found = [keys.of(values(resolve, terpusat_fingerprint_key=raw)) for _ in range(3)]
    assert {fingerprints.of("x") for fingerprints in found} == {Fingerprints(KEY.encode()).of("x")}
    assert asked == [raw]
    assert all(fingerprints.lasting for fingerprints in found)


def test_without_one_it_is_the_one_kept_for_the_government(tmp_path: Path) -> None:
    first = GovernmentKeys().of(values(terpusat_evidence_folder=str(tmp_path / "a")))
    again = GovernmentKeys().of(values(terpusat_evidence_folder=str(tmp_path / "a")))
    other = GovernmentKeys().of(values(terpusat_evidence_folder=str(tmp_path / "b")))
    assert first.of("x") == again.of("x") != other.of("x")


def test_two_governments_in_one_play_have_two_keys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    keys = GovernmentKeys()
    one, other = (keys.of(values(terpusat_government={"code": code})) for code in ("satu", "dua"))
    assert one.of("x") != other.of("x")


def test_a_key_that_is_too_short_is_refused() -> None:
    with pytest.raises(RefusedError, match="terlalu pendek"):
        GovernmentKeys().of(values(terpusat_fingerprint_key="pendek"))
