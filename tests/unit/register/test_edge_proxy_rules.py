# SPDX-License-Identifier: GPL-3.0-or-later
"""The proxy in government.yml: one line a rule, and nothing but that rule speaks."""

from __future__ import annotations

from typing import Any

import pytest

E, W = "error", "warning"
HERE = "government.edge_proxy"
CA = "directory: 'https://ca.lab.go.id/dir', contact: a@lab.go.id, ca: files/simpus/ca.pem"


def proxy(text: str = "") -> tuple[str, str, str]:
    return "government", "  rules:\n", f"  edge_proxy: {{servers: [srv1]{', ' if text else ''}{text}}}\n  rules:\n"


# id, severity, settings, key, part of what is wrong, part of what to do
CASES = [
    ("unknown-maintenance", E, "maintenance: [simpuss]", f"{HERE}.maintenance[#1]",
     "aplikasi 'simpuss' tidak ada di applications.yml", "Ganti dengan 'simpus'"),
    ("maintenance-twice", E, "maintenance: [simpus, simpus]", f"{HERE}.maintenance[#2]", "disebut dua kali", "Hapus"),
    ("maintenance-outside", E, "maintenance: [absensi]", f"{HERE}.maintenance[#1]", "berjalan di luar",
     "Hapus 'absensi'"),
    ("unknown-acme", E, f"acme: {{{CA}, applications: [portall]}}", f"{HERE}.acme.applications[#1]",
     "aplikasi 'portall' tidak ada", "Ganti dengan 'portal'"),
    ("no-https", E, "acme: {directory: 'http://ca.lab.go.id', contact: a@lab.go.id}, internet: true",
     f"{HERE}.acme.directory",
     "bukan alamat direktori ACME", "diawali https://"),
    ("port", E, "acme: {directory: 'https://ca.lab.go.id:70000/', contact: a@lab.go.id}, internet: true",
     f"{HERE}.acme.directory",
     "bukan alamat direktori ACME", "diawali https://"),
    ("no-mail", E, "acme: {directory: 'https://ca.lab.go.id/dir', contact: admin}, internet: true",
     f"{HERE}.acme.contact",
     "bukan alamat surel", "Tulis satu alamat"),
    ("ca-elsewhere", E, f"acme: {{{CA.replace('files/simpus', '..')}}}", f"{HERE}.acme.ca", "bukan berkas di dalam",
     "jalur relatif"),
    ("no-ca", E, f"acme: {{{CA.replace('ca.pem', 'none.pem')}}}", f"{HERE}.acme.ca",
     "'files/simpus/none.pem' tidak ada", "hapus kunci 'ca'"),
    ("not-reached", W, "acme: {directory: 'https://ca.lab.go.id/dir', contact: a@lab.go.id}", f"{HERE}.internet",
     "tidak dibuka ke internet", "internet: true"),
    ("no-limit", E, "rate_limit: {requests_per_second: 0}", f"{HERE}.rate_limit.requests_per_second", "di luar batas",
     "dari 1"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("severity", "text", "key", "what", "action"), [c[1:] for c in CASES], ids=[c[0] for c in CASES]
)
def test_rule(load_register: Any, severity: str, text: str, key: str, what: str, action: str, tmp_path: Any) -> None:
    ca = tmp_path / "uji" / "files" / "simpus" / "ca.pem"
    ca.parent.mkdir(parents=True)
    ca.write_text("pem", encoding="utf-8")
    result = load_register(proxy(text))
    assert [(problem.severity, problem.key) for problem in result.problems] == [(severity, key)], result.text()
    assert what in result.problems[0].what
    assert action in result.problems[0].action


def test_what_is_not_said_has_a_usual_value(load_register: Any) -> None:
    result = load_register(proxy())
    assert result.problems == (), result.text()
    found = result.register.government.edge_proxy
    assert (found.acme, found.hsts_days, found.max_body, found.internet) == (None, 180, 32_000_000, False)
    assert (found.rate_limit.requests_per_second, found.rate_limit.burst) == (50, 200)
