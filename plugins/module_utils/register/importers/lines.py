# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Edits of circuits.yml: the subscriptions that offices pay themselves and that must end one day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Literal

from ..models import Circuit
from .edits import Append, Change, Tree, Word
from .entries import Said
from .names import plain
from .outliers import own_subscriptions
from .places import Line, SurveyOffice, SurveyPlace
from .records import Outcome, change, differs, filled, yaml_text
from .values import Value

_RECORD = "langganan baru"


def plan_circuits(outcome: Outcome, offices: Iterable[SurveyOffice]) -> None:
    """Known subscriptions get new figures, complete new ones are added; everything else is told."""
    taken = {circuit.id for circuit in outcome.register.circuits}
    for office in offices:
        for place in office.places.values():
            for line in place.lines:
                _split_period(outcome, office, line)
                _plan_line(outcome, office, place, line, taken)


def _split_period(outcome: Outcome, office: SurveyOffice, line: Line) -> None:
    """A contract's period says the same as two dates; where both are given they must agree."""
    period = line.said.get("contract_period")
    if "contract_period" in line.flagged:
        line.flagged |= {"contract_start", "contract_end"} - line.said.keys()
    if period is None or not isinstance(period.value, tuple):
        return
    for key, value in zip(("contract_start", "contract_end"), period.value, strict=True):
        assert isinstance(value, date)
        said = line.said.get(key)
        if said is None and key not in line.flagged:
            line.said[key] = Said(key, value, period.cell, period.title)
        elif said is not None and said.value != value:
            outcome.flag(
                said,
                office.office.name,
                f"berbeda dari masa kontrak '{period.cell.text}'.",
                "Samakan keduanya menurut kontrak.",
            )
            del line.said[key]
            line.flagged.add(key)


def _refuse_backwards(outcome: Outcome, office: str, line: Line, known: Circuit | None) -> None:
    """A contract that ends before it begins: what the survey says of it is left out, and nothing else waits for it."""
    said = {key: line.said[key] for key in ("contract_start", "contract_end") if key in line.said}
    start = said["contract_start"].value if "contract_start" in said else known.contract.start if known else None
    end = said["contract_end"].value if "contract_end" in said else known.contract.end if known else None
    if not isinstance(start, date) or not isinstance(end, date) or start <= end:
        return
    for key, value in said.items():
        where = "" if len(said) > 1 else f" (yang lain dari register, {known.id})" if known else ""
        outcome.flag(
            value,
            office,
            f"kontrak berakhir ({end}) sebelum mulai ({start}){where}.",
            "Betulkan salah satu tanggalnya menurut kontrak.",
        )
        del line.said[key]
        line.flagged.add(key)


def _plan_line(outcome: Outcome, office: SurveyOffice, place: SurveyPlace, line: Line, taken: set[str]) -> None:
    provider = line.said.get("provider")
    known = [] if office.office.is_new else own_subscriptions(outcome.register, office.office.code, place.code, line)
    if provider is not None:
        same = [circuit for circuit in known if plain(circuit.provider) == plain(str(provider.value))]
        if len(same) == 1:
            _update(outcome, office, line, same[0])
            return
        if leased := _leased_from(outcome, office, place, str(provider.value)):
            outcome.flag(
                provider,
                office.office.name,
                f"register sudah mencatat jalur sewa {leased.id} dari penyedia ini di "
                f"{office.office.code}/{place.code}; mungkin jalur yang sama.",
                "Tanyakan siapa yang membayar. Bila memang langganan kedua milik OPD, tambahkan di circuits.yml.",
            )
            return
        if known:
            names = ", ".join(f"{circuit.id} ({circuit.provider})" for circuit in known)
            outcome.flag(
                provider,
                office.office.name,
                f"register mencatat langganan lain di {office.office.code}/{place.code}: {names}.",
                "Bila penyedianya berganti, ubah jalur itu di circuits.yml; bila ini jalur kedua, isi kolom "
                "'Jalur utama atau cadangan' dengan cadangan.",
            )
            return
    elif len(known) == 1 and "provider" not in line.flagged:
        _update(outcome, office, line, known[0])
        return
    _add(outcome, office, place, line, taken)


def _leased_from(outcome: Outcome, office: SurveyOffice, place: SurveyPlace, provider: str) -> Circuit | None:
    here = (office.office.code, place.code)
    return next(
        (
            circuit
            for circuit in outcome.register.circuits
            if circuit.kind == "leased_line"
            and (circuit.opd, circuit.location) == here
            and plain(circuit.provider) == plain(provider)
        ),
        None,
    )


def _update(outcome: Outcome, office: SurveyOffice, line: Line, circuit: Circuit) -> None:
    _refuse_backwards(outcome, office.office.name, line, circuit)
    index = outcome.register.circuits.index(circuit)
    path = ("circuits", index)
    _update_capacity(outcome, line, circuit, (*path, "capacity"))
    if said := line.said.get("monthly_cost"):
        change(
            outcome, "circuits", (*path, "monthly_cost"), f"{circuit.id} monthly_cost", circuit.monthly_cost, said.value
        )
    contract = {"contract_start": ("start", circuit.contract.start), "contract_end": ("end", circuit.contract.end)}
    for key, (name, day) in contract.items():
        if said := line.said.get(key):
            change(outcome, "circuits", (*path, "contract", name), f"{circuit.id} contract.{name}", day, said.value)
    if (said := line.said.get("media")) and said.value != circuit.media:
        differs(outcome, said, "circuits", (*path, "media"), circuit.id, circuit.media)
    if said := line.said.get("budget_line"):
        if circuit.budget_line is None:
            change(outcome, "circuits", (*path, "budget_line"), f"{circuit.id} budget_line", None, said.value)
        elif plain(str(said.value)) != plain(circuit.budget_line):
            differs(outcome, said, "circuits", (*path, "budget_line"), circuit.id, circuit.budget_line)


def _update_capacity(outcome: Outcome, line: Line, circuit: Circuit, path: tuple[str | int, ...]) -> None:
    parts: dict[str, tuple[Literal["domestic", "international"], int]] = {
        "capacity_domestic": ("domestic", circuit.capacity.domestic),
        "capacity_international": ("international", circuit.capacity.international),
    }
    for key, (name, before) in parts.items():
        if said := line.said.get(key):
            change(outcome, "circuits", (*path, name), f"{circuit.id} capacity.{name}", before, said.value)
    said = line.said.get("capacity")
    if said is None or parts.keys() & line.said.keys() or said.value == circuit.capacity.usable:
        return
    if circuit.capacity.domestic != circuit.capacity.international:
        shown = " dan ".join(yaml_text("domestic", value) for _, value in parts.values())
        outcome.flag(
            said,
            circuit.id,
            f"register memisahkan domestik dan internasional ({circuit.id}: {shown}); yang di register dibiarkan.",
            "Tanyakan keduanya, lalu ubah sendiri di circuits.yml.",
        )
        return
    for _, (name, before) in parts.items():
        change(outcome, "circuits", (*path, name), f"{circuit.id} capacity.{name}", before, said.value)


def _add(outcome: Outcome, office: SurveyOffice, place: SurveyPlace, line: Line, taken: set[str]) -> None:
    name = office.office.name
    _refuse_backwards(outcome, name, line, None)
    values: dict[str, Value] = {}
    optional = {key for key, info in Circuit.model_fields.items() if not info.is_required()}
    capacity = _capacity(line)
    complete = capacity is not None
    if capacity is None and not line.flagged & {"capacity", "capacity_domestic", "capacity_international"}:
        outcome.missing(line.entry, "capacity", name, _RECORD)
    for key in ("provider", "media", "contract_start", "contract_end", "budget_line", "monthly_cost"):
        value = filled(outcome, line.said, line.flagged, key)
        if value is not None:
            values[key] = value
        elif key not in optional or key in line.flagged:
            complete = False
            if key not in line.flagged:
                outcome.missing(line.entry, key, name, _RECORD)
    if not complete or capacity is None or "role" in line.flagged:
        return
    role = str(filled(outcome, line.said, line.flagged, "role") or "main")
    code = _free_id(office.office.code, place.code, len(office.places) > 1, role, taken)
    taken.add(code)
    record: dict[str, Tree] = {
        "id": Word(code, is_text=True),
        "kind": Word("own_subscription"),
        "opd": Word(office.office.code, is_text=True),
        "location": Word(place.code, is_text=True),
        "provider": Word(str(values["provider"]), is_text=True),
        "media": Word(str(values["media"])),
        "role": Word(role),
        "capacity": {part: Word(yaml_text(part, value)) for part, value in capacity.items()},
        "contract": {
            "start": Word(yaml_text("start", values["contract_start"])),
            "end": Word(yaml_text("end", values["contract_end"])),
        },
    }
    if "budget_line" in values:
        record["budget_line"] = Word(str(values["budget_line"]), is_text=True)
    record["monthly_cost"] = Word(yaml_text("monthly_cost", values["monthly_cost"]))
    outcome.edits.append(Append("circuits", ("circuits",), record))
    cost = yaml_text("monthly_cost", values["monthly_cost"])
    speed = yaml_text("domestic", max(capacity.values()))
    outcome.changes.append(Change(f"langganan baru: {code} ({values['provider']}, {speed}, {cost} per bulan)"))
    if "capacity" in line.said and len(set(capacity.values())) == 1:
        outcome.assume("survei menyebut satu angka, jadi kapasitas domestik dan internasional dicatat sama", code)
    if "role" not in line.said and outcome.answers.when_empty.role is None:
        outcome.assume("survei tidak menyebut utama atau cadangan, jadi dicatat utama", code)


def _capacity(line: Line) -> dict[str, int] | None:
    """Domestic and international in bit/s; one figure stands for both, two parts must both be there."""
    parts = {name: line.said.get(f"capacity_{name}") for name in ("domestic", "international")}
    known = {name: said.value for name, said in parts.items() if said is not None and isinstance(said.value, int)}
    if len(known) == len(parts):
        return known
    whole = line.said.get("capacity")
    if (
        whole is None
        or not isinstance(whole.value, int)
        or line.flagged & {"capacity_domestic", "capacity_international"}
    ):
        return None
    return {name: known.get(name, whole.value) for name in parts}


def _free_id(opd: str, place: str, several: bool, role: str, taken: set[str]) -> str:
    base = f"lama-{opd}" + (f"-{place}" if several else "") + ("-cadangan" if role == "backup" else "")
    if base not in taken:
        return base
    longer = f"lama-{opd}-{place}" + ("-cadangan" if role == "backup" else "")
    return next(name for name in (longer, *(f"{longer}-{n}" for n in range(2, 1000))) if name not in taken)
