# SPDX-License-Identifier: GPL-3.0-or-later
"""The list of administrators: what is refused, all of it at once, and what templates get."""

from __future__ import annotations

import base64
import copy
import re
import string
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from people import IOS_HASH, LINUX_HASH, PEOPLE, person, public_key
from variants import planned, text_of

from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.platforms.ios import hashes
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.platforms.routeros.platform import Platform
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.target import Target
from ansible_collections.diskominfo.terpusat.plugins.module_utils.public_key import PublicKey
from ansible_collections.diskominfo.terpusat.plugins.module_utils.rendering.admins import named_admins


def _rsa(bits: int) -> str:
    number = (1 << (bits - 1)) | 1
    parts = (b"ssh-rsa", b"\x01\x00\x01", b"\0" + number.to_bytes(bits // 8, "big"))
    blob = b"".join(len(part).to_bytes(4, "big") + part for part in parts)
    return f"ssh-rsa {base64.b64encode(blob).decode()} lama"


@pytest.mark.parametrize(
    ("entry", "told"),
    [
        ({"keys": [public_key("x")]}, "tidak punya name"),
        ({**person("siti"), "name": "Siti"}, "hanya huruf kecil"),
        (person("admin"), "nama bersama"),
        (person("root"), "nama bersama"),
        (person("terpusat"), "akun otomasi"),
        ({"name": "terpusat", "state": "absent"}, "akun otomasi"),
        (person("siti", right="full"), "'right' tidak dikenal"),
        (person("siti", rights="penuh"), "tulis full atau read"),
        (person("siti", state="pergi"), "state 'pergi'"),
        (person("siti", full_name="Siti:0"), "full_name"),
        ({"name": "siti"}, "belum punya kunci SSH"),
        ({"name": "siti", "keys": "ssh-ed25519 AAAA"}, "belum punya kunci SSH"),
        (person("siti", keys=["-----BEGIN OPENSSH PRIVATE KEY-----"]), "kunci privat"),
        (person("siti", keys=["ssh-ed25519"]), "bukan satu baris berkas .pub"),
        (person("siti", keys=[public_key("x").split()[0] + " AAAAC3NzaC1lZDI1NTE5AAAAIA== x"]), "terpotong"),
        (person("siti", keys=["ssh-dss " + public_key("x").split()[1]]), "jenis 'ssh-dss'"),
        (person("siti", keys=["ssh-rsa " + public_key("x").split()[1]]), "terpotong atau rusak"),
        (person("siti", keys=[_rsa(1024)]), "kurang dari 2048 bit"),
        (person("siti", password="pendek"), "12 sampai 64"),
        (person("siti", password="dua belas kata"), "12 sampai 64"),
        (person("siti", password="siti-terpusat-2026"), "memuat nama akunnya"),
        (person("siti", password=LINUX_HASH), "password berisi hash"),
        (person("siti", hashes={"linux": "kata-sandi-biasa"}), "bukan hash"),
        (person("siti", hashes={"linux": "$1$abcdefgh$0123456789012345678901"}), "hash lemah"),
        (person("siti", hashes={"ios": "$1$abcd$0123456789012345678901"}), "hash lemah"),
        (person("siti", hashes={"ios": "rahasia"}), "bukan hash"),
        (person("siti", hashes={"windows": "x"}), "hanya mengenal linux dan ios"),
    ],
)
def test_what_is_wrong_with_somebody_is_told(entry: dict[str, Any], told: str) -> None:
    with pytest.raises(ValueError, match=told):
        named_admins([person("budi"), entry], "terpusat")


def test_every_mistake_of_the_list_is_told_at_once() -> None:
    people = [person("siti"), person("siti"), person("budi", keys=[public_key("siti", "punya-budi")]), person("cisco")]
    with pytest.raises(ValueError, match="nama bersama") as refusal:
        named_admins(people, "")
    for told in ("siti: tertulis 2 kali", "budi: memakai kunci yang sama dengan siti", "isi ansible_user"):
        assert told in str(refusal.value)


def test_nobody_at_all_is_a_list_too() -> None:
    assert named_admins([], "") == []


def test_a_refusal_never_tells_a_password() -> None:
    with pytest.raises(ValueError, match="siti") as refusal:
        named_admins([person("siti", password="spasi di dalam", hashes={"linux": "terbuka-sekali"})], "terpusat")
    assert "spasi di dalam" not in str(refusal.value)
    assert "terbuka-sekali" not in str(refusal.value)


def test_records_are_complete_and_sorted() -> None:
    found = {record["name"]: record for record in named_admins(PEOPLE, "terpusat")}
    assert list(found) == ["agus", "bowo", "ratna", "tono"]
    assert [found[name]["present"] for name in found] == [False, True, True, True]
    assert found["agus"]["keys"] == []
    assert found["bowo"]["rights"] == "read"
    assert found["ratna"]["rights"] == "full"
    assert found["tono"]["hashes"] == {"linux": "", "ios": IOS_HASH}
    assert found["ratna"]["keys"][0]["line"] == public_key("ratna")


def test_rsa_is_taken_from_2048_bits_on() -> None:
    assert PublicKey.parse(_rsa(2048)).kind == "ssh-rsa"


@given(name=st.text(string.ascii_lowercase, min_size=1, max_size=20).map("x".__add__), guess=st.text(max_size=20))
def test_the_locked_form_is_one_that_ios_takes_and_no_password_opens(name: str, guess: str) -> None:
    locked = named_admins([person(name)], "terpusat")[0]["ios_locked"]
    again = named_admins([person(name, full_name="Lain")], "terpusat")[0]["ios_locked"]
    assert locked == again
    for kind, stored in locked.items():
        parts = stored.split("$")
        assert [len(part) for part in parts] == [0, 1, *((4, 22) if kind == "5" else (14, 43))]
        assert set(parts[3]) <= set(string.ascii_letters + string.digits + "./")
    assert not hashes.verify("5", locked["5"], guess)


@given(st.text(max_size=80))
def test_any_text_is_a_key_or_a_reason(text: str) -> None:
    try:
        key = PublicKey.parse(text)
    except ValueError as error:
        assert str(error)  # noqa: PT017 - the reason is what is tested
    else:
        assert PublicKey.parse(key.line) == key


@pytest.mark.parametrize(
    ("version", "kinds"), [("6.49.18", {"rsa"}), ("7.11.2", {"rsa"}), ("7.12", {"rsa", "ed25519"})]
)
def test_routeros_gets_the_keys_that_its_version_reads(version: str, kinds: set[str]) -> None:
    host = copy.deepcopy(planned("routeros6" if version.startswith("6") else "routeros7")["rt-dinkes"])
    host["terpusat_host"]["os_version"] = version
    host["terpusat_admins"] = [person("siti", keys=[public_key("siti"), _rsa(2048)])]
    text = text_of(host)
    assert set(re.findall(r'^add user=siti key="ssh-(\w+) ', text, re.MULTILINE)) == kinds
    assert Platform().parse(text, Target("10.99.0.21", version, "admin"))
