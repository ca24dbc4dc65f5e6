# SPDX-License-Identifier: GPL-3.0-or-later
"""An office's hEX: the uplink's address moves, the firewall is reordered, an item goes, others come."""

from __future__ import annotations

import re

from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.probes import Probe
from emulators.core.personality import Personality
from faults.case import Case

#: what we own on it before the change
OWNED = """\
/ip firewall address-list
add address=10.20.0.0/24 comment="terpusat:kantor" list=kantor
/ip firewall filter
add action=accept chain=forward comment="terpusat:lewat-kembali" connection-state=established,related
add action=accept chain=forward comment="terpusat:kantor-web" dst-port=80 protocol=tcp src-address-list=kantor
add action=drop chain=forward comment="terpusat:lewat-sisa"
/ip dns static
add address=10.10.0.11 comment="terpusat:portal" name=portal.lab.go.id
"""

INTENDED = """\
/ip/address
add address=10.254.0.10/30 comment="terpusat:uplink" interface=ether4 network=10.254.0.8
/ip/dns
set allow-remote-requests=yes servers=10.255.0.1,10.255.0.2
/ip/dns/static
add address=10.10.0.12 comment="terpusat:simpus" name=simpus.lab.go.id
/ip/firewall/address-list
add address=10.20.0.0/24 comment="terpusat:kantor" list=kantor
add address=10.20.1.0/24 comment="terpusat:puskesmas" list=kantor
/ip/firewall/filter
add action=accept chain=forward comment="terpusat:lewat-kembali" connection-state=established,related
add action=drop chain=forward comment="terpusat:rusak" connection-state=invalid
add action=accept chain=forward comment="terpusat:kantor-web" dst-port=80,443 protocol=tcp src-address-list=kantor
add action=drop chain=forward comment="terpusat:lewat-sisa"
/queue/simple
add comment="terpusat:batas" max-limit=50M/50M name=terpusat-dinkes target=10.20.0.0/24
/system/identity
set name=rt-dinkes-baru
"""


def essence(config: str) -> str:
    """The export without the date in its header, and without a guard that waits or has left its record.

    A guard that was armed when the controller was lost fires over nothing and changes nothing; `End.again` shows that
    it stands in nobody's way.
    """
    whole = re.sub(r"\\\n\s*", "", config)
    lines = [line for line in whole.splitlines() if not line.startswith("#")]
    lines = [line for line in lines if not re.search(r" name=terpusat-(guard|boot|restore|confirmed)( |$)", line)]
    return re.sub(r"(?m)^/system scheduler\n(?=/|\Z)", "", "\n".join(lines) + "\n")


def case() -> Case:
    """Version 7 with the guard in its scheduler; a device minute lasts twelve seconds, the guard three of them."""
    personality = Personality.load("routeros-hex-v7", name="hex", time_scale=5.0, reboot_seconds=10.0)
    personality = personality.copy(seed=personality.seed + OWNED)
    probe = Probe("identitas", "/system/identity/print", expect="rt-dinkes-baru")
    return Case("routeros", personality, INTENDED, essence, 180, "10.99.0.21", (probe,))
