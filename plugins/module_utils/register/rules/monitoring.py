# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Monitoring that nobody hears, or that falls with what it watches, is told."""

from __future__ import annotations

from collections.abc import Iterator

from ..draft import Draft, if_known
from ..models import Monitoring
from ..problem import Problem


def check(draft: Draft) -> Iterator[Problem]:
    if draft.government is None:
        return
    with if_known:
        monitoring = draft.government.record.monitoring
        if monitoring is not None:
            yield from _heard(draft, monitoring)
            yield from _servers(draft, monitoring)


def _heard(draft: Draft, monitoring: Monitoring) -> Iterator[Problem]:
    assert draft.government is not None
    if monitoring.telegram is None and monitoring.mail is None:
        yield draft.government.problem(
            ("monitoring",),
            "pemantauan tanpa penerima: peringatan tidak sampai kepada siapa pun.",
            "Isi monitoring.telegram (chat_id), monitoring.mail (to dan smarthost), atau lebih baik keduanya.",
        )


def _servers(draft: Draft, monitoring: Monitoring) -> Iterator[Problem]:
    assert draft.government is not None
    for index, name in enumerate(monitoring.servers):
        with if_known:
            server = draft.servers.by_name.get(name)
            if server is not None and not server.record.in_service:
                yield draft.government.warning(
                    ("monitoring", "servers", index),
                    f"server {name} belum in_service ({server.record.readiness}), jadi belum memantau apa pun.",
                    "Pakai server yang sudah in_service.",
                )
    if len(monitoring.servers) == 1:
        yield draft.government.warning(
            ("monitoring", "servers"),
            f"hanya {monitoring.servers[0]} yang memantau: bila server itu mati, tidak ada yang memberi tahu.",
            "Tambahkan server kedua di rak lain; keduanya saling memantau dan peringatan tetap dikirim satu kali.",
        )
