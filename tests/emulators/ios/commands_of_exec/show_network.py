# SPDX-License-Identifier: GPL-3.0-or-later
"""Interfaces, VLANs, routes and access lists as they stand."""

import ipaddress

from .. import interfaces
from ..exec_state import Run, command
from ..reach import best_default, connected, is_up, reaches
from ..tree import Section


def _address(section: Section) -> str:
    primary = [e for e in section.find("ip address") if len(e.words) > 3 and e.words[-1] != "secondary"]
    return primary[0].words[2] if primary else "unassigned"


def _states(run: Run, section: Section) -> tuple[str, str]:
    if section.get("shutdown"):
        return "administratively down", "down"
    state = "up" if is_up(run.device, section) else "down"
    return state, state


@command
async def show_ip_brief(run: Run) -> str | None:
    out = "Interface              IP-Address      OK? Method Status                Protocol\n"
    for section in run.device.running.interfaces():
        address = _address(section)
        status, protocol = _states(run, section)
        method = "unset" if address == "unassigned" else "NVRAM"
        out += f"{section.name:<22} {address:<15} YES {method:<6} {status:<21} {protocol:<8}\n"
    return out


@command
async def show_interfaces(run: Run) -> str | None:
    wanted = run.words[2] if len(run.words) > 2 else None
    out = ""
    for number, section in enumerate(run.device.running.interfaces()):
        if wanted not in (None, section.name):
            continue
        status, protocol = _states(run, section)
        tail = " (connected)" if protocol == "up" else " (notconnect)" if status == "down" else " (disabled)"
        physical = interfaces.kind(section.name) == "physical"
        mac = f"0c75.bd{number:02x}.{0x1000 + number:04x}"
        out += f"{section.name} is {status}, line protocol is {protocol}{tail if physical else ''}\n"
        out += f"  Hardware is {'Gigabit Ethernet' if physical else 'Ethernet SVI'}, address is {mac} (bia {mac})\n"
        description = section.get("description")
        if description:
            out += f"  Description: {description.words[1]}\n"
        for entry in section.find("ip address"):
            if len(entry.words) > 3 and not entry.negated:
                prefix = ipaddress.IPv4Network(f"{entry.words[2]}/{entry.words[3]}", strict=False).prefixlen
                out += f"  Internet address is {entry.words[2]}/{prefix}\n"
        out += (
            "  MTU 1500 bytes, BW 1000000 Kbit/sec, DLY 10 usec, \n"
            "     reliability 255/255, txload 1/255, rxload 1/255\n"
            "  5 minute input rate 0 bits/sec, 0 packets/sec\n  5 minute output rate 0 bits/sec, 0 packets/sec\n"
            "     0 packets input, 0 bytes, 0 no buffer\n     0 packets output, 0 bytes, 0 underruns\n"
        )
    return out


@command
async def show_interfaces_status(run: Run) -> str | None:
    out = "\nPort      Name               Status       Vlan       Duplex  Speed Type\n"
    for section in run.device.running.interfaces():
        if interfaces.kind(section.name) not in ("physical", "portchannel"):
            continue
        description = section.get("description")
        status, _ = _states(run, section)
        word = {"up": "connected", "down": "notconnect"}.get(status, "disabled")
        access = section.get("switchport access vlan")
        mode = section.get("switchport mode")
        vlan = "trunk" if mode and mode.words[-1] == "trunk" else access.words[-1] if access else "1"
        vlan = "routed" if "routed" in run.device.running.traits(section) else vlan
        name = (description.words[1] if description else "")[:18]
        out += f"{interfaces.short(section.name):<9} {name:<18} {word:<12} {vlan:<10} a-full a-1000 10/100/1000BaseTX\n"
    return out


@command
async def show_interfaces_description(run: Run) -> str | None:
    out = "Interface                      Status         Protocol Description\n"
    for section in run.device.running.interfaces():
        status, protocol = _states(run, section)
        description = section.get("description")
        state = "admin down" if status.startswith("admin") else status
        text = description.words[1] if description else ""
        out += f"{interfaces.short(section.name):<30} {state:<14} {protocol:<8} {text}".rstrip() + "\n"
    return out


@command
async def show_vlan(run: Run) -> str | None:
    members: dict[str, list[str]] = {}
    for section in run.device.running.interfaces():
        mode, access = section.get("switchport mode"), section.get("switchport access vlan")
        if "switchport" in run.device.running.traits(section) and not (mode and mode.words[-1] == "trunk"):
            members.setdefault(access.words[-1] if access else "1", []).append(interfaces.short(section.name))
    out = "\nVLAN Name                             Status    Ports\n"
    out += "---- -------------------------------- --------- -------------------------------\n"
    names = {"1": "default"}
    for section in run.device.running.root.sections("vlan"):
        name = section.get("name")
        names[section.name] = name.words[1] if name else f"VLAN{int(section.name):04}"
    names |= {"1002": "fddi-default", "1003": "token-ring-default", "1004": "fddinet-default", "1005": "trnet-default"}
    for number in sorted(names, key=int):
        status = "act/unsup" if int(number) > 1001 and int(number) < 1006 else "active"
        ports = members.get(number, [])
        rows = [", ".join(ports[i : i + 4]) for i in range(0, len(ports), 4)] or [""]
        out += f"{number:<4} {names[number]:<32} {status:<9} {rows[0]}".rstrip() + "\n"
        out += "".join(f"{'':48}{row}\n" for row in rows[1:])
    return out


@command
async def show_ip_route(run: Run) -> str | None:
    out = (
        "Codes: L - local, C - connected, S - static, R - RIP, M - mobile, B - BGP\n"
        "       D - EIGRP, EX - EIGRP external, O - OSPF, IA - OSPF inter area\n\n"
    )
    rows = []
    for section, network, address in connected(run.device):
        rows.append((network, f"C        {network} is directly connected, {section.name}\n"))
        rows.append((network, f"L        {address}/32 is directly connected, {section.name}\n"))
    gateway = "Gateway of last resort is not set\n\n"
    for entry in run.device.running.root.find("ip route"):
        if entry.words[2] == "vrf":
            continue
        network = ipaddress.IPv4Network(f"{entry.words[2]}/{entry.words[3]}")
        star = "*" if network.prefixlen == 0 else " "
        if star == "*":
            gateway = f"Gateway of last resort is {entry.words[4]} to network 0.0.0.0\n\n"
        rows.append((network, f"S{star}       {network} [1/0] via {entry.words[4]}\n"))
    return out + gateway + "".join(text for _, text in sorted(rows, key=lambda row: (row[0], row[1])))


@command
async def show_ip_route_to(run: Run) -> str | None:
    """The default route; other ones are told without detail. `flags.learnt_default`: {via, distance} of OSPF's."""
    wanted = run.words[3]
    if wanted != "0.0.0.0":
        known = reaches(run.device, ipaddress.IPv4Address(wanted))
        return f"Routing entry for {wanted}\n" if known else "% Network not in table\n"
    found = best_default(run.device)
    if found is None:
        return "% Network not in table\n"
    if found.protocol == "static":
        return (
            "Routing entry for 0.0.0.0/0, supernet\n"
            f'  Known via "static", distance {found.distance}, metric 0, candidate default path\n'
            f"  Routing Descriptor Blocks:\n  * {found.via}\n      Route metric is 0, traffic share count is 1\n"
        )
    return (
        "Routing entry for 0.0.0.0/0, supernet\n"
        f'  Known via "ospf 1", distance {found.distance}, metric 1, candidate default path\n'
        "  Tag 1, type extern 2, forward metric 1\n"
        f"  Last update from {found.via} on {found.interface}, 00:42:17 ago\n"
        f"  Routing Descriptor Blocks:\n  * {found.via}, from 10.255.0.1, 00:42:17 ago, via {found.interface}\n"
        "      Route metric is 1, traffic share count is 1\n      Route tag 1\n"
    )


@command
async def show_access_lists(run: Run) -> str | None:
    out = ""
    wanted = run.words[-1] if run.words[-1] not in ("access-lists",) else None
    for kind in ("standard", "extended"):
        for section in run.device.running.root.sections(f"ip access-list {kind}"):
            if wanted not in (None, section.name):
                continue
            out += f"{kind.title()} IP access list {section.name}\n"
            for line in run.device.running.acl_lines(section, numbers=True):
                if " remark " not in line:
                    out += f"    {line}\n"
    return out


@command
async def show_arp(run: Run) -> str | None:
    out = "Protocol  Address          Age (min)  Hardware Addr   Type   Interface\n"
    for number, (section, _, address) in enumerate(connected(run.device)):
        out += f"Internet  {address!s:<15}         -   0c75.bd{number:02x}.1000  ARPA   {section.name}\n"
    return out


@command
async def show_hosts(run: Run) -> str | None:
    names = [word for entry in run.device.running.root.find("ip name-server") for word in entry.words[2:]]
    return f"Default domain is not set\nName servers are {', '.join(names) or '255.255.255.255'}\n"


@command
async def show_snmp_user(run: Run) -> str | None:
    users = run.device.running.snmp_users
    if not users and not run.device.running.root.find("snmp-server"):
        return "%SNMP agent not enabled\n"
    wanted = run.words[3] if len(run.words) > 3 else None
    return "".join(
        f"\nUser name: {name}\nEngine ID: 800000090300{run.device.personality.name.encode().hex()[:12]:0<12}\n"
        f"storage-type: nonvolatile\t active\nAuthentication Protocol: {user['auth']}\n"
        f"Privacy Protocol: {user['priv']}\nGroup-name: {user['group']}\n"
        for name, user in users.items()
        if wanted in (None, name)
    )
