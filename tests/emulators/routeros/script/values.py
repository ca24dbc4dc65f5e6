# SPDX-License-Identifier: GPL-3.0-or-later
"""The data of scripts: nothing, str, int, bool, time, IP, prefix, internal number, array, code."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ..values.quantities import print_clock, read_time

if TYPE_CHECKING:
    from .nodes import Script


@dataclass(frozen=True)
class Nothing:
    """An unset variable, a `find` within a text that found nothing."""


@dataclass(frozen=True, order=True)
class Duration:
    milliseconds: int


@dataclass(frozen=True)
class Ip:
    address: ipaddress.IPv4Address | ipaddress.IPv6Address


@dataclass(frozen=True)
class Prefix:
    network: ipaddress.IPv4Interface | ipaddress.IPv6Interface


@dataclass(frozen=True)
class Id:
    """`*1A`: names an item for good."""

    text: str


@dataclass
class Array:
    """`keys`: elements with a key, besides the ones that only have a place."""

    values: list[object] = field(default_factory=list)
    keys: dict[str, object] = field(default_factory=dict)

    def all(self) -> list[object]:
        return [*self.values, *(self.keys[key] for key in sorted(self.keys))]


@dataclass
class Function:
    script: Script


NOTHING = Nothing()


def typed(text: str) -> object:
    """What an unquoted word is in a script: number, time, address, yes/no, else a text."""
    if re.fullmatch(r"-?\d+", text):
        return int(text)
    if re.fullmatch(r"0x[0-9A-Fa-f]+", text):
        return int(text, 16)
    if text in ("true", "yes"):
        return True
    if text in ("false", "no"):
        return False
    if re.fullmatch(r"\*[0-9A-F]+", text):
        return Id(text)
    if re.match(r"\d", text) and (time := read_time(text)) is not None:
        return Duration(time)
    if re.fullmatch(r"[0-9A-Fa-f.:]+(/\d+)?", text) and (":" in text or text.count(".") == 3):
        try:
            return Prefix(ipaddress.ip_interface(text)) if "/" in text else Ip(ipaddress.ip_address(text))
        except ValueError:
            return text
    return text


def text_of(value: object) -> str:
    """As `:put` shows it and as `.` joins it."""
    match value:
        case Nothing():
            return ""
        case bool():
            return "true" if value else "false"
        case Duration():
            return print_clock(value.milliseconds)
        case Ip():
            return str(value.address)
        case Prefix():
            return str(value.network)
        case Id():
            return value.text
        case Array():
            plain = [text_of(element) for element in value.values]
            return ";".join([*plain, *(f"{key}={text_of(value.keys[key])}" for key in sorted(value.keys))])
        case Function():
            return "(code)"
    return str(value)


def argument_text(value: object) -> str:
    """As a command's argument reads it: yes/no, times as they are written, arrays comma separated."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Array):
        return ",".join(argument_text(element) for element in value.all())
    return text_of(value)


def type_of(value: object) -> str:
    match value:
        case Nothing():
            return "nothing"
        case bool():
            return "bool"
        case int():
            return "num"
        case Duration():
            return "time"
        case Ip():
            return "ip" if value.address.version == 4 else "ip6"
        case Prefix():
            return "ip-prefix" if value.network.version == 4 else "ip6-prefix"
        case Id():
            return "id"
        case Array():
            return "array"
        case Function():
            return "code"
    return "str"


def truth(value: object) -> bool | None:
    """True/False of a condition; None when it is none."""
    if isinstance(value, bool):
        return value
    if value in ("true", "yes"):
        return True
    if value in ("false", "no") or isinstance(value, Nothing):
        return False
    return None
