# SPDX-License-Identifier: GPL-3.0-or-later
"""The management server must be able to run Ansible."""

from __future__ import annotations

from typing import Any

WANTED = ("government", "  rules:\n", "  controller: {servers: [srv1]}\n  rules:\n")


def said(result: Any) -> list[tuple[str, str]]:
    return [(str(problem.severity), problem.key) for problem in result.problems]


def test_debian_13_is_fine(load_register: Any) -> None:
    assert said(load_register(WANTED)) == []


def test_debian_12_is_refused(load_register: Any) -> None:
    old = ("servers", "- name: srv1\n", "- name: srv1\n    system: debian12\n")
    assert said(load_register(WANTED, old)) == [("error", "government.controller.servers[#1]")]
