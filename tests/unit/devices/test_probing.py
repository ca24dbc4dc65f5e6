# SPDX-License-Identifier: GPL-3.0-or-later
"""Which probes bind, how often they are tried, and where."""

from __future__ import annotations

import socket

import pytest
from fake_device import Device, run

from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.outcome import (
    Outcome,
)
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.probes import Probe


def test_probe_that_could_not_pass_before_does_not_bind() -> None:
    device = Device("old")
    device.probe_answers = [False]
    report = run(device, probes=[Probe("a", "x", only_if_passed_before=True)])
    assert report.outcome is Outcome.CHANGED
    assert [(probe.name, probe.ok, probe.binding) for probe in report.probes] == [
        ("a", False, False),
        ("login", True, True),
    ]


def test_probe_that_passed_before_binds() -> None:
    device = Device("old")
    device.probe_answers = [True, False]
    assert run(device, probes=[Probe("a", "x", only_if_passed_before=True)]).outcome is Outcome.ROLLED_BACK


def test_probe_is_tried_again() -> None:
    device = Device("old")
    device.probe_answers = [False, False, True]
    assert run(device, probes=[Probe("a", "x", retries=2, delay=0.01)]).outcome is Outcome.CHANGED


def test_output_that_is_not_the_expected_one_is_a_failed_probe() -> None:
    device = Device("old")
    report = run(device, probes=[Probe("a", "x", expect="^mati$")])
    assert report.outcome is Outcome.ROLLED_BACK
    assert "keluaran tidak memuat '^mati$': hidup" in report.message


@pytest.mark.parametrize(
    ("probe", "says"),
    [
        (Probe("a"), "isi command"),
        (Probe("a", kind="tcp", host="10.0.0.1"), "isi port"),
        (Probe("a", kind="dns"), "isi query"),
        (Probe("a", "x", expect="("), "ekspresi reguler"),
        (Probe("a", kind="ping", host="10.0.0.1", expect="x"), "hanya berlaku untuk jenis command"),
        (Probe("a", "x", where="controller"), "hanya dapat dijalankan di perangkat"),
    ],
)
def test_a_probe_that_says_nothing_is_refused_before_login(probe: Probe, says: str) -> None:
    device = Device("old")
    report = run(device, probes=[probe])
    assert report.outcome is Outcome.REFUSED
    assert says in report.message
    assert device.log == []


def test_a_probe_that_the_platform_cannot_try_is_refused_before_login() -> None:
    device = Device("old")
    report = run(device, probes=[Probe("mata", "lihat")])
    assert report.outcome is Outcome.REFUSED
    assert "'mata'" in report.message
    assert "perangkat ini buta" in report.message
    assert device.log == []


def test_a_probe_from_the_controller_does_not_ask_the_device() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        device = Device("old")
        report = run(device, probes=[Probe("a", kind="tcp", host="127.0.0.1", port=port, where="controller")])
    assert report.outcome is Outcome.CHANGED
    assert not [entry for entry in device.log if entry.startswith("probe")]
    device = Device("old")
    report = run(device, probes=[Probe("a", kind="tcp", host="127.0.0.1", port=port, where="controller")])
    assert report.outcome is Outcome.ROLLED_BACK, report.message
