# SPDX-License-Identifier: GPL-3.0-or-later
"""Lines through the air: a relay between two ports that is as narrow and as slow to answer as the real thing.

The machine's kernel may lack ``sch_netem``, so a program in the relay's own container carries the frames.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from labkit.image import Image
from labkit.model import ENABLED, File, Node

#: One way, in milliseconds: a licence-free 5 GHz hop with retransmissions; a satellite in low orbit with its gateway.
DELAYS_MS = {"radio": 6, "starlink": 25}
PORTS = ("eth0", "eth1")
_PROGRAM = Path(__file__).with_name("air.py")


@dataclass(frozen=True)
class Hop:
    """A circuit of ``rate_bps`` each way, over ``media``."""

    circuit: str
    rate_bps: int
    media: str

    @property
    def delay_ms(self) -> int:
        """One way."""
        return DELAYS_MS[self.media]


def relay(hop: Hop) -> Node:
    """The two antennas and the air between them, as one node named after the circuit."""
    unit = (
        "[Unit]\nDescription=Radio hop\nAfter=network.target\n\n"
        f"[Service]\nExecStart=/usr/bin/python3 /srv/air.py {' '.join(PORTS)} {hop.rate_bps} {hop.delay_ms}\n"
        "Restart=always\nRestartSec=1\n\n[Install]\nWantedBy=multi-user.target\n"
    )
    quiet = "[Match]\nName=eth*\n\n[Network]\nLinkLocalAddressing=no\nIPv6AcceptRA=no\n"
    source = "/etc/systemd/system/world-air.service"
    idle = ("frr", "openvswitch-switch", "ovs-vswitchd", "ovsdb-server")
    files = [
        File("/etc/systemd/network/10-air.network", quiet),
        File("/srv/air.py", _PROGRAM.read_text(encoding="utf-8")),
        File(source, unit),
        File(f"{ENABLED}/world-air.service", link=source),
        *(File(f"/etc/systemd/system/{name}.service", link="/dev/null") for name in idle),
    ]
    return Node(hop.circuit, "radio", Image("appliance"), PORTS, files=tuple(files))
