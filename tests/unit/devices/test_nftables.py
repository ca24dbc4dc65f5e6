# SPDX-License-Identifier: GPL-3.0-or-later
"""The packet filter: what belongs to us in a listed ruleset."""

from __future__ import annotations

from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.platforms.linux.bundle import File
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.platforms.linux.components.base import View
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.platforms.linux.components.nftables import (
    PATH,
    Nftables,
    named,
    tables,
)
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.platforms.linux.shell import (
    Answer,
    Answers,
    LiveFile,
)

OURS = "table inet filter {\n\tchain input {\n\t\ttype filter hook input priority filter; policy drop;\n\t}\n}\n"
FOREIGN = "table ip docker {\n\tchain x {\n\t}\n}\n"
LEARNED = (
    "table inet filter {\n"
    "\tset scanners {\n"
    "\t\ttype ipv4_addr\n"
    "\t\tsize 65535\n"
    "\t\tflags dynamic,timeout\n"
    "\t\ttimeout 1h\n"
    "\t\telements = { 192.0.2.1 timeout 1h expires 59m,\n"
    "\t\t\t     192.0.2.2 timeout 1h expires 58m }\n"
    "\t}\n"
    "\tset ours {\n"
    "\t\ttype ipv4_addr\n"
    "\t\tflags interval\n"
    "\t\telements = { 10.0.0.0/8 }\n"
    "\t}\n"
    "}\n"
)


def view(file: str, running: str, live: str = "") -> View:
    answers = Answers({"wanted": Answer(0, OURS, ""), "running": Answer(0, running, "")})
    files = {PATH: LiveFile(PATH, live, "0644", "root", "root")} if live else {}
    return View((File(PATH, file),), answers, files, {})


def test_a_file_that_flushes_owns_the_whole_ruleset() -> None:
    found = Nftables().running(view("flush ruleset\n" + OURS, OURS + FOREIGN))
    assert set(found) == {"tabel inet filter", "tabel ip docker"}


def test_a_file_that_does_not_flush_owns_only_its_tables() -> None:
    assert set(Nftables().running(view(OURS, OURS + FOREIGN))) == {"tabel inet filter"}


def test_a_table_that_the_former_file_named_is_still_ours() -> None:
    old = "table inet old {\n\tchain y {\n\t}\n}\n"
    shown = view(OURS, OURS + FOREIGN + old, live="add table inet old\n")
    assert set(Nftables().running(shown)) == {"tabel inet filter", "tabel inet old"}


def test_names_of_tables() -> None:
    assert named("table inet a {\n}\nadd table ip6 b\ntable c {\n}\n # table ip d\n") == {"inet a", "ip6 b", "ip c"}


def test_what_packets_put_into_sets_is_no_configuration() -> None:
    (table,) = tables("# Warning: table ip nat is managed by iptables-nft, do not touch!\n" + LEARNED).values()
    assert "192.0.2" not in table
    assert "flags dynamic,timeout" in table
    assert "10.0.0.0/8" in table
    assert "Warning" not in table


def test_an_empty_ruleset() -> None:
    assert tables("") == {}
