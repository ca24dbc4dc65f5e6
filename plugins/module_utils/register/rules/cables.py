# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Cables have two ends, and both ends must say so."""

from __future__ import annotations

from collections.abc import Iterator

from ..draft import Draft, Entry, if_known, ports_of
from ..models import Device, DevicePort, PortRef, Server, ServerPort
from ..problem import Problem
from ..suggest import closest
from .references import missing

type Port = DevicePort | ServerPort

# What stands at the other end of a port of this use.
_OTHER_END = {"link": "link", "server": "data_centre", "data_centre": "server"}
#: A trunk leads to a second switch: what hangs behind it is cabled to it, and it says nothing of its own.
_BEHIND_TRUNK = {"link", "data_centre"}
_FILES = "devices.yml dan servers.yml"


def check(draft: Draft) -> Iterator[Problem]:
    ends = _Ends(draft)
    for node in draft.nodes:
        with if_known:
            for index, port in enumerate(ports_of(node.record)):
                with if_known:
                    yield from _port(draft, ends, node, index, port)


class _Ends:
    """All ports, and all ends that some port names, so that one wrong end is told once and not at both."""

    def __init__(self, draft: Draft) -> None:
        self.ports: set[PortRef] = set()
        self.named: set[PortRef] = set()
        for node in draft.nodes:
            with if_known:
                for port in ports_of(node.record):
                    with if_known:
                        self.ports.add(PortRef(node.record.name, port.name))
                    with if_known:
                        if port.to is not None:
                            self.named.add(port.to)


def _port(draft: Draft, ends: _Ends, node: Entry[Device | Server], index: int, port: Port) -> Iterator[Problem]:
    keys = ("ports", index)
    if port.use not in _OTHER_END:
        if port.to is not None:
            yield node.problem(
                (*keys, "to"),
                f"port {port.use} tidak disambungkan ke perangkat lain di register, jadi tidak punya 'to'.",
                "Hapus 'to', atau betulkan 'use'.",
            )
        return
    if port.to is None:
        if node.record.in_service and PortRef(node.record.name, port.name) not in ends.named:
            yield node.problem(
                keys,
                f"port {port.name} ({port.use}) pada perangkat yang sudah in_service belum menyebut ujung kabelnya.",
                "Tambahkan 'to: \"perangkat:port\"', atau hapus port ini bila tidak dipakai.",
            )
        return
    yield from _far_end(draft, ends, node, index, port, port.to)


def _far_end(
    draft: Draft, ends: _Ends, node: Entry[Device | Server], index: int, port: Port, to: PortRef
) -> Iterator[Problem]:
    keys = ("ports", index, "to")
    far = draft.node_by_name.get(to.device)
    if far is None:
        if draft.nodes_complete:
            yield missing(node, keys, "perangkat", to.device, draft.node_by_name, _FILES)
        return
    if far is node:
        yield node.problem(keys, f"kabel dari {port.name} kembali ke perangkat itu sendiri.", "Betulkan ujungnya.")
        return
    far_port = far.record.port(to.port)
    if far_port is None:
        names = [p.name for p in far.record.ports if p.name]
        near = closest(to.port, names)
        hint = f' Maksud Anda "{near}"?' if near else ""
        yield node.problem(
            keys,
            f"{to.device} tidak punya port '{to.port}'.{hint}",
            f"Port {to.device} yang tercatat: {', '.join(names) or 'belum ada'} ({far.place}). Betulkan, atau "
            "tambahkan port itu di sana.",
        )
        return
    yield from _match(ends, node, index, port, far, far_port)


def _match(
    ends: _Ends, node: Entry[Device | Server], index: int, port: Port, far: Entry[Device | Server], far_port: Port
) -> Iterator[Problem]:
    here = PortRef(node.record.name, port.name)
    there = PortRef(far.record.name, far_port.name)
    if far_port.use == "trunk" and port.use in _BEHIND_TRUNK:
        return
    expected = _OTHER_END[port.use]
    if far_port.use != expected:
        yield node.problem(
            ("ports", index, "to"),
            f"port {port.use} harus bertemu port {expected}, tetapi {there} adalah port {far_port.use}.",
            f"Betulkan 'to' di sini atau 'use' port {there} ({far.place}).",
        )
    elif far_port.to is None:
        yield node.problem(
            ("ports", index, "to"),
            f"{here} menuju {there}, tetapi {there} belum menyebut ujung kabelnya.",
            f"Tambahkan 'to: \"{here}\"' pada port {far_port.name} di {far.place}.",
        )
    elif far_port.to != here and far_port.to in ends.ports:
        yield node.problem(
            ("ports", index, "to"),
            f"{here} menuju {there}, tetapi {there} menuju {far_port.to}; satu port hanya untuk satu kabel.",
            f"Lihat kabelnya, lalu betulkan 'to' di sini atau di {far.place}.",
        )
