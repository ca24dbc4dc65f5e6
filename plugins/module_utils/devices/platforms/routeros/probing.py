# SPDX-License-Identifier: GPL-3.0-or-later
"""Probes as the router itself can try them."""

from __future__ import annotations

from ...probes import Probe
from ...session import Session
from .cli import CommandError, problem, run
from .quote import quote, string

_SECONDS_PER_PING = 1.0
#: what `/tool fetch` says when nobody took the connection; everything else means that somebody did
_NOT_CONNECTED = ("refused", "timeout", "timed out", "unreachable", "no route", "could not connect", "connecting")


def try_once(session: Session, probe: Probe, timeout: float) -> tuple[bool, str]:
    """Try a probe; did it succeed, and what was printed. Raises `SessionLostError`."""
    try:
        if probe.kind == "ping":
            return _ping(session, probe, timeout)
        if probe.kind == "dns":
            server = f" server={quote(probe.server)}" if probe.server else ""
            return True, run(session, f":put [:resolve {string(probe.query)}{server}]", timeout).strip()
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


def _tcp(session: Session, probe: Probe, timeout: float) -> tuple[bool, str]:
    # RouterOS has no bare TCP client in scripts; its HTTP client has to connect before it can find fault.
    host = f"[{probe.host}]" if ":" in probe.host else probe.host
    try:
        run(session, f'/tool fetch url="http://{host}:{probe.port}/" output=none', timeout)
    except CommandError as error:
        words = str(error).lower()
        if "device-mode" in words or "permission" in words or any(word in words for word in _NOT_CONNECTED):
            return False, str(error)
    return True, f"{probe.host} port {probe.port} menerima sambungan"
