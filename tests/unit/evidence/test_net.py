# SPDX-License-Identifier: GPL-3.0-or-later
"""The last net: known secrets are found however they are written, ordinary words are left alone."""

from __future__ import annotations

import base64
import json
import shlex
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.evidence.net import Net, secrets_in
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.secrecy import Fingerprints

HIDE = Fingerprints(b"k" * 32)
ODD = "r4\"ha$ia\\? dan'ku"


@pytest.mark.parametrize(
    "written",
    [
        ODD,
        json.dumps(ODD),
        quote(ODD, safe=""),
        shlex.quote(ODD),
        'password="r4\\"ha\\$ia\\\\\\? dan\'ku"',  # RouterOS
        base64.b64encode(ODD.encode()).decode(),
    ],
)
def test_every_way_to_write_it_is_found(written: str) -> None:
    masked = Net([ODD], HIDE).mask(f"a {written} b")
    assert HIDE.of(ODD) in masked
    assert "ia" not in masked.replace(HIDE.of(ODD), "")


@given(st.text(st.characters(min_codepoint=33, max_codepoint=0x2FF), min_size=8, max_size=30), st.text(), st.text())
def test_no_long_secret_passes(secret: str, before: str, after: str) -> None:
    masked = Net([secret], HIDE).mask(before + secret + after)
    assert secret not in masked.replace(HIDE.of(secret), "\0")


def test_a_short_secret_is_a_word() -> None:
    net = Net(["cisco"], HIDE)
    assert net.mask("username cisco password 0 cisco") == f"username {HIDE.of('cisco')} password 0 {HIDE.of('cisco')}"
    assert net.mask("platform cisco-c2960 ciscoios") == "platform cisco-c2960 ciscoios"
    assert Net(["abc", "", "  "], HIDE).mask("abc") == "abc"


def test_the_longest_secret_wins() -> None:
    net = Net(["kata-sandi", "kata-sandi-panjang"], HIDE)
    assert net.mask("x kata-sandi-panjang") == f"x {HIDE.of('kata-sandi-panjang')}"


def test_lines_of_a_key_are_secrets_too() -> None:
    key = "-----BEGIN KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASC\n-----END KEY-----\n"
    assert "MIIEvQIBADANBgkqhkiG9w0BAQEFAASC" not in Net([key], HIDE).mask("a\n  MIIEvQIBADANBgkqhkiG9w0BAQEFAASC\nb")


def test_values_are_taken_from_variables_by_their_names() -> None:
    variables = {
        "ansible_password": "masuk-123",
        "ansible_become_password": "naik-123",
        "terpusat_secrets": {"ppp": [{"name": "budi", "value": "ppp-rahasia"}], "snmp": "baca-saja-9"},
        "snmp_community": "komunitas-7",
        "radius": {"servers": [{"address": "10.0.0.1", "shared_secret": "radius-55"}]},
        "ipsec_psk": "ipsec-66",
        "vault_password_file": "/home/budi/.vault",
        "ansible_ssh_private_key_file": "/home/budi/.ssh/id",
        "login_password": "{{ vault_login }}",
        "hostname": "rt-a",
        "users": [{"name": "budi", "password": "budi-77"}],
        "snmp_token_required": "True",
        "hostvars": {"rt-b": {"ansible_password": "milik-perangkat-lain"}},
    }
    assert secrets_in(variables) == {
        "masuk-123", "naik-123", "ppp-rahasia", "budi", "baca-saja-9",
        "komunitas-7", "radius-55", "ipsec-66", "budi-77",
    }  # fmt: skip
    assert secrets_in({"users": [{"name": "budi", "password": "budi-77"}]}) == {"budi-77"}


def test_lists_and_mappings_are_masked_through() -> None:
    net = Net(["sangat-rahasia"], HIDE)
    value = {"a": ["x sangat-rahasia", 1, None], "b": {"c": "sangat-rahasia"}}
    assert "sangat" not in json.dumps(net.mask_all(value))


def test_a_fingerprint_stays_a_fingerprint() -> None:
    net = Net(["rahasia", "sandi-lain-7"], HIDE)
    masked = net.mask("password rahasia, secret sandi-lain-7")
    assert masked == f"password {HIDE.of('rahasia')}, secret {HIDE.of('sandi-lain-7')}"
    assert net.mask(masked) == masked
