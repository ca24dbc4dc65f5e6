# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""An application of an OPD."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, ConfigDict, Field, WithJsonSchema, model_validator

from ..refused import RefusedError
from .addresses import DomainName
from .application_run import Health, Image, LocalPort, PackageName, ReleaseId, Setting, StartCommand
from .outgoing import Outgoing
from .record import Record
from .scalars import Code, Text, scalar
from .server import Specs

Runtime = Literal["static", "php", "python", "node", "oci"]
Database = Literal["none", "mariadb", "postgresql"]
DataClass = Literal["public", "restricted", "secret"]

_FOLDER = re.compile(r"[A-Za-z0-9._/-]+", re.ASCII)


def _folder(value: Any) -> str:
    text = scalar(value, "folder", "files/applications/simpus")
    path = PurePosixPath(text)
    if not _FOLDER.fullmatch(text) or path.is_absolute() or ".." in path.parts or str(path) == ".":
        raise RefusedError(
            f"'{text}' bukan folder di dalam folder pemerintah daerah ini.",
            "Tulis jalur relatif tanpa '..' dan tanpa spasi, misalnya files/applications/simpus.",
        )
    return str(path)


class RunsAt(Record):
    """Where the application runs now: on one of our servers, or outside."""

    model_config = ConfigDict(
        title="Tempat berjalan",
        json_schema_extra={
            "description": "Isi salah satu: server (nama di servers.yml) atau outside (keterangan).",
            "minProperties": 1,
            "maxProperties": 1,
        },
    )

    server: Annotated[Code | None, Field(description="Nama server kita.")] = None
    outside: Annotated[Text | None, Field(description="Di mana dan pada siapa, bila di luar.")] = None

    @model_validator(mode="after")
    def _one_of_two(self) -> Self:
        if (self.server is None) == (self.outside is None):
            raise RefusedError(
                "harus berisi tepat satu dari 'server' dan 'outside'.",
                'Tulis {server: nama-server} bila berjalan di sini, atau {outside: "keterangan"} bila di luar.',
            )
        return self


class Application(Record):
    """One application."""

    model_config = ConfigDict(title="Aplikasi", json_schema_extra={"description": "Satu aplikasi milik OPD."})

    code: Annotated[Code, Field(description="Kode singkat.")]
    name: Annotated[Text, Field(description="Nama aplikasi.")]
    owner: Annotated[Code, Field(description="OPD pemilik.")]
    runtime: Annotated[
        Runtime,
        Field(description="static (halaman statis), php, python, node, atau oci (kontainer, image siap pakai)."),
    ]
    database: Annotated[Database, Field(description="none, mariadb, atau postgresql.")]
    domain: Annotated[DomainName, Field(description="Nama domain di bawah domain pemerintah daerah.")]
    source: Annotated[
        str | None,
        BeforeValidator(lambda value: None if value is None else _folder(value)),
        WithJsonSchema({"type": "string", "pattern": f"^{_FOLDER.pattern}$"}),
        Field(description="Folder isi aplikasi di dalam folder pemerintah daerah; wajib bila berjalan di sini."),
    ] = None
    needs: Annotated[Specs, Field(description="Sumber daya yang dibutuhkan.")]
    data_class: Annotated[DataClass, Field(description="public (terbuka), restricted (terbatas), secret (rahasia).")]
    runs_at: RunsAt
    depends_on: Annotated[tuple[Code, ...], Field(description="Kode aplikasi yang harus berjalan dahulu.")] = ()
    start: Annotated[
        StartCommand | None,
        Field(
            description="Perintah yang menjalankan aplikasi python atau node (wajib), atau argumen kontainer oci. "
            "${SOCKET} atau ${PORT} adalah tempat aplikasi harus mendengarkan."
        ),
    ] = None
    image: Annotated[
        Image | None, Field(description="Image kontainer oci, disematkan dengan digest: registry/nama@sha256:…")
    ] = None
    port: Annotated[
        LocalPort | None,
        Field(
            description="Port lokal 20000-20999 di server, bila aplikasi python atau node tidak dapat memakai soket "
            "Unix; wajib untuk oci."
        ),
    ] = None
    packages: Annotated[
        tuple[PackageName, ...], Field(description="Pustaka dari Debian, misalnya python3-flask atau php-redis.")
    ] = ()
    environment: Annotated[
        tuple[Setting, ...], Field(description="Pengaturan aplikasi; yang rahasia disimpan di vault.")
    ] = ()
    health: Annotated[Health, Field(description="Halaman yang ditanya setelah setiap rilis.")] = Health()
    release: Annotated[
        ReleaseId | None,
        Field(description="Rilis yang disematkan (ada di server); kosong: isi folder source yang dipasang."),
    ] = None
    reaches: Annotated[
        tuple[Outgoing, ...],
        Field(description="Yang boleh dihubungi aplikasi di luar servernya, selain basis datanya."),
    ] = ()
