# SPDX-License-Identifier: GPL-3.0-or-later
"""/tool fetch: whether somebody takes a TCP connection. Who does, the personality says (`open_ports`)."""

from __future__ import annotations

from urllib.parse import urlsplit

from ..errors import RunError
from ..schema.tree import Signature, Takes
from ..script.interpreter import Invocation
from ..script.values import NOTHING
from .registry import command

V, F = Takes.VALUE, Takes.FLAG
_VALUES = ("url", "address", "host", "port", "mode", "output", "dst-path", "src-path", "user", "password", "upload",
           "check-certificate", "duration", "idle-timeout", "http-method", "http-data", "src-address")  # fmt: skip
_PORTS = {"http": 80, "https": 443, "ftp": 21, "sftp": 22, "tftp": 69}


@command(
    "tool",
    Signature("fetch", {**dict.fromkeys(_VALUES, V), "as-value": F, "ascii": V}, ("url",), policy="test", since=(7, 0)),
)
@command(
    "tool",
    Signature("fetch", {**dict.fromkeys(_VALUES, V), "ascii": V}, ("url",), policy="test", until=(7, 0)),
)
async def fetch(call: Invocation) -> object:
    device, write = call.context.device, call.context.write
    if device.mode_forbids("fetch"):
        raise RunError("failure: not allowed by device-mode")
    url = urlsplit(call.text("url"))
    mode = url.scheme or call.text("mode", "http")
    if mode not in _PORTS:
        raise RunError("input does not match any value of mode")
    host = url.hostname or call.text("address")
    if not host:
        raise RunError("failure: no url specified")
    try:
        port = url.port or int(call.text("port", str(_PORTS[mode])))
    except ValueError:
        raise RunError("failure: invalid URL") from None
    address = device.resolve(host)
    if address is None:
        raise RunError("failure: resolving error")
    await write("      status: connecting\n")
    problem = _problem(call, address, port)
    if problem is not None:
        await write("      status: failed\n\n")
        raise RunError(f"failure: {problem}")
    await write("      status: finished\n  downloaded: 0KiB\n       total: 0KiB\n    duration: 1s\n\n")
    return NOTHING


def _problem(call: Invocation, address: str, port: int) -> str | None:
    device = call.context.device
    if not device.answers_from(address):
        return "Idle timeout - connecting"
    if f"{address}:{port}" not in device.personality.flags.get("open_ports", []):
        return "Connection refused"
    return None
