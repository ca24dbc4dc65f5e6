# SPDX-License-Identifier: GPL-3.0-or-later
"""Probes that are tried from the controller: what an office or the data centre sees of the device from outside."""

from __future__ import annotations

import socket
import subprocess

import dns.exception
import dns.resolver

from .probes import Probe


def run(probe: Probe, timeout: float) -> tuple[bool, str]:
    """Try a ping, tcp or dns probe once, within ``timeout`` seconds: did it succeed, and what came back."""
    if probe.kind == "ping":
        return _ping(probe.host, timeout)
    if probe.kind == "tcp":
        return _tcp(probe.host, probe.port, timeout)
    return _dns(probe.query, probe.server, timeout)


def _ping(host: str, timeout: float) -> tuple[bool, str]:
    command = ["ping", "-n", "-c", "1", "-W", f"{max(1, round(timeout))}", host]
    try:
        # The program, because an unprivileged process may not open the socket that an echo request needs.
        done = subprocess.run(command, capture_output=True, text=True, timeout=timeout + 2, check=False)
    except FileNotFoundError:
        return False, "perintah ping tidak ada di pengendali; pasang paket iputils-ping"
    except subprocess.TimeoutExpired:
        return False, "tidak ada balasan"
    return done.returncode == 0, done.stdout + done.stderr


def _tcp(host: str, port: int, timeout: float) -> tuple[bool, str]:
    try:
        with socket.create_connection((host, port), timeout=timeout):
            return True, f"{host} port {port} menerima sambungan"
    except OSError as error:
        return False, f"{host} port {port}: {error.strerror or error}"


def _dns(query: str, server: str, timeout: float) -> tuple[bool, str]:
    resolver = dns.resolver.Resolver(configure=not server)
    if server:
        resolver.nameservers = [server]
    resolver.lifetime = timeout
    try:
        answer = resolver.resolve(query, "A")
    except dns.exception.DNSException as error:
        return False, f"{query}: {error}"
    return True, ", ".join(record.to_text() for record in answer)
