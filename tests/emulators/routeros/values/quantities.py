# SPDX-License-Identifier: GPL-3.0-or-later
"""Times and rates: many spellings in, one out (`24h` and `1d`, `7M` and `7000000`)."""

import re

from .base import Lookup, ValueRefusedError, ValueType, invalid, out_of_range

_UNITS = {"w": 604800_000, "d": 86400_000, "h": 3600_000, "m": 60_000, "s": 1000, "ms": 1}
_TERM = re.compile(r"(\d+(?:\.\d+)?)(w|d|h|ms|m|s)")
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d{1,3}))?)?")


def read_time(text: str) -> int | None:
    """Milliseconds of `1w2d3h4m5s6ms`, `1d03:00:00`, `00:10:00` or a bare number of seconds; None: no time."""
    if re.fullmatch(r"\d+", text):
        return int(text) * 1000
    if re.fullmatch(r"\d+\.\d+", text):
        return round(float(text) * 1000)
    total, rest = 0.0, text
    while match := _TERM.match(rest):
        total += float(match[1]) * _UNITS[match[2]]
        rest = rest[match.end() :]
    if rest and (clock := _CLOCK.fullmatch(rest)):
        hours, minutes, seconds, fraction = clock.groups()
        total += (int(hours) * 3600 + int(minutes) * 60 + int(seconds or 0)) * 1000
        total += int((fraction or "0").ljust(3, "0"))
        rest = ""
    return None if rest or not text else round(total)


def print_time(milliseconds: int) -> str:
    """As exports print it: `1w2d`, `10m`, `1s500ms`, `0s`."""
    if milliseconds < 0:
        return "-" + print_time(-milliseconds)
    parts, rest = [], milliseconds
    for unit, size in _UNITS.items():
        count, rest = divmod(rest, size)
        if count:
            parts.append(f"{count}{unit}")
    return "".join(parts) or "0s"


def print_clock(milliseconds: int) -> str:
    """As scripts print a time: `1d03:00:00`, `00:10:00`."""
    if milliseconds < 0:
        return "-" + print_clock(-milliseconds)
    days, rest = divmod(milliseconds, 86400_000)
    weeks, days = divmod(days, 7)
    head = (f"{weeks}w" if weeks else "") + (f"{days}d" if days else "")
    seconds, fraction = divmod(rest, 1000)
    tail = f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    return head + tail + (f".{fraction:03}".rstrip("0") if fraction else "")


class Time(ValueType):
    def parse(self, text: str, lookup: Lookup) -> str:  # noqa: ARG002
        milliseconds = read_time(text)
        if milliseconds is None:
            raise ValueRefusedError("invalid value of {name}, time interval required")
        if milliseconds > 6 * 10**12:
            raise out_of_range("0s", "71w2h27m52s950ms")
        return print_time(milliseconds)


class Clock(ValueType):
    """A time of day."""

    def parse(self, text: str, lookup: Lookup) -> str:  # noqa: ARG002
        milliseconds = read_time(text)
        if milliseconds is None or milliseconds >= 86400_000:
            raise ValueRefusedError("invalid value of {name}, time required")
        return print_clock(milliseconds)


_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


class Date(ValueType):
    """`2026-11-22`; RouterOS 6 and early 7 write `nov/22/2026`."""

    def __init__(self, *, iso: bool) -> None:
        self.iso = iso

    def parse(self, text: str, lookup: Lookup) -> str:  # noqa: ARG002
        if match := re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})", text):
            year, month, day = int(match[1]), int(match[2]), int(match[3])
        elif match := re.fullmatch(r"([A-Za-z]{3})/(\d{1,2})/(\d{4})", text):
            if match[1].lower() not in _MONTHS:
                raise invalid()
            year, month, day = int(match[3]), _MONTHS.index(match[1].lower()) + 1, int(match[2])
        else:
            raise ValueRefusedError("invalid value of {name}, date required")
        if not (1970 <= year <= 2099 and 1 <= month <= 12 and 1 <= day <= 31):
            raise invalid()
        return f"{year}-{month:02}-{day:02}" if self.iso else f"{_MONTHS[month - 1]}/{day:02}/{year}"


_FACTORS = {"": 1, "k": 1000, "K": 1000, "M": 10**6, "G": 10**9}


def print_rate(rate: int) -> str:
    for unit, factor in (("G", 10**9), ("M", 10**6), ("k", 1000)):
        if rate and rate % factor == 0:
            return f"{rate // factor}{unit}"
    return str(rate)


class Rate(ValueType):
    """bit/s: `10M`, `1500k`, `7000000`."""

    def parse(self, text: str, lookup: Lookup) -> str:  # noqa: ARG002
        match = re.fullmatch(r"(\d+(?:\.\d+)?)([kKMG]?)", text)
        if match is None:
            raise invalid()
        return print_rate(round(float(match[1]) * _FACTORS[match[2]]))


class Kib(ValueType):
    """A size in KiB: `2048KiB`, `2M`, `2048`."""

    def parse(self, text: str, lookup: Lookup) -> str:  # noqa: ARG002
        match = re.fullmatch(r"(\d+)(KiB|k|K|M|MiB)?", text)
        if match is None:
            raise invalid()
        return f"{int(match[1]) * (1024 if match[2] in ('M', 'MiB') else 1)}KiB"
