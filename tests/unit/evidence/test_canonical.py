# SPDX-License-Identifier: GPL-3.0-or-later
"""The canonical form, by the examples of RFC 8785 and against the json module."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.evidence.canonical import canonical, digest

texts = st.text(st.characters(exclude_categories=["Cs"]))
values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=20,
)


def test_keys_are_sorted_by_utf16_units() -> None:
    # RFC 8785, section 3.2.3
    keys = ["\u20ac", "\r", "\ufb33", "1", "\U0001f600", "\u0080", "\u00f6"]
    expected = ["\r", "1", "\u0080", "\u00f6", "\u20ac", "\U0001f600", "\ufb33"]
    assert list(json.loads(canonical(dict.fromkeys(keys)))) == expected


def test_strings_are_escaped_as_little_as_possible() -> None:
    # RFC 8785, section 3.2.2.2
    text = "\u20ac$\u000f\u000aA'\u0042\u0022\u005c\\\"/"
    assert canonical(text) == '"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"'.encode()
    assert canonical("\x7f\u2028") == '"\x7f\u2028"'.encode()


@given(values)
def test_it_reads_back_and_does_not_depend_on_the_order_of_keys(value: Any) -> None:
    text = canonical(value)
    assert json.loads(text) == value
    shuffled = json.loads(text, object_pairs_hook=lambda pairs: dict(reversed(pairs)))
    assert canonical(shuffled) == text
    assert digest(shuffled) == digest(value)


@pytest.mark.parametrize("value", [1.5, {1: 2}, {"a": b"x"}, {"a": {1, 2}}])
def test_what_has_no_canonical_form(value: Any) -> None:
    with pytest.raises(TypeError):
        canonical(value)


@pytest.mark.parametrize("value", [2**53, "\ud800"])
def test_what_readers_would_disagree_on(value: Any) -> None:
    with pytest.raises(ValueError, match=r"."):
        canonical(value)
