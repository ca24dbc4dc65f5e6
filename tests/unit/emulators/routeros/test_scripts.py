# SPDX-License-Identifier: GPL-3.0-or-later
"""The scripting language, as far as a script that guards a change needs it."""

from collections.abc import Callable

import pytest

from .conftest import Desk


@pytest.mark.parametrize(
    ("script", "shown"),
    [
        (":put (1 + 2 * 3)", "7"),
        (":put ((1 + 2) * 3)", "9"),
        (":put (7 / 2); :put (7 % 2); :put (1 << 4)", "3\n1\n16"),
        (':put ("a" . "b" . 1)', "ab1"),
        (':local x 5; :put "x=$x $($x + 1) $[:len "abc"] \\$x"', "x=5 6 3 $x"),
        (":put [:len {1;2;3}]; :put [:len (1,2)]", "3\n2"),
        (":local a {1;2;k=3}; :put ($a->1); :put ($a->\"k\"); :put $a", "2\n3\n1;2;k=3"),
        (':put [:pick "terpusat" 0 3]; :put [:find "terpusat" "p"]; :put [:typeof [:find "a" "b"]]', "ter\n3\nnothing"),
        (":put [:totime 90]; :put (1h + 30m); :put [:tostr 5m]", "00:01:30\n01:30:00\n00:05:00"),
        (":put [:typeof 10.0.0.1]; :put [:typeof 10.0.0.0/8]; :put [:typeof 5m]", "ip\nip-prefix\ntime"),
        (":put [:typeof $nope]", "nothing"),
        (":put (10.1.2.3 in 10.0.0.0/8); :put (11.0.0.1 in 10.0.0.0/8)", "true\nfalse"),
        (':put ("ether1" ~ "^eth"); :put (3 > 2 && !(1 = 2)); :put (false || true)', "true\ntrue\ntrue"),
        (":put [:toarray \"a,b,c\"]; :put [:len [:toarray \"\"]]", "a;b;c\n0"),
        (":if (1 = 1) do={ :put ya } else={ :put tidak }", "ya"),
        (":if ([:len [/ip address find]] > 0) do={ :put ya } else={ :put tidak }", "tidak"),
        (":for i from=1 to=3 do={ :put $i }", "1\n2\n3"),
        (":for i from=6 to=2 step=-2 do={ :put $i }", "6\n4\n2"),
        (":foreach k,v in={a=1;b=2} do={ :put \"$k:$v\" }", "a:1\nb:2"),
        (":local i 0; :while ($i < 3) do={ :set i ($i + 1) }; :put $i", "3"),
        (":local i 0; :do { :set i ($i + 1) } while=($i < 4); :put $i", "4"),
        (':do { :error "rusak" } on-error={ :put tertangkap }', "tertangkap"),
        (':do { /ip address add address=x interface=ether1 } on-error={ :put gagal }; :put lanjut', "gagal\nlanjut"),
        (':onerror e in={ :error "rusak" } do={ :put "karena $e" }', "karena rusak"),
        (":global f do={ :return ($1 * $kali) }; :put [$f 21 kali=2]", "42"),
        (':local f [:parse ":put halo"]; $f', "halo"),
        (':put "\\41\\_b\\t|\\"\\\\"', 'A b\t|"\\'),
        (":put [/system identity get name]", "MikroTik"),
        (':put ([/interface print as-value where name=ether2]->0->"name")', "ether2"),
        (":nothing", ""),
    ],
)  # fmt: skip
def test_the_language(desk: Desk, script: str, shown: str) -> None:
    assert desk.type(script).rstrip("\n") == shown


def test_an_error_of_a_script_ends_it(desk: Desk) -> None:
    assert desk.type(':put satu; :error "cukup"; :put dua') == "satu\ncukup\n"


def test_locals_do_not_leak_and_globals_have_to_be_declared(desk: Desk) -> None:
    desk.type(":global g 1; :local l 2")
    desk.state.context.scope.local.clear()
    assert desk.type(":put $l") == "\n"
    assert desk.type(':global f do={ :put "<$g>" }; $f') == "<>\n"
    assert desk.type(':global f do={ :global g; :put "<$g>" }; $f') == "<1>\n"


def test_a_stored_script_runs_with_its_policies(desk: Desk) -> None:
    desk.type("/system script add name=s source={ /system identity set name=dari-skrip } policy=read,write")
    assert desk.type("/system script run s") == ""
    assert desk.type(":put [/system identity get name]") == "dari-skrip\n"
    assert desk.type(":put [/system script get s run-count]") == "1\n"


def test_execute_runs_in_the_background(make_desk: Callable[..., Desk]) -> None:
    desk = make_desk()
    shown = desk.type(':execute script=":delay 1s; /system identity set name=nanti; :put selesai" file=hasil')
    assert shown.startswith("*")
    assert desk.type(":put [/system identity get name]") == "MikroTik\n"
    desk.wait(3)
    assert desk.type(":put [/system identity get name]") == "nanti\n"
    assert desk.type(":put [/file get hasil.txt contents]").strip() == "selesai"


def test_a_power_cut_ends_what_runs_in_the_background(make_desk: Callable[..., Desk]) -> None:
    desk = make_desk()
    desk.type(':global g 1; :execute script=":delay 2s; /system identity set name=nanti"')
    desk.reboot()
    desk.wait(4)
    assert desk.type(":put [/system identity get name]") == "MikroTik\n"
    assert desk.type(':global g; :put "<$g>"') == "<>\n"


def test_the_log(desk: Desk) -> None:
    desk.type(':log warning "awas"; /log info message="biasa"')
    assert desk.type(':put [:len [/log find where message=awas topics~"warning"]]') == "1\n"
    assert desk.type("/log print where message=biasa").rstrip().endswith(" script,info biasa")


def test_the_world_around(make_desk: Callable[..., Desk]) -> None:
    desk = make_desk(flags={"hosts": {"ntp.example.net": "198.51.100.9"}, "unreachable": ["10.0.0.9"]})
    desk.type("/ip address add address=10.0.0.1/24 interface=ether1")
    assert desk.type(":put [/ping 10.0.0.2 count=3]").endswith("\n3\n")
    assert desk.type(":put [/ping 10.0.0.9 count=3]").endswith("\n0\n")
    assert desk.type(":put [/ping 192.0.2.1 count=1]").endswith("\n0\n")
    desk.type("/ip route add gateway=10.0.0.254")
    assert desk.type(":put [/ping 192.0.2.1 count=1]").endswith("\n1\n")
    desk.type("/ip route add dst-address=192.0.2.0/24 blackhole")
    assert desk.type(":put [/ping 192.0.2.1 count=1]").endswith("\n0\n")
    assert "dns server failure" in desk.type(":put [:resolve ntp.example.net]")
    desk.type("/ip dns set servers=10.0.0.53")
    assert desk.type(":put [:resolve ntp.example.net]") == "198.51.100.9\n"
    assert "dns name does not exist" in desk.type(":put [:resolve tidak.example.net]")


def test_global_variables_are_listed(desk: Desk) -> None:
    desk.type(':global pesan "halo"')
    assert desk.type(":put [/system script environment get [find name=pesan] value]") == "halo\n"
    desk.type("/system script environment remove [find name=pesan]")
    assert desk.type("/system script environment print count-only") == "0\n"


def test_fetch_tells_who_takes_a_connection(make_desk: Callable[..., Desk]) -> None:
    desk = make_desk(flags={"open_ports": ["10.0.0.2:8080"], "unreachable": ["10.0.0.9/32"]})
    desk.type("/ip address add address=10.0.0.1/24 interface=ether1")
    assert "status: finished" in desk.type('/tool fetch url="http://10.0.0.2:8080/" output=none')
    assert "failure: Connection refused" in desk.type('/tool fetch url="http://10.0.0.2:81/" output=none')
    assert "failure: Idle timeout - connecting" in desk.type('/tool fetch url="http://10.0.0.9/" output=none')
    home = make_desk(flags={"device_mode": "home"})
    assert "not allowed by device-mode" in home.type('/tool fetch url="http://10.0.0.2/" output=none')
