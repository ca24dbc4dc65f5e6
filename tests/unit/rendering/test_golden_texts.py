# SPDX-License-Identifier: GPL-3.0-or-later
"""What every role renders on every platform and version, for people to review. UPDATE_GOLDEN=1 writes it anew."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from variants import SECRETS, SUFFIX, VARIANTS, planned, rendered

from ansible_collections.diskominfo.terpusat.plugins.module_utils.rendering.tunnel_secrets import (
    pair_secret,
    wireguard_keys,
)

GOLDEN = Path(__file__).parents[2] / "golden" / "devices"


def _files(variant: str) -> dict[str, str]:
    known = planned(variant)
    return {
        f"{name}.{SUFFIX[known[name]['terpusat_host']['platform']]}": f"{text.rstrip()}\n"
        for name, text in rendered(variant).items()
    }


@pytest.mark.parametrize("variant", VARIANTS)
def test_golden_texts_are_fresh(variant: str) -> None:
    folder = GOLDEN / variant
    fresh = _files(variant)
    if os.environ.get("UPDATE_GOLDEN"):
        folder.mkdir(parents=True, exist_ok=True)
        for path in folder.iterdir():
            path.unlink()
        for name, text in fresh.items():
            (folder / name).write_text(text, encoding="utf-8")
    on_disk = {path.name: path.read_text(encoding="utf-8") for path in folder.glob("*")}
    assert on_disk == fresh, "jalankan: make golden"


def test_no_folder_is_left_behind() -> None:
    assert {path.name for path in GOLDEN.iterdir()} == set(VARIANTS)


@pytest.mark.parametrize("variant", VARIANTS)
def test_texts_are_tidy(variant: str) -> None:
    for name, text in rendered(variant).items():
        for number, line in enumerate(text.splitlines(), 1):
            where = f"{variant}/{name}:{number}"
            assert line == line.rstrip(), where
            assert "None" not in line.split(), where
            assert "{" not in line or "}" in line, where
        assert "\n\n\n" not in text


@pytest.mark.parametrize("variant", VARIANTS)
def test_every_secret_comes_from_the_vault(variant: str) -> None:
    """A value that looks like a key is one of those the vault holds."""
    known = str(SECRETS) + "".join(wireguard_keys(key).private for key in SECRETS["vpn_keys"].values())
    known += pair_secret(SECRETS["vpn_psk"], "br1", "rt-satpolpp")
    words = ("auth-key=", "authentication-password=", "encryption-password=", "private-key=", "preshared-key=")
    for name, text in rendered(variant).items():
        for line in text.splitlines():
            for word in words:
                if word in line:
                    value = line.split(word)[1].split()[0].strip('"')
                    assert value in known, f"{name}: {line}"
