# SPDX-License-Identifier: GPL-3.0-or-later
"""Waiting for what will never come, in no time: so a client may be as patient as the slowest machine needs.

A client that was cut off by silence notices by the time that passes. Here it is as patient as in the field, or more;
but once a fault has silenced a connection (the emulator knows), a wait on that very connection ends at once, and the
clock by which the client counts its patience goes on by what was left of it. No other wait is shortened.
"""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Iterable, Iterator
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

import paramiko

from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.platforms.ios import cli, greeting
from emulators.core.farm import DeviceHandle

#: real seconds between two looks at whether a wait is in vain
_LOOK = 0.1

_receive = paramiko.Channel.recv


class _Skipped(threading.local):
    seconds = 0.0


@contextlib.contextmanager
def skipped(devices: Iterable[DeviceHandle]) -> Iterator[None]:
    """While it is in force, no client in this process waits for one of these devices in vain; there may come more."""
    clock = _Skipped()

    def in_vain(channel: Any) -> bool:
        try:
            sock = channel.get_transport().sock
            device = next((device for device in devices if device.host == sock.getpeername()[0]), None)
            return device is not None and device.given_up(sock.getsockname()[1])
        except OSError:
            return False

    def receive(channel: Any, size: int) -> bytes:
        timeout = channel.gettimeout()
        if timeout is None:
            return bytes(_receive(channel, size))
        end = time.monotonic() + timeout
        try:
            while True:
                left = end - time.monotonic()
                channel.settimeout(max(0.001, min(_LOOK, left)))
                try:
                    return bytes(_receive(channel, size))
                except TimeoutError:
                    if left <= _LOOK:
                        raise
                    if in_vain(channel):
                        clock.seconds += left
                        raise
        finally:
            channel.settimeout(timeout)

    counted = SimpleNamespace(monotonic=lambda: time.monotonic() + clock.seconds)
    with (
        patch.object(paramiko.Channel, "recv", receive),
        patch.object(cli, "time", counted),
        patch.object(greeting, "time", counted),
    ):
        yield
