# SPDX-License-Identifier: GPL-3.0-or-later
"""rsyslog: messages go to the government's log servers as well, by UDP (RFC 5426).

Not journald's own means: it only uploads to another journal, by HTTP, which no log server of another make takes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar, override

from ..bundle import File
from .startup import StartupFiles

PATH = "/etc/rsyslog.d/60-terpusat.conf"


class Rsyslog(StartupFiles):
    """Only our file; what is kept on the device stays Debian's affair."""

    name = "rsyslog"
    globs = (PATH,)
    tools: ClassVar[Mapping[str, str]] = {"rsyslogd": "rsyslog"}
    daemon = "rsyslog.service"
    idle = "systemctl try-restart rsyslog.service 2>/dev/null || :\n"

    @override
    def check(self, files: Sequence[File]) -> str:
        return f'rsyslogd -N1 -f "$STAGE"{PATH}\n' if self.needed(files) else ""
