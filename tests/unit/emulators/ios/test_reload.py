# SPDX-License-Identifier: GPL-3.0-or-later
"""Reloads, at once and scheduled."""

import re

import pytest

# The device's clock goes on while we ask.
SCHEDULED = r"Reload scheduled in 1 hour and (?:30|[12]\d) minutes by {} on {}"


def test_reload_in_asks_warns_and_happens(switch, dial):
    terminal = dial(switch)
    terminal.run("configure terminal")
    terminal.run("hostname hilang")
    terminal.run("end")
    shown = terminal.run("reload in 90", prompt=r"Save\? \[yes/no\]: $")
    terminal.send("no\n")
    shown = terminal.expect(r"\[confirm\]")
    assert "(in 1 hour and 30 minutes) by admin on vty0 (10.99.0.1)" in shown
    assert "Reload reason: Reload Command\r\nProceed with reload? [confirm]" in shown
    terminal.send("\n")
    terminal.expect("hilang#$")
    assert re.match(SCHEDULED.format("admin", "vty0"), terminal.run("show reload"))
    switch.advance(89 * 60)
    assert "--- SHUTDOWN in 0:01:00 ---" in terminal.expect("0:01:00 ---")
    switch.advance(60)
    with pytest.raises((EOFError, OSError)):
        terminal.expect("never")
    switch.boot()
    assert "hostname sw-dinkes" in switch.config()


def test_reload_cancel(switch, dial):
    terminal, other = dial(switch), dial(switch)
    terminal.run("reload in 600", prompt=r"\[confirm\]$")
    terminal.send("\n")
    terminal.expect("sw-dinkes#$")
    assert switch.ask(lambda box: box.plan.scheduled)
    other.send("reload cancel\n")
    terminal.expect(r"--- SHUTDOWN ABORTED ---")
    assert not switch.ask(lambda box: box.plan.scheduled)
    assert terminal.run("show reload").endswith("No reload is scheduled.")
    assert switch.ask(lambda box: len(box.clock.timers)) == 0


def test_another_key_at_the_question_means_no(switch, dial):
    terminal = dial(switch)
    terminal.run("reload in 90", prompt=r"\[confirm\]$")
    terminal.send("n")
    terminal.expect("sw-dinkes#$")
    assert not switch.ask(lambda box: box.plan.scheduled)


def test_ios_xe_words_it_otherwise(l3switch, dial):
    terminal = dial(l3switch)
    shown = terminal.run("reload in 1:30 pemeliharaan", prompt=r"\[confirm\]$")
    assert re.search(SCHEDULED.format("admin", "vty0"), shown + terminal._seen)
    terminal.send("\n")
    terminal.expect("sw-inti#$")
    assert "Reload reason: pemeliharaan" in terminal.run("show reload")


def test_reload_now_with_and_without_saving(switch, dial):
    for answer, name in (("no", "sw-dinkes"), ("yes", "disimpan")):
        terminal = dial(switch)
        for line in ("configure terminal", "hostname disimpan", "end"):
            terminal.run(line)
        terminal.run("reload", prompt=r"\[yes/no\]: $")
        terminal.send(f"{answer}\n")
        terminal.expect(r"Proceed with reload\? \[confirm\]")
        terminal.send("\n")
        with pytest.raises((EOFError, OSError)):
            terminal.expect("never")
        switch.boot()
        assert f"hostname {name}" in switch.config()


def test_a_scheduled_reload_of_somebody_else(switch, dial):
    switch.busy("reload", user="budi", minutes=90)
    assert re.match(SCHEDULED.format("budi", "vty2"), dial(switch).run("show reload"))
