# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Shaping an OPD to its bandwidth: never below its CIR while it asks for it, never above its MIR.

Downloads of all locations of an OPD share one class at the border, so together they never exceed the MIR.
Uploads are shaped where they enter our network, at each location's own router: that router cannot know what the others
send, so each has its share by the bandwidth plan, or up to the whole bandwidth of its OPD where there is no plan.
"""

from __future__ import annotations

from ...register.models import Opd
from ..network import Network, Office, Rates
from ..shapes import Shaping, ShapingClass
from ..tunnels import PlannedTunnel
from ..zones import internal

#: Priorities 0 to 7, the smaller first: offices that serve the public are always before the others.
_FIRST_OF_PUBLIC, _LAST_OF_PUBLIC = 0, 2
_FIRST_OF_OTHERS, _LAST_OF_OTHERS = 3, 7


def downloads(network: Network, interface: str, rate_bps: int) -> Shaping:
    """One class an OPD on ``interface`` of the border, ``rate_bps`` being what the uplink carries.

    A line that carries less than all CIRs together gives everybody the same part of theirs: the kernel would serve
    assured rates beyond what the line has, and then nobody's would be assured.
    """
    by_opd: dict[str, list[Office]] = {}
    for office in network.offices:
        # Whom only a tunnel reaches is shaped there.
        if network.tunnels_of(office.router) and not network.links_of(office.router):
            continue
        by_opd.setdefault(office.router.opd, []).append(office)
    classes = [
        found
        for opd, offices in by_opd.items()
        if (found := _class(network, opd, offices, network.rates(opd))) is not None
    ]
    assured = sum(entry["rate_bps"] for entry in classes)
    for entry in classes:
        entry["ceil_bps"] = min(entry["ceil_bps"], rate_bps)
        if assured > rate_bps:
            entry["rate_bps"] = max(1, entry["rate_bps"] * rate_bps // assured)
    return {
        "interface": interface,
        "rate_bps": rate_bps,
        "match": "destination",
        "classes": sorted(classes, key=lambda item: item["id"]),
    }


def tunnel_downloads(network: Network, planned: PlannedTunnel, rate_bps: int) -> Shaping:
    """What one office gets through its tunnel: its share, and never more than its line or the uplink carries."""
    carried = min(planned.tunnel.line.circuit.capacity.usable, rate_bps)
    office = network.office_of(planned.tunnel.far)
    found = _class(network, office.router.opd, [office], network.rates_at(office))
    if found is not None:
        found["ceil_bps"] = min(found["ceil_bps"], carried)
        found["rate_bps"] = min(found["rate_bps"], carried)
    return {
        "interface": planned.interface(planned.tunnel.border),
        "rate_bps": carried,
        "match": "destination",
        "classes": [] if found is None else [found],
    }


def uploads(network: Network, office: Office, interface: str) -> Shaping | None:
    """What the office sends by ``interface``; None when its OPD has no bandwidth."""
    found = _class(network, office.router.opd, [office], network.rates_at(office))
    if found is None:
        return None
    # A class with nothing above it has nobody to borrow from: it would stay at its CIR however empty the line is.
    found["rate_bps"] = found["ceil_bps"]
    return {
        "interface": interface,
        "match": "source",
        "internal": internal(network),
        "rate_bps": None,
        "classes": [found],
    }


def priority(opd: Opd) -> int:
    """0 to 7: public service by the OPD's own priority first, everybody else by theirs after it."""
    if opd.public_service:
        return min(_FIRST_OF_PUBLIC + opd.priority - 1, _LAST_OF_PUBLIC)
    return min(_FIRST_OF_OTHERS + opd.priority - 1, _LAST_OF_OTHERS)


def _class(network: Network, opd: str, offices: list[Office], rates: Rates | None) -> ShapingClass | None:
    """The id of a class is the lowest VLAN of the OPD's links: unique, and it stays when other OPDs come and go."""
    routers = [office.router for office in offices]
    vlans = [planned.allocation.vlan for router in routers for planned in network.links_of(router)]
    vlans += [planned.number for router in routers for planned in network.tunnels_of(router)]
    if not vlans or rates is None:
        return None
    return {
        "id": min(vlans),
        "name": opd,
        "rate_bps": rates.cir_bps,
        "ceil_bps": rates.mir_bps,
        "priority": priority(network.register.opd(opd)) if rates.priority is None else rates.priority,
        # Visitors share what their office has.
        "prefixes": [
            str(subnet)
            for office in offices
            for subnet in (office.lan, *(wifi.subnet for wifi in (office.segment("public_wifi"),) if wifi))
        ],
    }
