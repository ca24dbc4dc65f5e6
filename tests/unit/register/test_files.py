# SPDX-License-Identifier: GPL-3.0-or-later
"""Files that are missing, empty, misnamed or not YAML; and traps of YAML itself, with both of PyYAML's parsers."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from ansible_collections.diskominfo.terpusat.plugins.module_utils.register import document, load


@pytest.fixture(params=["CSafeLoader", "SafeLoader"])
def parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """The whole register is read with libyaml, then with the parser written in Python."""
    if not hasattr(yaml, request.param):
        pytest.skip("PyYAML was built without libyaml")
    monkeypatch.setattr(document, "_LOADER", getattr(yaml, request.param))
    return str(request.param)


# id, text of servers.yml, line, part of what is wrong, part of what to do
SYNTAX = [
    ("tab", "servers:\n\t- name: x\n", 2, "indentasi memakai tab", "Ganti tab dengan spasi"),
    ("colon", "servers: []\nmodel: a: b\n", 2, "titik dua (:) muncul", "tanda kutip"),
    ("indentation", "servers:\n  - name: a\n   owner: b\n", 3, "indentasi tidak sejajar", "Sejajarkan"),
    ("dash", "servers: - a\n", 1, "tanda '-' muncul", "baris baru"),
    ("quote", 'servers:\n  - name: "srv1\n    owner: x\n', 2, "tanda kutip", "ditutup"),
    ("brace", "servers:\n  - {name: a\n  - {name: b}\n", 3, "kurung", "Tutup kurungnya"),
    ("escape", 'servers:\n  - name: "C:\\d"\n', 2, "garis miring terbalik", "kutip tunggal"),
    ("alias", "servers:\n  - name: *x\n", 2, "alias yang tidak ada", "tanda kutip"),
    ("star", "servers:\n  - name: **\n", 2, "diawali '*'", "tanda kutip"),
    ("at", "servers:\n  - name: @x\n", 2, "arti khusus", "tanda kutip"),
    ("two-documents", "servers: []\n---\nservers: []\n", 2, "lebih dari satu dokumen", "'---'"),
    ("control", "servers: []\n# \x07\n", 2, "tanda kendali", "Hapus"),
    ("other", "servers: !<x []\n", 1, "penulisan YAML salah", "Periksa"),
]


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize(("text", "line", "what", "action"), [c[1:] for c in SYNTAX], ids=[c[0] for c in SYNTAX])
def test_syntax_error(load_register: Any, text: str, line: int, what: str, action: str) -> None:
    result = load_register(servers=text)
    assert result.register is None
    assert len(result.problems) == 1, result.text()
    assert result.problems[0].file.endswith("servers.yml")
    assert result.problems[0].line == line
    assert what in result.problems[0].what
    assert action in result.problems[0].action


# id, whole file (stem, text), line, key, part of what is wrong, part of what to do
WHOLE = [
    ("missing", ("circuits", None), 1, "", "berkas circuits.yml tidak ada", "circuits: []"),
    ("missing-government", ("government", None), 1, "", "berkas government.yml tidak ada", "inventories/contoh"),
    ("empty", ("applications", ""), 1, "", "berkas kosong", "applications: []"),
    ("only-comments", ("applications", "# nanti\n"), 1, "", "berkas kosong", "applications: []"),
    ("null", ("applications", "applications:\n"), 1, "applications", "tidak berisi apa-apa", "applications: []"),
    ("wrong-top-key", ("applications", "aplikasi: []\n"), 1, "aplikasi", "kunci teratas 'aplikasi' tidak dikenal",
     "'applications:'"),
    ("second-top-key", ("applications", "applications: []\nversi: 2\n"), 2, "versi", "kunci teratas 'versi'", "hapus"),
    ("no-top-key", ("applications", "[]\n"), 1, "", "tidak diawali kunci 'applications:'", "baris pertama"),
    ("text", ("applications", "belum ada\n"), 1, "", "bukan 'kunci: nilai'", "'applications:'"),
    ("empty-mapping", ("applications", "{}\n"), 1, "", "kunci 'applications' tidak ada", "'applications:'"),
    ("not-a-list", ("applications", "applications:\n  simpus:\n    name: X\n"), 1, "applications",
     "harus berupa daftar", "'- code: …'"),
    ("government-is-list", ("government", "government:\n  - code: x\n"), 1, "government", "bukan daftar", "tanpa '-'"),
    ("key-twice", ("applications", "applications: []\napplications: []\n"), 2, "applications",
     "ditulis dua kali (pertama di baris 1)", "Hapus salah satunya"),
    ("merge", ("applications", "applications: []\n<<: {}\n"), 2, "<<", "'<<' tidak didukung", "lengkap"),
    ("vault", ("applications", "applications: !vault x\n"), 1, "applications", "'!vault' tidak dipakai", "Vault"),
    ("python-tag", ("applications", "applications: !!python/none x\n"), 1, "applications", "tidak dipakai", "Hapus"),
    ("key-is-list", ("applications", "applications: []\n? [a]\n: b\n"), 2, "", "kunci harus berupa satu kata", "kutip"),
    ("self-reference", ("applications", "applications: &a\n  - *a\n"), 1, "applications[#1]", "merujuk", "lengkap"),
]  # fmt: skip


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize(("whole", "line", "key", "what", "action"), [c[1:] for c in WHOLE], ids=[c[0] for c in WHOLE])
def test_whole_file(
    load_register: Any, whole: tuple[str, str | None], line: int, key: str, what: str, action: str
) -> None:
    stem, text = whole
    result = load_register(**{stem: text})
    assert result.register is None
    found = [p for p in result.problems if what in p.what]
    assert found, result.text()
    assert found[0].file.endswith(f"{stem}.yml")
    assert (found[0].line, found[0].key) == (line, key)
    assert action in found[0].action


def test_what_cannot_be_read_makes_no_false_accusations(load_register: Any) -> None:
    """Nothing refers to a record that might stand in the unreadable part."""
    for stem in ("opds", "circuits", "servers", "devices", "applications", "government"):
        result = load_register(**{stem: "x: [\n"})
        assert [p.file.rsplit("/", 1)[-1] for p in result.problems] == [f"{stem}.yml"], result.text()


def test_records_under_a_wrong_top_key_are_judged_too(load_register: Any) -> None:
    result = load_register(("servers", "servers:", "server:"), ("servers", "condition: Baik", "condition: Bagus"))
    assert [p.key for p in result.problems] == ["server", "server[srv1].condition"]


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize("text", ["servers: " + "[" * 100_000, "servers:\n  " + "- " * 3000 + "x\n"])
def test_absurdly_deep(load_register: Any, text: str) -> None:
    result = load_register(servers=text)
    assert [p.what for p in result.problems] == ["isi berkas bersarang terlalu dalam."]


def test_folder_missing(tmp_path: Path) -> None:
    result = load(tmp_path / "register")
    assert result.register is None
    assert "folder register tidak ada" in result.problems[0].what
    assert result.tally.lines()


def test_not_utf8(write_register: Any) -> None:
    folder = write_register()
    text = (folder / "opds.yml").read_text().replace("Dinas Kesehatan", "Dinas Kés")
    (folder / "opds.yml").write_bytes(text.encode("latin-1"))
    result = load(folder)
    assert [(p.line, p.column) for p in result.problems] == [(13, 18)]
    assert "UTF-8" in result.problems[0].what


def test_utf16_of_a_windows_editor(write_register: Any) -> None:
    folder = write_register()
    (folder / "opds.yml").write_bytes((folder / "opds.yml").read_text().encode("utf-16"))
    result = load(folder)
    assert "UTF-8" in result.problems[0].what


def test_byte_order_mark_and_windows_line_ends_are_harmless(write_register: Any) -> None:
    folder = write_register()
    for path in folder.glob("*.yml"):
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    result = load(folder)
    assert result.problems == ()


def test_unreadable_file(write_register: Any) -> None:
    folder = write_register()
    (folder / "opds.yml").unlink()
    (folder / "opds.yml").mkdir()
    result = load(folder)
    assert "tidak dapat dibaca" in result.problems[0].what


@pytest.mark.parametrize(
    ("name", "what", "action"),
    [
        ("servers.yaml", 'Maksud Anda "servers.yml"?', "Ganti namanya menjadi servers.yml"),
        ("device.yml", 'Maksud Anda "devices.yml"?', "Ganti namanya menjadi devices.yml"),
        ("catatan.yml", "'catatan.yml' tidak dikenal", "Pindahkan dari folder ini"),
    ],
)
def test_stray_file(write_register: Any, name: str, what: str, action: str) -> None:
    folder = write_register()
    (folder / name).write_text("x: 1\n")
    result = load(folder)
    assert len(result.problems) == 1
    assert what in result.problems[0].what
    assert action in result.problems[0].action


@pytest.mark.parametrize("name", [".servers.yml.swp", "servers.yml~", "README.md", ".servers.yml", "opds.csv"])
def test_files_of_editors_are_left_alone(write_register: Any, name: str) -> None:
    folder = write_register()
    (folder / name).write_text("x: 1\n")
    assert load(folder).problems == ()


@pytest.mark.usefixtures("parser")
def test_anchors_may_be_used(load_register: Any) -> None:
    result = load_register(
        (
            "circuits",
            "contract: {start: 2026-01-01, end: 2026-12-31}",
            "contract: &y {start: 2026-01-01, end: 2026-12-31}",
        ),
        ("circuits", "contract: {start: 2026-01-01, end: 2026-12-31}", "contract: *y"),
    )
    assert result.problems == ()
    assert result.register.circuit("isp-b").contract == result.register.circuit("isp-a").contract


@pytest.mark.usefixtures("parser")
def test_empty_scalars_are_nothing_and_quoted_ones_are_text(load_register: Any) -> None:
    result = load_register(
        ("opds", ", address: Jl. Rekaan No. 2", ", address: ~"), ("servers", "rack: R1", 'rack: "null"')
    )
    assert result.problems == ()
    assert result.register.location("dinkes/kantor").address is None
    assert result.register.server("srv1").place.rack == "null"
