# SPDX-License-Identifier: GPL-3.0-or-later
"""A guarded change of many lines on one device: how often the controller had to wait for an answer, and how long."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from time import monotonic
from typing import Any

from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices import platforms
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.session import Login, Session
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.target import Target
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.transaction import Transaction
from emulators.core import Farm, Personality

from .cost import FailedError

#: entries of the device's log for each of which the controller waits for an answer
_ROUND_TRIPS = ("command", "exec", "answer", "upload", "download")


@dataclass(frozen=True)
class Case:
    """A personality, and the intended configuration with so many lines in it."""

    personality: str
    platform: str
    intended: Callable[[int], str]


@dataclass(frozen=True)
class Change:
    """What one guarded change took. ``round_trips`` by kind; ``logins`` beside them."""

    case: str
    lines: int
    latency_ms: float
    seconds: float
    logins: int
    round_trips: dict[str, int]
    strength: str

    @property
    def total(self) -> int:
        return sum(self.round_trips.values())

    def as_dict(self) -> dict[str, Any]:
        return {**asdict(self), "total": self.total}


def _access_list(lines: int) -> str:
    entries = "".join(f" permit ip host 10.9.{n // 250}.{n % 250 + 1} any\n" for n in range(lines - 1))
    return f"ip access-list extended TERPUSAT-UJI\n{entries}"


def _address_list(lines: int) -> str:
    menu = "/ip firewall address-list\n"
    return menu + "".join(
        f'add address=10.9.{n // 250}.{n % 250 + 1} comment="terpusat:uji-{n}" list=uji\n' for n in range(lines)
    )


CASES = {
    "ios": Case("ios-access", "ios", _access_list),
    "routeros6": Case("routeros-hap-v6", "routeros", _address_list),
    "routeros7": Case("routeros-hex-v7", "routeros", _address_list),
}


def run(name: str, lines: int, latency_ms: float) -> Change:
    """Change one emulated device. Raises `FailedError` when the change did not come about."""
    case = CASES[name]
    with Farm([Personality.load(case.personality, name="satu", latency_ms=latency_ms)]) as farm:
        device = farm["satu"]
        config = Path(device.known_hosts).with_name("ssh_config")
        config.write_text(f"Host *\n  UserKnownHostsFile {device.known_hosts}\n")
        login = Login(
            device.host, device.port, device.user, device.password, ssh_config_file=str(config), timeout=15,
            secret=device.secret or None,
        )  # fmt: skip
        platform = platforms.load(case.platform)
        transaction = Transaction(
            platform,
            lambda: Session.open(login, platform.device_type, interactive=platform.interactive),
            target=Target(device.host, user=device.user, port=device.port),
            guard_seconds=120,
        )
        start = monotonic()
        report = transaction.run(case.intended(lines))
        seconds = monotonic() - start
        log = device.log()
    if report.outcome != "changed":
        raise FailedError(f"{name}: {report.outcome}: {report.message}")
    kinds = Counter(entry.kind for entry in log)
    strength = report.strength.value if report.strength else ""
    trips = {kind: kinds[kind] for kind in _ROUND_TRIPS if kinds[kind]}
    found = Change(name, lines, latency_ms, seconds, kinds["login"], trips, strength)
    print(f"{name:10} {lines} baris: {found.total} bolak-balik, {seconds:.1f} detik", file=sys.stderr, flush=True)
    return found


def table(changes: Sequence[Change]) -> str:
    """Markdown."""
    lines = [
        "| platform | lines | ms a command | guard | logins | round trips | of which | seconds |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for change in changes:
        kinds = ", ".join(f"{count} {kind}" for kind, count in change.round_trips.items())
        lines.append(
            f"| {change.case} | {change.lines} | {change.latency_ms:g} | {change.strength} | {change.logins} "
            f"| {change.total} | {kinds} | {change.seconds:.1f} |"
        )
    return "\n".join(lines) + "\n"
