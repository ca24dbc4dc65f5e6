# SPDX-License-Identifier: GPL-3.0-or-later
"""Generated configurations: small, but with everything whose order or replacement is delicate."""

from __future__ import annotations

from hypothesis import strategies as st

WORDS = st.sampled_from(["kantor", "uplink dinas", "server 1", "cadangan"])
#: disjoint networks, so that a valid configuration has no overlaps; one address each
NETWORKS = [f"10.0.{number}.1 255.255.255.0" for number in range(6)]
ENTRIES = {
    "standard": [
        "permit 10.1.0.0 0.0.255.255",
        "deny 10.1.2.0 0.0.0.255",
        "permit 10.1.2.3",
        "permit any",
        "deny any",
        "deny 10.0.0.0 0.255.255.255",
        "permit 10.3.0.0 0.0.255.255",
    ],
    "extended": [
        "permit tcp any any eq 22",
        "permit ip 10.1.0.0 0.0.255.255 any",
        "deny tcp any any eq telnet",
        "permit icmp any any",
        "deny ip any any",
        "permit udp any any eq domain",
        "deny tcp host 10.1.2.3 any",
    ],
}


def lines_of(section: dict[str, list[str]]) -> str:
    return "".join(f"{header}\n" + "".join(f" {line}\n" for line in lines) for header, lines in section.items())


@st.composite
def entries(draw: st.DrawFn, kind: str) -> list[str]:
    return draw(st.lists(st.sampled_from(ENTRIES[kind]), min_size=1, max_size=6, unique=True))


@st.composite
def configuration(draw: st.DrawFn) -> str:
    """A complete text as ``show running-config`` would print its parts."""
    parts: list[str] = [f"hostname {draw(st.sampled_from(['sw1', 'sw1-baru']))}\n"]
    routes = st.sampled_from([f"ip route 10.{n}.0.0 255.255.0.0 10.0.0.{hop}" for n in range(20, 23) for hop in (8, 9)])
    parts += [f"{line}\n" for line in draw(st.lists(routes, max_size=4, unique=True))]
    if draw(st.booleans()):
        parts.append(f"snmp-server location {draw(WORDS)}\n")
    if draw(st.booleans()):
        parts.append(f"banner motd ^C\n{draw(WORDS)}\n{draw(WORDS)}\n^C\n")
    for number in draw(st.lists(st.sampled_from([5, 10, 15]), max_size=3, unique=True)):
        action = draw(st.sampled_from(["permit 10.0.0.0/8", "deny 10.0.0.0/8", "permit 0.0.0.0/0"]))
        parts.append(f"ip prefix-list AWALAN seq {number} {action}\n")
    sections: dict[str, list[str]] = {}
    vlans = draw(st.lists(st.sampled_from([10, 20, 30]), max_size=3, unique=True))
    for number in vlans:
        sections[f"vlan {number}"] = [f"name {draw(WORDS).split()[0]}-{number}"] if draw(st.booleans()) else []
    lists: list[str] = []
    for kind, name in (("standard", "MGMT"), ("extended", "SARING")):
        if draw(st.booleans()):
            lists.append(name)
            sections[f"ip access-list {kind} {name}"] = draw(entries(kind))
    free = draw(st.permutations(NETWORKS))
    names = ["GigabitEthernet0/1", "GigabitEthernet0/2", "Loopback0", "Vlan10", "Vlan20"]
    for index, name in enumerate(names):
        if name.startswith("Giga") or draw(st.booleans()):
            routed = not name.startswith("Giga") or draw(st.booleans())
            lines = draw(interface(free[index], lists)) if routed else draw(switchport(vlans))
            sections[f"interface {name}"] = ["no switchport", *lines] if routed and name.startswith("Giga") else lines
    if draw(st.booleans()):
        networks = draw(
            st.lists(st.sampled_from([f"network 10.0.{n}.0 0.0.0.255 area 0" for n in range(4)]), unique=True)
        )
        sections["router ospf 1"] = [f"router-id 10.255.0.{draw(st.integers(1, 3))}", *networks]
    for number in draw(st.lists(st.sampled_from([10, 20]), max_size=2, unique=True)):
        header = f"route-map PETA {draw(st.sampled_from(['permit', 'deny']))} {number}"
        sections[header] = [f"set metric {draw(st.integers(1, 3))}"] if draw(st.booleans()) else []
    group = draw(st.lists(st.sampled_from(["server name A", "server name B", "server name C"]), unique=True))
    if group:
        sections["aaa group server radius PUSAT"] = group
    vty = ["transport input ssh", f"exec-timeout {draw(st.integers(11, 30))} 0"]
    if "MGMT" in lists and draw(st.booleans()):
        vty.append("access-class MGMT in")
    sections["line vty 0 4"] = vty
    return "".join(parts) + lines_of(sections)


@st.composite
def switchport(draw: st.DrawFn, vlans: list[int]) -> list[str]:
    lines = [f"switchport access vlan {draw(st.sampled_from(vlans))}"] if vlans else []
    return [*lines, "switchport mode access"] if draw(st.booleans()) else lines


@st.composite
def interface(draw: st.DrawFn, address: str, lists: list[str]) -> list[str]:
    lines: list[str] = []
    if draw(st.booleans()):
        lines.append(f"description {draw(WORDS)}")
    if draw(st.booleans()):
        lines.append(f"ip address {address}")
    for helper in draw(st.lists(st.sampled_from(["10.9.0.1", "10.9.0.2"]), unique=True, max_size=2)):
        lines.append(f"ip helper-address {helper}")
    if lists and draw(st.booleans()):
        lines.append(f"ip access-group {draw(st.sampled_from(lists))} in")
    if draw(st.booleans()):
        lines.append(f"ip ospf cost {draw(st.integers(1, 4))}")
    if draw(st.booleans()):
        lines.append("shutdown")
    return lines


#: claims everything that can be generated, so that what is not intended goes
OWN = "".join(
    f"! own: {prefix}\n"
    for prefix in (
        "hostname",
        "ip route",
        "snmp-server location",
        "banner",
        "ip prefix-list",
        "vlan",
        "ip access-list",
        "interface",
        "router ospf",
        "route-map",
        "aaa group server",
        "line vty",
    )
)
