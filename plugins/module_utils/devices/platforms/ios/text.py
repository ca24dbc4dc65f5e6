# SPDX-License-Identifier: GPL-3.0-or-later
"""Configuration text, as ``show running-config`` prints it, read line by line.

A banner, a certificate and a macro are several lines of text but one line of configuration: they become one `Line`
whose text carries the rest behind a newline.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_BANNER = re.compile(r"^(banner (?:motd|login|exec|incoming|prompt-timeout|slip-ppp)) (\^C|\S)(.*)$")
_MACRO = re.compile(r"^macro name \S+$")
_CERTIFICATE = re.compile(r"^certificate( [\w-]+)? [0-9A-Fa-f]+$")
_HEX = re.compile(r"^\s+(?:[0-9A-Fa-f]{2,8} ?)+\s*$")
#: what the device writes about the text, not about itself; it differs from one reading to the next
_VOLATILE = re.compile(
    r"^(Building configuration\.\.\.|Current configuration ?: \d+ bytes|Using \d+ out of \d+ bytes.*|version \d\S*|end"
    r"|ntp clock-period \d+|boot-(start|end)-marker|license udi pid .*)$"
)
#: how such a line begins; a configuration of a thousand lines has five of them
_VOLATILE_STARTS = ("Building", "Current", "Using", "version", "end", "ntp", "boot-", "license")
#: messages of the log that the device prints in the middle of an answer, with and without a time stamp
_LOG = re.compile(
    r"^(?:\d{6,}: )?(?:[*.]?[A-Z][a-z]{2} +\d+ (?:\d{4} )?\d\d:\d\d:\d\d(?:\.\d+)?(?: [A-Z]+)?: |\d+[wdhy:]\S*: )?"
    r"%[A-Z0-9_]+(?:-[A-Z0-9_]+)*-\d-[A-Z0-9_]+: ?.*$"
)
#: `show running-config` leaves the factory's privilege out, and a line entered without one would keep another
_PLAIN_USER = re.compile(r"^(username \S+) (?=(?:secret|password|nopassword)\b)")
#: ends of sub-modes that are printed like lines of configuration
_EXITS = frozenset({"exit-address-family", "exit-peer-policy", "exit-peer-session", "exit-vrf", "exit", "quit"})


class TextError(Exception):
    """The text does not parse: ``number`` is the line (from 1), the message says what is wrong and what to do."""

    def __init__(self, number: int, message: str) -> None:
        super().__init__(message)
        self.number = number


class Line(NamedTuple):
    """One line of configuration: its number in the text, the spaces before it, and the text behind them."""

    number: int
    indent: int
    text: str


def is_log_message(line: str) -> bool:
    """Whether a printed line is a message of the device's log."""
    return "%" in line and _LOG.match(line) is not None


def scan(text: str) -> Iterator[Line]:
    """Yield the lines of a configuration without comments, exits of sub-modes and what the device says of the text.

    Raises:
        TextError: a banner, certificate or macro has no end.
    """
    numbered = iter(enumerate(text.replace("\r", "").split("\n"), 1))
    pending: tuple[int, str] | None = None
    while True:
        number, raw = pending or next(numbered, (0, ""))
        pending = None
        if not number:
            return
        line = raw.rstrip()
        bare = line.lstrip(" ")
        if not bare or bare[0] == "!" or ("%" in line and is_log_message(line)):
            continue
        if line.startswith(_VOLATILE_STARTS) and _VOLATILE.match(line):
            continue
        indent = len(line) - len(bare)
        if indent and bare.strip() in _EXITS:
            continue
        if bare[0] == "b" and (banner := _BANNER.match(line)) is not None:
            yield Line(number, 0, f"{banner[1]}\n{_until(numbered, number, banner[2], banner[3])}")
        elif bare[0] == "m" and _MACRO.match(line):
            yield Line(number, 0, f"{line}\n{_until(numbered, number, '@', '')}")
        elif indent and bare[0] == "c" and _CERTIFICATE.match(bare):
            blob, pending = _certificate(numbered, number)
            yield Line(number, indent, f"{bare}\n{blob}" if blob else bare)
        else:
            yield Line(number, indent, bare if indent else _in_full(bare))


def _in_full(line: str) -> str:
    """A top-level line with the privilege that IOS does not print."""
    return _PLAIN_USER.sub(r"\1 privilege 1 ", line) if line.startswith("username ") else line


def _until(numbered: Iterator[tuple[int, str]], start: int, delimiter: str, first: str) -> str:
    """The text up to the delimiter, without line ends at both sides: where the device puts them says nothing."""
    body: list[str] = []
    rest = first
    while True:
        before, found, _ = rest.partition(delimiter)
        body.append(before.rstrip())
        if found:
            return "\n".join(body).strip("\n")
        number, raw = next(numbered, (0, ""))
        if not number:
            raise TextError(start, f"tidak pernah ditutup; akhiri dengan {delimiter!r} pada baris tersendiri")
        rest = raw


def _certificate(numbered: Iterator[tuple[int, str]], start: int) -> tuple[str, tuple[int, str] | None]:
    """The hexadecimal text in one piece, and the line read ahead when there was none (it then lies in a file)."""
    blob: list[str] = []
    for number, raw in numbered:
        if _HEX.match(raw):
            blob.append("".join(raw.split()).upper())
        elif blob and raw.strip() == "quit":
            return "".join(blob), None
        elif blob:
            break
        else:
            return "", (number, raw)
    if not blob:
        return "", None
    raise TextError(start, "sertifikat tidak ditutup; akhiri dengan quit setelah baris heksadesimal")
