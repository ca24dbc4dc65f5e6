# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The proxy: the applications it names are ours, and its authority can be asked."""

from __future__ import annotations

from collections.abc import Iterator

from ..draft import Draft, Entry, if_known
from ..models import EdgeProxy, Government
from ..plain import KeyPath
from ..problem import Problem
from .references import missing


def check(draft: Draft) -> Iterator[Problem]:
    government = draft.government
    if government is None:
        return
    with if_known:
        proxy: EdgeProxy | None = government.record.edge_proxy
        if proxy is None:
            return
        with if_known:
            yield from _codes(draft, government, ("edge_proxy", "maintenance"), proxy.maintenance)
        with if_known:
            if proxy.acme is not None:
                yield from _acme(draft, government, proxy)


def _codes(draft: Draft, government: Entry[Government], keys: KeyPath, codes: tuple[str, ...]) -> Iterator[Problem]:
    for index, code in enumerate(codes):
        here = (*keys, index)
        application = draft.applications.by_name.get(code)
        if application is None and draft.applications.complete:
            known = draft.applications.by_name
            yield missing(government, here, "aplikasi", code, known, "applications.yml")
        elif code in codes[:index]:
            yield government.problem(here, f"aplikasi '{code}' disebut dua kali.", "Hapus salah satunya.")
        elif application is not None:
            with if_known:
                if application.record.runs_at.server is None:
                    yield government.problem(
                        here,
                        f"aplikasi '{code}' berjalan di luar, jadi tidak dilayani proksi ini.",
                        f"Hapus '{code}' dari sini, atau isi runs_at: {{server: …}} di {application.place}.",
                    )


def _acme(draft: Draft, government: Entry[Government], proxy: EdgeProxy) -> Iterator[Problem]:
    assert proxy.acme is not None
    with if_known:
        yield from _codes(draft, government, ("edge_proxy", "acme", "applications"), proxy.acme.applications)
    with if_known:
        if proxy.acme.ca is not None and not (draft.folder / proxy.acme.ca).is_file():
            yield government.problem(
                ("edge_proxy", "acme", "ca"),
                f"berkas '{proxy.acme.ca}' tidak ada di folder {draft.folder.name}.",
                "Letakkan sertifikat CA direktori itu di sana, atau hapus kunci 'ca' bila penerbitnya sudah umum.",
            )
    with if_known:
        if not proxy.internet and proxy.acme.ca is None:
            yield government.warning(
                ("edge_proxy", "internet"),
                "sertifikat diminta dari penerbit di internet, tetapi domain tidak dibuka ke internet, jadi "
                "penerbit tidak dapat memeriksanya (HTTP-01).",
                "Tulis 'internet: true', atau hapus 'acme' dan pakai CA sendiri.",
            )
