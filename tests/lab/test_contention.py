# SPDX-License-Identifier: GPL-3.0-or-later
"""Three offices want more than the uplink has: everybody gets the guarantee, and public service the rest."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from government import CENTRAL, PLAN, REGISTER, UPLINKS, Office
from labkit.running import RunningLab
from test_shaping import TOLERANCE, TRIES, measured

OFFICES = CENTRAL[:3]
PERCENT = REGISTER.government.rules.bandwidth.shaped_percent
LINE = next(circuit for circuit in REGISTER.circuits if circuit.handoff is UPLINKS[0])
CAPACITY = LINE.capacity.usable * PERCENT // 100
#: of what no other office claims, the first in order gets at least this part while it wants more
FIRST_GETS = 0.4


def first_served() -> Office:
    return min(OFFICES, key=lambda office: PLAN.offices[office.place.partition("/")[0]].priority)


def together(lab: RunningLab) -> dict[Office, float | str]:
    """bit/s downloaded by each office while all of them ask for as much as they can get."""
    with ThreadPoolExecutor() as pool:
        tests = {
            office: pool.submit(measured, lab, office, 5201 + n, download=True) for n, office in enumerate(OFFICES)
        }
        return {office: test.result() for office, test in tests.items()}


def missed(found: dict[Office, float | str]) -> list[str]:
    """What a measurement lacks of what the plan promises, in words; a busy machine may be the reason."""
    rates = {office: rate for office, rate in found.items() if isinstance(rate, float)}
    if len(rates) < len(found):
        return [f"{office}: {rate}" for office, rate in found.items() if office not in rates]
    words = [
        f"{office}: {rate / 1e6:.2f} dari jaminan {office.cir / 1e6:.2f} Mbit/s"
        for office, rate in rates.items()
        if rate < office.cir * (1 - TOLERANCE)
    ]
    if sum(rates.values()) < CAPACITY * (1 - TOLERANCE):
        words.append(f"jalur tidak penuh: {sum(rates.values()) / 1e6:.2f} dari {CAPACITY / 1e6:.2f} Mbit/s")
    first = first_served()
    spare = min(CAPACITY - sum(office.cir for office in OFFICES), first.mir - first.cir)
    if rates[first] < first.cir + FIRST_GETS * spare - TOLERANCE * first.cir:
        words.append(f"{first} (layanan publik) hanya {rates[first] / 1e6:.2f} Mbit/s dari sisa {spare / 1e6:.2f}")
    return words


def test_the_uplink_is_the_bottleneck() -> None:
    """Else nothing below would prove anything."""
    assert sum(office.mir for office in OFFICES) > CAPACITY > sum(office.cir for office in OFFICES)
    assert all(office.cir < office.mir for office in OFFICES)


def test_three_offices_at_once_get_their_guarantees_and_public_service_the_rest(lab: RunningLab) -> None:
    """More than the line or an office may have is wrong at once. Less may be a busy machine: the best try counts."""
    seen: list[str] = []
    for _ in range(TRIES):
        found = together(lab)
        rates = {office: rate for office, rate in found.items() if isinstance(rate, float)}
        for office, rate in rates.items():
            assert rate <= office.mir * (1 + TOLERANCE), f"{office}: {rate / 1e6:.2f} Mbit/s di atas batasnya"
        assert sum(rates.values()) <= CAPACITY * (1 + TOLERANCE), "more than the line carries"
        words = missed(found)
        if not words:
            shown = ", ".join(f"{office} {rate / 1e6:.2f} Mbit/s" for office, rate in rates.items())
            print(f"bersamaan di jalur {CAPACITY / 1e6:.1f} Mbit/s: {shown}")
            return
        seen.append("; ".join(words))
    raise AssertionError("\n".join(seen))
