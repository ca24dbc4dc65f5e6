# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who watches, and who is told."""

from __future__ import annotations

import re
from typing import Annotated, Any

from pydantic import BeforeValidator, ConfigDict, Field, WithJsonSchema

from ..refused import RefusedError
from .central import Central
from .record import Record
from .scalars import NOT_EMPTY, ByteSize, Count, Text, scalar

_MAILBOX = re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+", re.ASCII)
_SMARTHOST = re.compile(r"[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?:[0-9]{1,5}", re.ASCII)
_CHAT = re.compile(r"-?[0-9]{3,20}", re.ASCII)


def _mailbox(value: Any) -> str:
    text = scalar(value, "alamat surel", "noc@kab.go.id")
    if not _MAILBOX.fullmatch(text):
        raise RefusedError(f"'{text}' bukan alamat surel.", "Tulis satu alamat, misalnya noc@kab.go.id.")
    return text


def _smarthost(value: Any) -> str:
    text = scalar(value, "server surel", "mail.kab.go.id:587")
    if not _SMARTHOST.fullmatch(text) or not 0 < int(text.rpartition(":")[2]) < 65536:
        raise RefusedError(
            f"'{text}' bukan server surel dengan portnya.", "Tulis nama atau alamat dan port: mail.kab.go.id:587."
        )
    return text


def _chat(value: Any) -> int:
    text = str(value) if isinstance(value, int) else scalar(value, "nomor percakapan Telegram", "-1001234567890")
    if not _CHAT.fullmatch(text):
        raise RefusedError(
            f"'{text}' bukan nomor percakapan Telegram.",
            "Tulis angkanya (grup diawali tanda minus), misalnya -1001234567890. Nama @grup tidak bisa dipakai.",
        )
    return int(text)


Mailbox = Annotated[
    str, BeforeValidator(_mailbox), WithJsonSchema({"type": "string", "pattern": f"^{_MAILBOX.pattern}$"})
]


class Telegram(Record):
    """A chat that is told; the bot's token is in the vault (telegram_token)."""

    model_config = ConfigDict(
        title="Telegram",
        json_schema_extra={"description": "Percakapan penerima peringatan; token bot di vault: telegram_token."},
    )

    chat_id: Annotated[
        int,
        BeforeValidator(_chat),
        WithJsonSchema({"type": "integer"}),
        Field(description="Nomor percakapan; grup diawali tanda minus.", examples=[-1001234567890]),
    ]


class Mail(Record):
    """People who are told by e-mail; the password of ``user`` is in the vault (smtp_password)."""

    model_config = ConfigDict(title="Surel", json_schema_extra={"description": "Penerima peringatan lewat surel."})

    to: Annotated[tuple[Mailbox, ...], *NOT_EMPTY, Field(description="Alamat penerima.")]
    sender: Annotated[
        Mailbox | None, Field(description="Alamat pengirim; tanpa ini pemantauan@ domain pemerintah daerah.")
    ] = None
    smarthost: Annotated[
        str,
        BeforeValidator(_smarthost),
        WithJsonSchema({"type": "string", "pattern": f"^{_SMARTHOST.pattern}$"}),
        Field(description="Server surel dan portnya; harus menawarkan STARTTLS.", examples=["mail.kab.go.id:587"]),
    ]
    user: Annotated[Text | None, Field(description="Nama masuk ke server surel; sandinya di vault: smtp_password.")] = (
        None
    )


class Retention(Record):
    """How long measurements are kept; what is reached first counts."""

    model_config = ConfigDict(
        title="Masa simpan ukuran", json_schema_extra={"description": "Berapa lama hasil ukur disimpan."}
    )

    days: Annotated[Count, Field(description="Paling lama, dalam hari (bawaan 90).")] = 90
    size: Annotated[ByteSize, Field(description="Paling banyak di disk (bawaan 10 GB).")] = 10_000_000_000


class Monitoring(Central):
    """Who watches, and who is told. Two servers watch each other, and one message is sent for both."""

    model_config = ConfigDict(
        title="Pemantauan", json_schema_extra={"description": "Prometheus, Alertmanager, dan penerima peringatan."}
    )

    telegram: Annotated[Telegram | None, Field(description="Peringatan lewat Telegram.")] = None
    mail: Annotated[Mail | None, Field(description="Peringatan lewat surel.")] = None
    retention: Retention = Retention()
