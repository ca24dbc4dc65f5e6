# SPDX-License-Identifier: GPL-3.0-or-later
"""snmpd: read-only SNMPv3 for whoever watches the network.

The agent turns a password into a key of its own at each start and keeps that (snmpd.conf(5), createUser); what it kept
of a former password is taken away before each start by the drop-in of its unit, so the file alone says who may ask.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import ClassVar

from .startup import StartupFiles

PATH = "/etc/snmp/snmpd.conf"
_DROP_IN = "/etc/systemd/system/snmpd.service.d/60-terpusat.conf"


class Snmpd(StartupFiles):
    """Its whole configuration is ours: Debian's own answers to the community ``public``."""

    name = "snmpd"
    globs = (PATH, _DROP_IN)
    tools: ClassVar[Mapping[str, str]] = {"snmpd": "snmpd"}
    daemon = "snmpd.service"
    idle = "systemctl daemon-reload\nsystemctl disable -q --now snmpd.service 2>/dev/null || :\n"
    secret = re.compile(r"(createUser \S+ SHA-?\d* |(?<=\s)AES )(\"[^\"]*\")")
