# SPDX-License-Identifier: GPL-3.0-or-later
"""The order of menus in an export: what others refer to comes first, so that the script can be imported again."""

from collections.abc import Iterable

from ..schema.menu import Menu

_FIRST = (
    "interface bridge", "interface ethernet", "interface eoip", "interface gre", "interface wireguard",
    "interface bonding", "interface vlan", "interface vrrp", "queue interface", "interface list",
    "certificate settings",
    "ip dhcp-server option", "ip firewall layer7-protocol", "ip ipsec policy group", "ip ipsec profile",
    "ip ipsec peer",
    "ip ipsec proposal", "ip pool", "ip ipsec mode-config", "queue type", "queue simple", "ip dhcp-server",
    "ppp profile", "interface l2tp-client", "interface pppoe-client", "queue tree", "routing id", "routing table",
    "routing bgp instance", "routing bgp template", "routing ospf instance", "routing ospf area", "snmp community",
    "system logging action", "user group",
)  # fmt: skip
_RANK = {tuple(path.split()): place for place, path in enumerate(_FIRST)}


def ordered(menus: Iterable[Menu]) -> list[Menu]:
    """Definitions first, in the order above; then the rest by name."""
    return sorted(menus, key=lambda menu: (_RANK.get(menu.path, len(_RANK)), menu.path))
