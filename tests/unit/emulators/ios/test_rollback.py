# SPDX-License-Identifier: GPL-3.0-or-later
"""Rollback Confirmed Change, replace, the archive and the configuration lock, over SSH."""

import re


def minutes(device) -> list[str]:
    return [entry.text for entry in device.log() if entry.kind == "event"]


def arm(terminal, how: str = "timer 60") -> str:
    return terminal.run(f"configure terminal revert {how}")


def test_without_an_archive_it_is_refused(switch, dial):
    terminal = dial(switch)
    terminal.run("configure terminal")
    terminal.run("no archive")
    terminal.run("end")
    assert arm(terminal) == "%Turn config archive on before using Rollback Confirmed Change"
    assert terminal.run("show archive") == " Archive feature not enabled"
    assert terminal.run("archive config") == " Archive feature not enabled\n% Error caught by command handler"
    assert switch.ask(lambda box: box.rollback.pending) is None


def test_the_timer_fires_and_restores_exactly(switch, dial):
    before = switch.config()
    terminal = dial(switch)
    shown = arm(terminal, "timer 60")
    assert re.search(
        r"Rollback Confirmed Change: Backing up current running config to flash:arsip-\w{3}-\d\d-[\d.-]+-0\n\n"
        r"Enter configuration commands, one per line.  End with CNTL/Z.$",
        shown,
    )
    for line in (
        "no vlan 150",
        "interface gi1/0/1",
        "description lain",
        "shutdown",
        "ip scp server enable",
        "no archive",
    ):
        terminal.run(line)
    for line in ("username baru privilege 15 secret x", "no ip access-list standard 10", "hostname lain"):
        terminal.run(line)
    assert switch.config() != before
    switch.advance(59 * 60)
    assert "in one minute" in terminal.expect("what you've configured")
    assert switch.config() != before
    switch.advance(60)
    switch.wait_for(lambda box: box.rollback.pending is None)
    assert switch.config() == before
    assert minutes(switch)[-1].startswith("rollback flash:arsip-")
    # The terminal that armed it is told without having asked.
    shown = terminal.expect("Rollback Done")
    assert "Rollback Confirmed Change: rolling to:flash:arsip-" in shown
    assert "!List of Rollback Commands:" in shown
    assert "no description lain" in shown
    # It is still in configuration mode, at the top.
    assert terminal.run("end") == ""


def test_the_timer_fires_although_the_session_is_gone(switch, dial):
    before = switch.config()
    terminal = dial(switch)
    arm(terminal, "timer 60")
    terminal.run("hostname terputus")
    terminal.close()
    switch.wait_for(lambda box: not box.sessions)
    assert "hostname terputus" in switch.config()
    switch.advance(3600)
    switch.wait_for(lambda box: box.rollback.pending is None)
    assert switch.config() == before


def test_confirm_keeps_it(switch, dial):
    terminal = dial(switch)
    arm(terminal, "timer 120")
    terminal.run("hostname tetap")
    terminal.run("end")
    # From another session, as somebody who came in anew.
    other = dial(switch)
    status = other.run("show archive config rollback timer")
    assert re.match(r"Time configured\(or reconfigured\): \d\d:\d\d:\d\d WIB \w{3} \w{3} \d+ \d{4}\n", status)
    assert status.endswith("Timer type: absolute timer\nTimer value: 120 min\nUser: admin")
    assert other.run("configure confirm") == ""
    assert other.run("configure confirm") == "%No Rollback Confirmed Change pending"
    assert other.run("show archive config rollback timer") == "%No Rollback Confirmed Change pending"
    assert "hostname tetap" in switch.config()
    assert "ROLLBK_CNFMD_CHG_CONFIRM" in other.run("show logging")


def test_revert_now(switch, dial):
    before = switch.config()
    terminal = dial(switch)
    arm(terminal, "timer 60")
    terminal.run("hostname sebentar")
    terminal.run("end")
    shown = terminal.run("configure revert now")
    assert "Total number of passes: 1\nRollback Done" in shown
    assert switch.config() == before
    assert terminal.run("configure revert now") == "%No Rollback Confirmed Change pending"


def test_the_timer_may_be_set_anew(switch, dial):
    terminal = dial(switch)
    arm(terminal, "timer 60")
    terminal.run("end")
    assert terminal.run("configure revert timer 90") == ""
    assert "Timer value: 90 min" in terminal.run("show archive config rollback timer")
    assert terminal.run("configure revert idle 30") == ""
    assert "Timer type: idle timer\nTimer value: 30 min" in terminal.run("show archive config rollback timer")
    assert switch.ask(lambda box: len(box.clock.timers)) == 2


def test_minutes_are_checked(switch, dial):
    terminal = dial(switch)
    for wrong in ("timer 0", "timer 121", "timer x"):
        assert "% Invalid input detected at '^' marker." in arm(terminal, wrong)
    assert arm(terminal, "timer") == "% Incomplete command.\n"


def test_only_one_at_a_time(switch, dial):
    switch.busy("revert", minutes=90)
    terminal = dial(switch)
    assert "already pending" in arm(terminal)
    assert "User: budi" in terminal.run("show archive config rollback timer")
    switch.idle()
    assert "Enter configuration commands" in arm(terminal)


def test_a_reboot_forgets_the_timer_and_starts_from_startup(switch, dial):
    terminal = dial(switch)
    arm(terminal, "timer 60")
    terminal.run("hostname hilang")
    switch.reboot()
    switch.boot()
    assert switch.ask(lambda box: (box.rollback.pending, len(box.clock.timers))) == (None, 0)
    assert switch.config() == switch.startup()


def test_archive_keeps_as_many_as_allowed(switch, dial):
    terminal = dial(switch)
    for _ in range(6):
        terminal.run("archive config")
    shown = terminal.run("show archive")
    assert "The maximum archive configurations allowed is 5." in shown
    assert "There are currently 5 archive configurations saved." in shown
    assert shown.count("flash:arsip-") == 6
    assert " <- Most Recent" in shown
    assert sum(name.startswith("arsip-") for name in switch.files()) == 5


def test_replace(switch, dial):
    terminal = dial(switch)
    terminal.run("copy running-config flash:dulu.cfg", prompt=r"\]\? $")
    terminal.run("")
    before = switch.config()
    for line in ("configure terminal", "hostname lain", "interface Loopback5", "end"):
        terminal.run(line)
    terminal.run("configure replace flash:dulu.cfg", prompt=r"\[no\]: $")
    terminal.send("n\n")
    terminal.expect("lain#$")
    assert "hostname lain" in switch.config()
    shown = terminal.run("configure replace flash:dulu.cfg list force")
    assert "no interface Loopback5" in shown
    assert "Total number of passes: 1\nRollback Done" in shown
    assert switch.config() == before
    assert "No such file" in terminal.run("configure replace flash:tidakada force")


def test_replace_with_a_time_limit_goes_back(l3switch, dial):
    terminal = dial(l3switch)
    before = l3switch.config()
    target = before.replace("hostname sw-inti", "hostname sw-baru").encode()
    l3switch.ask(lambda box: box.files.update({"baru.cfg": target}))
    terminal.run("configure replace flash:baru.cfg force time 60")
    assert "hostname sw-baru" in l3switch.config()
    l3switch.advance(3600)
    l3switch.wait_for(lambda box: box.rollback.pending is None)
    assert l3switch.config() == before


def test_a_lock_keeps_others_out(switch, dial):
    first, second = dial(switch), dial(switch)
    shown = first.run("configure terminal lock")
    assert shown.startswith("Configuration mode locked exclusively. The lock will be cleared once you exit")
    refusal = second.run("configure terminal")
    assert re.fullmatch(
        r"Configuration mode locked exclusively by user 'admin' process '\d+' from terminal '0'. Please try later\.",
        refusal,
    )
    assert "State                : LOCKED" in second.run("show configuration lock")
    first.run("end")
    assert "State                : FREE" in second.run("show configuration lock")
    assert "Enter configuration commands" in second.run("configure terminal")


def test_a_lock_ends_with_its_session(switch, dial):
    first = dial(switch)
    first.run("configure terminal lock")
    first.close()
    switch.wait_for(lambda box: box.lock.line is None)
    assert "Enter configuration commands" in dial(switch).run("configure terminal")


def test_somebody_else_holds_the_lock(switch, dial):
    switch.busy("lock", user="budi")
    terminal = dial(switch)
    text = "Configuration mode locked exclusively by user 'budi' process '90' from terminal '2'. Please try later."
    assert terminal.run("configure terminal") == text
    assert arm(terminal) == text
    assert switch.ask(lambda box: box.rollback.pending) is None
    assert "budi" in terminal.run("show users")
    switch.idle()
    assert "Enter configuration" in terminal.run("configure terminal")


def test_two_may_configure_without_a_lock(switch, dial):
    first, second = dial(switch), dial(switch)
    first.run("configure terminal")
    second.run("configure terminal")
    first.run("ip domain-name satu.id")
    second.run("logging facility local3")
    assert "ip domain-name satu.id" in switch.config()
    assert "logging facility local3" in switch.config()
