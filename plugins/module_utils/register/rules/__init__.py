# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rules between records, one file a subject. Each judges a Draft and leaves alone what could not be understood."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ..draft import Draft
from ..problem import Problem
from . import (
    access,
    application_run,
    applications,
    backup,
    bandwidth,
    bgp,
    bundles,
    cables,
    central,
    circuits,
    complaints,
    controller,
    database,
    devices,
    dns,
    dual_stack,
    edge_proxy,
    events,
    findings,
    government,
    handoff,
    lans,
    logging,
    management,
    monitoring,
    opds,
    port_names,
    references,
    server_room,
    servers,
    stages,
    successors,
    unique,
    uplink_ports,
    vpn,
)

type Rule = Callable[[Draft], Iterator[Problem]]

RULES: tuple[Rule, ...] = (
    government.check,
    access.check,
    unique.check,
    references.check,
    opds.check,
    stages.check,
    lans.check,
    successors.check,
    circuits.check,
    handoff.check,
    bandwidth.check,
    management.check,
    devices.check,
    port_names.check,
    cables.check,
    bundles.check,
    uplink_ports.check,
    bgp.check,
    vpn.check,
    dual_stack.check,
    servers.check,
    applications.check,
    application_run.check,
    server_room.check,
    central.check,
    backup.check,
    monitoring.check,
    controller.check,
    database.check,
    logging.check,
    edge_proxy.check,
    dns.check,
    events.check,
    complaints.check,
    findings.check,
)


def check_rules(draft: Draft) -> Iterator[Problem]:
    """All problems that all rules find."""
    for rule in RULES:
        yield from rule(draft)
