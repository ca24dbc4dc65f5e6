# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Places that took over the numbers of others after a reorganisation: every old name has one heir and is gone."""

from __future__ import annotations

from collections.abc import Iterator

from ..draft import Draft, if_known
from ..problem import Problem


def check(draft: Draft) -> Iterator[Problem]:
    places: dict[str, str] = {}
    for opd in draft.opds:
        with if_known:
            for location in opd.record.locations:
                with if_known:
                    places.setdefault(f"{opd.record.code}/{location.code}", opd.place)
    heirs: dict[str, str] = {}
    for opd in draft.opds:
        with if_known:
            for index, location in enumerate(opd.record.locations):
                with if_known:
                    heir = f"{opd.record.code}/{location.code}"
                    for place, former in enumerate(location.formerly):
                        keys = ("locations", index, "formerly", place)
                        if former == heir:
                            yield opd.problem(keys, f"{heir} adalah nama lokasi ini sendiri.", "Hapus butir ini.")
                        elif former in places:
                            yield opd.problem(
                                keys,
                                f"{former} masih ada di {places[former]}, jadi nomornya tidak dapat pindah ke {heir}.",
                                f"Hapus lokasi {former} bila memang sudah dilebur, atau hapus butir ini.",
                            )
                        elif former in heirs:
                            yield opd.problem(
                                keys,
                                f"nomor {former} sudah diwarisi {heirs[former]}.",
                                "Satu lokasi lama hanya punya satu penerus; hapus di salah satunya.",
                            )
                        heirs.setdefault(former, heir)
