# SPDX-License-Identifier: GPL-3.0-or-later
"""How applications are run: what each runtime needs, and what its server can run."""

from __future__ import annotations

from typing import Any

import pytest

IMAGE = f"image: registry.ujikab.go.id/lapor@sha256:{'a' * 64}"
SOURCE = "    source: files/portal\n"
PYTHON = "    start: gunicorn --bind unix:${SOCKET} app:application\n"


def portal(runtime: str, *lines: str) -> list[tuple[str, str, str]]:
    """portal as another runtime, with further keys after its source (line 18)."""
    more = "".join(f"    {line}\n" for line in lines)
    return [
        ("applications", "runtime: static", f"runtime: {runtime}"),
        ("applications", SOURCE, SOURCE + more),
    ]


def simpus(*lines: str) -> tuple[str, str, str]:
    """simpus with further keys after its source (line 8)."""
    source = "    source: files/simpus\n"
    return "applications", source, source + "".join(f"    {line}\n" for line in lines)


CONTAINER = portal("oci", IMAGE, "port: 20001")

# id, edits, line, key, part of what is wrong, part of what to do
CASES = [
    ("unknown-runtime", portal("ruby"), 15, "portal].runtime", "ruby", "static"),
    ("python-without-command", portal("python"), 12, "portal]", "perintahnya ('start') belum disebut", "gunicorn"),
    ("node-without-command", portal("node"), 12, "portal]", "perintahnya ('start') belum disebut", "node server.js"),
    ("command-of-a-shell", portal("node", "start: node a.js | tee x"), 19, "portal].start", "perintah", "skrip"),
    ("command-as-root", portal("node", "start: +/usr/bin/node a.js"), 19, "portal].start", "systemd", "./"),
    ("command-that-may-fail", portal("python", "start: -python3 a.py"), 19, "portal].start", "systemd", "./"),
    ("command-by-a-variable", portal("python", "start: '${HOME}/a'"), 19, "portal].start", "systemd", "./"),
    ("command-of-a-page", portal("static", "start: node a.js"), 19, "portal].start", "tidak dipakai", "runtime"),
    ("gunicorn-nowhere", portal("python", "start: gunicorn app:a"), 19, "portal].start", "${SOCKET}", "--bind unix:"),
    ("uvicorn-elsewhere", portal("python", "start: uvicorn app:a --uds ${SOCKET}", "port: 20001"), 19, "portal].start",
     "${PORT}", "--port ${PORT}"),
    ("container-without-image", portal("oci", "port: 20001"), 12, "portal]", "'image' belum disebut", "@sha256"),
    ("container-without-port", portal("oci", IMAGE), 12, "portal]", "'port' belum disebut", "port: 20001"),
    ("container-by-tag", portal("oci", "image: docker.io/library/nginx:latest", "port: 20001"), 19, "portal].image",
     "bukan image yang disematkan", "digest"),
    ("container-on-debian-12", [*CONTAINER, ("servers", "    model: Server\n",
                                             "    model: Server\n    system: debian12\n")], 15, "portal].runtime",
     "Debian 12", "Debian 13"),
    ("unknown-system", [("servers", "    model: Server\n", "    model: Server\n    system: centos7\n")], 6,
     "servers[srv1].system", "centos7", "debian12"),
    ("port-of-another-range", portal("node", "start: node a.js", "port: 3306"), 20, "portal].port",
     "3306 di luar batas", "20000"),
    ("port-of-php", [simpus("port: 20001")], 9, "simpus].port", "tidak dipakai oleh aplikasi php", "Hapus"),
    ("library-of-another-language", [simpus("packages: [python3-flask]")], 9, "simpus].packages[#1]",
     "bukan pustaka untuk aplikasi php", "php-"),
    ("package-that-is-no-library", [simpus("packages: [openssh-server]")], 9, "simpus].packages[#1]",
     "bukan pustaka Debian", "python3-"),
    ("setting-of-ours", [simpus("environment: [{name: DB_PASSWORD, value: x}]")], 9,
     "simpus].environment[DB_PASSWORD].name", "diisi oleh Terpusat", "nama lain"),
    ("setting-in-small-letters", [simpus("environment: [{name: mode, value: x}]")], 9, "simpus].environment[mode].name",
     "nama pengaturan", "huruf besar"),
    ("setting-twice", [simpus("environment: [{name: A, value: x}, {name: A, value: y}]")], 9,
     "simpus].environment[A].name", "A ditulis dua kali", "Hapus"),
    ("page-without-slash", [simpus("health: {path: sehat}")], 9, "simpus].health.path", "bukan jalur", "/sehat"),
    ("release-by-name", [simpus("release: kemarin")], 9, "simpus].release", "bukan nomor rilis", "heksadesimal"),
    ("long-code", [("applications", "code: portal", f"code: {'p' * 29}")], 12, f"{'p' * 29}].code",
     "terlalu panjang", "paling panjang 28"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("edits", "line", "key", "what", "action"), [case[1:] for case in CASES], ids=[case[0] for case in CASES]
)
def test_refused(load_register: Any, edits: list[Any], line: int, key: str, what: str, action: str) -> None:
    result = load_register(*edits)
    assert result.register is None
    assert len(result.problems) == 1, result.text()
    (problem,) = result.problems
    assert problem.line == line
    assert problem.key.endswith(key)
    assert what in problem.what
    assert action in problem.action


def test_one_port_for_two(load_register: Any) -> None:
    edits = [
        *portal("node", "start: node a.js", "port: 20001"),
        ("applications", "runtime: php", "runtime: node"),
        simpus("start: node a.js", "port: 20001"),
    ]
    (problem,) = load_register(*edits).problems
    assert problem.key == "applications[portal].port"
    assert "port 20001 di srv1 sudah dipakai simpus (" in problem.what
    assert "Beri port lain" in problem.action


@pytest.mark.parametrize(
    "edits",
    [
        portal("python", "start: gunicorn --bind unix:${SOCKET} app:a", "packages: [python3-flask]"),
        portal("python", "start: uvicorn --port ${PORT} app:a", "port: 20001"),
        portal("node", "start: node server.js", "environment: [{name: APP_MODE, value: uji}]"),
        [*CONTAINER, ("applications", SOURCE, "")],
        [simpus("health: {path: /sehat, status: [204]}", "packages: [php-redis]", "release: 0123456789abcdef")],
    ],
    ids=["gunicorn", "uvicorn", "node", "container", "php"],
)
def test_every_runtime_as_it_should_be(load_register: Any, edits: list[Any]) -> None:
    result = load_register(*edits)
    assert result.problems == (), result.text()


def test_the_issues_bad_input_is_told_in_one_run(load_register: Any) -> None:
    """A server that lacks room, a foreign domain, a port twice, an unknown runtime."""
    result = load_register(
        ("applications", "runtime: php", "runtime: node"),
        simpus("start: node a.js", "port: 20001"),
        ("applications", "ram: 512 MB", "ram: 9 GB"),
        ("applications", "portal.ujikab.go.id", "portal.contoh.com"),
        *portal("node", "start: node a.js", "port: 20001"),
        ("applications", "runtime: php", "runtime: perl"),
    )
    assert [(p.line, p.key) for p in result.problems] == [
        (11, "applications[simpus].needs.ram"),
        (19, "applications[portal].domain"),
        (22, "applications[portal].port"),
        (30, "applications[absensi].runtime"),
    ], result.text()
    assert all(problem.is_error and problem.action for problem in result.problems)
