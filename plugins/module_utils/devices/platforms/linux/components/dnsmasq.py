# SPDX-License-Identifier: GPL-3.0-or-later
"""dnsmasq: DHCP and DNS forwarding."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar, override

from ..bundle import File
from .startup import StartupFiles

PATH = "/etc/dnsmasq.d/terpusat.conf"


class Dnsmasq(StartupFiles):
    """Checked by its own ``--test``."""

    name = "dnsmasq"
    globs = (PATH,)
    tools: ClassVar[Mapping[str, str]] = {"dnsmasq": "dnsmasq"}
    daemon = "dnsmasq.service"

    @override
    def check(self, files: Sequence[File]) -> str:
        return f'dnsmasq --test -C "$STAGE"{PATH}\n'
