# SPDX-License-Identifier: GPL-3.0-or-later
"""Jobs fire on the device's own clock, with the rights they were given, also after a restart."""

from collections.abc import Callable

from .conftest import Desk

type Maker = Callable[..., Desk]


def count(desk: Desk, name: str) -> int:
    return int(desk.type(f":put [/system scheduler get {name} run-count]"))


def test_a_job_that_takes_itself_away(make_desk: Maker) -> None:
    """The dead man's handle: the inverse waits in a file, and nobody confirmed."""
    desk = make_desk()
    desk.upload("balik.rsc", "/ip address remove [find comment=baru]\n/system scheduler remove [find name=jaga]\n")
    desk.type('/system scheduler add name=jaga interval=2m on-event="/import file-name=balik.rsc"')
    desk.type("/ip address add address=10.0.0.1/24 interface=ether1 comment=baru")
    desk.wait(100)
    assert "comment=baru" in desk.config()
    desk.wait(30)
    assert desk.config() == ""
    assert desk.type("/system scheduler print count-only") == "0\n"


def test_removed_or_disabled_in_time_it_never_fires(make_desk: Maker) -> None:
    desk = make_desk()
    for name in ("satu", "dua"):
        desk.type(f'/system scheduler add name={name} interval=1m on-event="/system identity set name=kena"')
    desk.type("/system scheduler remove satu; /system scheduler disable dua")
    desk.wait(150)
    assert desk.type(":put [/system identity get name]") == "MikroTik\n"
    desk.type("/system scheduler enable dua")
    desk.wait(90)
    assert desk.type(":put [/system identity get name]") == "kena\n"


def test_it_repeats_and_counts(make_desk: Maker) -> None:
    desk = make_desk()
    desk.type('/system scheduler add name=a interval=30s on-event=":nothing"')
    assert count(desk, "a") == 0
    desk.wait(100)
    assert count(desk, "a") == 3
    assert desk.type(":put [:len [/system scheduler get a next-run]]") == "19\n"


def test_a_longer_interval_starts_anew(make_desk: Maker) -> None:
    desk = make_desk()
    desk.type('/system scheduler add name=a interval=1m on-event=":nothing"')
    desk.type("/system scheduler set a interval=10m")
    desk.wait(120)
    assert count(desk, "a") == 0


def test_a_comment_changes_nothing_about_the_time(make_desk: Maker) -> None:
    desk = make_desk()
    desk.type('/system scheduler add name=a interval=1m on-event=":nothing"')
    desk.wait(40)
    desk.type("/system scheduler set a comment=x")
    desk.wait(40)
    assert count(desk, "a") == 1


def test_a_start_time_without_interval_fires_once(make_desk: Maker) -> None:
    desk = make_desk()
    desk.type('/system scheduler add name=lewat start-date=2020-01-01 start-time=00:00:00 on-event=":nothing"')
    desk.wait(60)
    assert count(desk, "lewat") == 0


def test_with_a_script_s_name_the_script_runs(make_desk: Maker) -> None:
    desk = make_desk()
    desk.type('/system script add name=s source="/system identity set name=skrip"')
    desk.type("/system scheduler add name=a interval=30s on-event=s")
    desk.wait(40)
    assert desk.type(":put [/system identity get name]") == "skrip\n"


def test_too_few_rights_fail_in_silence(make_desk: Maker) -> None:
    desk = make_desk()
    desk.type('/system scheduler add name=a interval=30s policy=read on-event="/system identity set name=kena"')
    desk.wait(40)
    assert desk.type(":put [/system identity get name]") == "MikroTik\n"
    assert count(desk, "a") == 1
    log = desk.type("/log print")
    assert "executing script from scheduler (a) failed, please check it manually" in log
    assert "not enough permissions (9) (/system/identity/set; line 1)" in log


def test_the_rest_of_a_job_that_fails_is_not_run(make_desk: Maker) -> None:
    desk = make_desk()
    desk.type('/system scheduler add name=a interval=30s on-event="/ip address remove 9; /system identity set name=x"')
    desk.wait(40)
    assert desk.type(":put [/system identity get name]") == "MikroTik\n"


def test_nobody_gives_a_job_more_than_he_has(make_desk: Maker) -> None:
    desk = make_desk()
    desk.state.context.policies = frozenset({"read", "write", "test", "ssh"})
    assert "not enough permissions" in desk.type(
        "/system scheduler add name=a interval=1m policy=read,reboot on-event=x"
    )
    assert desk.type("/system scheduler add name=a interval=1m on-event=x") == ""
    assert desk.type(":put [/system scheduler get a policy]") == "read,write,test\n"


def test_after_a_restart(make_desk: Maker) -> None:
    desk = make_desk()
    desk.type('/system scheduler add name=mulai start-time=startup on-event=":log info pagi"')
    desk.type('/system scheduler add name=berkala interval=1m on-event=":nothing"')
    desk.wait(30)
    assert "pagi" not in desk.type("/log print")
    desk.reboot()
    desk.wait(10)
    assert "pagi" in desk.type("/log print")
    assert count(desk, "berkala") == 0
    desk.wait(40)
    assert count(desk, "berkala") == 1


def test_device_mode_home_knows_no_scheduler(make_desk: Maker) -> None:
    line = '/system scheduler add name=a interval=1m on-event=":nothing"'
    desk = make_desk(flags={"device_mode": "home"})
    assert desk.type(line) == "failure: not allowed by device-mode (/system/scheduler/add; line 1)\n"
    assert desk.type(":put [/system device-mode get scheduler]") == "false\n"
    assert "power off or pressing reset" in desk.type("/system device-mode update scheduler=yes")
    assert "not allowed" in desk.type(line)
    allowed = make_desk(flags={"device_mode": "home", "device_mode_allows": {"scheduler": True}})
    assert allowed.type(line) == ""


def test_which_mode_a_board_leaves_the_factory_with(make_desk: Maker) -> None:
    for model, mode in (("hEX", "basic"), ("hAP ac^2", "home"), ("CCR2004-16G-2S+", "advanced")):
        assert make_desk(model=model).type(":put [/system device-mode get mode]") == f"{mode}\n"
    assert make_desk("7.16.2", model="hAP ac^2").type(":put [/system device-mode get mode]") == "enterprise\n"
    assert "bad command name device-mode" in make_desk("6.49.18").type("/system device-mode print")


def test_someone_else_s_job(make_desk: Maker) -> None:
    desk = make_desk()
    desk.do(lambda: desk.device.busy("job", name="pemulihan", interval="10m", on_event="/system reboot"))
    assert desk.type("/system scheduler print count-only where name=pemulihan") == "1\n"
    desk.do(desk.device.idle)
    assert desk.type("/system scheduler print count-only") == "0\n"
