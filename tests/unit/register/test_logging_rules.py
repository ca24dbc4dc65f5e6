# SPDX-License-Identifier: GPL-3.0-or-later
"""What the register may not ask of the collectors of messages."""

from __future__ import annotations

from typing import Any

import pytest


def logging(text: str) -> tuple[str, str, str]:
    return ("government", "  rules:\n", f"  logging: {{servers: [srv1]{text}}}\n  rules:\n")


def keys(result: Any) -> list[str]:
    return [problem.key for problem in result.problems]


def test_it_needs_no_more_than_a_server(load_register: Any) -> None:
    assert keys(load_register(logging(", max_size: 1 GB, spool: 100 MB"))) == []


@pytest.mark.parametrize(
    ("text", "key"),
    [
        (", max_size: 9 TB", "government.logging.max_size"),
        (", max_size: 1 GB, spool: 9 TB", "government.logging.spool"),
        (", max_size: 1 GB, offices: [{opd: dinkez, retention_days: 9}]", "government.logging.offices[dinkez].opd"),
        (", max_size: 1 GB, retention_days: 0", "government.logging.retention_days"),
    ],
)
def test_nonsense_is_refused_where_it_stands(load_register: Any, text: str, key: str) -> None:
    assert key in keys(load_register(logging(text)))


def test_an_office_has_one_time(load_register: Any) -> None:
    twice = ", max_size: 1 GB, offices: [{opd: dinkes, retention_days: 9}, {opd: dinkes, retention_days: 8}]"
    assert keys(load_register(logging(twice))) == ["government.logging.offices[dinkes].opd"]
