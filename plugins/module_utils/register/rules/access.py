# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the government lets through between offices and to its recorders: the places exist, the ports fit."""

from __future__ import annotations

from collections.abc import Iterator

from ..draft import Draft, Entry, if_known
from ..models import Access, Government, UnknownFieldError
from ..problem import Problem
from .references import missing


def check(draft: Draft) -> Iterator[Problem]:
    government = draft.government
    if government is None:
        return
    places = _places(draft)
    with if_known:
        names: set[str] = set()
        for index, access in enumerate(government.record.access):
            with if_known:
                yield from _name(government, index, access, names)
            with if_known:
                yield from _ports(government, index, access)
            if places is not None:
                yield from _ends(government, index, access, places)
    with if_known:
        yield from _recorders(draft, government)


def _places(draft: Draft) -> list[str] | None:
    """Every OPD and every ``opd/location``; None when they cannot all be told."""
    if not draft.opds.complete:
        return None
    found = []
    for opd in draft.opds:
        try:
            found += [opd.record.code, *(f"{opd.record.code}/{place.code}" for place in opd.record.locations)]
        except UnknownFieldError:
            return None
    return found


def _name(government: Entry[Government], index: int, access: Access, names: set[str]) -> Iterator[Problem]:
    if access.name in names:
        yield government.problem(
            ("access", index, "name"), f"izin '{access.name}' ditulis dua kali.", "Beri nama lain, atau gabungkan."
        )
    names.add(access.name)


def _ports(government: Entry[Government], index: int, access: Access) -> Iterator[Problem]:
    if access.protocol == "icmp" and access.ports:
        yield government.problem(("access", index, "ports"), "icmp tidak punya port.", "Hapus 'ports'.")
    if access.protocol != "icmp" and not access.ports:
        yield government.problem(
            ("access", index),
            f"izin '{access.name}' membuka semua port {access.protocol}.",
            "Sebut port yang diperlukan saja: 'ports: [445]'.",
        )


def _ends(government: Entry[Government], index: int, access: Access, places: list[str]) -> Iterator[Problem]:
    for key in ("source", "target"):
        with if_known:
            place = getattr(access, key)
            if place not in places:
                yield missing(government, ("access", index, key), "OPD atau lokasi", place, places, "opds.yml")
    with if_known:
        if access.source == access.target and "/" in access.source:
            yield government.problem(
                ("access", index, "target"),
                f"izin '{access.name}' dari {access.source} ke tempat itu sendiri.",
                "Satu LAN tidak memerlukan izin; betulkan 'source' atau 'target'.",
            )


def _recorders(draft: Draft, government: Entry[Government]) -> Iterator[Problem]:
    pools = government.record.address_pools
    for index, recorder in enumerate(government.record.cctv_recorders):
        if recorder not in pools.data_centre and recorder not in pools.office_lan:
            yield government.problem(
                ("cctv_recorders", index),
                f"perekam {recorder} di luar kolam data_centre ({pools.data_centre}) dan office_lan "
                f"({pools.office_lan}).",
                "Tulis alamat perekam di pusat data atau di LAN sebuah kantor; rekaman tidak lewat internet.",
            )
    if government.record.cctv_recorders:
        return
    for opd in draft.opds:
        with if_known:
            for place in opd.record.locations:
                if "cctv" in place.segments:
                    yield government.warning(
                        ("cctv_recorders",),
                        f"{opd.record.code}/{place.code} punya segmen cctv, tetapi belum ada perekam: kamera di sana "
                        "tidak mencapai apa pun.",
                        "Tambahkan 'cctv_recorders: [alamat]' di government.yml.",
                    )
                    return
