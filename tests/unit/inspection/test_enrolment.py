# SPDX-License-Identifier: GPL-3.0-or-later
"""Enrolment against a device in memory: cut off anywhere it never locks anybody out, and the next run completes it."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices import enrolment
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.enrolment import Account, Enroller, public_key
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.outcome import (
    AuthFailedError,
    OfflineError,
    Outcome,
    RefusedError,
    SessionLostError,
    UnsupportedError,
)
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.report import Report

RSA = (
    "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQCZM0/Jiul+QCYec5EulfvsyL0P4XjQVJUrz9dfXEm9q3HEWksHunvf1jgkl7Da"
    "UA1k3WLhx3xeSdm8muIHc96Lcww9+LrThUBy432h59tEf176JpdmtNkOq6QIXVeAbpM007Q2iFN73gDX64mPIWf9Ksnb8tScNKqu"
    "hngi9d2GfxSD1BEB/AcYZsW6MqJrheV8EObcbYb5lvY15i6mYAtc85BoM9tnychVTV+mZfHM7gEtK5W44E+PlcljEc9SZ/l6InW9"
    "WhzitTus6dqhRhIzq+1PmCuNTkHmAhqnUqpOxRgV8WpScQcJV5GYg0Yqztv/rUJ7S5fzNdscxrOC/u5h pengelola@ctl"
)
# 1024 bits: no signature of it is worth anything (NIST SP 800-131A).
SHORT = (
    "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAAgQDCkSQ7bJqdl5RMwhhAL0hDcTg4ijE3uQg+g3nG3hIPqEqYx5U2sb3TNm9S"
    "0n7K3ihtKxVPZ2fTuLhQxTK/VwW8S0CjzQeYZ7s0xn0fHbgn1mUJ0yOBXB3sTMlzq4b1v8jFLKpXWv5lHLbPlsuTGfl4xTZkYx"
    "Bqj0s3pZ0o4qkXzw== pengelola@ctl"
)
KEY = public_key(RSA)
ACCOUNT = Account("terpusat", KEY, "Konsol-rahasia-1")


class CutError(SessionLostError):
    """The line broke, or the controller died."""


class FakeDevice:
    """Accounts of a device; ``cut_at`` breaks the session at the n-th thing that is asked of it."""

    device_type = "fake"
    interactive = False
    factory_user = "admin"

    def __init__(self) -> None:
        self.users: dict[str, dict[str, Any]] = {"admin": {"password": "pabrik", "keys": set(), "full": True}}
        self.startup = copy.deepcopy(self.users)
        self.cut_at: int | None = None
        self.asked = 0
        self.changes: list[str] = []

    def step(self) -> None:
        self.asked += 1
        if self.cut_at is not None and self.asked >= self.cut_at:
            raise CutError("sambungan putus")

    # ways in

    def by_key(self) -> FakeSession:
        self.step()
        if KEY.blob not in self.users.get("terpusat", {}).get("keys", ()):
            raise AuthFailedError("ditolak")
        return FakeSession()

    def by_password(self) -> FakeSession:
        self.step()
        if self.users.get("admin", {}).get("password") != "pabrik":
            raise AuthFailedError("ditolak")
        return FakeSession()

    def factory_open(self) -> bool:
        self.step()
        return self.users.get("admin", {}).get("password") == "pabrik"

    def reachable(self) -> bool:
        """Whether anybody can still get in, asked from outside."""
        return "admin" in self.users or KEY.blob in self.users.get("terpusat", {}).get("keys", ())

    def reboot_reachable(self) -> None:
        """A power cut at this moment would not lock anybody out either."""
        assert "admin" in self.startup or KEY.blob in self.startup.get("terpusat", {}).get("keys", ())

    # the contract

    def install(self, session: Any, account: Account) -> list[str]:
        del session
        self.step()
        if account.user not in self.users:
            self.users[account.user] = {"password": account.password, "keys": set(), "full": True}
            self.changes.append("user")
        self.step()
        self.users[account.user]["keys"].add(account.key.blob)
        self.changes.append("key")
        self.step()
        return ["pengguna terpusat dibuat", "kunci SSH dipasang"]

    def lacks(self, session: Any) -> str:
        del session
        self.step()
        return "" if self.users["terpusat"]["full"] else "tidak berada di grup full"

    def retire(self, session: Any, factory_user: str) -> list[str]:
        del session
        self.step()
        if factory_user not in self.users:
            return []
        del self.users[factory_user]
        self.changes.append("retired")
        self.step()
        return ["pengguna pabrik admin dihapus"]

    def pending(self, session: Any, factory_user: str) -> bool:
        del session
        self.step()
        return factory_user in self.users or factory_user in self.startup

    def save(self, session: Any) -> None:
        del session
        self.step()
        self.startup = copy.deepcopy(self.users)


class FakeSession:
    def __enter__(self) -> FakeSession:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def close(self) -> None:
        pass


def enrol(device: FakeDevice, *, check_mode: bool = False, begun: Callable[[Report], None] = lambda _: None) -> Report:
    enroller = Enroller(
        device,  # type: ignore[arg-type]
        ACCOUNT,
        "admin",
        lambda: device.by_key(),  # type: ignore[arg-type,return-value]
        lambda: device.by_password(),  # type: ignore[arg-type,return-value]
        device.factory_open,
        begun,
    )
    return enroller.run(check_mode=check_mode)


def enrolled(device: FakeDevice) -> bool:
    return all(
        "admin" not in users and KEY.blob in users["terpusat"]["keys"] for users in (device.users, device.startup)
    )


def test_a_new_device_is_taken_in() -> None:
    device = FakeDevice()
    report = enrol(device)
    assert report.outcome is Outcome.CHANGED
    assert enrolled(device)
    assert report.patch.splitlines() == [
        "pengguna terpusat dibuat",
        "kunci SSH dipasang",
        "pengguna pabrik admin dihapus",
    ]
    assert [probe.name for probe in report.probes] == [
        "login baru dengan kunci",
        "login sesudah pengguna pabrik ditutup",
        "login pabrik ditolak",
    ]
    again = enrol(device)
    assert again.outcome is Outcome.IN_SYNC
    assert device.changes == ["user", "key", "retired"]


@settings(max_examples=200, deadline=None)
@given(cuts=st.lists(st.integers(1, 20), max_size=5))
def test_cut_off_anywhere_it_is_never_locked_out(cuts: list[int]) -> None:
    device = FakeDevice()
    for cut in cuts:
        device.asked, device.cut_at = 0, cut
        report = enrol(device)
        assert device.reachable()
        device.reboot_reachable()
        assert report.outcome in (Outcome.OFFLINE, Outcome.CHANGED, Outcome.IN_SYNC)
    device.asked, device.cut_at = 0, None
    assert enrol(device).outcome in (Outcome.CHANGED, Outcome.IN_SYNC)
    assert enrolled(device)


@pytest.mark.parametrize("prepared", [[], [3], [4], [8], [30]])
def test_check_mode_changes_nothing(prepared: list[int]) -> None:
    device = FakeDevice()
    for cut in prepared:
        device.asked, device.cut_at = 0, cut
        enrol(device)
    device.cut_at = None
    done = enrolled(device)
    before = copy.deepcopy((device.users, device.startup))
    report = enrol(device, check_mode=True)
    assert (device.users, device.startup) == before
    assert report.outcome is (Outcome.IN_SYNC if done else Outcome.CHANGED)


def test_a_key_that_does_not_let_in_leaves_the_factory_user() -> None:
    device = FakeDevice()
    device.install = lambda *_: ["kunci SSH dipasang"]  # type: ignore[method-assign]
    report = enrol(device)
    assert report.outcome is Outcome.FAILED
    assert "dibiarkan" in report.message
    assert "admin" in device.users


def test_too_few_rights_leave_the_factory_user() -> None:
    device = FakeDevice()
    install = device.install

    def limited(session: Any, account: Account) -> list[str]:
        steps = install(session, account)
        device.users["terpusat"]["full"] = False
        return steps

    device.install = limited  # type: ignore[method-assign]
    report = enrol(device)
    assert report.outcome is Outcome.FAILED
    assert "grup full" in report.message
    assert "admin" in device.users


def test_rights_that_were_lost_are_given_again() -> None:
    device = FakeDevice()
    device.users["terpusat"] = {"password": "x", "keys": {KEY.blob}, "full": False}
    install = device.install

    def mending(session: Any, account: Account) -> list[str]:
        device.users["terpusat"]["full"] = True
        return install(session, account)

    device.install = mending  # type: ignore[method-assign]
    assert enrol(device).outcome is Outcome.CHANGED
    assert enrolled(device)


def test_a_factory_password_that_still_works_is_told() -> None:
    device = FakeDevice()
    device.retire = lambda *_: []  # type: ignore[method-assign]
    report = enrol(device)
    assert report.outcome is Outcome.FAILED
    assert "masih diterima" in report.message


def test_neither_way_in() -> None:
    device = FakeDevice()
    device.users["admin"]["password"] = "diganti"
    report = enrol(device)
    assert report.outcome is Outcome.AUTH_FAILED
    assert "stiker" in report.message


def test_nothing_is_touched_when_it_cannot_be_recorded() -> None:
    def refuse(_: Report) -> None:
        raise RefusedError("buku bukti penuh")

    device = FakeDevice()
    assert enrol(device, begun=refuse).outcome is Outcome.REFUSED
    assert device.changes == []


def test_a_device_that_goes_away_between_the_proofs_is_told() -> None:
    device = FakeDevice()
    by_key = device.by_key

    def gone() -> FakeSession:
        if device.changes:
            raise OfflineError("tidak menjawab")
        return by_key()

    device.by_key = gone  # type: ignore[method-assign]
    report = enrol(device)
    assert report.outcome is Outcome.FAILED
    assert "admin" in device.users


@pytest.mark.parametrize(
    "line", ["", "ssh-rsa", "ssh-rsa AAAA", "ssh-ed25519 " + KEY.blob, "-----BEGIN", RSA + "\n" + RSA, SHORT]
)
def test_what_is_no_public_key(line: str) -> None:
    with pytest.raises(RefusedError, match="kunci publik pengelola"):
        public_key(line)


def test_a_public_key() -> None:
    assert KEY.line == RSA
    assert KEY.comment == "pengelola@ctl"
    assert len(KEY.md5) == 32
    assert public_key(RSA.rsplit(" ", 1)[0] + " nama dengan spasi; reboot\n").comment == "nama-dengan-spasi--reboot"


@pytest.mark.parametrize(
    ("user", "password"),
    [("admin", "cukup-panjang"), ("a b", "cukup-panjang"), ("", "cukup-panjang"), ("a;b", "cukup-panjang"),
     ("terpusat", "pendek"), ("terpusat", 'ada"kutip-dua'), ("terpusat", "ada spasi di sini"),
     ("terpusat", "$variabel1")],
)  # fmt: skip
def test_names_and_passwords_that_no_command_line_survives(user: str, password: str) -> None:
    with pytest.raises(RefusedError):
        Account(user, KEY, password).check("admin")


def test_platforms() -> None:
    assert {enrolment.load(name).factory_user for name in enrolment.names()} == {"admin", "cisco", "root"}
    with pytest.raises(UnsupportedError):
        enrolment.load("junos")
    ACCOUNT.check("admin")
    assert "Konsol" not in repr(ACCOUNT)
