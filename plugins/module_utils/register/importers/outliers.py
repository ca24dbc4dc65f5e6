# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Figures that are most often a slip of a unit or of three zeros: flagged, and imported only when somebody confirms."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal
from statistics import median

from ..models import Circuit, Register
from ..units import format_bit_rate, format_rupiah
from .cells import Flag, Place
from .entries import Said
from .places import Line, SurveyOffice

_TIMES = 10  # facts/domain.md, section 7, use case 9: spend ten times apart is flagged, not averaged
_ENOUGH = 5  # below this many figures a median says nothing
_MEGABIT = 1_000_000
_CONFIRM = "Periksa angka dan satuannya; bila memang benar, nyatakan di berkas jawaban (cells)."


def drop_outliers(
    register: Register, offices: Iterable[SurveyOffice], confirmed: frozenset[Place], flags: list[Flag]
) -> None:
    """Take every figure out of ``offices`` that is not plausible, with a flag for each."""
    listed = list(offices)
    for office in listed:
        _against_register(register, office, confirmed, flags)
    _against_median(listed, _agreed(register), confirmed, flags)
    for office in listed:
        for line in office.lines():
            _price(register, office, line, confirmed, flags)


def _against_register(register: Register, office: SurveyOffice, confirmed: frozenset[Place], flags: list[Flag]) -> None:
    opd = next((opd for opd in register.opds if opd.code == office.office.code), None)
    if opd is None:
        return
    record = next((record for record in register.bandwidth if record.opd == opd.code), None)
    known: dict[str, int | None] = {"users": opd.users, "requested": record.requested if record else None}
    for key, before in known.items():
        said = office.said.get(key)
        if said is None or said.cell.place in confirmed or not before or not isinstance(said.value, int):
            continue
        if _apart(said.value, before):
            what = (
                f"{_shown(key, said.value)}, padahal register mencatat {_shown(key, before)}: beda sepuluh kali lipat."
            )
            _withhold(office.said, office.flagged, said, office.office.name, what, flags)
    for code, place in office.places.items():
        for line in place.lines:
            for circuit in own_subscriptions(register, opd.code, code, line):
                _line_against_register(office, line, circuit, confirmed, flags)


def own_subscriptions(register: Register, opd: str, location: str, line: Line) -> list[Circuit]:
    """The OPD's own lines at this place that have the role the row speaks of (any role when it does not say)."""
    role = line.said.get("role")
    return [
        circuit
        for circuit in register.circuits
        if circuit.kind == "own_subscription"
        and (circuit.opd, circuit.location) == (opd, location)
        and (role is None or circuit.role == role.value)
    ]


def _line_against_register(
    office: SurveyOffice, line: Line, circuit: Circuit, confirmed: frozenset[Place], flags: list[Flag]
) -> None:
    known: dict[str, int | Decimal] = {
        "capacity": circuit.capacity.usable,
        "capacity_domestic": circuit.capacity.domestic,
        "capacity_international": circuit.capacity.international,
        "monthly_cost": circuit.monthly_cost,
    }
    for key, before in known.items():
        said = line.said.get(key)
        if said is None or said.cell.place in confirmed or not isinstance(said.value, int | Decimal):
            continue
        if before and _apart(said.value, before):
            what = (
                f"{_shown(key, said.value)}, padahal register mencatat {_shown(key, before)}: beda sepuluh kali lipat."
            )
            _withhold(line.said, line.flagged, said, office.office.name, what, flags)


def _agreed(register: Register) -> set[tuple[str, str, object]]:
    users: set[tuple[str, str, object]] = {(opd.code, "users", opd.users) for opd in register.opds}
    return users | {(record.opd, "requested", record.requested) for record in register.bandwidth}


def _against_median(
    offices: list[SurveyOffice], agreed: set[tuple[str, str, object]], confirmed: frozenset[Place], flags: list[Flag]
) -> None:
    for key in ("users", "requested"):
        held = [(office, office.said[key]) for office in offices if key in office.said]
        values = [said.value for _, said in held if isinstance(said.value, int) and said.value > 0]
        if len(values) < _ENOUGH:
            continue
        middle = median(values)
        for office, said in held:
            if said.cell.place in confirmed or not isinstance(said.value, int) or said.value <= 0:
                continue
            if (office.office.code, key, said.value) in agreed:
                continue  # what agrees with the register was judged by a person already
            if _apart(said.value, middle):
                usual = _shown(key, int(middle))
                what = f"{_shown(key, said.value)}, padahal nilai tengah survei ini {usual}: beda sepuluh kali lipat."
                _withhold(office.said, office.flagged, said, office.office.name, what, flags)


def _price(
    register: Register, office: SurveyOffice, line: Line, confirmed: frozenset[Place], flags: list[Flag]
) -> None:
    cost, capacity = line.said.get("monthly_cost"), _capacity(line)
    if cost is None or capacity is None or cost.cell.place in confirmed or not isinstance(cost.value, Decimal):
        return
    if cost.value == 0:
        return
    rules = register.government.rules
    low, high = rules.price_per_mbps_min, rules.price_per_mbps_max
    price = (cost.value * _MEGABIT / Decimal(capacity)).quantize(Decimal(1))
    if low > high or low <= price <= high:
        return
    what = (
        f"{format_rupiah(cost.value)} untuk {format_bit_rate(capacity)} berarti {format_rupiah(price)} per Mbps per "
        f"bulan, di luar batas wajar ({format_rupiah(low)} sampai {format_rupiah(high)}, rules di government.yml)."
    )
    _withhold(line.said, line.flagged, cost, office.office.name, what, flags)


def _capacity(line: Line) -> int | None:
    values = [
        said.value
        for key in ("capacity", "capacity_domestic", "capacity_international")
        if (said := line.said.get(key)) is not None and isinstance(said.value, int)
    ]
    return max(values, default=None)


def _apart(value: float | Decimal, other: float | Decimal) -> bool:
    one, two = Decimal(str(value)), Decimal(str(other))
    return one >= two * _TIMES or one * _TIMES <= two


def _withhold(said: dict[str, Said], flagged: set[str], value: Said, office: str, what: str, flags: list[Flag]) -> None:
    del said[value.key]
    flagged.add(value.key)
    flags.append(Flag(value.cell.place, value.title, value.cell.text, office, what, _CONFIRM))


_FORMATS: dict[str, Callable[..., str]] = {
    "requested": format_bit_rate,
    "capacity": format_bit_rate,
    "capacity_domestic": format_bit_rate,
    "capacity_international": format_bit_rate,
    "monthly_cost": format_rupiah,
}


def _shown(key: str, value: object) -> str:
    shape = _FORMATS.get(key)
    return shape(value) if shape is not None else str(value)
