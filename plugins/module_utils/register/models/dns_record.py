# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A record of the government's zone that nothing in the register gives: mail, verification texts, what runs outside."""

from __future__ import annotations

import re
from collections.abc import Callable
from ipaddress import AddressValueError, IPv4Address, IPv6Address
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, ConfigDict, Field, WithJsonSchema, model_validator

from ..refused import RefusedError
from .record import Record
from .scalars import TimeToLive, scalar

RecordType = Literal["A", "AAAA", "CNAME", "MX", "TXT", "NS", "SRV", "CAA", "DS"]

APEX = "@"
_LABEL = r"_?[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_NAME = re.compile(rf"@|\*|(?:\*\.)?{_LABEL}(?:\.{_LABEL})*", re.ASCII)
_HOST = re.compile(rf"{_LABEL}(?:\.{_LABEL})+", re.ASCII)
_TEXT_MAX = 2000  # a DKIM key of 4096 bits has some 800 characters
_WORD = re.compile(r"[a-z]+", re.ASCII)
_HEX = re.compile(r"(?:[0-9a-fA-F]{40}|[0-9a-fA-F]{64}|[0-9a-fA-F]{96})", re.ASCII)
_UINT16 = 65535


def _name(value: Any) -> str:
    text = scalar(value, "nama", "mail").casefold()
    if len(text) <= 200 and _NAME.fullmatch(text):
        return text
    raise RefusedError(
        f"'{text}' bukan nama di dalam zona.",
        "Tulis nama di depan domain pemerintah daerah, misalnya mail atau _dmarc; '@' untuk domainnya sendiri.",
    )


def _value(value: Any) -> str:
    text = scalar(value, "isi catatan DNS", "10.10.0.25").strip()
    if not text or len(text) > _TEXT_MAX or not text.isascii() or not text.isprintable() or '"' in text or "\\" in text:
        raise RefusedError(
            "isi catatan DNS kosong, terlalu panjang, atau memuat tanda yang tidak boleh ada di dalamnya.",
            f"Tulis satu baris huruf biasa tanpa kutip ganda dan garis miring terbalik, paling panjang {_TEXT_MAX}.",
        )
    return text


def _numbers(words: list[str], most: int = _UINT16) -> bool:
    return all(word.isascii() and word.isdigit() and int(word) <= most for word in words)


def _host(text: str) -> bool:
    """A full name; what ends in a number is an address (RFC 3696, section 2)."""
    return bool(_HOST.fullmatch(text)) and len(text) <= 253 and not text.rpartition(".")[2].isdigit()


def _is_address(text: str) -> bool:
    try:
        return bool(IPv4Address(text))
    except AddressValueError:
        return False


def _is_address6(text: str) -> bool:
    try:
        return bool(IPv6Address(text))
    except AddressValueError:
        return False


def _is_mx(text: str) -> bool:
    words = text.split()
    return len(words) == 2 and _numbers(words[:1]) and _host(words[1])


def _is_srv(text: str) -> bool:
    words = text.split()
    return len(words) == 4 and _numbers(words[:3]) and _host(words[3])


def _is_caa(text: str) -> bool:
    words = text.split(maxsplit=2)
    return len(words) == 3 and _numbers(words[:1], 255) and bool(_WORD.fullmatch(words[1]))


def _is_ds(text: str) -> bool:
    words = text.split()
    return len(words) == 4 and _numbers(words[:3]) and bool(_HEX.fullmatch(words[3]))


#: Type -> what its value must look like, and an example.
_SHAPES: dict[str, tuple[Callable[[str], bool], str]] = {
    "A": (_is_address, "203.0.113.25"),
    "AAAA": (_is_address6, "2001:db8::25"),
    "CNAME": (_host, "situs.penyedia.example"),
    "MX": (_is_mx, "10 mail.kabupaten.go.id"),
    "TXT": (bool, "v=spf1 mx -all"),
    "NS": (_host, "ns1.penyedia.example"),
    "SRV": (_is_srv, "10 5 5061 sip.kabupaten.go.id"),
    "CAA": (_is_caa, "0 issue letsencrypt.org"),
    "DS": (_is_ds, "12345 13 2 " + "ab" * 32),
}


class DnsEntry(Record):
    """``value`` as a person writes it: full names without the dot at their end, texts without quotes."""

    model_config = ConfigDict(
        title="Catatan DNS", json_schema_extra={"description": "Catatan tambahan di zona pemerintah daerah."}
    )

    name: Annotated[
        str,
        BeforeValidator(_name),
        WithJsonSchema({"type": "string", "pattern": f"^(?:{_NAME.pattern})$"}),
        Field(description="Nama di depan domain, misalnya mail; '@' untuk domainnya sendiri."),
    ]
    type: Annotated[RecordType, Field(description="A, AAAA, CNAME, MX, TXT, NS, SRV, CAA, atau DS.")]
    value: Annotated[
        str,
        BeforeValidator(_value),
        WithJsonSchema({"type": "string", "maxLength": _TEXT_MAX}),
        Field(description="Isinya, misalnya '10 mail.kabupaten.go.id' untuk MX; nama lengkap tanpa titik di belakang."),
    ]
    ttl: Annotated[TimeToLive | None, Field(description="Umur di cache dalam detik (60 sampai 604800).")] = None

    @model_validator(mode="after")
    def _shape(self) -> Self:
        fits, example = _SHAPES[self.type]
        if not fits(self.value):
            raise RefusedError(
                f"'{self.value}' bukan isi catatan {self.type}.", f"Tulis seperti contoh ini: {example}."
            )
        return self
