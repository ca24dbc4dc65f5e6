# SPDX-License-Identifier: GPL-3.0-or-later
"""Probes as the router itself can try them."""

from __future__ import annotations

import re

from ...probes import Probe
from ...session import Session
from .cli import CommandError, problem, run
from .quote import quote, string

_SECONDS_PER_PING = 1.0
#: what `/tool fetch` says when somebody took the connection and then did not speak HTTP as it wants; any other
#: complaint counts as nobody
_TAKEN = re.compile(
    r"status \d{3}|<\d{3}\b|(?:bad|invalid|malformed|unexpected) (?:http )?(?:response|header|status|end)"
    r"|(?:remote|server|peer) (?:has )?closed|closing connection: (?!.*(?:timeout|timed out|refused|unreachable))",
    re.IGNORECASE,
)


def try_once(session: Session, probe: Probe, timeout: float) -> tuple[bool, str]:
    """Try a probe; did it succeed, and what was printed. Raises `SessionLostError`."""
    try:
        if probe.kind == "ping":
            return _ping(session, probe, timeout)
        if probe.kind == "dns":
            return _dns(session, probe, timeout)
        if probe.kind == "tcp":
            return _tcp(session, probe, timeout)
        output = run(session, probe.command, timeout).strip()
    except CommandError as error:
        return False, str(error)
    complaint = problem(output)
    if complaint is not None and probe.expect is None:
        return False, complaint
    if not probe.matches(output):
        return False, f"keluaran tidak cocok dengan {probe.expect!r}: {output[-200:]}"
    return True, output


def _ping(session: Session, probe: Probe, timeout: float) -> tuple[bool, str]:
    count = max(1, min(3, int(timeout / _SECONDS_PER_PING) - 1))
    output = run(session, f':local r [/ping {quote(probe.host)} count={count}]; :put ("diterima=" . $r)', timeout)
    received = output.rpartition("diterima=")[2].strip()
    return received.isdigit() and int(received) > 0, f"{received or 0} dari {count} jawaban dari {probe.host}"


def _dns(session: Session, probe: Probe, timeout: float) -> tuple[bool, str]:
    server = f" server={quote(probe.server)}" if probe.server else ""
    # The words for a name that does not exist differ from version to version; an address does not.
    script = f':do {{:put [:resolve {string(probe.query)}{server}]}} on-error={{:put "tidak ada"}}'
    output = run(session, script, timeout).strip()
    return re.search(r"\d+\.\d+\.\d+\.\d+|:", output) is not None, f"{probe.query}: {output}"


def _tcp(session: Session, probe: Probe, timeout: float) -> tuple[bool, str]:
    # RouterOS has no bare TCP client in scripts; its HTTP client has to connect before it can find fault.
    host = f"[{probe.host}]" if ":" in probe.host else probe.host
    try:
        run(session, f'/tool fetch url="http://{host}:{probe.port}/" output=none', timeout)
    except CommandError as error:
        if not _TAKEN.search(str(error)):
            return False, str(error)
    return True, f"{probe.host} port {probe.port} menerima sambungan"
