# SPDX-License-Identifier: GPL-3.0-or-later
"""ping, resolve: answered from what the personality says of the world around the device."""

from __future__ import annotations

import ipaddress

from ...core.echo import Line, line_to
from ..errors import PermissionFailureError, RunError
from ..schema.tree import Signature, Takes
from ..script.interpreter import Invocation, as_typed
from ..script.values import NOTHING, Duration, Ip, text_of
from .registry import command

V, F = Takes.VALUE, Takes.FLAG
_PING = {"address": V, "count": V, "interval": V, "size": V, "interface": V, "src-address": V, "ttl": V, "arp-ping": V,
         "do-not-fragment": F, "dscp": V, "without-paging": F, "as-value": F}  # fmt: skip
# The console sums up at every screenful and writes the header again.
_SCREENFUL = 20


@command("", Signature("ping", _PING, ("address",), policy="test", required=("address",)))
async def ping(call: Invocation) -> object:
    """The table is printed also within `[…]`, before the number of answers that the command comes to.

    Without `count` a terminal pings until Ctrl-C; here it stops after four. Whoever answers later than `interval` has
    not answered (manual, Ping).
    """
    context = call.context
    count, interval = as_typed(call.values.get("count", 4)), as_typed(call.values.get("interval", Duration(1000)))
    if not isinstance(count, int) or count < 1:
        raise RunError("invalid value for argument count")
    patience = interval.milliseconds if isinstance(interval, Duration) else int(text_of(interval)) * 1000
    if not 10 <= patience <= 5000:
        raise RunError("value of interval out of range (10ms..5s)")
    target = call.text("address")
    address = context.device.resolve(target)
    if address is None:
        raise RunError(
            "invalid value for argument address:\n    invalid value of mac-address, mac address required\n"
            "    invalid value for argument ipv6-address\n"
            "    while resolving ip-address: could not get answer from dns server"
        )
    modern = context.device.version.major >= 7
    line = line_to(context.device.personality.flags, address)
    alive = context.device.answers_from(address)
    columns = "TIME       STATUS" if modern else "TIME  STATUS"
    header = f"  SEQ {'HOST':<40} SIZE TTL {columns}\n"
    text, answers = "", []
    for number, echo in enumerate((line or Line()).echoes(count, alive=alive)):
        text += header if number % _SCREENFUL == 0 else ""
        took = _spelled(echo.ms, modern).ljust(10 if modern else 5)
        if echo.answered and echo.ms <= patience:
            answers.append(echo.ms)
            told = f"  56  64 {took}"
        elif echo.mark == "U":
            told = f"  84  64 {took} host unreachable"
        else:
            told = " " * (20 if modern else 15) + "timeout"
        text += f"{number:>5} {address:<40} {told}".rstrip() + "\n"
        if (number + 1) % _SCREENFUL == 0 or number + 1 == count:
            text += _summary(number + 1, answers, modern)
    await context.write(f"{line.printed}\n" if line and line.printed is not None else text + "\n")
    return len(answers)


def _summary(sent: int, answers: list[float], modern: bool) -> str:
    text = f"    sent={sent} received={len(answers)} packet-loss={100 - 100 * len(answers) // sent}%"
    if answers:
        least, mean, most = (_spelled(ms, modern) for ms in (min(answers), sum(answers) / len(answers), max(answers)))
        text += f" min-rtt={least} avg-rtt={mean} max-rtt={most}"
    return text + " \n"


def _spelled(ms: float, modern: bool) -> str:
    """6 prints whole milliseconds, 7 also microseconds: `4ms`, `4ms617us`, `386us`."""
    whole, rest = divmod(round(ms * 1000), 1000)
    if not modern:
        return f"{whole}ms"
    return (f"{whole}ms" if whole else "") + (f"{rest}us" if rest or not whole else "")


_RESOLVE = {"domain-name": V, "server": V, "server-port": V, "type": V}
#: milliseconds after which the resolver gives up (query-total-timeout)
_GIVEN_UP = 10_000


@command("", Signature("resolve", _RESOLVE, ("domain-name",), policy="test", required=("domain-name",)))
async def resolve(call: Invocation) -> object:
    """`flags.dns` says of a server how long it takes and whether it fails: `{10.255.0.1: {ms: 12, fails: true}}`."""
    name = text_of(call.values["domain-name"])
    device = call.context.device
    server = call.text("server")
    told = device.personality.flags.get("dns", {}).get(server, {})
    silent = bool(server) and not device.answers_from(server)
    device.lapsed_ms += _GIVEN_UP if silent else told.get("ms", 0)
    if silent or told.get("fails") or (not server and not device.dns_configured()):
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
