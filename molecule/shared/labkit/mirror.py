# SPDX-License-Identifier: GPL-3.0-or-later
"""Where Debian packages come from: read from the machine's own apt, so that no mirror's name stands in the project."""

import re
from dataclasses import dataclass

from labkit.shell import run

_FORMAT = "$(ORIGIN)|$(LABEL)|$(REPO_URI)"
# Options that say how this machine reaches or trusts its mirrors; they hold for whatever is built or run on it.
_CLOCK = ("Acquire::Check-Valid-Until", "Acquire::Check-Date")
_PROXY = ("Acquire::http::Proxy", "Acquire::https::Proxy")
_DUMP_LINE = re.compile(r'^(?P<key>\S+) "(?P<value>.*)";$')


@dataclass(frozen=True)
class Mirror:
    """``archive`` and ``security`` are base addresses, empty when the machine's apt knows no Debian archive."""

    archive: str = ""
    security: str = ""
    clock_options: tuple[str, ...] = ()
    proxies: tuple[tuple[str, str], ...] = ()

    @property
    def secure(self) -> tuple[str, ...]:
        """The base addresses that this machine fetches from by HTTPS."""
        return tuple(uri for uri in (self.archive, self.security) if uri.startswith("https:"))

    def sources(self, suite: str) -> list[str]:
        """One-line apt sources for a Debian suite; an empty list leaves the choice to mmdebstrap."""
        if not self.archive:
            return []
        lines = [f"deb {self.archive} {suite} main", f"deb {self.archive} {suite}-updates main"]
        if self.security:
            lines.append(f"deb {self.security} {suite}-security main")
        return lines


def plain(uri: str) -> str:
    """An address as it is asked of a cache: by HTTP, since nothing that is encrypted end to end can be cached."""
    return "http:" + uri.removeprefix("https:") if uri.startswith("https:") else uri


def read() -> Mirror:
    """The machine's own apt configuration."""
    targets = run(["apt-get", "indextargets", "--format", _FORMAT], check=False)
    dump = run(["apt-config", "dump"], check=False)
    return parse(targets.stdout, dump.stdout)


def parse(targets: str, dump: str) -> Mirror:
    """Build a :class:`Mirror` from the output of ``apt-get indextargets`` and ``apt-config dump``."""
    archive = security = ""
    for line in targets.splitlines():
        origin, _, rest = line.partition("|")
        label, _, uri = rest.partition("|")
        if origin != "Debian" or not re.match(r"https?://", uri):
            continue
        if label == "Debian" and not archive:
            archive = uri.rstrip("/")
        elif label == "Debian-Security" and not security:
            security = uri.rstrip("/")
    settings = {match["key"]: match["value"] for match in map(_DUMP_LINE.match, dump.splitlines()) if match}
    return Mirror(
        archive=archive,
        security=security,
        clock_options=tuple(f'{key} "{settings[key]}";' for key in _CLOCK if settings.get(key)),
        proxies=tuple((key, settings[key]) for key in _PROXY if settings.get(key)),
    )
