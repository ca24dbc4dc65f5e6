# SPDX-License-Identifier: GPL-3.0-or-later
"""Echo, editing, paging, the order of delays."""

import time
from collections.abc import Iterator

import pytest

from emulators.core import Farm, Personality
from emulators.core.editor import LineEditor, keys


@pytest.fixture(scope="module")
def farm() -> Iterator[Farm]:
    one = Personality.load("ios-access", name="sw1")
    with Farm([one, one.copy(name="far", rtt_ms=120), one.copy(name="slow", latency_ms=120)]) as farm:
        yield farm


def test_every_key_is_echoed_at_once(farm, dial):
    terminal = dial(farm["sw1"])
    for key in "show clo":
        terminal.send(key)
        assert terminal.expect(key) == key


def test_erasing_and_starting_over(farm, dial):
    terminal = dial(farm["sw1"])
    terminal.send("show clokc")
    terminal.expect("clokc")
    terminal.send("\x7f\x7fck\n")
    assert "Invalid" not in terminal.expect("sw-dinkes#$")
    terminal.send("nonsense\x15show privilege\n")
    assert "level is 15" in terminal.expect("sw-dinkes#$")
    terminal.send("half a line\x03")
    terminal.expect(r"\^C\r\nsw-dinkes#$")


def test_typing_ahead_is_kept(farm, dial):
    terminal = dial(farm["slow"])
    terminal.send("show privilege\nshow privilege\n")
    shown = terminal.expect(r"(?s)level is 15.*level is 15.*sw-dinkes#$")
    assert shown.count("sw-dinkes#") == 2


def test_carriage_return_and_line_feed_are_one_enter(farm, dial):
    terminal = dial(farm["sw1"])
    terminal.send("show privilege\r\n")
    shown = terminal.expect("sw-dinkes#$")
    assert terminal.silent(0.1)
    assert shown.count("sw-dinkes#") == 1


def test_paging_keys(farm, dial):
    terminal = dial(farm["sw1"])
    terminal.send("show running-config\n")
    terminal.expect(" --More-- ")
    terminal.send("\r")
    one = terminal.expect(" --More-- ")
    assert one.count("\r\n") == 1
    terminal.send(" ")
    page = terminal.expect(" --More-- ")
    assert page.count("\r\n") == 23
    terminal.send("q")
    terminal.expect("sw-dinkes#$")
    assert terminal.run("terminal length 0") == ""
    assert "--More--" not in terminal.run("show running-config")


def test_round_trip_delays_what_is_typed(farm, dial):
    terminal = dial(farm["far"])
    start = time.monotonic()
    terminal.send("s")
    terminal.expect("s")
    assert time.monotonic() - start >= 0.12


def test_latency_delays_the_answer(farm, dial):
    terminal = dial(farm["slow"])
    start = time.monotonic()
    terminal.send("show privilege\n")
    terminal.expect("show privilege")
    terminal.expect("level is 15")
    assert time.monotonic() - start >= 0.12


def test_keys_splits_escape_sequences():
    assert list(keys("a\x1b[9999Bb\x1bOA\r")) == ["a", "\x1b[9999B", "b", "\x1bOA", "\r"]


def test_editor_without_echo_shows_nothing():
    editor = LineEditor("Password: ", echo=False)
    shown = "".join(editor.feed(key) for key in "rahasia\x7f\n")
    assert (editor.line, shown) == ("rahasi", "\r\n")
