# SPDX-License-Identifier: GPL-3.0-or-later
"""One emulated switch compared: by a channel where that is enough, by the prompt where it is not, and never changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.fleet import comparison
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.fleet.comparison import Subject, compare
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.secrecy import Fingerprints
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.session import Login
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.target import Target
from emulators.core import Farm, Personality
from emulators.core.farm import DeviceHandle

INTENDED = "hostname sw-dinkes\nip domain-name dinkes.contoh.go.id\n"


@pytest.fixture(scope="module")
def switch() -> Iterator[DeviceHandle]:
    with Farm([Personality.load("ios-access", name="satu")]) as farm:
        yield farm["satu"]


@pytest.fixture
def subject(switch: DeviceHandle, tmp_path: Path) -> Subject:
    (tmp_path / "config").write_text(f"Host *\n  UserKnownHostsFile {switch.known_hosts}\n")
    login = Login(
        switch.host, switch.port, switch.user, switch.password, ssh_config_file=str(tmp_path / "config"), timeout=10
    )
    lines = switch.config().splitlines()
    text = "".join(f"{line}\n" for line in lines if line.startswith(("hostname ", "ip domain")))
    assert text
    return Subject("satu", "ios", text, Target(switch.host, user=switch.user, port=switch.port), login, Fingerprints())


def asked(switch: DeviceHandle, since: int) -> list[tuple[str, str]]:
    kinds = ("command", "exec", "answer", "upload")
    return [(entry.kind, entry.text) for entry in switch.log()[since:] if entry.kind in kinds]


def test_in_sync_takes_one_question(switch: DeviceHandle, subject: Subject) -> None:
    before, since = switch.config(), len(switch.log())
    report = compare(subject)
    assert (report.outcome, report.message, report.changes) == ("in_sync", "sesuai", [])
    assert "interface GigabitEthernet1/0/1" in report.unmanaged
    assert asked(switch, since) == [("exec", "show running-config")]
    assert switch.config() == before


def test_drift_is_named_with_both_sides(switch: DeviceHandle, subject: Subject) -> None:
    since = len(switch.log())
    report = compare(replace(subject, text=subject.text + "snmp-server location ruang server\n"))
    assert report.outcome == "changed"
    (change,) = report.changes
    assert change.after == "snmp-server location ruang server\n"
    assert asked(switch, since) == [("exec", "show running-config")]


@pytest.mark.parametrize(("secret", "outcome"), [(True, "in_sync"), (False, "refused")])
def test_a_user_without_rights_is_read_by_the_prompt(
    switch: DeviceHandle, subject: Subject, secret: bool, outcome: str
) -> None:
    login = replace(subject.login, user="teknisi", password="cisco", secret=switch.secret if secret else None)
    since = len(switch.log())
    report = compare(replace(subject, login=login))
    assert report.outcome == outcome, report.message
    shown = [text for _, text in asked(switch, since)]
    assert not [text for text in shown if text.startswith(("conf", "write", "copy", "delete"))]


def test_a_text_that_does_not_parse_never_leads_to_a_login(switch: DeviceHandle, subject: Subject) -> None:
    since = len(switch.log())
    report = compare(replace(subject, text=" tanpa bagian\n"))
    assert report.outcome == "refused"
    assert "baris 1" in report.message
    assert switch.log()[since:] == []


def test_an_unknown_platform_is_refused(subject: Subject) -> None:
    report = compare(replace(subject, platform="tidak-ada"))
    assert (report.outcome, "tidak dikenal" in report.message) == ("refused", True)


def test_an_error_of_our_own_is_this_devices_outcome(subject: Subject, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(comparison.platforms, "load", lambda _: 1 / 0)
    report = compare(subject)
    assert (report.outcome, "ZeroDivisionError" in report.message) == ("failed", True)
