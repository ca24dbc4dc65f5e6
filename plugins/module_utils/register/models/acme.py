# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A certificate authority that is asked by ACME (RFC 8555)."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import BeforeValidator, ConfigDict, Field, WithJsonSchema

from ..refused import RefusedError
from .record import Record
from .scalars import Code, scalar

_DIRECTORY = re.compile(r"https://[A-Za-z0-9.-]+(?::[0-9]{1,5})?(?:/[A-Za-z0-9._~/-]*)?", re.ASCII)
_MAIL = re.compile(r"[A-Za-z0-9._+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+", re.ASCII)
_FILE = re.compile(r"[A-Za-z0-9._/-]+", re.ASCII)
_HTTPS_PORT = 443
_LAST_PORT = 65535


def _directory(value: Any) -> str:
    text = scalar(value, "alamat direktori ACME", "https://acme-v02.api.letsencrypt.org/directory")
    if not _DIRECTORY.fullmatch(text) or int(text.split("/")[2].partition(":")[2] or _HTTPS_PORT) not in range(
        1, _LAST_PORT + 1
    ):
        raise RefusedError(
            f"'{text}' bukan alamat direktori ACME.",
            "Tulis alamat lengkap yang diawali https://, misalnya https://acme-v02.api.letsencrypt.org/directory.",
        )
    return text


def _mail(value: Any) -> str:
    text = scalar(value, "alamat surel", "admin@lab.go.id")
    if not _MAIL.fullmatch(text):
        raise RefusedError(f"'{text}' bukan alamat surel.", "Tulis satu alamat, misalnya admin@namakab.go.id.")
    return text


def _file(value: Any) -> str:
    text = scalar(value, "berkas", "files/acme-ca.pem")
    path = PurePosixPath(text)
    if not _FILE.fullmatch(text) or path.is_absolute() or ".." in path.parts or str(path) == ".":
        raise RefusedError(
            f"'{text}' bukan berkas di dalam folder pemerintah daerah ini.",
            "Tulis jalur relatif tanpa '..' dan tanpa spasi, misalnya files/acme-ca.pem.",
        )
    return str(path)


class Acme(Record):
    """Where certificates that every browser trusts come from.

    ``applications`` narrows it to some: a name that the authority cannot reach from the internet can never be proven
    to it, and keeps the certificate of the government's own authority.
    """

    model_config = ConfigDict(
        title="ACME", json_schema_extra={"description": "Sertifikat dari penerbit luar, diminta lewat ACME (HTTP-01)."}
    )

    directory: Annotated[
        str,
        BeforeValidator(_directory),
        WithJsonSchema({"type": "string", "pattern": f"^{_DIRECTORY.pattern}$"}),
        Field(description="Alamat direktori ACME penerbit."),
    ]
    contact: Annotated[
        str,
        BeforeValidator(_mail),
        WithJsonSchema({"type": "string", "pattern": f"^{_MAIL.pattern}$"}),
        Field(description="Surel penanggung jawab, untuk pemberitahuan dari penerbit."),
    ]
    ca: Annotated[
        str | None,
        BeforeValidator(lambda value: None if value is None else _file(value)),
        WithJsonSchema({"type": "string", "pattern": f"^{_FILE.pattern}$"}),
        Field(description="Berkas sertifikat CA direktori itu, bila bukan CA yang sudah dikenal Debian."),
    ] = None
    applications: Annotated[
        tuple[Code, ...],
        Field(description="Kode aplikasi yang memakainya; bila kosong semua. Sisanya memakai CA sendiri."),
    ] = ()

    @property
    def port(self) -> int:
        """The port of the directory."""
        return urlsplit(self.directory).port or _HTTPS_PORT
