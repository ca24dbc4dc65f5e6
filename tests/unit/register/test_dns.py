# SPDX-License-Identifier: GPL-3.0-or-later
"""DNS in the register: records of every shape, names that clash or would be lost, lists of domains."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ansible_collections.diskominfo.terpusat.plugins.filter.rpz_records import rpz_records
from ansible_collections.diskominfo.terpusat.plugins.module_utils.register import LoadResult
from ansible_collections.diskominfo.terpusat.plugins.module_utils.register.dns_feed import read_feed

Breaker = Callable[..., LoadResult]
RULES = "  rules:\n    loan_notice"
RECORD = "records: [{{name: {name}, type: {type}, value: {value}}}]"


def dns(text: str) -> tuple[str, str, str]:
    return "government", RULES, f"  dns: {{servers: [srv1], {text}}}\n{RULES}"


def told(result: LoadResult, key: str) -> list[str]:
    return [f"{problem.what} {problem.action}" for problem in result.problems if key in problem.key]


GOOD = [
    ("A", "10.10.0.25"), ("AAAA", "'2001:db8::25'"), ("CNAME", "situs.example"), ("MX", "10 mail.ujikab.go.id"),
    ("TXT", "'v=spf1 mx -all'"), ("NS", "ns1.desa.example"), ("SRV", "10 5 5061 sip.ujikab.go.id"),
    ("CAA", "0 issue letsencrypt.org"), ("DS", f"12345 13 2 {'ab' * 32}"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "value"), GOOD, ids=[kind for kind, _ in GOOD])
def test_each_type_takes_its_own_shape_and_no_other(load_register: Breaker, kind: str, value: str) -> None:
    entry = dns(RECORD.format(name="contoh", type=kind, value=value))
    assert told(load_register(entry), "records") == []
    for other, _ in GOOD:
        wrong = load_register(dns(RECORD.format(name="contoh", type=other, value=value)))
        if other not in (kind, "TXT") and {other, kind} != {"CNAME", "NS"}:
            assert f"bukan isi catatan {other}" in " ".join(told(wrong, "records"))


@pytest.mark.parametrize(
    ("text", "key", "words"),
    [
        (RECORD.format(name="'Surat Kita'", type="A", value="10.0.0.1"), "records", "bukan nama di dalam zona"),
        (RECORD.format(name="a..b", type="A", value="10.0.0.1"), "records", "bukan nama di dalam zona"),
        (RECORD.format(name="simpus", type="A", value="10.0.0.1"), "records", "register untuk aplikasi simpus"),
        (RECORD.format(name="ns1", type="A", value="10.0.0.1"), "records", "register untuk server DNS"),
        (RECORD.format(name="x.infra", type="A", value="10.0.0.1"), "records", "untuk perangkat dan server"),
        (RECORD.format(name="'@'", type="CNAME", value="a.example"), "records", "tidak boleh berdampingan"),
        ("records: [{name: a, type: CNAME, value: b.example}, {name: a, type: TXT, value: x}]", "records", "CNAME 'a'"),
        ("records: [{name: a, type: A, value: 10.0.0.1, ttl: 5}]", "ttl", "60 sampai"),
        ("host_label: simpus", "host_label", "dipakai juga oleh aplikasi simpus"),
        ("contact: noc", "contact", "bukan alamat surel"),
        ("public: [{server: srv9, address: 192.0.2.9}]", "server", "server 'srv9' tidak ada di servers.yml"),
        ("public: [{server: srv1, address: 10.99.0.9}]", "address", "bukan alamat publik sebuah server"),
        ("public: [{server: srv1, address: 192.0.2.9}, {server: srv2, address: 192.0.2.9}]", "public", "dua kali"),
        ("public: [{server: srv2, address: 192.0.2.9}]", "public", "tidak satu pun server DNS punya alamat publik"),
        ("filter: {feed: ../blokir.txt}", "feed", "bukan berkas di dalam folder"),
        ("filter: {feed: files/blokir.txt}", "feed", "tidak ada di folder"),
        ("validate_dnssec: true", "servers", "server DNS sendiri hanya satu (srv1)"),
    ],
)  # fmt: skip
def test_nonsense_is_told_with_what_to_do(load_register: Breaker, text: str, key: str, words: str) -> None:
    assert words in " ".join(told(load_register(dns(text)), f"dns.{key}" if key == "servers" else key))


@pytest.mark.parametrize(
    ("text", "lost"),
    [
        ("validate_dnssec: true", True),
        (RECORD.format(name="absensi", type="CNAME", value="situs.example"), False),
        (RECORD.format(name="'*'", type="A", value="10.0.0.1"), False),
    ],
)
def test_an_application_outside_needs_a_record(load_register: Breaker, text: str, lost: bool) -> None:
    found = " ".join(told(load_register(dns(text)), "absensi"))
    assert ("{name: absensi, type: A" in found) == lost


def test_two_time_servers_in_one_rack_are_told(load_register: Breaker) -> None:
    one = load_register(("government", RULES, f"  own_time_servers: [srv1]\n{RULES}"))
    assert "server waktu sendiri hanya satu" in " ".join(told(one, "own_time_servers"))
    near = ("servers", "rack: R2", "rack: R1")
    both = load_register(("government", RULES, f"  own_time_servers: [srv1, srv2]\n{RULES}"), near)
    assert "'srv2' dan 'srv1' berdiri di rak yang sama (R1)" in " ".join(told(both, "own_time_servers"))


def test_lists_are_read_as_people_write_them() -> None:
    text = """# daftar
    Judi.Example   # besar kecil
    0.0.0.0 iklan.example
    ||pelacak.example^
    *.bintang.example
    titik.example.
    judi.example
    ! komentar
    bücher.example
    https://bukan.example/halaman
    satukata
    """
    found = read_feed(text)
    assert found.domains == (
        "bintang.example", "iklan.example", "judi.example", "pelacak.example", "titik.example", "xn--bcher-kva.example",
    )  # fmt: skip
    assert [number for number, _ in found.unread] == [10, 11]


def test_what_is_allowed_is_never_blocked() -> None:
    text = "judi.example\nbaik.judi.example\nujikab.go.id\ngo.id\n"
    lines = rpz_records(text, ["baik.judi.example", "ujikab.go.id"]).splitlines()
    assert "judi.example CNAME ." in lines
    assert "*.judi.example CNAME ." in lines
    assert "*.ujikab.go.id CNAME rpz-passthru." in lines
    assert "baik.judi.example CNAME ." not in lines
    assert "ujikab.go.id CNAME ." not in lines
    assert "judi.example A 10.0.0.9" in rpz_records(text, [], "10.0.0.9").splitlines()
