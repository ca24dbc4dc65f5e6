# SPDX-License-Identifier: GPL-3.0-or-later
"""The components, one file each, in the order in which they are applied.

What others need comes first: parameters, then links, then addresses, then routing and services. The packet filter is
last, since it carries the management session; when undoing it is first, to let the next login in.
"""

from __future__ import annotations

from .accounts import NamedAccounts
from .base import Component
from .chrony import Chrony
from .dnsmasq import Dnsmasq
from .frr import Frr
from .lines import Lines
from .login import Login
from .networkd import Networkd
from .nftables import Nftables
from .openvswitch import OpenVSwitch
from .rsyslog import Rsyslog
from .shaping import ShapingComponent
from .snmpd import Snmpd
from .sysctl import Sysctl
from .wireguard import WireGuard

COMPONENTS: tuple[Component, ...] = (
    Sysctl(),
    OpenVSwitch(),
    WireGuard(),
    Networkd(),
    Frr(),
    Dnsmasq(),
    ShapingComponent(),
    Lines(),
    Chrony(),
    Rsyslog(),
    Snmpd(),
    NamedAccounts(),
    Login(),
    Nftables(),
)


def undo_order(components: tuple[Component, ...]) -> tuple[Component, ...]:
    """The same components, the last one (which carries management) first, the others as they depend on each other."""
    return tuple(sorted(components, key=lambda component: component.name != "nftables"))
