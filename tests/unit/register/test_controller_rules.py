# SPDX-License-Identifier: GPL-3.0-or-later
"""The management server must be able to run Ansible."""

from __future__ import annotations

from typing import Any

WANTED = ("government", "  rules:\n", "  controller: {servers: [srv1]}\n  rules:\n")


SOURCE = ("government", "[10.99.0.1/32]", "[10.99.0.1/32, 10.99.0.31/32]")


def said(result: Any) -> list[tuple[str, str]]:
    return [(str(problem.severity), problem.key) for problem in result.problems]


def test_debian_13_is_fine(load_register: Any) -> None:
    assert said(load_register(WANTED, SOURCE)) == []


def test_debian_12_is_refused(load_register: Any) -> None:
    old = ("servers", "- name: srv1\n", "- name: srv1\n    system: debian12\n")
    assert said(load_register(WANTED, SOURCE, old)) == [("error", "government.controller.servers[#1]")]


def test_it_must_be_a_management_source_itself(load_register: Any) -> None:
    """Otherwise nothing answers it; and only the management server may have the address of a source."""
    assert said(load_register(WANTED)) == [("error", "government.controller.servers[#1]")]
    assert said(load_register(SOURCE)) == [("error", "servers[srv1].management_address")]
