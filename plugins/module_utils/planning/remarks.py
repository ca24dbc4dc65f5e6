# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a valid register asks for and this version does not (or not fully) do, in sentences for operators."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ..register.models import Register
from .allocations import Allocations
from .links import CORE, OPD
from .obstacles import REMEDY, Obstacles
from .offices import too_small


def remarks(register: Register, allocations: Allocations, blocked: Mapping[str, Obstacles]) -> list[str]:
    """Sentences in Bahasa Indonesia: what is passed over, where it stands, what to do."""
    return [
        *_blocked(blocked),
        *_direct_links(register),
        *_without_allocation(register),
        *_small_lans(register, allocations),
    ]


def _blocked(blocked: Mapping[str, Obstacles]) -> Iterator[str]:
    unnumbered = [host for host, obstacles in blocked.items() if obstacles.missing]
    if unnumbered:
        yield (
            f"belum mendapat nomor di allocations.yml: {', '.join(unnumbered)}. Sampai itu beres tidak disentuh dan "
            f"tidak ikut jaringan; {REMEDY}."
        )
    for host, obstacles in blocked.items():
        for predicate in obstacles.unfit:
            yield f"{host} {predicate}. Sampai itu beres, {host} tidak disentuh dan tidak ikut jaringan."


def _direct_links(register: Register) -> Iterator[str]:
    roles = {device.name: device.role for device in register.devices}
    for device in (device for device in register.devices if device.in_service):
        for port in device.ports:
            if port.use != "link" or port.to is None or port.to.device not in roles:
                continue
            # Each such cable is told once, by its first end in the alphabet.
            if (device.role == CORE) == (roles[port.to.device] == CORE) and device.name < port.to.device:
                yield (
                    f"kabel {device.name}:{port.name} - {port.to} tidak menghubungkan core switch dengan router; "
                    "sambungan seperti itu belum diatur, portnya dibiarkan. Hubungkan lewat core switch, atau hapus "
                    "dari register/devices.yml."
                )


def _without_allocation(register: Register) -> Iterator[str]:
    known = {record.opd for record in register.bandwidth if record.allocated is not None}
    for device in (device for device in register.devices if device.in_service):
        if device.role == OPD and device.opd not in known:
            yield (
                f"OPD {device.opd} punya router {device.name} yang in_service tetapi tanpa allocated di "
                "register/bandwidth.yml, jadi internetnya tidak dibatasi. Isi allocated-nya."
            )


def _small_lans(register: Register, allocations: Allocations) -> Iterator[str]:
    for ref, prefix in too_small(register, allocations).items():
        item = allocations.locations[ref]
        users = register.opd(ref.partition("/")[0]).users_at(register.location(ref))
        yield (
            f"{ref} punya {users} pengguna, tetapi LAN-nya ({item.lan}) hanya membagikan {len(item.lease_range)} "
            f"alamat. Perbesar di tempat menjadi /{prefix}: "
            "ansible-playbook playbooks/plan.yml -e terpusat_plan_grow=true."
        )
