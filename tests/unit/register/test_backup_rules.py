# SPDX-License-Identifier: GPL-3.0-or-later
"""What the register says about backups that would be none."""

from __future__ import annotations

from typing import Any

import pytest

SERVING = (
    "servers",
    "readiness: racked\n    state: idle\n    management_address: 10.99.0.32\n    ports:\n"
    "      - {name: eth0, use: management}\n",
    "readiness: in_service\n    state: idle\n    management_address: 10.99.0.32\n    ports:\n"
    '      - {name: eth0, use: management}\n      - {name: eth1, use: data_centre, to: "core1:eth4"}\n',
)
CABLE = ("devices", '{name: eth3, use: server, to: "srv1:eth1"}', '{name: eth3, use: server, to: "srv1:eth1"}\n'
         '      - {name: eth4, use: server, to: "srv2:eth1"}')  # fmt: skip
SECOND = '\n    second: {name: prov, url: "https://cadangan.prov.go.id:8000"}'


def backup(text: str) -> tuple[str, str, str]:
    return ("government", "  rules:\n", f"  backup:\n    servers: {text}\n  rules:\n")


def said(result: Any) -> list[tuple[str, str, str]]:
    return [(str(problem.severity), problem.key, problem.what) for problem in result.problems]


def test_two_places_elsewhere_need_no_word(load_register: Any) -> None:
    assert said(load_register(SERVING, CABLE, backup("[srv2]" + SECOND))) == []


def test_one_place_is_told(load_register: Any) -> None:
    assert said(load_register(SERVING, CABLE, backup("[srv2]"))) == [
        ("warning", "government.backup.servers", "srv1 dicadangkan ke satu tempat saja (srv2).")
    ]


@pytest.mark.parametrize(
    ("edits", "names", "where"),
    [((SERVING, CABLE, ("servers", "rack: R2", "rack: R1")), "[srv2]", "srv2"), ((), "[srv1]", "srv1")],
    ids=["same-rack", "itself"],
)
def test_what_falls_with_it_is_no_backup(load_register: Any, edits: Any, names: str, where: str) -> None:
    assert said(load_register(*edits, backup(names))) == [
        (
            "warning",
            "government.backup.servers",
            f"srv1 hanya dicadangkan ke rak yang sama ({where}): bukan cadangan.",
        )
    ]


def test_a_server_that_does_not_run_keeps_nothing(load_register: Any) -> None:
    found = said(load_register(backup("[srv2]")))
    assert [key for _, key, _ in found] == ["government.backup.servers", "government.backup.servers[#1]"]
    assert "bukan cadangan" in found[0][2]
    assert "srv2 belum in_service (racked)" in found[1][2]


def test_the_place_outside_has_a_name_of_its_own(load_register: Any) -> None:
    found = said(load_register(SERVING, CABLE, backup("[srv2]" + SECOND.replace("prov,", "srv1,"))))
    assert found == [
        ("error", "government.backup.second.name", "'srv1' nama server kita; tempat kedua di luar harus bernama lain.")
    ]


@pytest.mark.parametrize("url", ["http://x.go.id:8000", "https://user:rahasia@x.go.id", "sftp:cadangan@x.go.id:/"])
def test_the_place_outside_is_asked_by_https_and_without_a_password(load_register: Any, url: str) -> None:
    result = load_register(SERVING, CABLE, backup(f"[srv2]\n    second: {{name: prov, url: '{url}'}}"))
    (problem,) = result.problems
    assert (problem.key, str(problem.severity)) == ("government.backup.second.url", "error")
    assert "https" in problem.action


def test_an_unknown_day_is_refused(load_register: Any) -> None:
    result = load_register(SERVING, CABLE, backup("[srv2]" + SECOND + "\n    restore_test: sunday"))
    (problem,) = result.problems
    assert problem.key == "government.backup.restore_test"
    assert "minggu" in problem.what + problem.action
