# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How applications are run: each runtime has what it needs, and its server can run it."""

from __future__ import annotations

from collections.abc import Iterator

from ..draft import Draft, Entry, grouped, if_known
from ..models import Application
from ..problem import Problem

#: Keys that mean something for some runtimes only.
_FOR = {
    "start": ("python", "node", "oci"),
    "port": ("python", "node", "oci"),
    "image": ("oci",),
    "packages": ("python", "node", "php"),
    "release": ("static", "php", "python", "node"),
}
_PREFIX = {"python": "python3-", "node": "node-", "php": "php-"}
#: Web servers that listen only where their command says.
_SERVERS = ("gunicorn", "uvicorn")
_EXAMPLES = {"python": "gunicorn --bind unix:${SOCKET} app:application", "node": "node server.js"}
_USER_MAX = 32 - len("app-")  # useradd(8)


def check(draft: Draft) -> Iterator[Problem]:
    for entry in draft.applications:
        for rule in (_foreign_keys, _packages, _settings):
            with if_known:
                yield from rule(entry)
        with if_known:
            if entry.record.runs_at.server is not None:
                yield from _here(draft, entry)
    yield from _ports(draft)


def _here(draft: Draft, entry: Entry[Application]) -> Iterator[Problem]:
    for rule in (_command, _container, _user):
        with if_known:
            yield from rule(entry)
    with if_known:
        yield from _system(draft, entry)


def _foreign_keys(entry: Entry[Application]) -> Iterator[Problem]:
    record = entry.record
    for key, runtimes in _FOR.items():
        with if_known:
            if getattr(record, key) and record.runtime not in runtimes:
                yield entry.problem(
                    (key,),
                    f"'{key}' tidak dipakai oleh aplikasi {record.runtime} ({record.code}).",
                    f"Hapus kunci ini, atau betulkan 'runtime' ({key} untuk {', '.join(runtimes)}).",
                )


def _packages(entry: Entry[Application]) -> Iterator[Problem]:
    prefix = _PREFIX.get(entry.record.runtime)
    for index, name in enumerate(entry.record.packages):
        if prefix is not None and not name.startswith(prefix):
            yield entry.problem(
                ("packages", index),
                f"paket {name} bukan pustaka untuk aplikasi {entry.record.runtime}.",
                f"Tulis paket yang namanya diawali {prefix}, atau hapus.",
            )


def _settings(entry: Entry[Application]) -> Iterator[Problem]:
    seen: set[str] = set()
    for index, setting in enumerate(entry.record.environment):
        with if_known:
            if setting.name in seen:
                yield entry.problem(
                    ("environment", index, "name"),
                    f"pengaturan {setting.name} ditulis dua kali.",
                    "Hapus salah satunya.",
                )
            seen.add(setting.name)


def _command(entry: Entry[Application]) -> Iterator[Problem]:
    record = entry.record
    if record.runtime in _EXAMPLES and record.start is None:
        yield entry.problem(
            (),
            f"{record.code} berjalan dengan {record.runtime} tetapi perintahnya ('start') belum disebut.",
            f"Tambahkan misalnya 'start: {_EXAMPLES[record.runtime]}'.",
        )
    if record.start is None:
        return
    program = record.start.split()[0]
    if record.runtime in _EXAMPLES and not program[0].isalnum() and program[0] not in "./_":
        # systemd reads +, !, -, @ and : in front of a program as its own signs: "+" would run it as root, unconfined.
        yield entry.problem(
            ("start",),
            f"perintah '{program}' diawali tanda yang punya arti lain bagi systemd.",
            "Awali dengan nama programnya, jalur lengkap, atau './' untuk skrip di folder aplikasi.",
        )
    place = "${SOCKET}" if record.port is None else "${PORT}"
    if program in _SERVERS and place not in record.start:
        yield entry.problem(
            ("start",),
            f"{program} tidak diberi tahu tempat mendengarkan; tanpa {place} nginx tidak dapat mencapainya.",
            "Tambahkan "
            + {
                ("gunicorn", "${SOCKET}"): "'--bind unix:${SOCKET}'",
                ("gunicorn", "${PORT}"): "'--bind 127.0.0.1:${PORT}'",
                ("uvicorn", "${SOCKET}"): "'--uds ${SOCKET}'",
                ("uvicorn", "${PORT}"): "'--port ${PORT}'",
            }[program, place]
            + " ke perintahnya.",
        )


def _container(entry: Entry[Application]) -> Iterator[Problem]:
    record = entry.record
    if record.runtime != "oci":
        return
    if record.image is None:
        yield entry.problem(
            (),
            f"{record.code} adalah kontainer (oci) tetapi 'image' belum disebut.",
            "Tambahkan 'image: registry/nama@sha256:…' (disematkan dengan digest).",
        )
    if record.port is None:
        yield entry.problem(
            (),
            f"{record.code} adalah kontainer (oci) tetapi 'port' belum disebut.",
            "Tambahkan 'port: 20001' (20000-20999, satu untuk tiap aplikasi di server itu); kontainer menerimanya "
            "sebagai PORT.",
        )


def _user(entry: Entry[Application]) -> Iterator[Problem]:
    """Each application has a Unix user app-<code>."""
    code = entry.record.code
    if len(code) > _USER_MAX:
        yield entry.problem(
            ("code",),
            f"kode {code} ({len(code)} huruf) terlalu panjang untuk nama pengguna Linux app-{code}.",
            f"Pilih kode paling panjang {_USER_MAX} huruf.",
        )


def _system(draft: Draft, entry: Entry[Application]) -> Iterator[Problem]:
    name = entry.record.runs_at.server
    server = draft.servers.by_name.get(name) if name is not None else None
    if server is not None and entry.record.runtime == "oci" and server.record.system == "debian12":
        yield entry.problem(
            ("runtime",),
            f"{name} memakai Debian 12, yang podman-nya (4.3) belum dapat menjalankan kontainer sebagai layanan "
            "(quadlet).",
            f"Pilih server dengan Debian 13, atau tingkatkan server itu lalu ubah 'system' di {server.place}.",
        )


def _ports(draft: Draft) -> Iterator[Problem]:
    """Two applications of one server cannot listen on the same port."""

    def place(entry: Entry[Application]) -> tuple[str, int] | None:
        server, port = entry.record.runs_at.server, entry.record.port
        return None if server is None or port is None else (server, port)

    for (server, port), same in grouped(draft.applications, place).items():
        for entry in same[1:]:
            yield entry.problem(
                ("port",),
                f"port {port} di {server} sudah dipakai {same[0].record.code} ({same[0].place}).",
                "Beri port lain (20000-20999); setiap aplikasi di satu server punya portnya sendiri.",
            )
