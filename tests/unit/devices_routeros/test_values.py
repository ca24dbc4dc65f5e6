# SPDX-License-Identifier: GPL-3.0-or-later
"""Values that mean the same have one canonical form."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.platforms.routeros.values import canonical


@pytest.mark.parametrize(
    ("kind", "same"),
    [
        ("rate", ["7M", "7000000", "7000k", "7Mbps"]),
        ("rate", ["1500k/2M", "1500000/2000k"]),
        ("time", ["1d", "24h", "1d00:00:00", "86400", "1440m", "86400s"]),
        ("time", ["1m30s", "00:01:30", "90"]),
        ("time", ["1s500ms", "1500ms", "00:00:01.5"]),
        ("prefix", ["10.0.0.1", "10.0.0.1/32"]),
        ("prefix", ["2001:DB8::1", "2001:db8:0::1/128"]),
        ("prefix", ["!10.0.0.1/32", "!10.0.0.1"]),
        ("bool", ["yes", "true"]),
        ("set", ["established,related", "related,established"]),
        ("set", ["!new,invalid", "!invalid,new"]),
        ("numbers", ["10-12,20", "20,10,11,12"]),
        ("policy", ["read,write,!ftp", "write,read"]),
        ("prefix-set", ["10.0.0.0/8,192.0.2.1", "192.0.2.1/32,10.0.0.0/8"]),
        ("mac", ["aa:bb:cc:dd:ee:0f", "AA:BB:CC:DD:EE:0F"]),
        ("word", ["0x80", "128"]),
    ],
)
def test_same(kind: str, same: list[str]) -> None:
    assert len({canonical(kind, value) for value in same}) == 1


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        ("rate", ["7M", "7000"]),
        ("time", ["1d", "1h", "auto", "none", ""]),
        ("list", ["10.0.0.1,10.0.0.2", "10.0.0.2,10.0.0.1"]),
        ("prefix", ["10.0.0.1/24", "10.0.0.1", "!10.0.0.1"]),
        ("set", ["established", "!established"]),
    ],
)
def test_different(kind: str, values: list[str]) -> None:
    assert len({canonical(kind, value) for value in values}) == len(values)


@given(
    st.sampled_from(["time", "rate", "prefix", "set", "list", "numbers", "bool", "word", "mac"]), st.text(max_size=12)
)
def test_canonical_is_final(kind: str, value: str) -> None:
    once = canonical(kind, value)
    assert canonical(kind, once) == once


@given(st.integers(0, 10**9))
def test_a_time_reads_back(seconds: int) -> None:
    hours, rest = divmod(seconds, 3600)
    assert canonical("time", f"{hours}h{rest // 60}m{rest % 60}s") == canonical("time", str(seconds))
