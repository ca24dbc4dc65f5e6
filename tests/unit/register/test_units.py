# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.diskominfo.terpusat.plugins.module_utils.register.refused import RefusedError
from ansible_collections.diskominfo.terpusat.plugins.module_utils.register.units import (
    format_bit_rate,
    format_byte_size,
    format_rupiah,
    parse_bit_rate,
    parse_byte_size,
    parse_rupiah,
)


@pytest.mark.parametrize(
    ("text", "rate"),
    [
        ("20 Mbps", 20_000_000),
        ("1 Gbps", 1_000_000_000),
        ("1,5 Gbps", 1_500_000_000),
        ("512 kbps", 512_000),
        ("20Mbps", 20_000_000),
        ("20\u00a0Mbps", 20_000_000),
        (" 20  Mbps ", 20_000_000),
        ("20 mbps", 20_000_000),
        ("2,048 Mbps", 2_048_000),
        ("800 bps", 800),
        ("1000 Gbps", 1_000_000_000_000),
    ],
)
def test_bit_rate(text: str, rate: int) -> None:
    assert parse_bit_rate(text) == rate


@pytest.mark.parametrize(
    ("text", "what", "action"),
    [
        ("1 gigabyte", "satuan byte", "kbps, Mbps, atau Gbps"),
        ("100 megabyte", "satuan byte", "kontrak"),
        ("100 MBps", "satuan byte", "kontrak"),
        ("100 MB", "satuan byte", "kontrak"),
        ("100 MB/s", "satuan byte", "kontrak"),
        ("12 GiB", "satuan byte", "kontrak"),
        ("1000 bandwith", "satuan 'bandwith' tidak dikenal", "kbps, Mbps, atau Gbps"),
        ("100 MBPS", "B besar berarti byte", "'100 Mbps'"),
        ("20", "tidak bersatuan", "'20 Mbps'"),
        ("20 Mb", "bukan satuan kecepatan yang baku", "'20 Mbps'"),
        ("20 Mbit/s", "bukan satuan kecepatan yang baku", "'20 Mbps'"),
        ("20 Mega", "tidak dikenal", "Mbps"),
        ("20 Mbsp", "tidak dikenal", "'20 Mbps'"),
        ("1.5 Gbps", "titik", "'1,5 Gbps'"),
        ("1.500 Mbps", "titik", "'1500 Mbps'"),
        ("1.500,5 Mbps", "titik", "'1500,5 Mbps'"),
        ("1,500.5 Mbps", "titik", "'1500,5 Mbps'"),
        ("2x50 Mbps", "bukan satu angka", "20 Mbps"),
        ("-20 Mbps", "negatif", "lebih dari nol"),
        ("+20 Mbps", "tanda tambah", "20 Mbps"),
        ("0 Mbps", "nol", "lebih dari nol"),
        ("0,0 Mbps", "nol", "lebih dari nol"),
        ("1,2,3 Mbps", "bukan satu angka", "20 Mbps"),
        ("20, Mbps", "bukan satu angka", "20 Mbps"),
        ("Mbps", "tidak diawali angka", "20 Mbps"),
        ("", "tidak diawali angka", "20 Mbps"),
        ("sampai 20 Mbps", "tidak diawali angka", "20 Mbps"),
        ("20-50 Mbps", "bukan satu angka", "20 Mbps"),
        ("0,0001 kbps", "bukan kelipatan bulat", "koma"),
        ("20000 Gbps", "lebih besar dari 1000 Gbps", "Periksa"),
        ("2²0 Mbps", "bukan satu angka", "20 Mbps"),
        ("٢٠ Mbps", "tidak diawali angka", "20 Mbps"),
        ("9" * 40 + " Mbps", "bukan satu angka", "20 Mbps"),
    ],
)
def test_bit_rate_refused_with_the_reason(text: str, what: str, action: str) -> None:
    with pytest.raises(RefusedError) as refused:
        parse_bit_rate(text)
    assert what in refused.value.what
    assert action in refused.value.action


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("512 MB", 512_000_000),
        ("1,5 GB", 1_500_000_000),
        ("2 TB", 2_000_000_000_000),
        ("64 KB", 64_000),
        ("8GB", 8_000_000_000),
    ],
)
def test_byte_size(text: str, size: int) -> None:
    assert parse_byte_size(text) == size


@pytest.mark.parametrize(
    ("text", "what", "action"),
    [
        ("8", "tidak bersatuan", "'8 GB'"),
        ("8 GiB", "1024", "'8 GB'"),
        ("8 Gb", "b kecil berarti bit", "'8 GB'"),
        ("8 gb", "b kecil berarti bit", "'8 GB'"),
        ("8 G", "tidak baku", "'8 GB'"),
        ("8 Gbps", "satuan kecepatan", "MB, GB, atau TB"),
        ("8 Mbit/s", "satuan kecepatan", "MB, GB, atau TB"),
        ("8 keping", "tidak dikenal", "MB, GB, atau TB"),
        ("1.5 GB", "titik", "'1,5 GB'"),
        ("0 GB", "nol", "lebih dari nol"),
        ("-1 GB", "negatif", "lebih dari nol"),
        ("0,5 B", "bukan kelipatan bulat", "koma"),
        ("2000000 TB", "lebih besar", "Periksa"),
    ],
)
def test_byte_size_refused_with_the_reason(text: str, what: str, action: str) -> None:
    with pytest.raises(RefusedError) as refused:
        parse_byte_size(text)
    assert what in refused.value.what
    assert action in refused.value.action


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("Rp 1.250.000", "1250000.00"),
        ("Rp1.250.000,-", "1250000.00"),
        ("Rp. 1.250.000", "1250000.00"),
        ("rp 500", "500.00"),
        ("IDR 500", "500.00"),
        ("1.250.000,50", "1250000.50"),
        ("1250000", "1250000.00"),
        ("1.250", "1250.00"),
        ("0", "0.00"),
    ],
)
def test_rupiah(text: str, amount: str) -> None:
    assert parse_rupiah(text) == Decimal(amount)


@pytest.mark.parametrize(
    ("text", "what", "action"),
    [
        ("1,250,000", "penulisan rupiah", "'Rp 1.250.000'"),
        ("1,250,000.50", "penulisan rupiah", "'Rp 1.250.000,50'"),
        ("1250000.00", "penulisan rupiah", "'Rp 1.250.000'"),
        ("Rp 1,5 juta", "memakai kata", "'Rp 1.500.000'"),
        ("2 miliar", "memakai kata", "'Rp 2.000.000.000'"),
        ("-5", "negatif", "nol atau lebih"),
        ("Rp -5", "negatif", "nol atau lebih"),
        ("1.25.000", "bukan jumlah rupiah", "titik tiap tiga angka"),
        ("1.250,5", "bukan jumlah rupiah", "titik tiap tiga angka"),
        ("USD 5", "bukan jumlah rupiah", "Rp 1.250.000"),
        ("gratis", "bukan jumlah rupiah", "Rp 1.250.000"),
        ("", "bukan jumlah rupiah", "Rp 1.250.000"),
    ],
)
def test_rupiah_refused_with_the_reason(text: str, what: str, action: str) -> None:
    with pytest.raises(RefusedError) as refused:
        parse_rupiah(text)
    assert what in refused.value.what
    assert action in refused.value.action


@given(st.integers(min_value=1, max_value=1_000_000_000_000))
def test_bit_rate_round_trip(rate: int) -> None:
    assert parse_bit_rate(format_bit_rate(rate)) == rate


@given(st.integers(min_value=1, max_value=10**18))
def test_byte_size_round_trip(size: int) -> None:
    assert parse_byte_size(format_byte_size(size)) == size


@given(st.integers(min_value=0, max_value=10**15).map(lambda cents: Decimal(cents) / 100))
def test_rupiah_round_trip(amount: Decimal) -> None:
    assert parse_rupiah(format_rupiah(amount)) == amount


def refusal(parse: Callable[[str], Any], text: str) -> RefusedError | None:
    """The refusal, or None when the text was parsed to an amount; any other exception goes through."""
    try:
        value = parse(text)
    except RefusedError as refused:
        return refused
    assert value >= 0
    return None


PARSERS = st.sampled_from([parse_bit_rate, parse_byte_size, parse_rupiah])


@given(st.text(max_size=40) | st.from_regex(r"\A[0-9.,+-]{1,12} ?[A-Za-z/]{0,6}\Z"), PARSERS)
def test_any_text_is_parsed_or_refused_with_reason_and_remedy(text: str, parse: Callable[[str], Any]) -> None:
    refused = refusal(parse, text)
    assert refused is None or (refused.what.strip() and refused.action.strip())


@pytest.mark.parametrize("value", [0, -1])
def test_format_refuses_what_parse_would_refuse(value: int) -> None:
    with pytest.raises(ValueError, match="must be positive"):
        format_bit_rate(value)
    with pytest.raises(ValueError, match="must be positive"):
        format_byte_size(value)


@pytest.mark.parametrize("value", ["-1", "0.001"])
def test_format_rupiah_refuses_what_is_no_amount(value: str) -> None:
    with pytest.raises(ValueError, match="not an amount"):
        format_rupiah(Decimal(value))


@pytest.mark.parametrize(
    ("rate", "text"), [(1_500_000_000, "1,5 Gbps"), (20_000_000, "20 Mbps"), (150_000, "150 kbps"), (999, "999 bps")]
)
def test_format_bit_rate(rate: int, text: str) -> None:
    assert format_bit_rate(rate) == text
