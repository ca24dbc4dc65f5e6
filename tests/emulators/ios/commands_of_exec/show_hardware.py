# SPDX-License-Identifier: GPL-3.0-or-later
"""What the box is, who is on it, who its neighbours are."""

from .. import clocktext, interfaces
from ..exec_state import Run, command


def _image(run: Run) -> tuple[str, str, str]:
    """(family, image, software line)"""
    flags, version = run.device.personality.flags, run.device.personality.version
    image = str(flags.get("image", "C2960X-UNIVERSALK9-M"))
    family = str(flags.get("family", "C2960X"))
    if "xe" in run.device.box:
        short = version.removeprefix("0")
        software = (
            f"Cisco IOS XE Software, Version {version}\n"
            f"Cisco IOS Software [Bengaluru], {family} Software ({image}), Version {short}, RELEASE SOFTWARE (fc3)"
        )
    else:
        software = f"Cisco IOS Software, {family} Software ({image}), Version {version}, RELEASE SOFTWARE (fc1)"
    return family, image, software


@command
async def show_version(run: Run) -> str | None:
    device = run.device
    item = device.personality
    _, image, software = _image(run)
    gigabit = sum("GigabitEthernet" in port for port in device.ports)
    started = clocktext.full(device.now(), device.zone)
    switch = "switch" in device.box
    serial = "System serial number           : " if switch else "Processor board ID "
    model = f"Model number                   : {item.model}\n" if switch else ""
    return (
        f"{software}\n"
        "Technical Support: http://www.cisco.com/techsupport\n"
        "Copyright (c) 1986-2021 by Cisco Systems, Inc.\n"
        "Compiled Fri 19-Mar-21 10:12 by prod_rel_team\n\n"
        "ROM: Bootstrap program is boot loader\n\n"
        f"{device.running.hostname} uptime is {clocktext.uptime(device.clock.uptime)}\n"
        f"System returned to ROM by reload at {started}\n"
        'System image file is "flash:' + image.lower() + '.bin"\n'
        "Last reload reason: Reload Command\n\n\n"
        f"cisco {item.model} (APM86XXX) processor (revision V02) with 524288K bytes of memory.\n"
        f"Processor board ID {item.serial}\n"
        f"Last reset from power-on\n"
        f"{gigabit} Gigabit Ethernet interfaces\n"
        "512K bytes of flash-simulated non-volatile configuration memory.\n"
        + (f"{model}{serial}{item.serial}\n" if switch else "")
        + "\nConfiguration register is 0x"
        + ("F" if switch else "2102")
        + "\n\n"
    )


@command
async def show_inventory(run: Run) -> str | None:
    item = run.device.personality
    name, what = ("1", item.model) if "switch" in run.device.box else ("Chassis", f"Cisco {item.model} Chassis")
    return f'NAME: "{name}", DESCR: "{what}"\nPID: {item.model:<18}, VID: V02  , SN: {item.serial}\n\n\n'


@command
async def show_users(run: Run) -> str | None:
    rows = "    Line       User       Host(s)              Idle       Location\n"
    for session in run.device.sessions:
        if session.state is not None:
            mark = "*" if session is run.session else " "
            rows += _user(mark, session.state.line, session.user, "00:00:00", run.device.source)
    for number, user in enumerate(run.device.others, 2):
        rows += _user(" ", number, user, "00:02:11", "10.0.0.77")
    return rows + "\n  Interface    User               Mode         Idle     Peer Address\n\n"


def _user(mark: str, line: int, user: str, idle: str, location: str) -> str:
    return f"{mark}{line + 1:>3} vty {line:<5} {user:<10} idle                 {idle} {location}\n"


@command
async def show_clock(run: Run) -> str | None:
    now = run.device.now()
    return f"*{now:%H:%M:%S}.{now.microsecond // 1000:03} {run.device.zone} {now:%a %b} {now.day} {now.year}\n"


@command
async def show_ntp(run: Run) -> str | None:
    server = run.device.running.root.get("ntp server")
    if server is None:
        return "%NTP is not enabled.\n"
    return (
        f"Clock is synchronized, stratum 3, reference is {server.words[2]}\n"
        "nominal freq is 250.0000 Hz, actual freq is 250.0002 Hz, precision is 2**10\n"
    )


@command
async def show_ip_ssh(run: Run) -> str | None:
    version = run.device.running.root.get("ip ssh version 2")
    return (
        f"SSH Enabled - version {'2.0' if version else '1.99'}\n"
        "Authentication methods:publickey,keyboard-interactive,password\n"
        "Authentication timeout: 120 secs; Authentication retries: 3\n"
    )


def _neighbors(run: Run) -> list[dict[str, str]]:
    """flags.neighbors: [{name, address, platform, local, remote, version}]; none on ports that are shut down."""
    found = []
    for neighbor in run.device.personality.flags.get("neighbors", []):
        port = interfaces.canonical(neighbor["local"])
        section = run.device.running.interface(port) if port else None
        if section is not None and not section.get("shutdown"):
            found.append({**neighbor, "local": port})
    return found


@command
async def show_cdp(run: Run) -> str | None:
    root = run.device.running.root
    if any(entry.negated for entry in root.find("cdp run")):
        return "% CDP is not enabled\n"
    total = f"\nTotal cdp entries displayed : {len(_neighbors(run))}\n"
    if "detail" not in run.words:
        out = "Device ID        Local Intrfce     Holdtme    Capability  Platform  Port ID\n"
        for n in _neighbors(run):
            port = interfaces.short(n["local"])
            out += f"{n['name']:<17}{port:<18}151              R S I  {n['platform']:<10}{n['remote']}\n"
        return out + total
    text = ""
    for n in _neighbors(run):
        text += (
            f"-------------------------\nDevice ID: {n['name']}\nEntry address(es): \n  IP address: {n['address']}\n"
            f"Platform: {n['platform']},  Capabilities: Router Switch IGMP \n"
            f"Interface: {n['local']},  Port ID (outgoing port): {n['remote']}\nHoldtime : 151 sec\n\n"
            f"Version :\n{n.get('version', 'Cisco IOS Software')}\n\nadvertisement version: 2\n"
            f"Management address(es): \n  IP address: {n['address']}\n\n"
        )
    return text + total


@command
async def show_lldp(run: Run) -> str | None:
    if run.device.running.root.get("lldp run") is None:
        return "% LLDP is not enabled\n"
    if "detail" not in run.words:
        rows = "".join(
            f"{n['name']:<20}{interfaces.short(n['local']):<15}120        B,R             {n['remote']}\n"
            for n in _neighbors(run)
        )
        return (
            "Capability codes:\n    (R) Router, (B) Bridge, (T) Telephone, (C) DOCSIS Cable Device\n"
            "    (W) WLAN Access Point, (P) Repeater, (S) Station, (O) Other\n\n"
            f"Device ID           Local Intf     Hold-time  Capability      Port ID\n{rows}\n"
            f"Total entries displayed: {len(_neighbors(run))}\n\n"
        )
    text = ""
    for n in _neighbors(run):
        text += (
            f"------------------------------------------------\nLocal Intf: {interfaces.short(n['local'])}\n"
            f"Chassis id: {n.get('chassis', '0011.2233.4455')}\nPort id: {n['remote']}\n"
            f"Port Description: {n['remote']}\n"
            f"System Name: {n['name']}\n\nSystem Description: \n{n.get('version', n['platform'])}\n\n"
            "Time remaining: 97 seconds\nSystem Capabilities: B,R\nEnabled Capabilities: B,R\n"
            f"Management Addresses:\n    IP: {n['address']}\nAuto Negotiation - not supported\n\n"
        )
    return "\n" + text + f"\nTotal entries displayed: {len(_neighbors(run))}\n\n"
