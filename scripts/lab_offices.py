# SPDX-License-Identifier: GPL-3.0-or-later
"""The laboratory's offices in words that an office worker understands, from its register and its bandwidth plan."""

from __future__ import annotations

from pathlib import Path

from ansible_collections.diskominfo.terpusat.plugins.module_utils.planning.bandwidth.lock import (
    PlanLock,
    read_plan_lock,
)
from ansible_collections.diskominfo.terpusat.plugins.module_utils.planning.uplinks import BEHIND_OSPF, own_routes
from ansible_collections.diskominfo.terpusat.plugins.module_utils.register import Register, load
from ansible_collections.diskominfo.terpusat.plugins.module_utils.register.models import Device, Stage
from ansible_collections.diskominfo.terpusat.plugins.module_utils.register.units import format_bit_rate

STAGES: dict[Stage, str] = {
    "surveyed": "baru disurvei",
    "planned": "direncanakan",
    "provisioned": "perangkat terpasang",
    "parallel": "dua jalur bersama-sama",
    "accepted": "jaringan sudah diuji, siap pindah",
    "cutover": "sudah pindah, jalur lama menjadi cadangan",
    "terminated": "sudah pindah, langganan lama berhenti",
}
MEDIA = {"radio": "lewat radio", "starlink": "lewat satelit", "own_fiber": "serat optik", "leased_fiber": "serat optik"}


def lines(folder: Path) -> list[str]:
    """A table of the offices whose router is in service: stage, way to the internet, guarantee and highest rate."""
    register, plan = load(folder / "register").register, read_plan_lock(folder / "bandwidth_plan.yml").lock
    if register is None or plan is None:
        return []
    rows = [("KANTOR", "TAHAP", "INTERNETNYA", "JAMINAN", "TERTINGGI")]
    rows += [
        _row(register, plan, device) for device in register.devices if device.in_service and device.role == "opd_router"
    ]
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return [
        "  " + "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    ]


def _row(register: Register, plan: PlanLock, device: Device) -> tuple[str, str, str, str, str]:
    opd, share = register.opd(device.opd), plan.locations.get(device.location_ref)
    rates = ("-", "-") if share is None else (format_bit_rate(share.cir), format_bit_rate(share.mir))
    return (opd.name, STAGES[opd.stage], _way(register, device), *rates)


def _way(register: Register, device: Device) -> str:
    own = next((r for r in own_routes(device, register) if r["distance"] < BEHIND_OSPF), None)
    if own is not None:
        return f"jalur sendiri ({own['circuit']})"
    circuits = [register.circuit(port.circuit) for port in device.ports if port.circuit is not None]
    if any(circuit.vpn is not None for circuit in circuits):
        return "jaringan pemda lewat terowongan"
    leased = next((circuit for circuit in circuits if circuit.kind == "leased_line"), None)
    return f"jaringan pemda {MEDIA.get(leased.media, '')}".strip() if leased else "jaringan pemda"
