# SPDX-License-Identifier: GPL-3.0-or-later
"""Releases of IOS and IOS-XE, and what which of them does not have yet. Data from Cisco's command histories."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

#: the oldest release with "Configuration Replace and Configuration Rollback" on the platforms we know
OLDEST = (12, 2)

#: (section, line, first IOS release (major, minor, maintenance), first IOS-XE release, name)
_FEATURES: tuple[tuple[str, str, tuple[int, int, int], tuple[int, int], str], ...] = (
    ("", r"^(enable|username \S+.*) (secret [89] |algorithm-type )", (15, 3, 3), (16, 1), "sandi tipe 8 dan 9"),
    ("", r"^(radius|tacacs) server ", (15, 1, 1), (16, 1), "bagian radius server dan tacacs server"),
    ("", r"^ip ssh (server|client) algorithm ", (15, 5, 1), (16, 1), "pilihan algoritme SSH"),
    ("", r"^crypto ikev2 ", (15, 1, 1), (16, 1), "IKEv2"),
    ("", r"^vrf definition ", (12, 2, 33), (16, 1), "vrf definition"),
    ("", r"^(interface )?template ", (15, 2, 2), (16, 1), "templat antarmuka"),
    ("", r"^object-group ", (12, 4, 20), (16, 1), "object-group"),
    ("", r"^device-tracking ", (99, 0, 0), (16, 1), "device-tracking"),
    ("", r"^(netconf-yang|restconf|telemetry |iox|app-hosting )", (99, 0, 0), (16, 1), "antarmuka pemrograman IOS-XE"),
    ("", r"^(ip|ipv6) domain name ", (12, 4, 0), (3, 2), "ejaan ip domain name"),
    ("", r"^ip ssh version 2$", (12, 1, 19), (3, 1), "SSH versi 2"),
    (r"^interface ", r"^ospfv3 ", (15, 1, 3), (16, 1), "OSPFv3 pada antarmuka"),
    (r"^interface ", r"^vrf forwarding ", (12, 2, 33), (3, 1), "vrf forwarding"),
    (r"^interface ", r"^(access-session|service-policy type control subscriber)", (15, 2, 1), (3, 2), "access-session"),
    (r"^router ", r"^address-family .* autonomous-system", (15, 0, 1), (3, 1), "EIGRP bernama"),
)


@dataclass(frozen=True, order=True)
class Version:
    """``xe``: a release of IOS-XE 16 or later, which counts by its own numbers. ``text`` as the device prints it."""

    xe: bool
    numbers: tuple[int, ...]
    text: str

    @classmethod
    def parse(cls, text: str) -> Version | None:
        """Read ``15.2(7)E4``, ``17.03.04a`` or ``03.16.05.S``; None when it is none of these."""
        match = re.match(r"^0?(\d+)\.(\d+)(?:[.(](\d+))?", text.strip())
        if match is None:
            return None
        numbers = tuple(int(part or 0) for part in match.groups())
        return cls(numbers[0] >= 16 or (numbers[0] == 3 and "(" not in text), numbers, text.strip())


def lacking(version: Version, paths: Iterable[tuple[tuple[str, ...], int]]) -> list[tuple[int, str]]:
    """Lines of the configuration (path, number) that this release does not have yet: number and name of the feature."""
    found: list[tuple[int, str]] = []
    for path, number in paths:
        for section, line, ios, xe, name in _FEATURES:
            if len(path) != (2 if section else 1) or (section and not re.search(section, path[0])):
                continue
            if re.search(line, path[-1]) and version.numbers < (xe if version.xe else ios):
                found.append((number, name))
                break
    return found
