# Copyright: Terpusat contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Prices and totals that cannot be right, offices outside, and the report with all of it."""

from __future__ import annotations

import io
from datetime import date, datetime
from decimal import Decimal

from openpyxl import load_workbook
from spenders import government, line, office, own

from ansible_collections.diskominfo.terpusat.plugins.module_utils.planning.money.spending import (
    far_apart,
    outside,
    prices,
)
from ansible_collections.diskominfo.terpusat.plugins.module_utils.register.models import Register
from ansible_collections.diskominfo.terpusat.plugins.module_utils.reports.html import html
from ansible_collections.diskominfo.terpusat.plugins.module_utils.reports.spending import spending_report
from ansible_collections.diskominfo.terpusat.plugins.module_utils.reports.table import Column, Report, Table
from ansible_collections.diskominfo.terpusat.plugins.module_utils.reports.xlsx import xlsx

TODAY = date(2026, 11, 22)
FAR = {"reachable": "false", "reason": "Pulau tanpa kabel"}


def spending() -> Register:
    return government(
        [
            office("a", "parallel"),
            office("pulau", "surveyed", coverage=FAR),
            office("gunung", "surveyed", coverage=FAR),
            office("b"),
        ],
        [
            line("isp", "uplink", monthly_cost="Rp 4.000.000", end="2026-11-30"),
            own("lama-a", "a"),
            own("lama-b", "b", monthly_cost="Rp 60.000.000"),
            own("satelit", "pulau", monthly_cost="Rp 2.000.000"),
        ],
        granted={"a": "30 Mbps", "b": "10 Mbps"},
        subscriptions={"stated_spending": [{"source": "Berita <daerah>", "amount": "Rp 55.000.000.000"}]},
    )


def test_offices_outside_keep_their_budget_and_those_with_nothing_are_named() -> None:
    found = {row.opd.code: (len(row.circuits), int(row.year_cost)) for row in outside(spending())}
    assert found == {"pulau": (1, 24_000_000), "gunung": (0, 0)}


def test_a_price_out_of_bounds_and_one_ten_times_the_others_are_told() -> None:
    found = {row.circuit.id: row for row in prices(spending())}
    assert found["lama-b"].too_high
    assert found["lama-b"].times == Decimal("20.0")
    assert not found["lama-a"].odd
    assert found["isp"].per_mbps == 200_000


def test_totals_ten_times_apart_are_shown_beside_each_other() -> None:
    (pair,) = far_apart(spending())
    assert pair.low[0] == "register"
    assert pair.high == ("Berita <daerah>", Decimal("55000000000.00"))
    near = government(
        [],
        [],
        subscriptions={"stated_spending": [{"source": s, "amount": a} for s, a in (("x", "Rp 5"), ("y", "Rp 49"))]},
    )
    assert far_apart(near) == []


def test_the_report_says_it_all_and_the_same_every_time() -> None:
    report = spending_report(spending(), TODAY)
    told = " ".join(report.findings)
    assert "2 OPD masih akan membayar Rp 126.000.000" in told
    assert "isp berakhir 30 November 2026 tanpa pengganti: 1 OPD dan 0 aplikasi padam mulai 1 Desember 2026" in told
    assert "a, lama-a: belum boleh dihentikan (tahap parallel)" in told
    assert "b, lama-b: kirim surat penghentian paling lambat 1 Desember 2026" in told
    assert "lama-b: harga per Mbps 20,0 kali" in told
    assert "tidak dirata-ratakan" in told
    page = html(report)
    assert "Berita &lt;daerah&gt;" in page
    assert "<daerah>" not in page
    assert "tetap dianggarkan" in page
    assert "belum punya internet sama sekali" in page
    assert (html(spending_report(spending(), TODAY)), xlsx(spending_report(spending(), TODAY))) == (page, xlsx(report))


def test_the_workbook_holds_numbers_and_dates() -> None:
    book = load_workbook(io.BytesIO(xlsx(spending_report(spending(), TODAY))))
    assert book.sheetnames[:4] == ["Ringkasan", "Belanja ganda", "Ganda per OPD", "Ganda per bulan"]
    rows = list(book["Belanja ganda"].iter_rows(values_only=True))
    assert rows[1] == ("a", "2026-11", "lama-a", 3_000_000, 3_000_000)
    assert rows[-1][0] == "Jumlah"
    assert rows[-1][3] == sum(row[3] for row in rows[1:-1])
    ending = book["Penghentian"]["E2"]
    assert (ending.value, ending.number_format) == (datetime(2026, 12, 31), "yyyy-mm-dd")
    assert book["Harga"]["D2"].value == 20
    assert book.properties.modified == datetime(2026, 11, 22)


def test_a_text_is_never_a_formula() -> None:
    table = Table("T", "T", "", (Column("A"), Column("B", "money")), [('=HYPERLINK("x")', None)], "kosong")
    book = load_workbook(io.BytesIO(xlsx(Report("R", "G", TODAY, ("=1+1",), (table,)))))
    assert book["T"]["A2"].data_type == "s"
    assert book["T"]["A2"].value == '\'=HYPERLINK("x")'
    assert book["Ringkasan"]["A5"].value == "'=1+1"


def test_an_empty_table_says_so() -> None:
    report = spending_report(government([office("a")], []), TODAY)
    assert report.findings == ()
    assert "Tidak ada OPD yang membayar dua jalur." in html(report)
    book = load_workbook(io.BytesIO(xlsx(report)))
    assert book["Belanja ganda"]["A2"].value == "Tidak ada OPD yang membayar dua jalur."


def test_many_offices_that_go_dark_together_are_one_sentence() -> None:
    codes = [f"kec-{n}" for n in range(1, 6)]
    register = government([office(code, "planned") for code in codes], [own(f"lama-{code}", code) for code in codes])
    (told,) = [text for text in spending_report(register, TODAY).findings if "padam" in text]
    assert told.startswith(
        "5 kontrak kantor berakhir 31 Desember 2026 tanpa pengganti: 5 OPD padam mulai 1 Januari 2027"
    )
    assert "kec-1, kec-2" in told
    late = spending_report(register, date(2027, 1, 5)).findings
    assert any("padam sejak 1 Januari 2027" in text for text in late)
    assert any("masih bertahun anggaran 2026" in text for text in late)


def test_a_day_that_is_over_is_not_told_as_if_it_were_to_come() -> None:
    register = government([office("a", "parallel")], [own("lama-a", "a")])
    (told,) = [text for text in spending_report(register, date(2026, 12, 5)).findings if "lama-a:" in text]
    assert "sudah lewat" in told
    assert "4 Januari 2027" in told
    assert "sebelum 1 Desember" not in told
