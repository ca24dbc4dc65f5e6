# SPDX-License-Identifier: GPL-3.0-or-later
"""paramiko's client as we use it: strict about host keys, quick to log in and to leave.

Measured against paramiko 5.1 on one core: Nagle's delay costs 80 ms of waiting a login; group-exchange, which paramiko
falls to with a device that knows curve25519 by its RFC 8731 name only, 50 ms of CPU; its Python loop over the MAC of
every packet a third of all CPU, which AES-GCM has not.
"""

from __future__ import annotations

import contextlib
import logging
import socket
from typing import Any

import paramiko

from .known_hosts import keys_of

_CURVE = "curve25519-sha256"
_DRAFT_CURVE = "curve25519-sha256@libssh.org"

# paramiko logs from its own threads; with nobody listening, Python would write that into Ansible's output.
logging.getLogger("paramiko").addHandler(logging.NullHandler())


class _Transport(paramiko.Transport):  # type: ignore[misc]  # paramiko has no type hints
    """Knows curve25519 by both its names: RFC 8731, section 3.1, says that they are the same method."""

    # Private tables, so only if they are what they were.
    if _DRAFT_CURVE in getattr(paramiko.Transport, "_kex_info", {}) and _CURVE not in paramiko.Transport._kex_info:
        _kex_info = {**paramiko.Transport._kex_info, _CURVE: paramiko.Transport._kex_info[_DRAFT_CURVE]}
        _preferred_kex = tuple(
            name
            for known in paramiko.Transport._preferred_kex
            for name in ((_CURVE, known) if known == _DRAFT_CURVE else (known,))
        )


def _transport(sock: Any, **options: Any) -> paramiko.Transport:
    transport = _Transport(sock, **options)
    security = transport.get_security_options()
    security.ciphers = sorted(security.ciphers, key=lambda name: "gcm" not in name)
    return transport


class Client(paramiko.SSHClient):  # type: ignore[misc]
    """Accepts a host only by a key that ``known_hosts`` has for it."""

    def __init__(self, known_hosts: str) -> None:
        super().__init__()
        self._known_hosts = known_hosts
        self.set_missing_host_key_policy(paramiko.RejectPolicy())

    def connect(self, hostname: str, port: int = 22, **options: Any) -> None:
        """As in paramiko."""
        for key in keys_of(self._known_hosts, hostname, port):
            name = hostname if port == 22 else f"[{hostname}]:{port}"
            self.get_host_keys().add(name, key.get_name(), key)
        super().connect(hostname, port, transport_factory=_transport, **options)

    def keep_alive(self, seconds: int) -> None:
        """Send a sign of life whenever the connection was silent for so long; a dead path then shows."""
        transport = self.get_transport()
        if transport is not None:
            transport.set_keepalive(seconds)

    def close(self) -> None:
        """Close at once; never raises."""
        transport = self.get_transport()
        if transport is not None:
            # paramiko's thread would look at its socket for another tenth of a second before it sees the end.
            with contextlib.suppress(OSError, AttributeError):
                transport.sock.shutdown(socket.SHUT_RDWR)
        with contextlib.suppress(Exception):
            super().close()
