# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Authoritative servers of the government's zone and resolvers of the offices."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import Annotated, Any

from pydantic import BeforeValidator, ConfigDict, Field, WithJsonSchema

from ..refused import RefusedError
from .addresses import Address, DomainName, Network
from .central import Central
from .dns_record import DnsEntry
from .record import Record
from .scalars import Code, YesNo, scalar

_FILE = re.compile(r"[A-Za-z0-9._/-]+", re.ASCII)
_MAILBOX = re.compile(r"[a-z0-9][a-z0-9._-]*@[a-z0-9-]+(\.[a-z0-9-]+)+", re.ASCII)


def _file(value: Any) -> str:
    text = scalar(value, "berkas", "files/dns/blokir.txt")
    path = PurePosixPath(text)
    if not _FILE.fullmatch(text) or path.is_absolute() or ".." in path.parts or str(path) == ".":
        raise RefusedError(
            f"'{text}' bukan berkas di dalam folder pemerintah daerah ini.",
            "Tulis jalur relatif tanpa '..' dan tanpa spasi, misalnya files/dns/blokir.txt.",
        )
    return str(path)


def _mailbox(value: Any) -> str:
    text = scalar(value, "alamat surel", "hostmaster@kabupaten.go.id")
    if _MAILBOX.fullmatch(text):
        return text
    raise RefusedError(f"'{text}' bukan alamat surel.", "Tulis misalnya hostmaster@kabupaten.go.id, huruf kecil.")


class PublicAddress(Record):
    """By which address the internet reaches a server, where its own is private and the provider translates."""

    model_config = ConfigDict(
        title="Alamat publik", json_schema_extra={"description": "Alamat sebuah server bagi internet."}
    )

    server: Annotated[Code, Field(description="Nama server (servers.yml).")]
    address: Annotated[Address, Field(description="Alamat publiknya; penyedia meneruskannya ke server itu.")]


class DnsFilter(Record):
    """Names that the resolver does not give away. Their subdomains are meant, too."""

    model_config = ConfigDict(
        title="Penyaring DNS", json_schema_extra={"description": "Nama yang tidak dijawab resolver kantor."}
    )

    feed: Annotated[
        str,
        BeforeValidator(_file),
        WithJsonSchema({"type": "string", "pattern": f"^{_FILE.pattern}$"}),
        Field(description="Berkas daftar domain di folder pemerintah daerah, satu domain sebaris."),
    ]
    allow: Annotated[tuple[DomainName, ...], Field(description="Domain yang tetap dijawab walau ada di daftar.")] = ()
    redirect: Annotated[
        Address | None, Field(description="Alamat halaman pemberitahuan; tanpa ini dijawab 'tidak ada' (NXDOMAIN).")
    ] = None


class Dns(Central):
    """Authoritative servers of the government's zone and resolvers of the offices."""

    model_config = ConfigDict(
        title="DNS", json_schema_extra={"description": "Server nama: zona resmi pemerintah daerah dan resolver kantor."}
    )

    contact: Annotated[
        str | None,
        BeforeValidator(lambda value: None if value is None else _mailbox(value)),
        WithJsonSchema({"type": "string", "format": "email"}),
        Field(description="Surel penanggung jawab zona; tanpa ini hostmaster@<domain>."),
    ] = None
    records: Annotated[
        tuple[DnsEntry, ...],
        Field(description="Catatan tambahan: surel (MX), verifikasi (TXT), aplikasi yang berjalan di luar, delegasi."),
    ] = ()
    host_label: Annotated[Code, Field(description="Perangkat dan server bernama <nama>.<host_label>.<domain>.")] = (
        "infra"
    )
    validate_dnssec: Annotated[
        YesNo,
        Field(description="false hanya bila resolver penyedia internet membuang tanda tangan DNSSEC."),
    ] = True
    public: Annotated[
        tuple[PublicAddress, ...],
        Field(
            description="Alamat publik server. Bila diisi, internet mendapat zona dengan alamat ini saja; tanpa ini "
            "semua orang mendapat zona yang sama."
        ),
    ] = ()
    filter: Annotated[DnsFilter | None, Field(description="Nama yang tidak dijawab resolver kantor.")] = None
    resolver_clients: Annotated[
        tuple[Network, ...],
        Field(description="Subnet lain yang boleh memakai resolver, selain kantor, server, dan perangkat."),
    ] = ()
