# SPDX-License-Identifier: GPL-3.0-or-later
"""chrony: the clock by the government's time servers. Logs, certificates and OSPF keys are worth what the clock is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar, override

from ..bundle import File
from .startup import StartupFiles

PATH = "/etc/chrony/chrony.conf"
_DROP_IN = "/etc/systemd/system/chrony.service.d/60-terpusat.conf"


class Chrony(StartupFiles):
    """Its whole configuration is ours, since Debian's own names servers of the internet."""

    name = "chrony"
    globs = (PATH, _DROP_IN)
    tools: ClassVar[Mapping[str, str]] = {"chronyd": "chrony"}
    daemon = "chrony.service"

    @override
    def check(self, files: Sequence[File]) -> str:
        return f'chronyd -p -f "$STAGE"{PATH} >/dev/null\n'
