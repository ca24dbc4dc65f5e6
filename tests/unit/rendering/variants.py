# SPDX-License-Identifier: GPL-3.0-or-later
"""One small government, its network built of one platform after the other: the same register, other boxes and ports."""

from __future__ import annotations

import base64
import functools
import re
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Any

import yaml
from people import PEOPLE
from role_render import bundle_text

from ansible_collections.diskominfo.terpusat.plugins.module_utils.planning.hosts import hosts
from ansible_collections.diskominfo.terpusat.plugins.module_utils.planning.lock_file import read_lock
from ansible_collections.diskominfo.terpusat.plugins.module_utils.register.loading import load

GOVERNMENT = Path(__file__).parent / "government"
ROUTERS = ("border_router", "opd_router")
ROLES = (*ROUTERS, "core_switch")
#: stands for the folder of the checkout, which differs from machine to machine
FOLDER = PurePath("/government")
#: what a vault holds in a real government
SECRETS: dict[str, Any] = {
    "ospf_key": "kunci-ospf-uji",
    "snmp_auth": "sandi-snmp-auth-uji",
    "snmp_priv": "sandi-snmp-priv-uji",
    "vpn_keys": {name: base64.b64encode(f"{name:*^32}".encode()).decode() for name in ("br1", "rt-satpolpp")},
    "vpn_psk": "rahasia-vpn-uji",
}


@dataclass(frozen=True)
class Box:
    """What stands in for each device of a role: ``ports`` maps the number of an ``ethN`` to the box's port."""

    platform: str
    model: str
    version: str
    ports: dict[int, str]
    personality: str = ""


def _numbered(pattern: str, count: int, management: str) -> dict[int, str]:
    return {0: management, **{number: pattern % number for number in range(1, count + 1)}}


def _routeros(version: str) -> dict[str, Box]:
    ccr = Box("routeros", "CCR2004-16G-2S+", version, _numbered("ether%d", 15, "ether16"), "routeros-ccr-v7")
    hex_ = Box("routeros", "hEX", version, _numbered("ether%d", 4, "ether5"), "routeros-hex-v7")
    return {"border_router": ccr, "core_switch": ccr, "opd_router": hex_}


def _ios(router: Box, switch: Box) -> dict[str, Box]:
    return {"border_router": router, "core_switch": switch, "opd_router": router}


#: name of a variant -> role -> box
VARIANTS: dict[str, dict[str, Box]] = {
    "ios15": _ios(
        Box(
            "ios", "CISCO2911/K9", "15.7(3)M8", _numbered("GigabitEthernet0/%d", 5, "GigabitEthernet0/0"), "ios-router"
        ),
        Box(
            "ios",
            "WS-C3750X-24T",
            "15.2(4)E10",
            _numbered("GigabitEthernet1/0/%d", 23, "GigabitEthernet1/0/24"),
            "ios-access",
        ),
    ),
    "iosxe17": _ios(
        Box("ios", "ISR4331/K9", "17.3.5", _numbered("GigabitEthernet0/0/%d", 5, "GigabitEthernet0/0/0"), "ios-router"),
        Box("ios", "C9300-24T", "17.3.5", _numbered("GigabitEthernet1/0/%d", 23, "GigabitEthernet1/0/24"), "ios-core"),
    ),
    "routeros7": _routeros("7.22.3"),
    "routeros6": _routeros("6.49.18"),
}
SUFFIX = {"routeros": "rsc", "ios": "cfg"}


@functools.cache
def folder(variant: str) -> Path:
    """A government's folder whose network devices are those of a variant; ``mixed`` takes each role from another."""
    target = Path(tempfile.mkdtemp(prefix="terpusat-uji-")) / "pemda"
    shutil.copytree(GOVERNMENT, target)
    devices = yaml.safe_load((target / "register" / "devices.yml").read_text())
    renamed: dict[str, str] = {}
    _without_lacp(variant, devices["devices"])
    for number, device in enumerate(devices["devices"]):
        box = box_of(variant, device["role"], number)
        device |= {"platform": box.platform, "model": box.model, "os_version": box.version}
        for port in device["ports"]:
            new = box.ports[int(port["name"].removeprefix("eth"))]
            renamed[f"{device['name']}:{port['name']}"] = f"{device['name']}:{new}"
            port["name"] = new
            if box.platform == "ios" and "bundle" in port:
                port["bundle"] = port["bundle"].replace("bond", "Port-channel")
    texts = {target / "register" / "devices.yml": yaml.safe_dump(devices, sort_keys=False, allow_unicode=True)}
    for path in (target / "register" / "servers.yml", target / "allocations.yml"):
        texts[path] = path.read_text()
    for path, text in texts.items():
        for old, new in renamed.items():
            text = re.sub(rf"\b{re.escape(old)}\b", new, text)
        path.write_text(text)
    return target


def _without_lacp(variant: str, devices: list[dict[str, Any]]) -> None:
    """An ISR G2 knows no LACP: it keeps the first cable of a bundle, and so does whoever is at the other end."""
    gone: set[str] = set()
    single: set[str] = set()
    for number, device in enumerate(devices):
        box = box_of(variant, device["role"], number)
        if box is not None and box.platform == "ios" and box.version.startswith("15") and device["role"] in ROUTERS:
            bundled = [port for port in device["ports"] if "bundle" in port]
            gone |= {f"{device['name']}:{port['name']}" for port in bundled[1:]}
            single |= {f"{device['name']}:{port['name']}" for port in bundled[:1]}
    for device in devices:
        device["ports"] = [
            port for port in device["ports"] if not {f"{device['name']}:{port['name']}", port.get("to")} & gone
        ]
        for port in device["ports"]:
            if {f"{device['name']}:{port['name']}", port.get("to")} & single:
                del port["bundle"]


def box_of(variant: str, role: str, number: int) -> Box:
    """The box of a device; in ``mixed`` the variants take turns."""
    if variant != "mixed":
        return VARIANTS[variant][role]
    return VARIANTS[[*VARIANTS][number % len(VARIANTS)]][role]


@functools.cache
def planned(variant: str) -> dict[str, dict[str, Any]]:
    """Host vars of the network devices of a variant, by name."""
    return planned_in(folder(variant))


def planned_in(root: Path) -> dict[str, dict[str, Any]]:
    """Host vars of the network devices of a government's folder, by name."""
    loaded = load(root / "register")
    assert loaded.register is not None, loaded.text()
    lock = read_lock(root / "allocations.yml", loaded.register)
    assert lock.allocations is not None, lock.problems
    found = hosts(loaded.register, lock.allocations, FOLDER)
    devices = [host for host in found.hosts if host.variables["terpusat_host"]["kind"] == "device"]
    for host in devices:
        assert host.intent is not None, host.obstacles.about(host.name)
    people = {"terpusat_admins": PEOPLE, "ansible_user": "admin", "network_device_secrets": SECRETS}
    return {host.name: {**found.shared, **host.variables, **people} for host in devices}


def text_of(host: dict[str, Any]) -> str:
    """The configuration that the host's role renders for it."""
    return bundle_text(host["terpusat_host"]["role"], host)


@functools.cache
def rendered(variant: str) -> dict[str, str]:
    """Name of each device of a variant -> its configuration."""
    return {name: text_of(host) for name, host in planned(variant).items()}


def cases() -> list[tuple[str, str]]:
    """Every variant with every device."""
    devices = yaml.safe_load((GOVERNMENT / "register" / "devices.yml").read_text())["devices"]
    names = [device["name"] for device in devices if device["readiness"] == "in_service"]
    return [(variant, name) for variant in VARIANTS for name in names]
