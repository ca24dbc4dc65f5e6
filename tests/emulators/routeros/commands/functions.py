# SPDX-License-Identifier: GPL-3.0-or-later
"""Functions of the scripting language: what comes out depends on the arguments alone."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable

from ..errors import RunError
from ..schema.tree import Signature, Takes
from ..script.interpreter import Invocation, as_typed
from ..script.values import NOTHING, Array, Duration, Ip, Nothing, text_of, truth, type_of, typed
from .registry import command

V = Takes.VALUE


@command("", Signature("len", {"value": V}, ("value",), policy="", required=("value",)))
async def len_(call: Invocation) -> object:
    value = call.values["value"]
    if isinstance(value, Nothing):
        return 0
    return len(value.all()) if isinstance(value, Array) else len(text_of(value))


@command("", Signature("pick", {"counter": V, "begin": V, "end": V}, ("counter", "begin", "end"), policy="",
                       required=("counter", "begin")))  # fmt: skip
async def pick(call: Invocation) -> object:
    value, begin = call.values["counter"], as_typed(call.values["begin"])
    end = as_typed(call.values.get("end", NOTHING))
    if not isinstance(begin, int):
        raise RunError("invalid value for argument begin")
    if isinstance(value, Array):
        if not isinstance(end, int):
            return value.values[begin] if 0 <= begin < len(value.values) else NOTHING
        return Array(value.values[begin:end])
    text = text_of(value)
    return text[begin : end if isinstance(end, int) else begin + 1]


@command(
    "", Signature("find", {"in": V, "key": V, "from": V}, ("in", "key", "from"), policy="", required=("in", "key"))
)
async def find(call: Invocation) -> object:
    start = as_typed(call.values.get("from", -1))
    begin = start + 1 if isinstance(start, int) else 0
    within, key = call.values["in"], call.values["key"]
    if isinstance(within, Array):
        for place, value in enumerate(within.values[begin:], begin):
            if text_of(value) == text_of(key):
                return place
        return NOTHING
    found = text_of(within).find(text_of(key), begin)
    return found if found >= 0 else NOTHING


def _conversion(name: str, convert: Callable[[object], object]) -> None:
    @command("", Signature(name, {"value": V}, ("value",), policy="", required=("value",)))
    async def run(call: Invocation) -> object:
        return convert(call.values["value"])


def _to_array(value: object) -> object:
    if isinstance(value, Array):
        return value
    text = text_of(value)
    return Array([typed(part) for part in text.replace(";", ",").split(",")]) if text else Array()


def _to_time(value: object) -> object:
    read = typed(text_of(value))
    if isinstance(read, int) and not isinstance(read, bool):
        return Duration(read * 1000)
    return read if isinstance(read, Duration) else NOTHING


def _to_number(value: object) -> object:
    if isinstance(value, Duration):
        return value.milliseconds // 1000
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, Ip):
        return int(value.address)
    read = typed(text_of(value))
    return read if isinstance(read, int) and not isinstance(read, bool) else NOTHING


def _to_ip(value: object) -> object:
    try:
        return Ip(ipaddress.ip_address(text_of(value)))
    except ValueError:
        return NOTHING


def _to_bool(value: object) -> object:
    answer = truth(value)
    return NOTHING if answer is None else answer


_conversion("tostr", lambda value: text_of(as_typed(value)))
_conversion("toarray", _to_array)
_conversion("totime", _to_time)
_conversion("tonum", _to_number)
_conversion("toip", _to_ip)
_conversion("tobool", _to_bool)
_conversion("toid", lambda value: typed(text_of(value)))
_conversion("typeof", lambda value: type_of(as_typed(value)))
