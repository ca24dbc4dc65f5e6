# SPDX-License-Identifier: GPL-3.0-or-later
"""accept.yml's measurement and rollout.yml's questions, asked over SSH of emulated routers that we configured."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from ipaddress import IPv4Interface
from pathlib import Path
from typing import Any

import pytest
from emulated import personality, transact
from role_render import role_variable
from variants import VARIANTS, planned, rendered

from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices import platforms
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.line_test.measuring import Notes
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.line_test.office import OfficeLine, Way, take
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.line_test.source import Effort
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.outcome import Outcome, SessionLostError
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.probes import Probe
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.session import Login, Session
from ansible_collections.diskominfo.terpusat.plugins.module_utils.planning.acceptance import report
from ansible_collections.diskominfo.terpusat.plugins.module_utils.planning.acceptance.orders import Order
from ansible_collections.diskominfo.terpusat.plugins.module_utils.register.models import AcceptanceRules
from emulators.core import FreezeAt
from emulators.core.farm import DeviceHandle, Farm

ROUTER = "rt-dinkes"
TARGET, PINNED = "198.51.100.77", "198.51.100.10"
EFFORT = Effort(pings=25, queries=3, seconds=1, tries=1)
#: device seconds in a real one: what waits for answers that never come does not wait here
SCALE = 2000.0
LIST_OF_ALL = ("latency_ms", "jitter_ms", "loss_percent", "dns_ms", "down_bps", "up_bps")


@dataclass
class Office:
    """A router that we configured, and what stands behind it."""

    variant: str
    host: dict[str, Any]
    device: DeviceHandle

    @property
    def platform(self) -> str:
        return VARIANTS[self.variant]["opd_router"].platform

    @property
    def seven(self) -> bool:
        return self.variant == "routeros7"

    def world(self, *, central: bool = True, line: dict[str, Any] | None = None, **flags: Any) -> None:
        """What is around the router now; ``central``: OSPF brings the default route."""
        link = next(i for i in self.host["terpusat_intent"]["interfaces"] if i["use"] == "link")
        address = IPv4Interface(link["addresses"][0])
        core = str(next(ip for ip in address.network.hosts() if ip != address.ip))
        told = {"gateway": core, "via": core, "distance": 110} if central else None
        pings = {} if line is None else {f"{TARGET}/32": line}
        fresh = {"learnt_default": told, "unreachable": [], "tracks_down": [], "pings": pings, "dns": {}, **flags}
        self.device.ask(lambda box: box.personality.flags.update(fresh))

    def login(self) -> Login:
        config = Path(self.device.known_hosts).parent / "ssh_config"
        device = self.device
        return Login(device.host, device.port, device.user, device.password, ssh_config_file=str(config), timeout=60)

    def measured(self, *targets: str) -> Notes:
        order = Order(
            "dinkes/kantor", AcceptanceRules(), None, True, None, targets or (TARGET,), ("lab.go.id",), "198.51.100.20",
            (5201,), frozenset(("latency", "dns", "throughput")),
        )  # fmt: skip
        notes = Notes()
        way = Way.of(self.host["terpusat_intent"])
        take(OfficeLine(order, self.platform, ROUTER, self.login(), way), EFFORT, notes)
        return notes

    def asked(self, part: str) -> dict[str, bool]:
        """The rollout's questions of one kind, tried once; for `by_own` of an office whose own line comes first."""
        network, host = planned(self.variant), copy.deepcopy(self.host)
        for route in host["terpusat_intent"]["routes"] if part == "by_own" else ():
            route["distance"] = 10
        seen = {**host, "hostvars": network, "groups": {"role_border_router": ["br1"]}}
        wanted = role_variable("opd_router", seen, "opd_router_line_probes[terpusat_host.platform]")[part]
        platform = platforms.load(self.platform)
        with Session.open(self.login(), platform.device_type, interactive=platform.interactive) as session:
            found = {}
            for given in wanted:
                probe = Probe(**given)
                ok, output = platform.run_probe(session, probe, 10.0)
                found[probe.name] = ok and (probe.kind != "command" or probe.matches(output))
            return found


@pytest.fixture(scope="module", params=VARIANTS)
def office(request: pytest.FixtureRequest) -> Iterator[Office]:
    host = planned(request.param)[ROUTER]
    with Farm([personality(request.param, host, time_scale=1.0)]) as farm:
        device = farm[ROUTER]
        done = transact(host, device, rendered(request.param)[ROUTER])
        assert done.outcome is Outcome.CHANGED, done.message
        device.ask(lambda box: setattr(box.clock, "scale", SCALE))
        yield Office(request.param, host, device)


def test_a_good_line(office: Office) -> None:
    office.world(line={"ms": [12.25, 14.75, 13.0]}, dns={"10.255.0.1": {"ms": 18}})
    found = office.measured()
    assert found.values["loss_percent"] == 0
    assert found.values["latency_ms"] == pytest.approx(13.3 if office.seven else 13, abs=0.5)
    if office.platform == "routeros":
        # Version 6 tells whole milliseconds.
        assert found.values["jitter_ms"] == pytest.approx(1.66 if office.seven else 1.33, abs=0.1)
        assert found.values["dns_ms"] == 18
    else:
        assert "tidak memberi tahu waktu tiap ping" in found.method["jitter_ms"]
        assert "dns_ms" not in found.values
    assert not {"down_bps", "up_bps"} & set(found.values)
    assert "iperf3" in found.method["down_bps"]


def test_a_slow_line_is_slow_and_not_lossy(office: Office) -> None:
    """A satellite's answer comes after 620 ms: RouterOS counts what is later than its rhythm as lost."""
    office.world(line={"ms": [620]})
    assert office.measured().values["loss_percent"] == 0
    assert office.measured().values["latency_ms"] == pytest.approx(620)


@pytest.mark.parametrize(("marks", "lost"), [("!!!!.", 20), ("!.", 48), ("!!!!U", 20)])
def test_a_lossy_line(office: Office, marks: str, lost: int) -> None:
    office.world(line={"ms": [12.0], "marks": marks})
    found = office.measured()
    assert found.values["loss_percent"] == lost
    assert found.values["latency_ms"] == pytest.approx(12)


def test_a_dead_line_has_lost_all_and_has_no_latency(office: Office) -> None:
    office.world(line={"marks": "."}, unreachable=["10.255.0.1/32"])
    found = office.measured()
    assert found.values == {"loss_percent": 100}
    assert "tidak ada jawaban dari" in found.method["latency_ms"]
    assert set(LIST_OF_ALL) <= set(found.method)


@pytest.mark.parametrize(
    "printed",
    ["", "%  Ping tool is busy", "    sent=25 received=25 packet-loss=0% min-rtt=1ms avg-rtt=1ms max-rtt=1ms",
     "Success rate is 100 percent (25/25)", "Success rate is 100 percent (2/2), round-trip min/avg/max = 1/1/1 ms",
     "  SEQ HOST SIZE TTL TIME STATUS\n    0 198.51.100.77  56  64  4.2 msec\n    sent=25 received=1"],
)  # fmt: skip
def test_what_cannot_be_read_is_not_measured(office: Office, printed: str) -> None:
    office.world(line={"printed": printed})
    found = office.measured()
    assert not {"latency_ms", "loss_percent", "jitter_ms"} & set(found.values)
    assert "tidak terbaca" in found.method["loss_percent"]


def test_a_router_that_falls_silent_brings_no_figures(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    office.world()
    monkeypatch.setattr(
        "ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.platforms.ios.cli.PATIENCE", 0.02
    )
    office.device.fault(FreezeAt(2))
    try:
        with pytest.raises(SessionLostError):
            _impatient(office, monkeypatch)
    finally:
        office.device.clear_faults()


def _impatient(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    former = Session.run

    def run(self: Session, command: str, *, timeout: float = 30.0, **more: Any) -> Any:
        return former(self, command, timeout=min(timeout, 1.0), **more)

    monkeypatch.setattr(Session, "run", run)
    office.measured()


def test_a_resolver_that_refuses_quickly_is_not_a_quick_one(office: Office) -> None:
    office.world(dns={"10.255.0.1": {"ms": 1, "fails": True}})
    found = office.measured()
    assert "dns_ms" not in found.values
    if office.platform == "routeros":
        assert "dns server failure" in found.method["dns_ms"]


def test_the_own_line_is_not_measured_as_the_central_one(office: Office) -> None:
    """It carries, judged by addresses behind it, so its route names none of its gateway."""
    office.world(central=False, line={"ms": [3]})
    found = office.measured()
    assert found.values == {}
    assert "tidak lewat jalur pusat" in found.method["latency_ms"]


def test_what_only_the_own_line_reaches_says_nothing_of_the_central_one(office: Office) -> None:
    office.world(line={"ms": [40]}, dns={"10.255.0.1": {"ms": 18}})
    assert office.measured(PINNED, TARGET).values["latency_ms"] == pytest.approx(40)
    found = office.measured(PINNED)
    assert not {"latency_ms", "loss_percent"} & set(found.values)
    assert PINNED in found.method["latency_ms"]


def test_the_judgement_never_passes_what_was_not_measured(office: Office) -> None:
    office.world(line={"ms": [5]})
    order = Order(
        "dinkes/kantor",
        AcceptanceRules(),
        None,
        True,
        None,
        (TARGET,),
        ("lab.go.id",),
        None,
        (),
        frozenset(["latency"]),
    )
    found = office.measured().measurement("dinkes/kantor", "router", datetime.now(UTC))
    assert not report.passed(found, order)


def test_a_rollout_sees_the_central_line_carry(office: Office) -> None:
    office.world()
    assert all(office.asked("central").values())
    assert all(office.asked("own").values())
    assert all(office.asked("by_central").values())


def test_a_rollout_sees_the_own_line_carry(office: Office) -> None:
    office.world(central=False)
    assert all(office.asked("by_own").values())
    assert not all(office.asked("by_central").values())


def test_a_rollout_sees_dead_lines(office: Office) -> None:
    """The border is gone, and nothing answers behind the own line."""
    office.world(central=False, unreachable=["10.255.0.0/24", "198.51.100.0/24"], tracks_down=[10])
    assert not any(office.asked("central").values())
    assert not any(office.asked("own").values())
    assert not any(office.asked("by_central").values())
