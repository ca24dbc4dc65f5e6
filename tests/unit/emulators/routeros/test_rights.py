# SPDX-License-Identifier: GPL-3.0-or-later
"""Who may do what."""

from collections.abc import Callable

from .conftest import Desk


def as_user(desk: Desk, *policies: str) -> Desk:
    desk.state.context.policies = frozenset(policies)
    return desk


def test_reading_is_not_writing(desk: Desk) -> None:
    desk.type("/ip address add address=10.0.0.1/24 interface=ether1")
    as_user(desk, "read", "ssh")
    assert desk.type("/ip address print count-only") == "1\n"
    assert desk.type("/ip address remove 0") == "not enough permissions (9) (/ip/address/remove; line 1)\n"
    assert "not enough permissions" in desk.type("/system reboot")
    assert "not enough permissions" in desk.type("/ping 10.0.0.2")


def test_users_need_policy(desk: Desk) -> None:
    as_user(desk, "read", "write")
    assert "not enough permissions" in desk.type("/user add name=x group=read password=y")
    assert "not enough permissions" in desk.type("/user group add name=x policy=read")
    as_user(desk, "read", "write", "policy")
    assert desk.type("/user add name=x group=read password=y") == ""


def test_secrets_need_sensitive(desk: Desk) -> None:
    desk.type("/ppp secret add name=a password=kunci")
    as_user(desk, "read", "write")
    assert "kunci" not in desk.type("/export show-sensitive")
    assert "kunci" not in desk.type("/ppp secret print detail")


def test_files_need_ftp(desk: Desk) -> None:
    desk.upload("a.rsc", ":nothing\n")
    as_user(desk, "read", "write")
    assert "not enough permissions" in desk.type("/file remove a.rsc")
    assert "not enough permissions" in desk.type("/export file=x")
    assert desk.device.transfer_refusal("sftp", "admin", "x", True) is None


def test_the_last_administrator_stays(desk: Desk) -> None:
    assert "can not remove last user with full permissions" in desk.type("/user remove admin")
    desk.type("/user add name=lain group=full password=x; /user remove admin")
    assert desk.type(":put [/user get 0 name]") == "lain\n"


def test_groups_tell_what_they_do_not_allow(desk: Desk) -> None:
    desk.type("/user group add name=cadangan policy=ssh,read,ftp,sensitive")
    policy = desk.type(":put [/user group get cadangan policy]").strip()
    assert policy.startswith("ssh,ftp,read,sensitive,!local,!telnet")
    assert "!write" in policy.split(",")


def test_the_log_in_needs_the_right_group(desk: Desk) -> None:
    desk.type("/user group add name=lokal policy=local,read; /user add name=budi group=lokal password=x")
    assert desk.do(lambda: desk.device.accepts_password("admin", "rahasia"))
    assert not desk.do(lambda: desk.device.accepts_password("admin", "salah"))
    assert not desk.do(lambda: desk.device.accepts_password("budi", "x"))
    desk.type("/user set budi group=read")
    assert desk.do(lambda: desk.device.accepts_password("budi", "x"))
    desk.type("/user disable budi")
    assert not desk.do(lambda: desk.device.accepts_password("budi", "x"))


def test_what_cuts_the_management_path(make_desk: Callable[..., Desk]) -> None:
    flags = {"management": {"interface": "ether5", "address": "10.99.0.21", "source": "10.99.0.1"}}
    seed = "/ip address add address=10.99.0.21/24 interface=ether5\n"
    for line, open_ in (
        (":nothing", True),
        ("/ip firewall filter add chain=input action=drop", False),
        ("/ip firewall filter; add chain=input src-address=10.99.0.0/24; add chain=input action=drop", True),
        ("/ip firewall filter add chain=input action=drop protocol=udp", True),
        ("/ip firewall filter add chain=input action=drop dst-port=20-25 protocol=tcp", False),
        ("/ip firewall filter; add chain=input action=jump jump-target=x; add chain=x action=drop", False),
        ("/ip firewall filter add chain=input action=drop src-address-list=!pengelola", False),
        ("/ip firewall raw add chain=prerouting action=drop in-interface=ether5", False),
        ("/ip firewall filter add chain=input action=drop disabled=yes", True),
        ("/ip service set ssh disabled=yes", False),
        ("/ip service set ssh address=10.0.0.0/24", False),
        ("/ip service set ssh address=10.0.0.0/24,10.99.0.0/24", True),
        ("/interface disable ether5", False),
        ("/ip address remove [find]", False),
        ("/interface bridge add name=b; /interface bridge port add bridge=b interface=ether5", False),
    ):
        desk = make_desk(flags=flags, seed=seed)
        assert desk.type(line) == ""
        assert desk.device.reachable() is open_, line
