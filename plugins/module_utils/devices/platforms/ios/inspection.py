# SPDX-License-Identifier: GPL-3.0-or-later
"""Looking at an IOS or IOS-XE device, through its prompt: IOS serves one exec channel a connection."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from ...inspection import CommandOutput, DeviceFacts, Neighbour, allowed, plain, spoken_seconds
from ...secrecy import Fingerprints
from ...session import Session
from ...target import Target
from . import readonly, secrets
from .cli import Terminal, errors
from .platform import Platform
from .reading import read

_FACTS_TIMEOUT = 30.0


class Inspection:
    """The contract of `devices.inspection`, whose docstrings hold here."""

    device_type = "cisco_ios"
    interactive = True

    def facts(self, session: Session) -> DeviceFacts:
        shown = self.run(session, "show version", _FACTS_TIMEOUT).text
        seen: list[Neighbour] = []
        for command, parse in (("show lldp neighbors detail", lldp), ("show cdp neighbors detail", cdp)):
            answer = self.run(session, command, _FACTS_TIMEOUT)
            # A device where the protocol is off or unknown says so in a line of its own: it has no neighbours to tell.
            if answer.ok:
                seen += parse(answer.text)
        return version(shown, seen)

    def check(self, command: str) -> str:
        return allowed(plain(command), readonly.PATTERNS, readonly.EXAMPLES)

    def run(self, session: Session, command: str, timeout: float) -> CommandOutput:
        text = Terminal(session).run(command, quiet=timeout)
        return CommandOutput(not errors(text), text)

    def mask(self, text: str, hide: Fingerprints) -> str:
        for pattern in readonly.SECRETS:
            text = hide.mask(text, pattern)
        return secrets.mask_text(text, hide)

    def backup(self, session: Session, target: Target, hide: Fingerprints) -> Mapping[str, str]:
        del target
        return Platform().snapshot(read(session), hide)


def version(text: str, neighbours: list[Neighbour]) -> DeviceFacts:
    """Facts from ``show version``; what it does not say stays empty."""
    return DeviceFacts(
        hostname=_first(text, r"^(\S+) uptime is "),
        # The label of a switch's casing, else the processor line ("cisco ISR4321/K9 (1RU) processor …").
        model=_first(text, r"^Model [Nn]umber\s*: (\S+)", r"^[Cc]isco (\S+) \([^)]*\).* (?:processor|with \d+)"),
        version=_first(text, r"^Cisco IOS.*?\bVersion ([^\s,]+)", r"\bVersion ([^\s,]+)"),
        serial=_first(text, r"^System [Ss]erial [Nn]umber\s*: (\S+)", r"^Processor board ID (\S+)"),
        uptime=spoken_seconds(_first(text, r"^\S+ uptime is (.+)$")),
        neighbours=tuple(neighbours),
    )


def lldp(text: str) -> Iterator[Neighbour]:
    """Neighbours from ``show lldp neighbors detail``: one block a neighbour, blocks behind a line of dashes."""
    for block in re.split(r"^-{20,}\s*$", text, flags=re.M):
        port = _first(block, r"^Local Intf: (\S+)")
        if port:
            chassis = _first(block, r"^Chassis id: (\S+)")
            yield Neighbour(
                "lldp",
                port,
                _told(_first(block, r"^System Name: *(\S.*)$")) or chassis,
                _told(_first(block, r"^Port id: (.+)$")),
                _first(block, r"^\s+IP(?:v4)?: (\S+)"),
                _told(_first(block, r"^System Description: *\n(.+)$", r"^System Description: *(\S.*)$")),
            )


def cdp(text: str) -> Iterator[Neighbour]:
    """Neighbours from ``show cdp neighbors detail``."""
    for block in re.split(r"^-{20,}\s*$", text, flags=re.M):
        name = _first(block, r"^Device ID: *(\S.*)$")
        if name:
            yield Neighbour(
                "cdp",
                _first(block, r"^Interface: ([^,\s]+)"),
                name,
                _first(block, r"Port ID \(outgoing port\): (.+)$"),
                _first(block, r"^\s+IP(?:v4)? [Aa]ddress: (\S+)"),
                _first(block, r"^Platform: ([^,\n]+)"),
            )


def _told(text: str) -> str:
    return "" if text.startswith("- not advertised") or text == "not advertised" else text


def _first(text: str, *patterns: str) -> str:
    """The first group of the first pattern that is found, without spaces around it."""
    for pattern in patterns:
        found = re.search(pattern, text, re.M)
        if found:
            return found[1].strip()
    return ""
