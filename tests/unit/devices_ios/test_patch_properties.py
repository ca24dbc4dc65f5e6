# SPDX-License-Identifier: GPL-3.0-or-later
"""apply(patch(a→b), a) = b without a complaint, apply(inverse, b) = a from any point of the patch, on two other IOSes.

One is `box`, the other the emulator's configuration store; neither shares code with the platform.
"""

from __future__ import annotations

import re

import pytest
from box import ACL, Box
from configurations import OWN, configuration
from hypothesis import assume, given, settings

from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.outcome import RefusedError
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.platforms.ios import compare, render
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.platforms.ios.commands import Patch
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.platforms.ios.management import ManagementPath
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.platforms.ios.parse import parse
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.platforms.ios.text import scan
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.platforms.ios.tree import load
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.state import differences
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.target import Target
from emulators.ios.config import Config
from emulators.ios.configurator import apply_text

TARGET = Target("sw1", None, "admin", "10.99.0.2", ("10.1.2.3/32",))


def plan(running: str, intended: str) -> tuple[Patch, Patch, bool]:
    """Patch, inverse, and whether anything differs."""
    try:
        wanted = parse(OWN + intended, TARGET)
    except RefusedError:
        assume(False)
        raise
    found = compare.sides(wanted, load(scan(running)))
    path = ManagementPath(TARGET, found.running.config, found.after)
    both = compare.comparison(found)
    return render.patch(found, path), render.inverse(found, path), bool(differences(both.running, both.intended))


def same(one: Box, other: Box) -> bool:
    """Equal but for the order among neighbours of one action in an access list, which decides nothing."""
    left, right = one.state(), other.state()
    return left.keys() == right.keys() and all(
        runs(left[key]) == runs(right[key]) if ACL.match(key) else left[key] == right[key] for key in left
    )


def runs(entries: object) -> list[tuple[str, frozenset[str]]]:
    found: list[tuple[str, set[str]]] = []
    for entry in entries:  # type: ignore[attr-defined]
        action = entry.split()[0]
        if not found or found[-1][0] != action:
            found.append((action, set()))
        found[-1][1].add(entry)
    return [(action, frozenset(texts)) for action, texts in found]


@given(running=configuration(), intended=configuration())
@settings(max_examples=40)
def test_patch_leads_to_what_is_intended_without_a_complaint(running: str, intended: str) -> None:
    patch, _, _ = plan(running, intended)
    device = Box(running)
    device.problems.clear()
    device.enter(patch.lines())
    assert device.problems == []
    assert same(device, Box(intended)), patch.lines()


@given(running=configuration(), intended=configuration())
@settings(max_examples=15)
def test_inverse_leads_back_from_every_point_of_the_patch(running: str, intended: str) -> None:
    patch, inverse, _ = plan(running, intended)
    former = Box(running)
    lines = patch.lines()
    for stop in range(len(lines) + 1):
        device = former.copy()
        device.enter(lines[:stop])
        device._text = None  # a banner that was cut short is not entered
        device.enter(inverse.lines())
        assert same(device, former), (stop, lines, inverse.lines())


@given(config=configuration())
@settings(max_examples=25)
def test_nothing_to_do_is_an_empty_patch(config: str) -> None:
    patch, inverse, differs = plan(config, config)
    assert not patch.commands
    assert not inverse.commands
    assert not differs


@given(running=configuration(), intended=configuration())
@settings(max_examples=25)
def test_a_patch_is_empty_exactly_when_nothing_differs(running: str, intended: str) -> None:
    patch, _, differs = plan(running, intended)
    assert bool(patch.commands) == differs


@given(running=configuration(), intended=configuration())
@settings(max_examples=25)
def test_no_list_in_force_ever_decides_otherwise_than_before_or_after(running: str, intended: str) -> None:
    judged_as_before_or_after(running, intended)


def judged_as_before_or_after(running: str, intended: str) -> Patch:
    patch, _, _ = plan(running, intended)
    device, before, after = Box(running), Box(running), Box(intended)
    # A place that comes or goes as a whole judges nothing before or after.
    places = (uses(before) | uses(after)) & before.sections.keys() & after.sections.keys()
    for stop, line in enumerate(patch.lines()):
        device.enter([*context(patch.lines()[:stop]), line])
        for place in places:
            for packet in PACKETS:
                allowed = {decide(before, place, packet), decide(after, place, packet)}
                assert decide(device, place, packet) in allowed, (stop, place, packet, patch.lines())
    return patch


#: two lists before and after; no state of one is a state of the other
SWAPPED = {
    "standard MGMT": (["permit 10.1.0.0 0.0.255.255"], ["deny 10.1.2.9", "permit any"]),
    "extended SARING": (
        ["deny tcp any any eq telnet", "permit ip any any"],
        ["permit tcp any any eq 22", "permit udp any any eq domain"],
    ),
}


def lists(when: int) -> str:
    return "".join(
        f"ip access-list {name}\n" + "".join(f" {line}\n" for line in SWAPPED[name][when]) for name in SWAPPED
    )


def port(number: int, name: str) -> str:
    return f"interface GigabitEthernet0/{number}\n no switchport\n" + (f" ip access-group {name} in\n" if name else "")


VTY = "line vty 0 4\n transport input ssh\n access-class {} in\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("MGMT SARING MGMT", "SARING MGMT MGMT"),  # each goes where the other comes from
        ("MGMT SARING SARING", "SARING SARING MGMT"),  # a port leaves the list that the terminals come to
        ("SARING MGMT MGMT", "MGMT MGMT SARING"),
        ("- MGMT MGMT", "MGMT - MGMT"),  # from no list, and to none
        ("MGMT SARING MGMT", "MGMT MGMT SARING"),
    ],
)
def test_a_place_goes_over_while_both_lists_change(before: str, after: str) -> None:
    texts = []
    for when, names in enumerate((before, after)):
        one, two, vty = ("" if name == "-" else name for name in names.split())
        texts.append(f"hostname sw1\n{lists(when)}{port(1, one)}{port(2, two)}{VTY.format(vty)}")
    patch = judged_as_before_or_after(*texts)
    device = Box(texts[0])
    device.enter(patch.lines())
    assert device.problems == []
    assert same(device, Box(texts[1]))
    assert not any("TERPUSAT" in header for header in device.lists)


def test_a_place_that_finds_its_new_list_ready_takes_no_detour() -> None:
    """The usual case: a new list, the port goes over, the old list goes."""
    old, new = (
        "ip access-list extended LAMA\n permit ip any any\n",
        "ip access-list extended BARU\n permit ip any any\n",
    )
    patch = judged_as_before_or_after(f"hostname sw1\n{old}{port(1, 'LAMA')}", f"hostname sw1\n{new}{port(1, 'BARU')}")
    assert not any("TERPUSAT" in line for line in patch.lines())


def context(lines: list[str]) -> list[str]:
    """The mode that the lines left open."""
    opened: list[str] = []
    for line in lines:
        if line == "exit":
            opened = []
        elif re.match(r"^(interface|vlan|router|line|ip access-list (standard|extended)|route-map|aaa group) ", line):
            opened = [line]
    return opened


PACKETS = [
    ("10.1.2.3", "tcp", "ssh"), ("10.1.2.9", "tcp", "telnet"), ("10.3.0.1", "udp", "domain"), ("192.0.2.1", "icmp", ""),
    ("10.1.9.9", "tcp", "ssh"), ("10.200.0.1", "tcp", "www"),
]  # fmt: skip


def uses(box: Box) -> set[str]:
    return {
        header
        for header, lines in box.sections.items()
        if any(line.startswith(("ip access-group", "access-class")) for line in lines)
    }


def listed(box: Box, place: str) -> str:
    """The list in force at a place."""
    lines = box.sections.get(place, [])
    return next((line.split()[-2] for line in lines if line.startswith(("ip access-g", "access-c"))), "")


def test_a_new_list_stands_before_anybody_uses_it() -> None:
    """One that the terminals will use as well used to come last, behind a port that used it: open until then."""
    old = "ip access-list extended SARING\n deny ip any any\n"
    port = "interface GigabitEthernet0/1\n no switchport\n ip access-group {} in\n shutdown\n"
    vty = "line vty 0 4\n transport input ssh\n"
    running = f"hostname sw1\n{old}{port.format('SARING')}{vty}"
    intended = (
        f"hostname sw1\nip access-list standard MGMT\n permit 10.1.0.0 0.0.255.255\n{old}{port.format('MGMT')}{vty}"
        " access-class MGMT in\n"
    )
    patch, _, _ = plan(running, intended)
    lines = patch.lines()
    assert lines.index("ip access-list standard MGMT") < lines.index("ip access-group MGMT in")


def decide(box: Box, place: str, packet: tuple[str, str, str]) -> bool:
    """Whether a packet passes where a list is in force; a list that does not exist lets everything pass."""
    name = listed(box, place)
    entries = next((found for header, found in box.lists.items() if header.split()[-1] == name), None)
    if not entries:
        return True
    for number in sorted(entries):
        if matches(entries[number], packet):
            return entries[number].startswith("permit")
    return False


def matches(entry: str, packet: tuple[str, str, str]) -> bool:
    address, protocol, port = packet
    words = entry.split()[1:]
    if words[0] in ("tcp", "udp", "icmp", "ip"):
        if words[0] not in ("ip", protocol):
            return False
        words = words[1:]
        if "eq" in words and {"22": "ssh"}.get(words[-1], words[-1]) != port:
            return False
    if words[0] == "any":
        return True
    if words[0] == "host" or len(words) == 1:
        return words[-1 if len(words) == 1 else 1] == address
    mask = [255 - int(part) for part in words[1].split(".")]
    parts = zip(address.split("."), words[0].split("."), mask, strict=True)
    return all(int(mine) & bits == int(theirs) & bits for mine, theirs, bits in parts)


# -- and on the emulator's store, which refuses what IOS refuses

PORTS = ("GigabitEthernet0/1", "GigabitEthernet0/2")
FACTORY = "vtp mode transparent\nip routing\naaa new-model\n"
TRAITS = frozenset({"switch", "l3"})


def emulated(text: str) -> Config:
    config = Config(TRAITS, PORTS, factory=True)
    problems = apply_text(config, FACTORY + text.replace("^C", "\x03"))
    # What this box does not take is no valid starting point.
    assume(not problems)
    return config


@given(running=configuration(), intended=configuration())
@settings(max_examples=20)
def test_patch_on_the_emulator(running: str, intended: str) -> None:
    start, goal = emulated(running), emulated(intended)
    patch, inverse, _ = plan("\n".join(start.lines()), intended)
    former = start.copy()
    problems = apply_text(start, "\n".join(patch.lines()))
    assert problems == [], patch.lines()
    again, _, differs = plan("\n".join(start.lines()), intended)
    assert not differs, (again.lines(), patch.lines())
    del goal
    apply_text(start, "\n".join(inverse.lines()))
    back, _, differs = plan("\n".join(start.lines()), "\n".join(former.lines()))
    assert not differs, back.lines()


@pytest.mark.parametrize(
    "noise",
    [
        "! Last configuration change at 10:00:00 UTC Mon Mar 1 2021",
        "ntp clock-period 17180154",
        "Current configuration : 4711 bytes",
        "*Mar  1 00:00:01.000: %SYS-5-CONFIG_I: Configured",
    ],
)
def test_noise_is_never_a_change(noise: str) -> None:
    text = "hostname sw1\ninterface Vlan10\n description kantor\n"
    patch, _, differs = plan(f"{noise}\n{text}{noise}\nend\n", text)
    assert not patch.commands
    assert not differs
