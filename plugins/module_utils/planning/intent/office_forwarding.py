# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who may send through an OPD router: the people of the office, its cameras, its visitors."""

from __future__ import annotations

from collections.abc import Iterator

from ..access import grants
from ..network import Network, Office
from ..zones import (
    CCTV,
    DATA_CENTRE,
    INTERNET,
    LOOPBACK,
    MANAGEMENT,
    OFFICES,
    PUBLIC_WIFI,
    TRANSIT,
    internal,
    zones,
)
from .forwarding import Candidate, Match, accept, drop, host


def of_opd_router(network: Network, office: Office, links: list[str], own: list[str]) -> Iterator[Candidate]:
    """``links``: interfaces towards the core switch; ``own``: towards providers of the office itself.

    Nothing is accepted towards the LAN but answers, and what the register permits another office.
    """
    areas = zones(network)
    pools = network.register.government.address_pools
    name = office.lan_port.name
    lan: Match = {"in_interfaces": [name], "sources": [str(office.lan)]}
    out: Match = {**lan, "out_interfaces": links}
    # While the link to the core is down, the default route leads to the provider: nothing of ours may go there.
    yield drop("internal-leak", INTERNET, INTERNET, {"out_interfaces": own, "destinations": internal(network)})
    yield from _cctv(network, office, links)
    yield from _wifi(network, office, [*links, *own])
    yield from _access(network, office, links)
    yield drop("office-offices", OFFICES, OFFICES, {**lan, "destinations": [str(pools.office_lan)]})
    yield drop("office-management", OFFICES, MANAGEMENT, {**lan, "destinations": [str(pools.management)]})
    yield drop("office-devices", OFFICES, LOOPBACK, {**lan, "destinations": areas[TRANSIT] + areas[LOOPBACK]})
    yield accept("office-data-centre", OFFICES, DATA_CENTRE, {**out, "destinations": areas[DATA_CENTRE]})
    yield accept("office-internet", OFFICES, INTERNET, {**lan, "out_interfaces": [*links, *own]})


def _cctv(network: Network, office: Office, links: list[str]) -> Iterator[Candidate]:
    """Cameras and recorders talk both ways, wherever the recorder stands; cameras talk to nobody else."""
    addresses = network.register.government.cctv_recorders
    recorders = [host(address) for address in addresses]
    here = [host(address) for address in addresses if address in office.lan]
    cctv = office.segment("cctv")
    if cctv is not None:
        subnet = [str(cctv.subnet)]
        to: Match = {"in_interfaces": [cctv.interface], "sources": subnet, "destinations": recorders}
        yield accept("cctv-recorder", CCTV, DATA_CENTRE, to)
        back: Match = {"in_interfaces": [*links, office.lan_port.name], "out_interfaces": [cctv.interface]}
        yield accept("recorder-cctv", DATA_CENTRE, CCTV, {**back, "sources": recorders, "destinations": subnet})
        yield drop("cctv-elsewhere", CCTV, INTERNET, {"in_interfaces": [cctv.interface]})
    cameras = zones(network).get(CCTV, [])
    into: Match = {"in_interfaces": links, "out_interfaces": [office.lan_port.name], "sources": cameras}
    yield accept("cctv-recorder-here", CCTV, OFFICES, {**into, "destinations": here})
    outof: Match = {"in_interfaces": [office.lan_port.name], "out_interfaces": links, "sources": here}
    yield accept("recorder-here-cctv", OFFICES, CCTV, {**outof, "destinations": cameras})


def _wifi(network: Network, office: Office, ways_out: list[str]) -> Iterator[Candidate]:
    wifi = office.segment("public_wifi")
    if wifi is not None:
        entering: Match = {"in_interfaces": [wifi.interface], "sources": [str(wifi.subnet)]}
        yield drop("wifi-inside", PUBLIC_WIFI, OFFICES, {**entering, "destinations": internal(network)})
        yield accept("wifi-internet", PUBLIC_WIFI, INTERNET, {**entering, "out_interfaces": ways_out})


def _access(network: Network, office: Office, links: list[str]) -> Iterator[Candidate]:
    """The permissions of the register that start or end in this office."""
    lan_port, lan = office.lan_port.name, str(office.lan)
    for grant in grants(network):
        match: Match = {"protocol": grant.access.protocol}
        if grant.access.ports:
            match["ports"] = list(grant.access.ports)
        targets = [str(target.lan) for target in grant.targets if target is not office]
        sources = [str(source.lan) for source in grant.sources if source is not office]
        if office in grant.sources:
            there: Match = {"in_interfaces": [lan_port], "out_interfaces": links, "sources": [lan]}
            yield accept(f"access-{grant.access.name}", OFFICES, OFFICES, {**there, "destinations": targets, **match})
        if office in grant.targets:
            here: Match = {"in_interfaces": links, "out_interfaces": [lan_port], "sources": sources}
            yield accept(f"access-{grant.access.name}-in", OFFICES, OFFICES, {**here, "destinations": [lan], **match})
