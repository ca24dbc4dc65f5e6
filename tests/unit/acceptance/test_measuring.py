# SPDX-License-Identifier: GPL-3.0-or-later
"""An acceptance test from one source: what it brings is judged, what it cannot bring has not passed and says why."""

from __future__ import annotations

import pathlib
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.line_test.measuring import Notes, measure
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.line_test.office import OfficeLine, Way
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.line_test.source import Effort, Unmeasured
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.outcome import RefusedError
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.session import Login
from ansible_collections.diskominfo.terpusat.plugins.module_utils.planning.acceptance import report
from ansible_collections.diskominfo.terpusat.plugins.module_utils.planning.acceptance.measurement import Measurement
from ansible_collections.diskominfo.terpusat.plugins.module_utils.planning.acceptance.orders import (
    PARTS,
    Order,
    order,
)
from ansible_collections.diskominfo.terpusat.plugins.module_utils.planning.acceptance.promises import (
    Promise,
    promised,
)
from ansible_collections.diskominfo.terpusat.plugins.module_utils.planning.acceptance.statistics import Pings
from ansible_collections.diskominfo.terpusat.plugins.module_utils.planning.bandwidth.lock import (
    OfficeLock,
    PlanLock,
    Share,
)
from ansible_collections.diskominfo.terpusat.plugins.module_utils.register.loading import load
from ansible_collections.diskominfo.terpusat.plugins.module_utils.register.models import AcceptanceRules, Register

LAB = pathlib.Path(__file__).parents[3] / "inventories" / "lab"
TAKEN = datetime(2026, 6, 15, 3, 0, tzinfo=UTC)
EFFORT = Effort(pings=4, queries=3, seconds=1, tries=3)


@pytest.fixture(scope="module")
def lab() -> Register:
    loaded = load(LAB / "register")
    assert loaded.register is not None, loaded.text()
    return loaded.register


def asked(**changes: object) -> Order:
    whole = Order(
        location="dinkes/kantor",
        rules=AcceptanceRules(),
        promise=Promise(20_000_000, 20_000_000),
        second_line=False,
        probe=None,
        ping_targets=("198.51.100.10", "198.51.100.53"),
        dns_names=("www.internet.example",),
        throughput_server="198.51.100.10",
        throughput_ports=(5201,),
        parts=frozenset(PARTS),
    )
    return replace(whole, **changes)  # type: ignore[arg-type]


class Office:
    """A source whose world is written down: round trips by target, rates by direction, answers of the resolver."""

    name = "router rt-uji (10.20.0.1)"

    def __init__(self, down: Sequence[float] = (19e6,), dns: Sequence[float | None] = (8.0,)) -> None:
        self.rates = {True: list(down), False: [18.5e6]}
        self.answers = list(dns)
        self.round_trips: dict[str, tuple[float, ...]] = {"198.51.100.10": (10.0, 12.0, 10.0, 12.0)}

    def ping(self, target: str, count: int) -> Pings:
        return Pings(target, count, self.round_trips.get(target, ()))

    def dns(self, name: str) -> float:
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if answer is None:
            raise Unmeasured(f"DNS untuk {name}: SERVFAIL")
        return answer

    def throughput(self, server: str, ports: tuple[int, ...], seconds: int, *, down: bool) -> float:  # noqa: ARG002
        rates = self.rates[down]
        if not rates:
            raise Unmeasured("iperf3 belum ada")
        return rates.pop(0) if len(rates) > 1 else rates[0]


def taken(office: Office, wanted: Order) -> Measurement:
    notes = Notes()
    measure(office, wanted, EFFORT, notes)
    return notes.measurement(wanted.location, office.name, TAKEN)


def test_a_good_office_passes_and_keeps_its_samples() -> None:
    wanted = asked()
    found = taken(Office(down=(19.5e6, 1e6, 19e6)), wanted)
    assert report.passed(found, wanted), report.lines(found, wanted, "Asia/Jakarta", "WIB")
    assert (found.latency_ms, found.jitter_ms, found.loss_percent) == (11, 2, 0)
    assert (found.down_bps, found.dns_ms) == (19e6, 8)
    assert found.samples["unduh bit/s"] == (19.5e6, 1e6, 19e6)
    assert found.samples["ping 198.51.100.53 ms"] == ()
    assert Measurement.of_data(found.as_data()) == found
    told = report.lines(found, wanted, "Asia/Jakarta", "WIB")
    assert told[0] == "dinkes/kantor, jalur pusat, 2026-06-15 10.00 WIB: LULUS"
    assert "router rt-uji" in told[1]
    assert not any("PERHATIAN" in line for line in told)


@pytest.mark.parametrize(
    ("break_it", "values", "told"),
    [
        (
            lambda office: office.round_trips.clear(),
            ("latency_ms", "jitter_ms"),
            "tidak ada jawaban dari 198.51.100.10",
        ),
        (lambda office: office.answers.__setitem__(slice(None), [None]), ("dns_ms",), "SERVFAIL"),
        (lambda office: office.rates.update({True: []}), ("down_bps",), "iperf3 belum ada"),
    ],
)
def test_what_cannot_be_measured_is_told_and_has_not_passed(
    break_it: Callable[[Office], None], values: tuple[str, ...], told: str
) -> None:
    office, wanted = Office(), asked()
    break_it(office)
    found = taken(office, wanted)
    assert not report.passed(found, wanted)
    for value in values:
        assert getattr(found, value) is None
        assert told in found.method[value]
    shown = "\n".join(report.lines(found, wanted, "Asia/Jakarta", "WIB"))
    assert "TIDAK LULUS" in shown
    assert "TIDAK TERUKUR" in shown


def test_silence_of_every_target_is_a_loss_of_everything() -> None:
    office = Office()
    office.round_trips.clear()
    assert taken(office, asked()).loss_percent == 100


def test_a_resolver_that_answers_every_second_question_does_not_work() -> None:
    assert taken(Office(dns=(8.0, None, None)), asked()).dns_ms is None
    assert taken(Office(dns=(8.0, None, 8.0)), asked()).dns_ms == 8.0


def test_only_what_is_asked_for_is_measured() -> None:
    found = taken(Office(), asked(parts=frozenset({"latency"})))
    assert found.latency_ms == 11
    assert found.down_bps is None
    assert "tidak diminta" in found.method["down_bps"]


def test_a_rate_above_what_anybody_may_get_is_told() -> None:
    wanted = asked()
    found = taken(Office(down=(95e6,)), wanted)
    assert any("unduh 95,0 Mbps melebihi batas" in line for line in report.lines(found, wanted, "Asia/Jakarta", "WIB"))


def test_without_a_promise_nothing_passes() -> None:
    wanted = asked(promise=None)
    found = taken(Office(), wanted)
    assert not report.passed(found, wanted)
    assert "belum dijanjikan" in report.lines(found, wanted, "Asia/Jakarta", "WIB")[-1]


def test_a_promise_is_the_plan_s_share_then_the_plan_s_opd_then_what_is_allocated(lab: Register) -> None:
    allocated = promised(lab, PlanLock())
    on_paper = next(record.allocated for record in lab.bandwidth if record.opd == "dinkes")
    assert on_paper is not None
    assert allocated["dinkes/kantor"] == Promise(on_paper, on_paper)
    assert "satpolpp/kantor" not in allocated
    whole = PlanLock(offices={"dinkes": OfficeLock(cir=9_000_000, mir=30_000_000, priority=1)})
    assert promised(lab, whole)["dinkes/kantor"] == Promise(9_000_000, 30_000_000)
    assert promised(lab, whole)["disdik/kantor"] == allocated["disdik/kantor"]
    share = whole.model_copy(update={"locations": {"dinkes/kantor": Share(cir=4_000_000, mir=8_000_000)}})
    assert promised(lab, share)["dinkes/kantor"] == Promise(4_000_000, 8_000_000)


def test_an_order_says_whom_to_ask(lab: Register) -> None:
    day = date(2026, 6, 15)
    found = order(lab, PlanLock(), "dinkes/kantor", day, PARTS)
    assert found.second_line
    assert found.throughput_server == "198.51.100.10"
    assert order(lab, PlanLock(), "disdik/kantor", day, ["latency"], "203.0.113.9").ping_targets == ("203.0.113.9",)
    bare = lab.government.rules.model_copy(update={"acceptance": AcceptanceRules()})
    poor = lab.model_copy(update={"government": lab.government.model_copy(update={"rules": bare})})
    without = order(poor, PlanLock(), "dinkes/kantor", day, PARTS)
    assert without.ping_targets == ("198.51.100.53", "198.51.100.10"), "what the main uplink is judged by"
    assert without.dns_names == ("lab.go.id",)
    assert without.throughput_server is None
    with pytest.raises(KeyError):
        order(lab, PlanLock(), "dinkes/gudang", day, PARTS)


INTENT = {
    "interfaces": [
        {"name": "eth1", "use": "link", "addresses": ["10.254.0.6/30"]},
        {"name": "eth2", "use": "lan", "addresses": ["10.20.0.1/24"]},
        {"name": "eth3", "use": "uplink", "addresses": ["203.0.113.10/30"]},
    ],
    "dns": {"forwarders": ["10.255.0.1"]},
    "shaping": [{"interface": "eth1", "classes": [{"id": 101, "name": "dinkes"}]}],
    "routes": [
        {"to": "0.0.0.0/0", "via": "203.0.113.9", "track": ["198.51.100.55"]},
        {"to": "0.0.0.0/0", "via": None, "track": ["198.51.100.56"]},
    ],
}


def test_the_way_around_a_router_is_its_intent_s() -> None:
    way = Way.of(INTENT)
    assert way == Way("10.20.0.1", "10.20.0.1", "10.255.0.1", ("eth3",), frozenset({"198.51.100.55"}), {"eth1": 101})
    with pytest.raises(KeyError):
        Way.of({**INTENT, "interfaces": INTENT["interfaces"][:1]})


def test_it_says_before_what_it_would_do() -> None:
    line = OfficeLine(asked(second_line=True), "linux", "rt-uji", Login("10.99.0.21"), Way.of(INTENT))
    told = "\n".join(line.intention(EFFORT))
    assert "dari router rt-uji (10.20.0.1)" in told
    assert "KANTOR TERPUTUS" in told
    with pytest.raises(RefusedError, match=r"probe: \{address"):
        _ = replace(line, source="probe").from_probe
