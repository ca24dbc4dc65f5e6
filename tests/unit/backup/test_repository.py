# SPDX-License-Identifier: GPL-3.0-or-later
"""What restic and the place say, in the words of who has to act."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from terpusat_backup.errors import BackupError
from terpusat_backup.repository import Repository, explained, snapshot_of
from terpusat_backup.settings import Place


class Answer(BaseHTTPRequestHandler):
    code = 200

    def do_HEAD(self) -> None:
        self.send_response(self.code if self.path == "/srv1.repo/config" else 500)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def place() -> Iterator[Place]:
    server = HTTPServer(("127.0.0.1", 0), Answer)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield Place("srv2", f"http://127.0.0.1:{server.server_port}", "srv1.repo", "x", "y")
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize(("code", "there"), [(200, True), (404, False)])
def test_there_or_not(place: Place, code: int, there: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Answer, "code", code)
    assert Repository(place).exists() is there


@pytest.mark.parametrize("code", [401, 403, 500])
def test_a_refusal_is_never_taken_for_an_empty_place(place: Place, code: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Answer, "code", code)
    with pytest.raises(BackupError, match=f"menolak masuk .HTTP {code}"):
        Repository(place).exists()


def test_a_place_that_is_away() -> None:
    with pytest.raises(BackupError, match="tidak dapat dihubungi"):
        Repository(Place("srv2", "http://127.0.0.1:1", "srv1.repo", "x", "y")).exists()


def test_words() -> None:
    assert "kata sandi repositori ditolak" in explained("Fatal: wrong password or no key found", "srv2")
    assert "hanya boleh menambah" in explained("unexpected HTTP response (403): 403 Forbidden", "srv2")
    assert explained("lain", "srv2") == "srv2: lain"


@pytest.mark.parametrize("text", ["2026-11-22T23:45:27.446064123Z", "2026-11-22T23:45:27.4Z", "2026-11-22T23:45:27Z"])
def test_restics_times(text: str) -> None:
    found = snapshot_of({"id": "a", "time": text, "hostname": "srv1"})
    assert int(found.time.timestamp()) == 1795391127
