# Copyright: Terpusat contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The plan of a day, case by case as governments have lived them."""

from __future__ import annotations

from datetime import date
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shared_lines import DAY, cat, office, register

from ansible_collections.diskominfo.terpusat.plugins.module_utils.planning.bandwidth.claims import spread
from ansible_collections.diskominfo.terpusat.plugins.module_utils.planning.bandwidth.explain import (
    floors_problem,
    given_for_events,
    reason,
)
from ansible_collections.diskominfo.terpusat.plugins.module_utils.planning.bandwidth.lock import PlanLock
from ansible_collections.diskominfo.terpusat.plugins.module_utils.planning.bandwidth.outage import outages
from ansible_collections.diskominfo.terpusat.plugins.module_utils.planning.bandwidth.plan import BandwidthPlan, plan
from ansible_collections.diskominfo.terpusat.plugins.module_utils.planning.bandwidth.table import lines as table
from ansible_collections.diskominfo.terpusat.plugins.module_utils.planning.bandwidth.tree import way

M = 1_000_000
EXAM = date(2026, 12, 9)


def cir(planned: BandwidthPlan) -> dict[str, float]:
    """Mbps by OPD."""
    assert planned.overloads == ()
    return {item.opd: item.cir / M for item in planned.offices}


def why(planned: BandwidthPlan, opd: str) -> str:
    found = planned.office(opd)
    assert found is not None
    return reason(planned, found)


def four_times() -> list[dict[str, object]]:
    """4,000 Mbps asked of 1,000: half by public services."""
    return [office(f"opd{number}", "100 Mbps", public=number % 2 == 0) for number in range(40)]


def test_four_times_the_supply_is_shared_without_waste_and_public_services_keep_their_guarantee() -> None:
    found = cir(plan(register(four_times()), DAY))
    assert {found[f"opd{n}"] for n in range(0, 40, 2)} == {30}
    assert {found[f"opd{n}"] for n in range(1, 40, 2)} == {20}
    assert sum(found.values()) == 1000


def test_asked_4000_proposed_2000_granted_1000_is_what_was_granted() -> None:
    """Central Sulawesi 2022: what counts is what the budget granted, not what was asked."""
    asked = [office(f"opd{n}", "50 Mbps", requested="200 Mbps", proposed="100 Mbps") for n in range(20)]
    assert set(cir(plan(register(asked), DAY)).values()) == {50}
    greedy = [office("a", "50 Mbps", requested="4 Gbps"), office("b", "50 Mbps")]
    assert cir(plan(register(greedy, {"isp": "50 Mbps"}), DAY)) == {"a": 25, "b": 25}


def test_weight_counts_where_it_is_narrow_and_nowhere_else() -> None:
    heavy = [office("a", "60 Mbps", weight="2"), office("b", "60 Mbps")]
    assert cir(plan(register(heavy, {"isp": "30 Mbps"}), DAY)) == {"a": 20, "b": 10}
    assert cir(plan(register(heavy, {"isp": "1 Gbps"}), DAY)) == {"a": 60, "b": 60}


def test_rounding_takes_nothing_of_a_floor_and_brings_nobody_to_nothing() -> None:
    """Shares are whole kbit/s where they can be."""
    odd = [office(name, "10 kbps", floor="1500 bps") for name in "ab"]
    tiny = {"bandwidth": {"minimum": "1 bps"}}
    found = plan(register(odd, {"isp": "3 kbps"}, rules=tiny), DAY)
    assert [item.cir for item in found.offices] == [1500, 1500]
    found = plan(register([office(name, "1 kbps") for name in "abc"], {"isp": "1 kbps"}, rules=tiny), DAY)
    assert [item.cir for item in found.offices] == [333, 333, 333]


def test_who_was_granted_nothing_yet_waits_and_is_named() -> None:
    planned = plan(register([office("a", "50 Mbps"), office("b", None, requested="80 Mbps")]), DAY)
    assert cir(planned) == {"a": 50}
    assert planned.claims.waiting == (("b", "granted belum diputuskan di bandwidth.yml"),)


def test_half_the_budget_cuts_everybody_alike_and_nobody_to_zero() -> None:
    """Kaltim 2026: slower for all 803 villages, none cut off."""
    offices = [
        office("a", "400 Mbps"),
        office("b", "100 Mbps", public=True),
        office("c", "4 Mbps"),
        office("d", "496 Mbps"),
    ]
    whole = cir(plan(register(offices, {"isp": "1 Gbps"}), DAY))
    half = cir(plan(register(offices, {"isp": "500 Mbps"}), DAY))
    assert whole == {"a": 400, "b": 100, "c": 4, "d": 496}
    assert half == {"a": 200, "b": 50, "c": 2, "d": 248}
    quarter = cir(plan(register(offices, {"isp": "100 Mbps"}), DAY))
    assert quarter["b"] == 30
    assert all(0 < quarter[name] < half[name] for name in half)


def test_floors_that_do_not_fit_are_named_and_nothing_is_planned() -> None:
    offices = [office("rsud", "100 Mbps", floor="70 Mbps"), office("dinkes", "80 Mbps", floor="60 Mbps")]
    planned = plan(register(offices, {"isp-a": "100 Mbps"}), DAY)
    assert planned.offices == ()
    (short,) = planned.overloads
    what, action = floors_problem(planned, short)
    assert "130 Mbps tidak muat di jalur utama (isp-a) 100 Mbps; kurang 30 Mbps" in what
    assert "rsud/kantor 70 Mbps, dinkes/kantor 60 Mbps" in what
    assert "Tambah kapasitasnya 30 Mbps" in action


def test_a_floor_that_does_not_fit_the_leased_line_is_named_there() -> None:
    planned = plan(register([office("pkm", "50 Mbps", floor="20 Mbps")], leased={"pkm/kantor": "10 Mbps"}), DAY)
    what, _ = floors_problem(planned, planned.overloads[0])
    assert "jalur sewa sewa-pkm-kantor 10 Mbps; kurang 10 Mbps" in what


def test_a_guarantee_that_nobody_asked_for_never_stands_in_the_way() -> None:
    """30% of 50 Mbps do not go through a line of 10 Mbps; that is no reason to refuse the plan."""
    planned = plan(register([office("pkm", "50 Mbps", public=True)], leased={"pkm/kantor": "10 Mbps"}), DAY)
    assert cir(planned) == {"pkm": 10}


def test_every_office_is_told_what_binds_and_what_would_help() -> None:
    offices = [
        office("full", "10 Mbps"),
        office("capped", "90 Mbps", ceiling="5 Mbps"),
        office("leased", "60 Mbps"),
        office("guarded", "60 Mbps", floor="50 Mbps"),
        office("shared", "100 Mbps"),
    ]
    planned = plan(register(offices, {"isp-a": "105 Mbps"}, leased={"leased/kantor": "7 Mbps"}), DAY)
    assert sum(cir(planned).values()) <= 105
    assert why(planned, "leased").startswith("tertahan jalur sewa sewa-leased-kantor 7 Mbps yang penuh; tambah 53 Mbps")
    assert why(planned, "guarded").startswith("bertahan pada floor di bandwidth.yml 50 Mbps: jalur utama (isp-a)")
    assert "tertahan jalur utama (isp-a) 105 Mbps yang penuh" in why(planned, "shared")
    loose = plan(register(offices, {"isp-a": "1 Gbps"}), DAY)
    assert why(loose, "full") == "penuh sesuai granted; naikkan granted (anggaran) bila perlu lebih."
    assert why(loose, "capped") == "penuh sampai ceiling 5 Mbps; naikkan ceiling bila perlu lebih."


def test_a_share_goes_to_the_places_by_users_and_past_a_narrow_line_to_the_others() -> None:
    offices = [office("dinkes", "100 Mbps", "kantor", "gudang", users=40, location_users={"kantor": 30, "gudang": 10})]
    shares = {s.ref: s.cir // M for s in plan(register(offices), DAY).offices[0].locations}
    assert shares == {"dinkes/kantor": 75, "dinkes/gudang": 25}
    narrow = plan(register(offices, leased={"dinkes/gudang": "5 Mbps"}), DAY).offices[0]
    assert {s.ref: s.cir // M for s in narrow.locations} == {"dinkes/kantor": 95, "dinkes/gudang": 5}
    assert {s.ref: s.mir // M for s in narrow.locations} == {"dinkes/kantor": 100, "dinkes/gudang": 5}
    assert (narrow.cir, narrow.mir) == (100 * M, 100 * M)


def test_the_ceiling_is_for_idle_hours_and_never_above_the_way() -> None:
    offices = [office("a", "20 Mbps", ceiling="80 Mbps"), office("b", "20 Mbps", ceiling="80 Mbps")]
    planned = plan(register(offices, leased={"b/kantor": "30 Mbps"}), DAY)
    assert [(item.cir // M, item.mir // M) for item in planned.offices] == [(20, 80), (20, 30)]


def test_a_leased_line_carries_all_who_are_reached_through_it() -> None:
    """A radio hop to the kecamatan, and the puskesmas behind it."""
    offices = [office("kec", "20 Mbps"), office("pkm", "20 Mbps"), office("kota", "20 Mbps")]
    planned = plan(register(offices, leased={"kec/kantor": "20 Mbps"}, hops={"pkm/kantor": "kec/kantor"}), DAY)
    assert cir(planned) == {"kec": 10, "kota": 20, "pkm": 10}
    assert "sewa-kec-kantor" in why(planned, "pkm")


def test_a_data_centre_reaches_the_internet_by_the_core_switch() -> None:
    ways = plan(register([office("a", "10 Mbps")]), DAY).paths
    assert ways.first["kominfo/dc"] == "cable:core1"
    assert [link.name for link in way(ways.by_name, ways.first["a/kantor"])] == [
        "cable:rt-a-kantor",
        "cable:core1",
        "uplink",
    ]


def test_international_capacity_limits_once_it_is_measured() -> None:
    offices = [office("a", "150 Mbps"), office("b", "50 Mbps")]
    lines = {"isp": "200 Mbps/20 Mbps"}
    assert cir(plan(register(offices, lines), DAY)) == {"a": 150, "b": 50}
    measured = plan(register(offices, lines, rules={"bandwidth": {"international_percent": "20"}}), DAY)
    assert cir(measured) == {"a": 75, "b": 25}
    assert "kapasitas internasional (isp) 100 Mbps" in why(measured, "a")


def test_what_counts_is_what_carries_one_line_a_border_router() -> None:
    """A router has one default route at a time, whatever the contracts call its lines."""
    offices = [office("a", "900 Mbps")]
    lines = {"x": "100 Mbps", "y": "200 Mbps"}
    at_one = register(offices, lines, backups={"z": "50 Mbps"}, borders={"br1": ["z", "x", "y"]})
    assert cir(plan(at_one, DAY)) == {"a": 100}
    assert [circuit.id for circuit in plan(at_one, DAY).supply.spare] == ["y"]
    (out,) = outages(at_one, DAY)
    assert (out.circuit, out.remaining, cir(out.plan)) == ("x", ("y",), {"a": 200})
    at_two = register(offices, lines, backups={"z": "50 Mbps"}, borders={"br1": ["x", "z"], "br2": ["y"]})
    assert cir(plan(at_two, DAY)) == {"a": 300}
    assert {(o.circuit, o.remaining) for o in outages(at_two, DAY)} == {("x", ("y", "z")), ("y", ("x",))}
    assert cir(plan(register(offices, lines), DAY)) == {"a": 200}


def test_the_spare_main_line_is_told() -> None:
    lines = {"x": "100 Mbps", "y": "200 Mbps"}
    government = register([office("a", "90 Mbps")], lines, borders={"br1": ["x", "y"]})
    planned = plan(government, DAY)
    text = "\n".join(table(planned, PlanLock(), planned, list(outages(government, DAY))))
    assert "y tidak menambah kapasitas: satu border router memakai satu jalur pada satu waktu (sekarang x)" in text


def test_without_the_main_line_the_backup_carries_everybody_and_what_is_not_kept_is_said() -> None:
    offices = [office("rsud", "80 Mbps", floor="60 Mbps"), office("setda", "100 Mbps")]
    (out,) = outages(register(offices, {"isp-a": "200 Mbps"}, backups={"sat": "30 Mbps"}), DAY)
    assert (out.circuit, out.remaining, out.dark) == ("isp-a", ("sat",), False)
    assert out.short[0].missing == (60_000_000 + 256_000) - 30_000_000
    assert out.kept_percent == 49
    kept = cir(out.plan)
    assert sum(kept.values()) <= 30
    assert kept["rsud"] >= 60 * 0.49
    assert kept["setda"] > 0
    (dark,) = outages(register(offices, {"isp-a": "200 Mbps"}), DAY)
    assert dark.dark


def test_a_contract_that_ended_does_not_count() -> None:
    planned = plan(register([office("a", "10 Mbps")]), date(2027, 1, 1))
    what, _ = floors_problem(planned, planned.overloads[0])
    assert "tidak ada uplink utama yang kontraknya berlaku pada 2027-01-01: isp-a (sampai 2026-12-31)" in what


def test_who_takes_no_part_is_named_with_the_reason() -> None:
    offices = [
        office("a", "10 Mbps"),
        office("pulau", "10 Mbps", reachable=False),
        office("baru", "10 Mbps", stage="surveyed"),
    ]
    planned = plan(register(offices), DAY)
    assert set(cir(planned)) == {"a"}
    assert dict(planned.claims.waiting) == {
        "pulau": "di luar jangkauan jaringan",
        "baru": "masih tahap surveyed",
    }
    assert set(cir(plan(register(offices), DAY, first_stage="surveyed"))) == {"a", "baru"}


def test_an_examination_is_reserved_and_released_and_the_plan_shows_who_gives() -> None:
    offices = [
        office("disdik", "100 Mbps"),
        office("rsud", "100 Mbps", floor="90 Mbps"),
        office("setda", "200 Mbps"),
        office("kecil", "4 Mbps"),
    ]
    government = register(offices, {"isp-a": "404 Mbps"}, events=[cat("disdik/kantor")])
    ordinary, exam, after = plan(government, DAY), plan(government, EXAM), plan(government, date(2026, 12, 11))
    assert cir(ordinary) == {"disdik": 100, "kecil": 4, "rsud": 100, "setda": 200}
    assert cir(after) == cir(ordinary)
    during = cir(exam)
    assert during["disdik"] > 100  # its own share and the whole reservation
    assert during["rsud"] >= 90
    assert sum(during.values()) <= 404
    assert exam.links[0].reserved == 100 * M
    given = {opd: (old, new) for opd, old, new in given_for_events(exam, plan(government, EXAM, events=False))}
    assert set(given) == set(during)
    assert all(new > 0 for _, new in given.values())
    lost = sum(old - new for old, new in given.values())
    assert 100 * M <= lost <= 100 * M + 4 * 1000  # rounding down to kbit/s
    room = exam.office("disdik")
    assert room is not None
    assert (room.priority, room.reserved) == (0, 100 * M)


def test_an_event_that_leaves_too_little_for_the_guarantees_is_named() -> None:
    offices = [office("disdik", "10 Mbps"), office("rsud", "100 Mbps", floor="60 Mbps")]
    planned = plan(register(offices, {"isp-a": "150 Mbps"}, events=[cat("disdik/kantor")]), EXAM)
    what, _ = floors_problem(planned, planned.overloads[0])
    assert "acara cat 100 Mbps, rsud/kantor 60 Mbps" in what


def test_two_events_at_once_are_both_held() -> None:
    events = [cat("a/kantor"), cat("b/kantor", code="cat-2", bandwidth="50 Mbps")]
    planned = plan(register([office("a", "100 Mbps"), office("b", "100 Mbps")], {"i": "250 Mbps"}, events=events), EXAM)
    assert cir(planned) == {"a": 150, "b": 100}


@st.composite
def governments(draw: st.DrawFn) -> tuple[list[dict[str, object]], dict[str, object]]:
    """Offices with several places, some behind one another, some on leased lines, some with floors and events."""
    count = draw(st.integers(1, 6))
    offices, places = [], []
    for number in range(count):
        names = ["kantor", "gudang", "upt"][: draw(st.integers(1, 3))]
        granted = draw(st.integers(2, 100))
        more: dict[str, object] = {}
        if draw(st.booleans()):
            more["ceiling"] = f"{draw(st.integers(1, 150))} Mbps"
        more["weight"] = str(draw(st.integers(1, 3)))
        public = draw(st.booleans())
        offices.append(
            office(f"o{number}", f"{granted} Mbps", *names, public=public, users=draw(st.integers(0, 90)), **more)
        )
        places += [f"o{number}/{name}" for name in names]
    hops = {place: draw(st.sampled_from(places[:i])) for i, place in enumerate(places) if i and draw(st.booleans())}
    leased = {place: f"{draw(st.integers(5, 60))} Mbps" for place in places if draw(st.booleans())}
    events = [cat(draw(st.sampled_from(places)), bandwidth="20 Mbps")] if draw(st.booleans()) else []
    uplinks = {name: f"{draw(st.integers(30, 300))} Mbps" for name in ("isp-a", "isp-b")}
    return offices, {
        "uplinks": uplinks,
        "borders": draw(st.sampled_from([{"br1": list(uplinks)}, {"br1": ["isp-b"], "br2": ["isp-a"]}, {"br1": []}])),
        "leased": leased,
        "hops": hops,
        "events": events,
    }


@given(governments())
def test_what_is_promised_fits_every_link_and_every_floor_or_says_so(
    case: tuple[list[dict[str, object]], dict[str, object]],
) -> None:
    offices, more = case
    planned = plan(register(offices, **more), EXAM)  # type: ignore[arg-type]
    if planned.overloads:
        assert planned.offices == ()
        assert all(item.missing > 0 for item in planned.overloads)
        return
    assert all(link.capacity is None or link.used <= link.capacity for link in planned.links)
    for item in planned.offices:
        assert item.cir == sum(share.cir for share in item.locations)
        assert 0 < item.cir <= item.mir
        assert sum(claim.ceiling for claim in item.claim.locations) == item.claim.wanted
        for share in item.locations:
            assert share.floor <= share.cir - share.reserved <= share.wanted
            assert 0 < share.cir <= share.mir
        assert reason(planned, item)


@given(governments(), st.sampled_from(["isp-a", "isp-b"]), st.integers(1, 300))
def test_a_larger_uplink_hurts_nobody_whichever_it_is(
    case: tuple[list[dict[str, object]], dict[str, Any]], which: str, more_mbps: int
) -> None:
    offices, more = case
    before = plan(register(offices, **more), EXAM)
    larger = more["uplinks"] | {which: f"{int(more['uplinks'][which].split()[0]) + more_mbps} Mbps"}
    after = plan(register(offices, **(more | {"uplinks": larger})), EXAM)
    shares = {share.ref: share.cir for item in after.offices for share in item.locations}
    for item in before.offices:
        assert all(shares[share.ref] >= share.cir for share in item.locations)


@pytest.mark.parametrize("more_mbps", [1, 5, 200])
def test_a_larger_uplink_moves_no_want_from_one_place_to_another(more_mbps: int) -> None:
    """What fits nowhere was spread by the uplink's capacity too: raised from 30 to 31 Mbps, it took from o2/kantor."""
    offices = [
        office("o0", "2 Mbps", "kantor"),
        office("o1", "2 Mbps", "kantor"),
        office("o2", "36 Mbps", "kantor", "gudang"),
    ]
    shares = []
    for uplink in (30, 30 + more_mbps):
        planned = plan(register(offices, uplinks={"isp-a": f"{uplink} Mbps"}, leased={"o2/kantor": "5 Mbps"}), EXAM)
        shares.append({share.ref: share.cir for item in planned.offices for share in item.locations})
    before, after = shares
    assert all(after[ref] >= cir for ref, cir in before.items())


@given(governments(), st.randoms(use_true_random=False))
def test_the_order_of_the_register_does_not_matter(
    case: tuple[list[dict[str, object]], dict[str, object]], random: Random
) -> None:
    offices, more = case
    one = register(offices, **more)  # type: ignore[arg-type]
    mixed = {}
    for name in ("opds", "bandwidth", "circuits", "devices"):
        records = list(getattr(one, name))
        random.shuffle(records)
        mixed[name] = tuple(records)
    before, after = plan(one, EXAM), plan(one.model_copy(update=mixed), EXAM)
    assert after.offices == before.offices
    assert {item.link.name for item in after.overloads} == {item.link.name for item in before.overloads}


@given(st.integers(0, 10**9), st.dictionaries(st.sampled_from("abcde"), st.integers(1, 50), min_size=1), st.data())
def test_spreading_loses_and_adds_nothing(total: int, weights: dict[str, int], data: st.DataObject) -> None:
    limits = {name: data.draw(st.none() | st.integers(0, 10**9)) for name in weights}
    parts = spread(total, weights, limits)
    assert sum(parts.values()) == total
    assert min(parts.values()) >= 0
    room = sum(total if limit is None else limit for limit in limits.values())
    if room >= total:
        assert all(limit is None or parts[name] <= limit for name, limit in limits.items())
