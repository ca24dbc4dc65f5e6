# SPDX-License-Identifier: GPL-3.0-or-later
"""Safe mode on the clock: when a lost session is noticed, and what ends it."""

from .conftest import Desk

ADD = "/ip address add address=10.0.0.1/24 interface=ether1"


def taken(desk: Desk) -> object:
    holder = object()
    desk.type("/ip address add address=10.9.9.9/24 interface=ether2")
    desk.do(lambda: desk.device.safe_mode.take(holder, "admin"))
    desk.type(ADD)
    return holder


def lose(desk: Desk, holder: object) -> None:
    desk.do(lambda: desk.device.safe_mode.lost(holder))


def test_nine_minutes(desk: Desk) -> None:
    lose(desk, taken(desk))
    desk.wait(530)
    assert "10.0.0.1" in desk.config()
    desk.wait(20)
    assert "10.0.0.1" not in desk.config()
    assert "10.9.9.9" in desk.config()


def test_what_others_changed_meanwhile_is_undone_too(desk: Desk) -> None:
    holder = taken(desk)
    desk.type("/system identity set name=orang-lain")
    lose(desk, holder)
    desk.wait(600)
    assert desk.type(":put [/system identity get name]") == "MikroTik\n"


def test_jobs_added_in_safe_mode_are_gone_with_it(desk: Desk) -> None:
    holder = taken(desk)
    desk.type('/system scheduler add name=a interval=20m on-event="/system identity set name=kena"')
    lose(desk, holder)
    desk.wait(3000)
    assert desk.type(":put [/system identity get name]") == "MikroTik\n"
    assert desk.type("/system scheduler print count-only") == "0\n"


def test_a_restart_ends_it(desk: Desk, old: Desk) -> None:
    for console, kept in ((desk, False), (old, True)):
        lose(console, taken(console))
        console.reboot()
        console.wait(1000)
        assert ("10.0.0.1" in console.config()) is kept


def test_without_a_terminal_the_command_takes_nothing(desk: Desk, old: Desk) -> None:
    assert desk.type("/safe-mode take on-error=unroll") == "Taking Safe Mode session... Success!\n"
    assert desk.type(":put [/safe-mode get enabled]") == "false\n"
    assert desk.type("/safe-mode release").startswith("Safe Mode has not been taken. Action aborted.")
    assert desk.type("/safe-mode unroll").startswith("Safe Mode has not been taken. Action aborted.")
    assert "bad command name safe-mode" in old.type("/safe-mode take")


def test_somebody_else_holds_it(desk: Desk) -> None:
    desk.do(lambda: desk.device.busy("safe-mode", user="budi"))
    assert desk.type("/safe-mode take").startswith("Safe Mode is taken by another user (budi). Action aborted.")
    assert desk.type("/user active print count-only where name=budi") == "1\n"
    desk.do(desk.device.idle)
    assert "Success!" in desk.type("/safe-mode take")


def test_it_tells_who_holds_it(desk: Desk) -> None:
    assert desk.type(":put [/safe-mode get enabled]") == "false\n"
    desk.do(lambda: desk.device.busy("safe-mode", user="budi"))
    assert desk.type(":put [/safe-mode get enabled]; :put [/safe-mode get user]") == "true\nbudi\n"
    assert desk.type(":put [/safe-mode get value-name=current]") == "false\n"
