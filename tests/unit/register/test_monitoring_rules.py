# SPDX-License-Identifier: GPL-3.0-or-later
"""What the register says about monitoring that nobody would hear."""

from __future__ import annotations

from typing import Any

import pytest

MAIL = '{to: [noc@lab.go.id], smarthost: "mail.lab.go.id:587"}'


def monitoring(text: str) -> tuple[str, str, str]:
    return ("government", "  rules:\n", f"  monitoring: {text}\n  rules:\n")


def said(result: Any) -> list[tuple[str, str]]:
    return [(str(problem.severity), problem.key) for problem in result.problems]


def test_alerts_need_somebody_to_hear_them(load_register: Any) -> None:
    found = load_register(monitoring("{servers: [srv1]}"))
    assert ("error", "government.monitoring") in said(found)


def test_one_server_watches_with_a_word_of_warning(load_register: Any) -> None:
    found = load_register(monitoring(f"{{servers: [srv1], mail: {MAIL}}}"))
    assert said(found) == [("warning", "government.monitoring.servers")]
    assert "hanya srv1 yang memantau" in found.problems[0].what


def test_a_server_that_is_not_in_service_watches_nothing(load_register: Any) -> None:
    found = load_register(monitoring(f"{{servers: [srv1, srv2], mail: {MAIL}}}"))
    assert said(found) == [("warning", "government.monitoring.servers[#2]")]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ('{servers: [srv1], telegram: {chat_id: "@grup"}}', "government.monitoring.telegram.chat_id"),
        ("{servers: [srv1], mail: {to: [noc], smarthost: 'm:25'}}", "government.monitoring.mail.to[#1]"),
        ("{servers: [srv1], mail: {to: [a@b.id], smarthost: mail.lab.go.id}}", "government.monitoring.mail.smarthost"),
        ("{servers: [srv1], mail: {to: [a@b.id], smarthost: 'm:99999'}}", "government.monitoring.mail.smarthost"),
        (f"{{servers: [srv9], mail: {MAIL}}}", "government.monitoring.servers[#1]"),
    ],
)
def test_nonsense_is_refused_where_it_stands(load_register: Any, text: str, key: str) -> None:
    assert ("error", key) in said(load_register(monitoring(text)))
