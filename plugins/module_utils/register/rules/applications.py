# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Applications: their names, where they run, and what they need there."""

from __future__ import annotations

from collections.abc import Iterator

from ..draft import Draft, Entry, if_known
from ..models import Application
from ..problem import Problem


def check(draft: Draft) -> Iterator[Problem]:
    for entry in draft.applications:
        with if_known:
            yield from _domain(draft, entry)
        with if_known:
            yield from _source(draft, entry)
        with if_known:
            yield from _kind(entry)
        with if_known:
            yield from _server(draft, entry)
    yield from _cycles(draft)


def _domain(draft: Draft, entry: Entry[Application]) -> Iterator[Problem]:
    """OPD sites are subdomains of the government's domain (facts/domain.md, section 2)."""
    if draft.government is None:
        return
    domain, root = entry.record.domain, draft.government.record.domain
    if domain != root and not domain.endswith(f".{root}"):
        yield entry.problem(
            ("domain",),
            f"domain {domain} bukan bagian dari {root}.",
            f"Tulis subdomain pemerintah daerah, misalnya {domain.split('.')[0]}.{root}.",
        )


def _source(draft: Draft, entry: Entry[Application]) -> Iterator[Problem]:
    if entry.record.runs_at.server is None:
        return
    source = entry.record.source
    if source is None and entry.record.runtime == "oci":
        return  # its content is the image
    if source is None:
        yield entry.problem(
            (),
            f"{entry.record.code} berjalan di server kita tetapi 'source' belum disebut.",
            f"Tambahkan 'source: files/applications/{entry.record.code}' dan letakkan isinya di sana.",
        )
    elif not (draft.folder / source).is_dir():
        exists = (draft.folder / source).exists()
        yield entry.problem(
            ("source",),
            f"'{source}' {'bukan folder' if exists else 'tidak ada'} di folder {draft.folder.name}.",
            "Letakkan isi aplikasi di folder itu, atau betulkan namanya (besar kecil huruf berpengaruh).",
        )


def _kind(entry: Entry[Application]) -> Iterator[Problem]:
    record = entry.record
    if record.runtime == "static" and record.database != "none":
        yield entry.warning(
            ("database",),
            f"halaman statis tidak dapat memakai database {record.database}.",
            "Tulis 'database: none', atau betulkan 'runtime'.",
        )
    if record.data_class == "secret" and record.runs_at.outside is not None:
        yield entry.warning(
            ("runs_at", "outside"),
            "data rahasia (secret) berada di luar pusat data pemerintah daerah.",
            "Rencanakan pemindahan ke server sendiri, atau betulkan data_class.",
        )


def _server(draft: Draft, entry: Entry[Application]) -> Iterator[Problem]:
    name = entry.record.runs_at.server
    server = draft.servers.by_name.get(name) if name is not None else None
    if server is None:
        return
    if not server.record.in_service:
        yield entry.problem(
            ("runs_at", "server"),
            f"server {name} belum dapat dipakai: kesiapannya {server.record.readiness}.",
            "Pilih server yang in_service, atau tunggu sampai server itu terpasang dan readiness-nya diubah "
            f"({server.place}).",
        )
    elif server.record.state == "idle":
        yield entry.problem(
            ("runs_at", "server"),
            f"aplikasi berjalan di {name}, tetapi server itu disebut idle.",
            f"Ubah menjadi 'state: serving' di {server.place}, atau betulkan tempat aplikasi ini.",
        )


def _cycles(draft: Draft) -> Iterator[Problem]:
    """One problem per circle of dependencies, at its first application."""
    edges: dict[str, tuple[str, ...]] = {}
    for name, entry in draft.applications.by_name.items():
        edges[name] = ()
        with if_known:
            edges[name] = tuple(code for code in entry.record.depends_on if code in draft.applications.by_name)
    done: set[str] = set()
    for start in edges:
        circle = _circle(start, edges, done)
        if circle:
            entry = draft.applications.by_name[circle[0]]
            yield entry.problem(
                ("depends_on",),
                f"ketergantungan berputar: {' → '.join([*circle, circle[0]])}.",
                "Hapus salah satu; dalam lingkaran tidak ada aplikasi yang dapat dijalankan lebih dahulu.",
            )


def _circle(start: str, edges: dict[str, tuple[str, ...]], done: set[str]) -> list[str]:
    """The first circle met going from ``start``, without recursion; visited names go into ``done``."""
    if start in done:
        return []
    path, rest = [start], [list(edges[start])]
    on_path = {start}
    while path:
        if not rest[-1]:
            done.add(path[-1])
            on_path.discard(path.pop())
            rest.pop()
            continue
        following = rest[-1].pop(0)
        if following in on_path:
            done.update(path)
            return path[path.index(following) :]
        if following not in done:
            path.append(following)
            on_path.add(following)
            rest.append(list(edges[following]))
    return []
