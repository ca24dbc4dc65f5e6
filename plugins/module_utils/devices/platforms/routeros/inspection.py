# SPDX-License-Identifier: GPL-3.0-or-later
"""Looking at a RouterOS device (v6 and v7), each command on an exec channel of its own.

Menu words are written with spaces: both versions take that form.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise

from ...inspection import CommandOutput, DeviceFacts, Neighbour, allowed, plain
from ...secrecy import Fingerprints
from ...session import Session
from ...target import Target
from . import cli, readonly
from .masking import mask
from .platform import Platform

_FACTS_TIMEOUT = 30.0
_ITEM = re.compile(r"^ {0,3}(\d+) ", re.M)
_PAIR = re.compile(r'([a-z][\w.-]*)=("(?:\\.|[^"\\])*"|[^\s"]\S*|)(?=\s|$)', re.S)


class Inspection:
    """The contract of `devices.inspection`, whose docstrings hold here."""

    device_type = "mikrotik_routeros"
    interactive = False

    def facts(self, session: Session) -> DeviceFacts:
        def ask(command: str) -> str:
            answer = self.run(session, command, _FACTS_TIMEOUT)
            # A virtual router has no routerboard menu; what is not told stays empty.
            return answer.text if answer.ok else ""

        resource = fields(ask("/system resource print"))
        board = fields(ask("/system routerboard print"))
        licence = {} if board.get("serial-number") else fields(ask("/system license print"))
        return DeviceFacts(
            hostname=fields(ask("/system identity print")).get("name", ""),
            model=board.get("model") or resource.get("board-name", ""),
            # "7.16.2 (stable)": the channel is no part of it.
            version=resource.get("version", "").partition(" ")[0],
            serial=board.get("serial-number") or licence.get("system-id", "") or licence.get("software-id", ""),
            uptime=seconds(resource.get("uptime", "")),
            neighbours=tuple(neighbours(ask("/ip neighbor print detail without-paging"))),
        )

    def check(self, command: str) -> str:
        words = plain(command)
        # v7's own spelling, /ip/address/print, means the same.
        head, *rest = words.split(" ")
        spelled = " ".join([head[0] + head[1:].replace("/", " "), *rest]) if head.startswith("/") else f"/{words}"
        return allowed(spelled, readonly.PATTERNS, readonly.EXAMPLES)

    def run(self, session: Session, command: str, timeout: float) -> CommandOutput:
        try:
            text = cli.run(session, command, timeout)
        except cli.CommandError as error:
            return CommandOutput(False, str(error))
        problem = cli.problem(text)
        return CommandOutput(problem is None, text)

    def mask(self, text: str, hide: Fingerprints) -> str:
        for pattern in readonly.SECRETS:
            text = hide.mask(text, pattern)
        return mask(text, hide)

    def backup(self, session: Session, target: Target, hide: Fingerprints) -> Mapping[str, str]:
        platform = Platform()
        # Nothing is compared: only what the register says of the device's version counts for a reading.
        intended = platform.parse("/system identity", target)
        return platform.snapshot(platform.read(session, intended), hide)


def fields(text: str) -> dict[str, str]:
    """``name: value`` lines of a menu with one item."""
    found = re.findall(r"^\s*([a-z][\w-]*): ?(.*)$", text, re.M)
    return {name: value.strip() for name, value in found}


def items(text: str) -> Iterator[dict[str, str]]:
    """The items of ``print detail``: ``name=value`` pairs, over several lines, texts in quotes."""
    starts = [found.start() for found in _ITEM.finditer(text)]
    for start, end in pairwise([*starts, len(text)]):
        yield {name: _unquoted(value) for name, value in _PAIR.findall(text[start:end])}


def neighbours(text: str) -> Iterator[Neighbour]:
    """Neighbours from ``/ip neighbor print detail``: MNDP, CDP and LLDP in one list.

    Until 7.7 the list does not say by which protocol; only MNDP carries a board and a software id.
    """
    for item in items(text):
        ports = item.get("interface", "").split(",")
        told = item.get("discovered-by") or ("mndp" if item.get("software-id") else "")
        platform = " ".join(part for part in (item.get("platform", ""), item.get("board", "")) if part)
        for protocol in told.split(",") if told else [""]:
            yield Neighbour(
                protocol,
                ports[0],
                item.get("identity") or item.get("mac-address", ""),
                item.get("interface-name", ""),
                item.get("address4") or item.get("address", ""),
                platform,
            )


def seconds(text: str) -> int | None:
    """``3w4d12h33m20s`` or ``3w4d12:33:20`` as seconds; None for anything else."""
    found = re.fullmatch(
        r"(?:(\d+)w)?(?:(\d+)d)?(?:(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?|(\d+):(\d\d):(\d\d))", text.strip()
    )
    if not found or not text.strip():
        return None
    weeks, days, hours, minutes, rest, hours2, minutes2, rest2 = (int(part or 0) for part in found.groups())
    return (weeks * 7 + days) * 86400 + (hours + hours2) * 3600 + (minutes + minutes2) * 60 + rest + rest2


def _unquoted(value: str) -> str:
    if not value.startswith('"'):
        return value
    # A long text is wrapped like any other pair, with the next line indented.
    text = re.sub(r"\s*\n\s+", " ", value[1:-1])
    return re.sub(r"\\([0-9A-F]{2}|.)", lambda found: _ESCAPES.get(found[1]) or _character(found[1]), text)


_ESCAPES = {"n": "\n", "r": "\r", "t": "\t", "_": " "}


def _character(code: str) -> str:
    return chr(int(code, 16)) if len(code) == 2 else code
