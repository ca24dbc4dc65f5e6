# SPDX-License-Identifier: GPL-3.0-or-later
"""Names of interfaces: full names, the abbreviations IOS takes, their kinds and order."""

import re

# Full name -> kind. The order is that of `show running-config`.
KINDS = {
    "Loopback": "loopback",
    "Port-channel": "portchannel",
    "Tunnel": "tunnel",
    "FastEthernet": "physical",
    "GigabitEthernet": "physical",
    "TwoGigabitEthernet": "physical",
    "TenGigabitEthernet": "physical",
    "Serial": "physical",
    "Dialer": "dialer",
    "Vlan": "svi",
}
_ORDER = {name: number for number, name in enumerate(KINDS)}
_SHORT = {"Loopback": "Lo", "Port-channel": "Po", "Tunnel": "Tu", "FastEthernet": "Fa", "GigabitEthernet": "Gi"}
_SHORT |= {"TwoGigabitEthernet": "Tw", "TenGigabitEthernet": "Te", "Serial": "Se", "Dialer": "Di", "Vlan": "Vl"}
_NAME = re.compile(r"([A-Za-z-]+)\s*(\d+(?:/\d+){0,3}(?:\.\d+)?)$")
_NUMBER_OF = {
    "physical": re.compile(r"\d+(/\d+){0,3}(\.\d{1,10})?$"),
    "loopback": re.compile(r"\d{1,10}$"),
    "tunnel": re.compile(r"\d{1,10}$"),
    "dialer": re.compile(r"\d{1,3}$"),
    "svi": re.compile(r"\d{1,4}$"),
    "portchannel": re.compile(r"\d{1,3}(\.\d{1,10})?$"),
}


def expand(kind: str) -> list[str]:
    """The full names that an abbreviation may mean: `gi` -> [GigabitEthernet]."""
    lower = kind.lower()
    return [name for name in KINDS if name.lower().startswith(lower)]


def canonical(text: str) -> str | None:
    """`gi0/1`, `Gi 0/1` -> `GigabitEthernet0/1`; None when it is no interface name."""
    match = _NAME.match(text)
    if match is None:
        return None
    names = expand(match[1])
    if len(names) != 1 or not _NUMBER_OF[KINDS[names[0]]].match(match[2]):
        return None
    if names[0] == "Vlan" and not 1 <= int(match[2]) <= 4094:
        return None
    return names[0] + match[2]


def split(name: str) -> tuple[str, tuple[int, ...]]:
    """`GigabitEthernet1/0/3.10` -> (`GigabitEthernet`, (1, 0, 3, 10))."""
    match = _NAME.match(name)
    assert match is not None, name
    return match[1], tuple(int(part) for part in re.split(r"[/.]", match[2]))


def kind(name: str) -> str:
    """physical, subinterface, loopback, svi, portchannel, tunnel or dialer."""
    return "subinterface" if "." in name else KINDS[split(name)[0]]


def order(name: str) -> tuple[int, tuple[int, ...]]:
    """Sort key of `show running-config`."""
    media, numbers = split(name)
    return _ORDER[media], numbers


def short(name: str) -> str:
    """`GigabitEthernet0/1` -> `Gi0/1`."""
    media, _ = split(name)
    return _SHORT[media] + name[len(media) :]


def spread(text: str) -> list[str]:
    """`Gi1/0/1-4` or `Gi1/0/1 - 4`, as personalities and `interface range` write it, as single names."""
    names: list[str] = []
    for part in text.split(","):
        match = re.match(r"\s*(.*?)(\d+)\s*(?:-\s*(\d+))?\s*$", part)
        if match is None:
            return []
        for number in range(int(match[2]), int(match[3] or match[2]) + 1):
            name = canonical(f"{match[1]}{number}")
            if name is None:
                return []
            names.append(name)
    return names
