# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Plain value types of the register: text, codes, numbers, yes/no, days, quantities.

The loader hands every scalar over as the text a person wrote, and the type of the field decides what it is. So `no`,
`0001` or `1.10` never turn into something else on the way, as they would with YAML's own guessing.
"""

from __future__ import annotations

import re
from datetime import date, time
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, WithJsonSchema

from ..refused import RefusedError
from ..units import parse_bit_rate, parse_byte_size, parse_rupiah

CODE_PATTERN = "[a-z](?:[a-z0-9-]*[a-z0-9])?"
_CODE = re.compile(CODE_PATTERN, re.ASCII)
_WHOLE = re.compile(r"0|-?[1-9][0-9]*", re.ASCII)
# "1.250" is 1250; "45,0" is 45 and not 450.
_GROUPED = re.compile(r"[0-9]+|[0-9]{1,3}(?:([._, ])[0-9]{3})(?:\1[0-9]{3})*", re.ASCII)
_NO_CENTS = re.compile(r"[.,]0{1,2}$", re.ASCII)
_ISO_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
_CLOCK = re.compile(r"(\d{1,2})[.:](\d{2})", re.ASCII)
_LOCAL_DAY = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})", re.ASCII)
_CODE_MAX = 63  # a DNS label, RFC 1035 section 2.3.4
_TEXT_MAX = 200
_YES_NO_WORDS = dict.fromkeys(("true", "ya", "yes", "on", "y", "1", "benar"), "true") | dict.fromkeys(
    ("false", "tidak", "no", "off", "n", "0", "bukan", "salah"), "false"
)


def scalar(value: Any, kind: str, example: str) -> str:
    """``value`` as text; RefusedError when it is a mapping or a list. ``kind`` and ``example`` go into the message."""
    if isinstance(value, str):
        return value
    shape = "daftar" if isinstance(value, list | tuple) else "kelompok kunci" if isinstance(value, dict) else "ini"
    raise RefusedError(f"di sini harus {kind}, bukan {shape}.", f"Tulis satu nilai, misalnya {example}.")


def _text(value: Any) -> str:
    text = scalar(value, "teks", "'Dinas Kesehatan'")
    if not text.strip():
        raise RefusedError("teksnya kosong.", "Isi teksnya, atau hapus kuncinya bila tidak wajib.")
    if len(text) > _TEXT_MAX:
        raise RefusedError(f"teksnya {len(text)} huruf, paling panjang {_TEXT_MAX}.", "Persingkat.")
    # Descriptions are copied into configurations: a line break would start a new command there, a quote end a comment.
    if not text.isprintable():
        raise RefusedError(
            "teksnya berisi pergantian baris atau tanda yang tidak tampak.", "Tulis dalam satu baris biasa."
        )
    if '"' in text or "\\" in text:
        raise RefusedError(
            "teksnya memuat tanda kutip ganda atau garis miring terbalik, yang merusak berkas konfigurasi perangkat.",
            "Hapus tanda itu, atau pakai kutip tunggal (').",
        )
    return text.strip()


def code(value: Any) -> str:
    """``value`` as a code or name; raises RefusedError."""
    text = scalar(value, "kode", "dinkes")
    if _CODE.fullmatch(text) and len(text) <= _CODE_MAX and "--" not in text:
        return text
    slug = re.sub(r"-+", "-", re.sub(r"[^a-z0-9]+", "-", text.casefold())).strip("-")[:_CODE_MAX].strip("-")
    hint = f"Maksud Anda '{slug}'? " if _CODE.fullmatch(slug) else ""
    raise RefusedError(
        f"'{text}' tidak dapat dipakai sebagai kode atau nama.",
        f"{hint}Gunakan huruf kecil, angka, dan tanda hubung tunggal, diawali huruf, paling panjang {_CODE_MAX} "
        "(dipakai sebagai nama host dan nama grup).",
    )


def _whole_number(value: Any) -> int:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    text = scalar(value, "bilangan bulat", "45")
    if _WHOLE.fullmatch(text) and len(text) < 19:
        return int(text)
    digits = re.sub(r"[._,\s]", "", _NO_CENTS.sub("", text))
    sure = _GROUPED.fullmatch(_NO_CENTS.sub("", text)) and digits.strip("0")
    hint = f"Maksud Anda {digits.lstrip('0')}? " if sure else ""
    raise RefusedError(
        f"'{text}' bukan bilangan bulat.", f"{hint}Tulis angka saja, tanpa titik, koma, satuan, atau nol di depan."
    )


def _yes_no(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    text = scalar(value, "true atau false", "true")
    if text in ("true", "false"):
        return text == "true"
    word = _YES_NO_WORDS.get(text.casefold())
    hint = f"Maksud Anda {word}? " if word else ""
    raise RefusedError(f"'{text}' bukan true atau false.", f"{hint}Tulis true (ya) atau false (tidak), huruf kecil.")


def _day(value: Any) -> date:
    if isinstance(value, date):
        return value
    text = scalar(value, "tanggal", "2026-12-31")
    if parts := _ISO_DAY.fullmatch(text):
        try:
            return date(int(parts[1]), int(parts[2]), int(parts[3]))
        except ValueError:
            raise RefusedError(f"tanggal {text} tidak ada di kalender.", "Periksa bulan dan harinya.") from None
    local = _LOCAL_DAY.fullmatch(text)
    hint = f"Maksud Anda {local[3]}-{int(local[2]):02d}-{int(local[1]):02d}? " if local else ""
    raise RefusedError(f"'{text}' bukan tanggal.", f"{hint}Tulis tahun-bulan-hari, misalnya 2026-12-31.")


def _bit_rate(value: Any) -> int:
    if isinstance(value, int) and not isinstance(value, bool) and value > 0:
        return value
    return parse_bit_rate(scalar(value, "kecepatan jalur", "20 Mbps"))


def _byte_size(value: Any) -> int:
    if isinstance(value, int) and not isinstance(value, bool) and value > 0:
        return value
    return parse_byte_size(scalar(value, "ukuran", "8 GB"))


def _rupiah(value: Any) -> Decimal:
    if isinstance(value, Decimal) and value >= 0:
        return value
    return parse_rupiah(scalar(value, "jumlah rupiah", "'Rp 1.250.000'"))


def _clock(value: Any) -> time:
    if isinstance(value, time):
        return value
    text = scalar(value, "jam", "07:30")
    parts = _CLOCK.fullmatch(text)
    real = parts is not None and int(parts[1]) < 24 and int(parts[2]) < 60
    if parts and real and text == f"{int(parts[1]):02d}:{parts[2]}":
        return time(int(parts[1]), int(parts[2]))
    hint = f"Maksud Anda {int(parts[1]):02d}:{parts[2]}? " if parts and real else ""
    raise RefusedError(f"'{text}' bukan jam.", f"{hint}Tulis jam dan menit dengan dua angka, misalnya 07:30.")


def not_empty(value: Any) -> Any:
    """Refuses an empty list. Not min_length: pydantic counts only the items that are valid."""
    if isinstance(value, list | tuple) and not value:
        raise RefusedError("daftarnya kosong.", "Isi sedikitnya satu butir.")
    return value


NOT_EMPTY = BeforeValidator(not_empty), Field(json_schema_extra={"minItems": 1})


class Between:
    """Bounds of a whole number, checked after it is read; both ends are allowed."""

    def __init__(self, first: int, last: int) -> None:
        self.first = first
        self.last = last

    def __call__(self, value: Any) -> int:
        number = _whole_number(value)
        if self.first <= number <= self.last:
            return number
        raise RefusedError(f"{number} di luar batas.", f"Tulis bilangan dari {self.first} sampai {self.last}.")


def _bounded(first: int, last: int) -> tuple[BeforeValidator, WithJsonSchema]:
    return BeforeValidator(Between(first, last)), WithJsonSchema({"type": "integer", "minimum": first, "maximum": last})


_LARGE = 10_000_000

Text = Annotated[
    str,
    BeforeValidator(_text),
    WithJsonSchema({"type": "string", "minLength": 1, "maxLength": _TEXT_MAX, "pattern": '^[^"\\\\]*$'}),
]
Code = Annotated[
    str,
    BeforeValidator(code),
    WithJsonSchema({"type": "string", "pattern": f"^{CODE_PATTERN}$", "maxLength": _CODE_MAX}),
]
Count = Annotated[int, *_bounded(1, _LARGE)]
CountOrZero = Annotated[int, *_bounded(0, _LARGE)]
Percent = Annotated[int, *_bounded(0, 100)]
Weight = Annotated[int, *_bounded(1, 100)]
TimeToLive = Annotated[int, *_bounded(60, 604_800)]  # seconds that a DNS answer may be kept
Priority = Annotated[int, *_bounded(1, 5)]
Year = Annotated[int, *_bounded(2000, 2100)]
# RFC 6996 private numbers included; 0, 23456 and the last of each range are reserved (RFC 7607, 6793, 7300).
AutonomousSystem = Annotated[int, *_bounded(1, 4_294_967_294)]
PortNumber = Annotated[int, *_bounded(1, 65535)]
# 1 is every switch's default VLAN, 4095 is reserved by IEEE 802.1Q.
VlanId = Annotated[int, *_bounded(2, 4094)]
# Below 1380 a tunnel through the line could not carry the 1280 bytes that IPv6 demands (RFC 8200 section 5).
LineMtu = Annotated[int, *_bounded(1380, 1500)]
YesNo = Annotated[bool, BeforeValidator(_yes_no), WithJsonSchema({"type": "boolean"})]
Day = Annotated[date, BeforeValidator(_day), WithJsonSchema({"type": "string", "format": "date"})]
Clock = Annotated[
    time, BeforeValidator(_clock), WithJsonSchema({"type": "string", "pattern": "^([01][0-9]|2[0-3]):[0-5][0-9]$"})
]
BitRate = Annotated[
    int,
    BeforeValidator(_bit_rate),
    WithJsonSchema({"type": "string", "pattern": "^[0-9]+(,[0-9]+)? ?(bps|[kK]bps|[mM]bps|[gG]bps)$"}),
    Field(examples=["20 Mbps", "1,5 Gbps"]),
]
ByteSize = Annotated[
    int,
    BeforeValidator(_byte_size),
    WithJsonSchema({"type": "string", "pattern": "^[0-9]+(,[0-9]+)? ?([kKMGT]?B)$"}),
    Field(examples=["512 MB", "1,5 GB", "2 TB"]),
]
Rupiah = Annotated[
    Decimal,
    BeforeValidator(_rupiah),
    WithJsonSchema({"type": "string", "pattern": "^(Rp\\.? ?)?[0-9.]+(,([0-9]{2}|-))?$"}),
    Field(examples=["Rp 1.250.000"]),
]
