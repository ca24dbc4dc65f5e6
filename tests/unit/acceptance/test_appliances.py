# SPDX-License-Identifier: GPL-3.0-or-later
"""Measuring from RouterOS and IOS routers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pytest

from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices import inspection
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.line_test import appliance_sources
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.line_test.appliance_sources import (
    IosSource,
    RouterosSource,
)
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.line_test.source import Unmeasured
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.platforms.routeros.cli import CommandError
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.session import Login, Session
from emulators.core.farm import DeviceHandle, Farm
from emulators.core.personality import Personality

TARGET, SILENT = "198.51.100.10", "198.51.100.99"


def opened(device: DeviceHandle, folder: Path, platform: str) -> Session:
    looking = inspection.load(platform)
    config = folder / "ssh_config"
    config.write_text(f'Host *\n UserKnownHostsFile "{device.known_hosts}"\n')
    login = Login(device.host, device.port, device.user, device.password, ssh_config_file=str(config), timeout=30)
    return Session.open(login, looking.device_type, interactive=looking.interactive)


@pytest.fixture(scope="module", params=["routeros-hex-v7", "routeros-hap-v6"])
def routeros(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RouterosSource]:
    personality = Personality.load(request.param, name="r1")
    flags = {**personality.flags, "unreachable": [SILENT]}
    folder = tmp_path_factory.mktemp("ros")
    with (
        Farm([personality.copy(flags=flags)]) as farm,
        opened(farm["r1"], folder, "routeros") as session,
    ):
        yield RouterosSource(session, "router r1 (10.20.0.1)", "10.255.0.1", "10.20.0.1")


def test_routeros_pings_with_single_round_trips(routeros: RouterosSource) -> None:
    found = routeros.ping(TARGET, 5)
    assert (found.sent, found.loss_percent, len(found.round_trips)) == (5, 0, 5)
    assert found.latency_ms in (pytest.approx(4.617), 4)
    silent = routeros.ping(SILENT, 3)
    assert (silent.sent, silent.loss_percent, silent.latency_ms) == (3, 100, None)


def test_routeros_has_no_throughput_and_says_what_to_do(routeros: RouterosSource) -> None:
    with pytest.raises(Unmeasured, match="probe"):
        routeros.throughput(TARGET, (5201,), 1, down=True)


@pytest.mark.parametrize(
    ("printed", "expected"),
    [("00:00:00.034", 34.0), ("34ms120us", 34.12), ("00:00:04", None), ("5s", None), ("", None)],
)
def test_routeros_resolver_that_gave_up_has_not_answered(
    routeros: RouterosSource, monkeypatch: pytest.MonkeyPatch, printed: str, expected: float | None
) -> None:
    """How versions write a time; that there is no such name is an answer."""
    asked: list[str] = []

    def answer(_session: Session, script: str, _timeout: float) -> str:
        asked.append(script)
        if ":time" not in script:
            raise CommandError("failure: dns name does not exist")
        return printed

    monkeypatch.setattr(appliance_sources, "run", answer)
    if expected is None:
        with pytest.raises(Unmeasured, match=r"10\.255\.0\.1"):
            routeros.dns("lab.go.id")
    else:
        assert routeros.dns("lab.go.id") == pytest.approx(expected)
    assert "server=10.255.0.1" in asked[0]
    assert ".lab.go.id" in asked[0]


#: as IOS 15 prints them
IOS_ANSWERS = {
    "ping": "Sending 5, 100-byte ICMP Echos to 198.51.100.10, timeout is 2 seconds:\n!!.!!\n"
    "Success rate is 80 percent (4/5), round-trip min/avg/max = 1/3/8 ms\n",
    "show": 'Routing entry for 0.0.0.0/0, supernet\n  Known via "ospf 1", distance 110, metric 1, candidate default '
    "path\n  Tag 1, type extern 2, forward metric 1\n",
}


class Prompt:
    """Stands for a terminal; what was typed is in `typed`."""

    def __init__(self, _session: object) -> None:
        self.typed: list[str] = []

    def run(self, command: str, *, quiet: float) -> str:
        assert quiet > 0
        self.typed.append(command)
        return IOS_ANSWERS[command.split()[0]]


@pytest.fixture
def ios(monkeypatch: pytest.MonkeyPatch) -> IosSource:
    monkeypatch.setattr(appliance_sources, "Terminal", Prompt)
    return IosSource(cast("Session", None), "router rt-ios (10.20.0.1)", "10.20.0.1")


def test_ios_pings_with_a_mean_and_no_jitter(ios: IosSource) -> None:
    found = ios.ping(TARGET, 5)
    assert (found.sent, found.received, found.latency_ms, found.jitter_ms) == (5, 4, 3.0, None)
    assert found.loss_percent == 20


def test_ios_says_whether_the_central_line_carries(ios: IosSource, monkeypatch: pytest.MonkeyPatch) -> None:
    assert ios.by_central()
    monkeypatch.setitem(IOS_ANSWERS, "show", 'Routing entry for 0.0.0.0/0\n  Known via "static", distance 10\n')
    assert not ios.by_central()
    monkeypatch.setitem(IOS_ANSWERS, "show", "% Network not in table\n")
    assert not ios.by_central()


@pytest.mark.parametrize("part", ["dns", "throughput"])
def test_ios_says_what_it_cannot(ios: IosSource, part: str) -> None:
    with pytest.raises(Unmeasured, match="probe"):
        ios.dns("lab.go.id") if part == "dns" else ios.throughput(TARGET, (5201,), 1, down=True)
