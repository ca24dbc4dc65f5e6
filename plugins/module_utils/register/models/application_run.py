# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How an application is run: its command, image, packages, settings and the question that tells whether it works."""

from __future__ import annotations

import re
from typing import Annotated, Any

from pydantic import BeforeValidator, ConfigDict, Field, WithJsonSchema

from ..refused import RefusedError
from .record import Record
from .scalars import Between, Text, scalar

#: Local ports of applications. No role of ours and no daemon of Debian listens there.
FIRST_PORT, LAST_PORT = 20000, 20999

_WORD = r"(?:[A-Za-z0-9_./:=,@+-]|\$\{[A-Z][A-Z0-9_]*\})+"
_START = re.compile(rf"{_WORD}(?: {_WORD})*", re.ASCII)
_NAME = re.compile(r"[A-Z][A-Z0-9_]{0,62}", re.ASCII)
_OURS = re.compile(
    r"DB_[A-Z]+|TERPUSAT_.*|SOCKET|PORT|PATH|HOME|USER|SHELL|TMPDIR|LD_.*|PYTHONPATH|NODE_PATH", re.ASCII
)
_IMAGE = re.compile(r"[a-z0-9.-]+(?::[0-9]+)?(?:/[a-z0-9._-]+)+@sha256:[0-9a-f]{64}", re.ASCII)
_PACKAGE = re.compile(r"(?:python3|node|php)-[a-z0-9][a-z0-9+.-]*", re.ASCII)
_PATH = re.compile(r"/[A-Za-z0-9._~/?&=%-]*", re.ASCII)
_RELEASE = re.compile(r"[0-9a-f]{16}", re.ASCII)


def _start(value: Any) -> str:
    text = scalar(value, "perintah", "gunicorn --bind unix:${SOCKET} app:application")
    if not _START.fullmatch(text):
        raise RefusedError(
            f"'{text}' tidak dapat dipakai sebagai perintah: hanya kata-kata yang dipisah satu spasi, tanpa "
            "tanda kutip, '|', ';', '&', '>' atau '*'.",
            "Tulis program dan argumennya saja, misalnya 'gunicorn --bind unix:${SOCKET} app:application' atau "
            "'node server.js'. Perintah yang lebih rumit ditaruh dalam skrip di folder aplikasi: './jalankan.sh'.",
        )
    return text


def _name(value: Any) -> str:
    text = scalar(value, "nama pengaturan", "APP_MODE")
    if not _NAME.fullmatch(text):
        raise RefusedError(
            f"'{text}' tidak dapat dipakai sebagai nama pengaturan.",
            "Gunakan huruf besar, angka, dan garis bawah, diawali huruf, misalnya APP_MODE.",
        )
    if _OURS.fullmatch(text):
        raise RefusedError(
            f"nama '{text}' diisi oleh Terpusat atau sistem.", "Pilih nama lain; DB_* berasal dari kunci 'database'."
        )
    return text


def _image(value: Any) -> str:
    text = scalar(value, "image", "registry.contoh.go.id/lapor@sha256:…")
    if not _IMAGE.fullmatch(text):
        raise RefusedError(
            f"'{text}' bukan image yang disematkan dengan digest.",
            "Tulis registry/nama@sha256:<64 heksadesimal>; digest terlihat dengan 'podman image inspect "
            "--format {{.Digest}}'. Tag seperti :latest dapat berganti isi tanpa diketahui siapa pun.",
        )
    return text


def _package(value: Any) -> str:
    text = scalar(value, "nama paket Debian", "python3-flask")
    if not _PACKAGE.fullmatch(text):
        raise RefusedError(
            f"'{text}' bukan pustaka Debian untuk aplikasi.",
            "Hanya paket python3-…, node-…, atau php-… dari Debian; pustaka lain ditaruh dalam folder aplikasi "
            "(vendor).",
        )
    return text


def _path(value: Any) -> str:
    text = scalar(value, "jalur halaman", "/sehat")
    if not _PATH.fullmatch(text):
        raise RefusedError(f"'{text}' bukan jalur halaman.", "Awali dengan '/', tanpa spasi, misalnya /sehat.")
    return text


def _release(value: Any) -> str:
    text = scalar(value, "nomor rilis", "0f3a9c1d22b47e65")
    if not _RELEASE.fullmatch(text):
        raise RefusedError(
            f"'{text}' bukan nomor rilis.",
            "Salin 16 heksadesimal yang ditampilkan playbooks/release.yml, atau hapus kunci ini.",
        )
    return text


def _matching(check: Any, pattern: re.Pattern[str]) -> tuple[BeforeValidator, WithJsonSchema]:
    return BeforeValidator(check), WithJsonSchema({"type": "string", "pattern": f"^{pattern.pattern}$"})


StartCommand = Annotated[str, *_matching(_start, _START)]
SettingName = Annotated[str, *_matching(_name, _NAME)]
Image = Annotated[str, *_matching(_image, _IMAGE)]
PackageName = Annotated[str, *_matching(_package, _PACKAGE)]
PagePath = Annotated[str, *_matching(_path, _PATH)]
ReleaseId = Annotated[str, *_matching(_release, _RELEASE)]
LocalPort = Annotated[
    int,
    BeforeValidator(Between(FIRST_PORT, LAST_PORT)),
    WithJsonSchema({"type": "integer", "minimum": FIRST_PORT, "maximum": LAST_PORT}),
]
AnswerStatus = Annotated[
    int, BeforeValidator(Between(200, 499)), WithJsonSchema({"type": "integer", "minimum": 200, "maximum": 499})
]


class Setting(Record):
    """A setting that the application finds in its environment. Nothing secret: that is the vault's."""

    model_config = ConfigDict(
        title="Pengaturan", json_schema_extra={"description": "Satu pengaturan (variabel lingkungan); bukan rahasia."}
    )

    name: Annotated[SettingName, Field(description="Nama, huruf besar.")]
    value: Annotated[Text, Field(description="Nilai.")]


class Health(Record):
    """The page that is asked for after every release."""

    model_config = ConfigDict(
        title="Pemeriksaan", json_schema_extra={"description": "Halaman yang ditanya setelah setiap rilis."}
    )

    path: Annotated[PagePath, Field(description="Jalur halaman (bawaan /).")] = "/"
    status: Annotated[
        tuple[AnswerStatus, ...],
        Field(description="Jawaban HTTP yang berarti baik; kosong: 2xx, pengalihan, atau 401."),
    ] = ()
