# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""bandwidth_plan.yml, the lock file of the bandwidth plan: what network devices are set to until the next plan."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import yaml
from pydantic import BeforeValidator, Field

from ...register.checking import check_record
from ...register.document import Document, read_document
from ...register.models import Record
from ...register.models.scalars import Between, BitRate, Text
from ...register.problem import Problem, in_reading_order
from ...register.units import format_bit_rate
from .plan import BandwidthPlan

FILE_NAME = "bandwidth_plan.yml"
HEADER = (
    "# Berkas kunci: ditulis oleh playbooks/bandwidth.yml, jangan diubah dengan tangan. cir = jaminan, mir = paling\n"
    "# tinggi saat jalur longgar, priority 0 dilayani lebih dahulu. Pesanan acara sudah termasuk di dalamnya.\n"
)


class Reservation(Record):
    """What an event holds at a location."""

    location: Annotated[Text, Field(description="Lokasi acara.")]
    rate: Annotated[BitRate, Field(description="Yang dipesan.")]


class Share(Record):
    """``cir`` and ``mir`` in bit/s."""

    cir: Annotated[BitRate, Field(description="Jaminan.")]
    mir: Annotated[BitRate, Field(description="Paling tinggi.")]


class OfficeLock(Share):
    """``priority`` 0..7, lower is served first."""

    priority: Annotated[int, BeforeValidator(Between(0, 7)), Field(description="Urutan pelayanan.")]


class PlanLock(Record):
    """Offices by OPD, locations by ``opd/location``, reservations by event. All empty when there is no file."""

    reservations: dict[str, Reservation] = Field(default_factory=dict)
    offices: dict[str, OfficeLock] = Field(default_factory=dict)
    locations: dict[str, Share] = Field(default_factory=dict)


class _Frame(Record):
    version: Annotated[int, BeforeValidator(Between(1, 1)), Field(description="Versi berkas.")]
    reservations: dict[str, Any] = Field(default_factory=dict)
    offices: dict[str, Any] = Field(default_factory=dict)
    locations: dict[str, Any] = Field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class LockResult:
    """``lock`` is None exactly when there are ``problems``."""

    lock: PlanLock | None
    problems: tuple[Problem, ...]


def locked(plan: BandwidthPlan) -> PlanLock:
    """What of ``plan`` goes into the lock file."""
    return PlanLock(
        reservations={e.code: Reservation(location=e.location_ref, rate=e.bandwidth) for e in plan.events},
        offices={o.opd: OfficeLock(cir=o.cir, mir=o.mir, priority=o.priority) for o in plan.offices},
        locations={s.ref: Share(cir=s.cir, mir=s.mir) for o in plan.offices for s in o.locations},
    )


def lock_text(lock: PlanLock) -> str:
    """The whole file; in the order of the names, so that diffs stay short."""
    return HEADER + "\n".join(_lines(lock)) + "\n"


def read_plan_lock(path: Path) -> LockResult:
    """Read the lock file; a file that does not exist is an empty one. Raises nothing for whatever the file holds."""
    if not path.exists():
        return LockResult(PlanLock(), ())
    document = read_document(path)
    if document.problems:
        return LockResult(None, tuple(document.problems))
    _, problems = check_record(_Frame, document, (), document.data if document.data is not None else {})
    sections: dict[str, Any] = document.data if isinstance(document.data, dict) else {}
    problems = [*problems, *_entries(document, sections)]
    if problems:
        return LockResult(None, tuple(in_reading_order(problems)))
    kept = {name: value for name, value in sections.items() if name != "version"}
    return LockResult(PlanLock.model_validate(kept), ())


def _entries(document: Document, sections: dict[str, Any]) -> Iterator[Problem]:
    models: tuple[tuple[str, type[Record]], ...] = (
        ("reservations", Reservation),
        ("offices", OfficeLock),
        ("locations", Share),
    )
    for section, model in models:
        found = sections.get(section)
        for key, value in (found if isinstance(found, dict) else {}).items():
            entry, problems = check_record(model, document, (section, key), value)
            yield from problems
            whole = entry.record if entry is not None and not problems else None
            if entry is not None and isinstance(whole, Share) and whole.cir > whole.mir:
                yield entry.problem(("cir",), "cir melebihi mir.", "Jalankan playbooks/bandwidth.yml lagi.")


def _lines(lock: PlanLock) -> Iterator[str]:
    yield "version: 1"
    yield from _section(
        "reservations", lock.reservations, lambda r: f"{{location: {r.location}, rate: {_quoted(r.rate)}}}"
    )
    yield from _section("offices", lock.offices, lambda o: f"{{{_share(o)}, priority: {o.priority}}}")
    yield from _section("locations", lock.locations, lambda s: f"{{{_share(s)}}}")


def _share(share: Share) -> str:
    return f"cir: {_quoted(share.cir)}, mir: {_quoted(share.mir)}"


def _quoted(bits: int) -> str:
    """A decimal comma would end the value inside braces."""
    text = format_bit_rate(bits)
    return f'"{text}"' if "," in text else text


def _section(name: str, entries: dict[str, Any], text: Any) -> Iterator[str]:
    if not entries:
        yield f"{name}: {{}}"
        return
    yield f"{name}:"
    for key, value in sorted(entries.items()):
        yield f"  {_key(key)}: {text(value)}"


def _key(key: str) -> str:
    """Plain where YAML reads it back as the same text, else quoted (an OPD may well be called \"no\")."""
    return key if yaml.safe_load(f"{key}: 0") == {key: 0} else json.dumps(key)
