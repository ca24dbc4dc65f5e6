# SPDX-License-Identifier: GPL-3.0-or-later
"""Files with commands: parsed whole, run line by line, and what ran before a mistake stays."""

from emulators.core.faults import ImportFailsAt

from .conftest import Desk

GOOD = "/ip address\nadd address=10.0.0.1/24 interface=ether1\nadd address=10.1.0.1/24 interface=ether2\n"
TWICE = """\
/ip address
add address=10.0.0.1/24 interface=ether1
add address=10.0.0.1/24 interface=ether1
/system identity
set name=x
"""
WRONG = "/ip address\nadd address=10.0.0.1/24 interface=ether1\nadd address=10.1.0.1/24 antarmuka=ether2\n"
DONE = "Script file loaded and executed successfully\n"


def test_a_file_is_applied(desk: Desk, old: Desk) -> None:
    for console, shown in ((desk, DONE), (old, "\n" + DONE)):
        console.upload("a.rsc", GOOD)
        assert console.type("/import file-name=a.rsc") == shown
        assert console.config().count("/ip address add") == 2


def test_a_mistake_of_syntax_stops_it_before_anything_ran(desk: Desk, old: Desk) -> None:
    desk.upload("a.rsc", WRONG)
    assert desk.type("/import a.rsc") == "bad parameter antarmuka (line 3 column 25)\n"
    assert desk.config() == ""
    old.upload("a.rsc", WRONG)
    assert old.type("/import a.rsc") == "expected end of command (line 3 column 25)\n"
    assert old.config() == ""


def test_what_ran_before_a_refusal_stays(desk: Desk, old: Desk) -> None:
    desk.upload("a.rsc", TWICE)
    shown = desk.type("/import a.rsc")
    assert shown == "Script Error: failure: already have such address (/ip/address/add; line 3) (:import; line 1)\n"
    assert desk.config() == "/ip address add address=10.0.0.1/24 interface=ether1 network=10.0.0.0\n"
    old.upload("a.rsc", TWICE)
    assert old.type("/import a.rsc") == "failure: already have such address\n"
    assert "name=x" not in old.config()


def test_a_file_that_is_not_there(desk: Desk) -> None:
    assert desk.type("/import tidak.rsc") == "Cannot open import file, file does not exist (:import; line 1)\n"


def test_dry_run_changes_nothing_and_finds_mistakes(desk: Desk) -> None:
    desk.upload("a.rsc", GOOD)
    assert desk.type("/import a.rsc verbose=yes dry-run").endswith(DONE)
    assert desk.config() == ""
    desk.upload("a.rsc", WRONG)
    assert "bad parameter antarmuka (line 3 column 25)" in desk.type("/import a.rsc verbose=yes dry-run")
    assert desk.config() == ""
    assert "only with verbose=yes" in desk.type("/import a.rsc dry-run")


def test_verbose_takes_one_line_after_the_other(desk: Desk) -> None:
    desk.upload("a.rsc", WRONG)
    assert "bad parameter antarmuka" in desk.type("/import a.rsc verbose=yes")
    assert desk.config().count("10.0.0.1/24") == 1


def test_dry_run_is_unknown_before_7_16(old: Desk) -> None:
    old.upload("a.rsc", GOOD)
    assert old.type("/import a.rsc verbose=yes dry-run") == "expected end of command (line 1 column 27)\n"


def test_a_fault_at_a_line(desk: Desk) -> None:
    desk.upload("a.rsc", GOOD)
    desk.device.faults.add(ImportFailsAt(3), 0)
    assert "line 3" in desk.type("/import a.rsc")
    assert desk.config().count("/ip address add") == 1
    desk.device.faults.clear()
    assert "already have such address" in desk.type("/import a.rsc")


MIXED = """\
/ip firewall filter
add chain=input
.. address-list
add list=x address=10.0.0.1
:if ([:len [find list=x]] = 1) do={
    add list=y address=10.0.0.2 \\
        comment="dua\\
    "
}
"""


def test_relative_paths_and_blocks_of_a_file(desk: Desk) -> None:
    desk.upload("a.rsc", MIXED)
    assert desk.type("/import a.rsc") == DONE
    assert desk.type("/ip firewall address-list print count-only where list=y comment=dua") == "1\n"
