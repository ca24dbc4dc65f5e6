# SPDX-License-Identifier: GPL-3.0-or-later
"""ping, resolve: answered from what the personality says of the world around the device."""

from __future__ import annotations

import ipaddress

from ..errors import PermissionFailureError, RunError
from ..schema.tree import Signature, Takes
from ..script.interpreter import Invocation, as_typed
from ..script.values import NOTHING, Ip, text_of
from .registry import command

V, F = Takes.VALUE, Takes.FLAG
_PING = {"address": V, "count": V, "interval": V, "size": V, "interface": V, "src-address": V, "ttl": V, "arp-ping": V,
         "do-not-fragment": F, "dscp": V, "without-paging": F, "as-value": F}  # fmt: skip


@command("", Signature("ping", _PING, ("address",), policy="test", required=("address",)))
async def ping(call: Invocation) -> object:
    """Without `count` a terminal pings until Ctrl-C; here it stops after four."""
    context = call.context
    count = as_typed(call.values.get("count", 4))
    if not isinstance(count, int) or count < 1:
        raise RunError("invalid value for argument count")
    target = call.text("address")
    address = context.device.resolve(target)
    if address is None:
        raise RunError(
            "invalid value for argument address:\n    invalid value of mac-address, mac address required\n"
            "    invalid value for argument ipv6-address\n"
            "    while resolving ip-address: could not get answer from dns server"
        )
    alive = context.device.answers_from(address)
    lines = ["  SEQ HOST                                     SIZE TTL TIME       STATUS"]
    for number in range(count):
        answer = "  56  64 4ms617us" if alive else " " * 20 + "timeout"
        lines.append(f"{number:>5} {address:<40} {answer}".rstrip())
    received = count if alive else 0
    tail = f"    sent={count} received={received} packet-loss={0 if alive else 100}%"
    if alive:
        tail += " min-rtt=4ms617us avg-rtt=4ms617us max-rtt=4ms617us"
    if not call.within:
        await context.write("\n".join([*lines, tail]) + " \n\n")
    return received


_RESOLVE = {"domain-name": V, "server": V, "server-port": V, "type": V}


@command("", Signature("resolve", _RESOLVE, ("domain-name",), policy="test", required=("domain-name",)))
async def resolve(call: Invocation) -> object:
    name = text_of(call.values["domain-name"])
    device = call.context.device
    if not call.has("server") and not device.dns_configured():
        raise RunError("failure: dns server failure" if device.version.major < 7 else "dns server failure")
    answer = device.resolve(name)
    if answer is None:
        raise RunError("dns name does not exist" if device.version.major < 7 else "failure: dns name does not exist")
    value = Ip(ipaddress.ip_address(answer))
    if not call.within:
        return NOTHING
    return value


@command("ip/dns/cache", Signature("flush", {}, (), policy="write"))
async def flush(call: Invocation) -> object:  # noqa: ARG001
    return NOTHING


def _counters(path: str) -> None:
    @command(path, Signature("reset-counters", {"numbers": V}, ("numbers",), policy="write"))
    @command(path, Signature("reset-counters-all", {}, (), policy="write"))
    async def reset(call: Invocation) -> object:
        if not call.context.may("write"):
            raise PermissionFailureError
        return NOTHING


for _chain in ("filter", "nat", "mangle", "raw"):
    _counters(f"ip/firewall/{_chain}")
