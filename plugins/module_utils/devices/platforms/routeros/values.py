# SPDX-License-Identifier: GPL-3.0-or-later
"""Values that mean the same: each kind has one canonical form, used for comparing only.

What is sent to a device is what the author wrote, and what is restored is what the device printed.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable
from functools import cache

_TIME = re.compile(
    r"(?:(\d+)w)?(?:(\d+)d)?(?:(\d+):(\d+):(\d+)(?:\.(\d+))?)?(?:(\d+)h)?(?:(\d+)m(?!s))?(?:(\d+)s)?(?:(\d+)ms)?\Z"
)
_WEEK, _DAY, _HOUR, _MINUTE, _SECOND = 604_800_000, 86_400_000, 3_600_000, 60_000, 1_000
_UNITS = (("w", _WEEK), ("d", _DAY), ("h", _HOUR), ("m", _MINUTE), ("s", _SECOND), ("ms", 1))
_RATE = re.compile(r"(\d+(?:\.\d+)?)([kKmMgG]?)(?:bps)?\Z")
_POWERS = {"": 1, "k": 10**3, "m": 10**6, "g": 10**9}
_RANGE = re.compile(r"(\d+)-(\d+)\Z")
_HEX = re.compile(r"0x[0-9A-Fa-f]+\Z")
#: longest numeric range that is written out
_RANGE_LIMIT = 4096


@cache
def canonical(kind: str, value: str) -> str:
    """Return the canonical form of a value of this kind; a value that the kind does not know stays as it is."""
    change = _KINDS.get(kind)
    return value if change is None else change(value)


def _bool(value: str) -> str:
    return {"true": "yes", "false": "no"}.get(value, value)


def _time(value: str) -> str:
    if "/" in value:
        return "/".join(map(_time, value.split("/")))
    if value.isdigit():
        return _span(int(value) * _SECOND)
    match = _TIME.match(value)
    if not value or match is None:
        return value
    weeks, days, clock_h, clock_m, clock_s, fraction, hours, minutes, seconds, millis = match.groups()
    total = int(weeks or 0) * _WEEK + int(days or 0) * _DAY
    total += (int(clock_h or 0) + int(hours or 0)) * _HOUR + (int(clock_m or 0) + int(minutes or 0)) * _MINUTE
    total += (int(clock_s or 0) + int(seconds or 0)) * _SECOND + int(millis or 0)
    return _span(total + int((fraction or "0").ljust(3, "0")[:3]))


def _span(millis: int) -> str:
    parts: list[str] = []
    for unit, size in _UNITS:
        count, millis = divmod(millis, size)
        if count:
            parts.append(f"{count}{unit}")
    return "".join(parts) or "0s"


def is_rate(value: str) -> bool:
    """Whether it is one bit rate, such as ``20M`` or ``512kbps``."""
    return _RATE.match(value) is not None


def _rate(value: str) -> str:
    if "/" in value:
        return "/".join(map(_rate, value.split("/")))
    match = _RATE.match(value)
    if match is None:
        return value
    number = float(match[1]) * _POWERS[match[2].lower()]
    for unit in ("g", "m", "k"):
        if number and number % _POWERS[unit] == 0:
            return f"{int(number // _POWERS[unit])}{'k' if unit == 'k' else unit.upper()}"
    return str(int(number))


def _prefix(value: str) -> str:
    if value.startswith("!"):
        return "!" + _prefix(value[1:])
    if "-" in value:
        return "-".join(map(_prefix, value.split("-")))
    address, slash, length = value.partition("/")
    try:
        host = ipaddress.ip_address(address)
    except ValueError:
        return value
    if not slash or length == str(host.max_prefixlen):
        return str(host)
    return f"{host}/{length}"


def _set(value: str) -> str:
    sign, members = _members(value)
    return sign + ",".join(sorted(members))


def _numbers(value: str) -> str:
    sign, members = _members(value)
    numbers: set[str] = set()
    for member in members:
        match = _RANGE.match(member)
        if match and 0 <= int(match[2]) - int(match[1]) <= _RANGE_LIMIT:
            numbers |= {str(number) for number in range(int(match[1]), int(match[2]) + 1)}
        else:
            numbers.add(member)
    return sign + ",".join(sorted(numbers, key=lambda text: (len(text), text)))


def _policy(value: str) -> str:
    # An export writes what is not granted as well: "read,write,!ftp".
    return ",".join(sorted(member for member in _members(value, signed=True)[1] if not member.startswith("!")))


def _prefixes(value: str) -> str:
    return ",".join(sorted({_prefix(member) for member in _members(value)[1]}))


def _list(value: str) -> str:
    return ",".join(part.strip() for part in value.split(","))


def _members(value: str, *, signed: bool = False) -> tuple[str, set[str]]:
    sign = ""
    if value.startswith("!") and not signed:
        sign, value = "!", value[1:]
    return sign, {part.strip() for part in value.split(",") if part.strip()}


def _word(value: str) -> str:
    return str(int(value, 16)) if _HEX.match(value) else value


_KINDS: dict[str, Callable[[str], str]] = {
    "bool": _bool,
    "flag": lambda value: _bool(value) or "yes",
    "time": _time,
    "rate": _rate,
    "prefix": _prefix,
    "ip": _prefix,
    "prefix-set": _prefixes,
    "set": _set,
    "numbers": _numbers,
    "policy": _policy,
    "list": _list,
    "mac": str.upper,
    "word": _word,
}
