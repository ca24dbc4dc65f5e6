# SPDX-License-Identifier: GPL-3.0-or-later
"""Headers, dates, names and values: the tables of words, and that reading them never guesses."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from itertools import chain

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from ansible_collections.diskominfo.terpusat.plugins.module_utils.register.importers import columns
from ansible_collections.diskominfo.terpusat.plugins.module_utils.register.importers.cells import Cell, Place
from ansible_collections.diskominfo.terpusat.plugins.module_utils.register.importers.codes import (
    kind_of,
    propose,
    slug,
)
from ansible_collections.diskominfo.terpusat.plugins.module_utils.register.importers.columns import BY_KEY
from ansible_collections.diskominfo.terpusat.plugins.module_utils.register.importers.dates import (
    parse_day,
    parse_period,
)
from ansible_collections.diskominfo.terpusat.plugins.module_utils.register.importers.edits import Word
from ansible_collections.diskominfo.terpusat.plugins.module_utils.register.importers.headers import recognise, simplify
from ansible_collections.diskominfo.terpusat.plugins.module_utils.register.importers.names import Known, Names
from ansible_collections.diskominfo.terpusat.plugins.module_utils.register.importers.values import parse
from ansible_collections.diskominfo.terpusat.plugins.module_utils.register.importers.yaml_words import flow, word
from ansible_collections.diskominfo.terpusat.plugins.module_utils.register.models.scalars import Code
from ansible_collections.diskominfo.terpusat.plugins.module_utils.register.refused import RefusedError

CELL = Place("s.xlsx", "Survei", 2, 1)


@pytest.mark.parametrize(
    ("title", "key", "unit"),
    [
        ("Nama OPD", "opd_name", ""),
        ("OPD / SKPD", "opd_name", ""),
        ("Perangkat Daerah", "opd_name", ""),
        ("SKPD", "opd_name", ""),
        ("Jml. Pegawai (orang)", "users", "orang"),
        ("JUMLAH\nPENGGUNA", "users", ""),
        ("Kebutuhan BW (Mbps)", "requested", "Mbps"),
        ("Kebutuhan Bandwith [dalam Mbps]", "requested", "Mbps"),
        ("Kebutuhan bandwidth Mbps", "requested", "Mbps"),
        ("Kebutuhan bandwidth", "requested", ""),
        ("Bandwidth yang dibutuhkan (Gbps)", "requested", "Gbps"),
        ("Bandwitdh Saat Ini (Mbps)", "capacity", "Mbps"),
        ("Provider/ISP", "provider", ""),
        ("Biaya/bln", "monthly_cost", ""),
        ("Biaya / Bulan (Rp.)", "monthly_cost", "Rp"),
        ("Biaya (Rp/bln)", "monthly_cost", "Rp"),
        ("Biaya per bulan (dalam rupiah)", "monthly_cost", "Rp"),
        ("Akhir kontrak", "contract_end", ""),
        ("Tgl. Berakhir Kontrak (tgl/bln/thn)", "contract_end", "dmy"),
        ("Lokasi", "location", ""),
        ("Pelayanan Publik (Ya/Tidak)", "public_service", ""),
        ("Masa Kontrak", "contract_period", ""),
    ],
)
def test_headers_that_offices_write(title: str, key: str, unit: str) -> None:
    header = recognise(title, {})
    assert (header.reading, header.column and header.column.key, header.unit) == ("known", key, unit)


@pytest.mark.parametrize(
    ("title", "reading"),
    [
        ("Bandwith", "ambiguous"),
        ("Bandwidth (Mbps)", "ambiguous"),
        ("Biaya", "ambiguous"),
        ("Nama", "ambiguous"),
        ("Biaya/thn", "refused"),
        ("Biaya per bulan (Rp juta)", "refused"),
        ("Biaya per bulan (ribuan)", "refused"),
        ("Biaya per bulan (USD)", "refused"),
        ("Kebutuhan bandwidth (MBps)", "refused"),
        ("Kebutuhan bandwidth (MB)", "refused"),
        ("Kebutuhan bandwidth (MBPS)", "refused"),
        ("Jumlah PC", "refused"),
        ("Luas gedung", "unknown"),
        ("No.", "unused"),
        ("Keterangan", "unused"),
    ],
)
def test_headers_that_are_not_certain(title: str, reading: str) -> None:
    header = recognise(title, {})
    assert header.reading == reading
    assert bool(header.what and header.action) is (reading != "unused")


def test_every_spelling_means_one_column() -> None:
    meaning: dict[str, str] = {}
    for column in columns.COLUMNS:
        for spelling in (*column.spellings, column.title):
            assert meaning.setdefault(simplify(spelling), column.key) == column.key, spelling
            assert recognise(spelling.upper(), {}).column == column
    others = [simplify(text) for text in chain(columns.AMBIGUOUS, columns.REFUSED, columns.UNUSED)]
    assert not meaning.keys() & set(others)
    assert len(others) == len(set(others))
    assert {key for keys in columns.AMBIGUOUS.values() for key in keys} <= BY_KEY.keys() | {"ignore"}


@given(st.text(max_size=60))
def test_any_text_may_stand_in_a_header(text: str) -> None:
    header = recognise(text, {})
    assert (header.column is not None) >= (header.reading == "known")


@given(st.dates(date(2000, 1, 1), date(2100, 12, 31)))
def test_dates_are_what_they_say(day: date) -> None:
    months = "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember".split()  # noqa: SIM905
    name = months[day.month - 1]
    written = f"{day.day} {name} {day.year}"
    for text in (day.isoformat(), written, f"{day.day}-{name[:3]}-{day.year}", f"{day} 00:00:00"):
        assert parse_day(text, day_first=False) == day
    figures = f"{day.day:02d}/{day.month:02d}/{day.year}"
    assert parse_day(figures, day_first=True) == day
    if day.day > 12 or day.day == day.month:
        assert parse_day(figures, day_first=False) == day
    else:
        with pytest.raises(RefusedError):
            parse_day(figures, day_first=False)
    period = f"{written} s/d {day.isoformat()}"
    assert parse_period(period, day_first=False) == (day, day)


@given(st.text(max_size=30))
def test_dates_are_read_or_refused(text: str) -> None:
    for read in (parse_day, parse_period):
        with suppress(RefusedError):
            read(text, day_first=True)


@given(st.sampled_from(columns.COLUMNS), st.text(max_size=30), st.sampled_from(["", "Mbps", "Rp", "orang", "dmy"]))
def test_any_cell_is_read_or_refused(column: columns.Column, text: str, unit: str) -> None:
    with suppress(RefusedError):
        parse(Cell(CELL, "text", text), column, unit)


@given(st.integers(1, 900), st.sampled_from(["kbps", "Mbps", "Gbps"]))
def test_a_unit_is_never_made_up(number: int, unit: str) -> None:
    rate = BY_KEY["requested"]
    factor = {"kbps": 10**3, "Mbps": 10**6, "Gbps": 10**9}[unit]
    assert parse(Cell(CELL, "text", f"{number} {unit}"), rate, "Mbps") == number * factor  # its own unit counts
    assert parse(Cell(CELL, "text", str(number)), rate, unit) == number * factor
    with pytest.raises(RefusedError):
        parse(Cell(CELL, "text", str(number)), rate, "")


KNOWN = {
    "dinkes": "Dinas Kesehatan",
    "kominfo": "Dinas Komunikasi dan Informatika",
    "disdukcapil": "Dinas Kependudukan dan Pencatatan Sipil",
    "disdik": "Dinas Pendidikan dan Kebudayaan",
    "kesbangpol": "Badan Kesatuan Bangsa dan Politik",
    "bpbd": "Badan Penanggulangan Bencana Daerah",
    "satpolpp": "Satuan Polisi Pamong Praja",
    "kec-utara": "Kecamatan Utara",
    "kec-umpama": "Kecamatan Umpama",
    "pkm-kota": "Puskesmas Kota",
    "smpn-1": "SMP Negeri 1 Kota",
}


@pytest.fixture
def names() -> Names:
    found = Names("Kabupaten Uji")
    for code, name in KNOWN.items():
        found.add(Known(code, name))
    return found


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("DINAS KESEHATAN", "dinkes"),
        ("Dinas Kesehatan Kab. Uji", "dinkes"),
        ("Dinas Kependudukan & Pencatatan Sipil", "disdukcapil"),
        ("UPTD Puskesmas Kota", "pkm-kota"),
        ("Kec. Utara", "kec-utara"),
        ("SMPN 1 Kota", "smpn-1"),
        ("BPBD", "bpbd"),
        ("Satpol PP", "satpolpp"),
    ],
)
def test_names_that_are_the_same(names: Names, text: str, code: str) -> None:
    found = names.exact(text)
    assert found is not None
    assert found.code == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Dinas Kesehatn", "dinkes"),
        ("Dinas Kependudukan dan Catatan Sipil", "disdukcapil"),
        ("Disdukcapill", "disdukcapil"),
        ("Dinas Kominfo", "kominfo"),
        ("Dinas Pendidikan", "disdik"),
        ("Dinas Kesehatan dan Keluarga Berencana", "dinkes"),
        ("Kantor Kesatuan Bangsa dan Politik", "kesbangpol"),
        ("Puskesmas Kotaa", "pkm-kota"),
        ("Kecamatan Utaraa", "kec-utara"),
        ("Kelurahan Utara", None),
        ("Kecamatan Selatan", None),
        ("Kecamatan Gunung Umpama", None),
        ("SMP Negeri 2 Kota", None),
        ("Dinas Sosial", None),
    ],
)
def test_names_that_are_near(names: Names, text: str, code: str | None) -> None:
    assert names.exact(text) is None
    assert [known.code for known in names.near(text)] == ([code] if code else [])


@given(st.text(max_size=60), st.sets(st.sampled_from(["dinkes", "opd", "kec-utara"])))
def test_proposed_codes_are_codes(name: str, taken: set[str]) -> None:
    key = Names("Kabupaten Uji").key(name)
    code = propose(key, taken)
    assert code not in taken
    if key:
        TypeAdapter(Code).validate_python(code)
        TypeAdapter(Code).validate_python(slug(key))


def test_customary_codes_and_kinds() -> None:
    names = Names("Kabupaten Uji")
    expected = {
        "Dinas Kesehatan": ("dinkes", "dinas"),
        "Kecamatan Utara": ("kec-utara", "kecamatan"),
        "UPTD Puskesmas Kota": ("pkm-kota", "puskesmas"),
        "SMP Negeri 1 Uji Timur": ("smpn-1-uji-timur", "sekolah"),
        "Badan Perencanaan Pembangunan Daerah": ("bappeda", "badan"),
        "Rumah Sakit Umum Daerah": ("rsud", "lainnya"),
    }
    assert {name: (propose(names.key(name), ()), kind_of(name.casefold())) for name in expected} == expected


@given(
    st.text(st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp")), min_size=1, max_size=30)
    .map(str.strip)
    .filter(bool)
)
def test_words_come_back_from_yaml(text: str) -> None:
    value = Word(text, is_text=True)
    assert yaml.load(f"k: {word(value, in_flow=False)}", Loader=yaml.BaseLoader)["k"] == text
    assert yaml.load(flow({"k": value, "l": [value]}), Loader=yaml.BaseLoader) == {"k": text, "l": [text]}
