# SPDX-License-Identifier: GPL-3.0-or-later
"""Probes from the device itself: what IOS can try, and how it says that it worked."""

from __future__ import annotations

import re

from ...probes import Probe
from .cli import Terminal, errors

#: EXEC commands that change nothing; a probe is a question
_ASKING = re.compile(r"^(show|ping|traceroute|dir|verify|more|test aaa)\b")
#: escape sequence of IOS: back from a connection to the prompt
_ESCAPE = "\x1ex"


def refusal(probe: Probe) -> str:
    """Why IOS cannot try a probe, and what to write instead; empty when it can."""
    if probe.kind == "dns" and probe.server:
        return (
            f"IOS tidak dapat bertanya kepada server DNS tertentu ({probe.server}), hanya kepada ip name-server; "
            "hapus server, atau tambahkan where: controller"
        )
    if probe.kind == "command" and not _ASKING.match(probe.command):
        return f"{probe.command.split()[0]!r} bukan perintah yang hanya bertanya; pakai show, ping atau traceroute"
    return ""


def run(terminal: Terminal, probe: Probe, timeout: float) -> tuple[bool, str]:
    """Try a probe once. Raises `SessionLostError`."""
    refused = refusal(probe)
    if refused:
        return False, refused
    if probe.kind == "ping":
        return _ping(terminal, probe.host, timeout)
    if probe.kind == "tcp":
        return _tcp(terminal, probe.host, probe.port, timeout)
    if probe.kind == "dns":
        return _dns(terminal, probe, timeout)
    output = terminal.run(probe.command, quiet=timeout + 5)
    return not errors(output), output


def _ping(terminal: Terminal, host: str, timeout: float) -> tuple[bool, str]:
    # Three, because the first one often waits for ARP and is lost.
    wait = max(1, int(timeout / 3))
    output = terminal.run(f"ping {host} repeat 3 timeout {wait}", quiet=timeout + 5)
    rate = re.search(r"Success rate is (\d+) percent", output)
    return rate is not None and int(rate[1]) > 0, output


def _tcp(terminal: Terminal, host: str, port: int, timeout: float) -> tuple[bool, str]:
    terminal.type(f"telnet {host} {port}\r")
    output = terminal.read_until(r"\bOpen\b", quiet=timeout + 5)
    if not re.search(r"\bOpen\b", output):
        return False, output
    terminal.type(_ESCAPE)
    terminal.run("disconnect 1", answers=((r"\[confirm\]\s*$", "\r"),), quiet=timeout + 5)
    return True, f"{host} port {port} menerima sambungan"


def _dns(terminal: Terminal, probe: Probe, timeout: float) -> tuple[bool, str]:
    output = terminal.run(f"ping {probe.query} repeat 1 timeout 1", quiet=timeout + 5)
    return re.search(r"ICMP Echos to \d+\.\d+\.\d+\.\d+", output) is not None, output
