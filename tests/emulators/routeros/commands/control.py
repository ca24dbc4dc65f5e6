# SPDX-License-Identifier: GPL-3.0-or-later
"""if, do, while, for, foreach, onerror, time."""

from __future__ import annotations

from ..errors import RunError
from ..schema.tree import Signature, Takes
from ..script.interpreter import Invocation, as_typed, condition, run_code
from ..script.values import NOTHING, Array, Duration, Nothing, truth
from .registry import command

V, C, N = Takes.VALUE, Takes.CODE, Takes.NAME
# A loop that never ends would hang the farm; the device's watchdog of scripts is not this strict.
TURNS = 100_000


@command(
    "", Signature("if", {"condition": V, "do": C, "else": C}, ("condition", "do"), policy="", required=("condition",))
)
async def if_(call: Invocation) -> object:
    answer = truth(call.values["condition"])
    if answer is None:
        raise RunError("conditional not boolean")
    return await run_code(call.code("do" if answer else "else"), call.context)


@command("", Signature("do", {"command": C, "on-error": C, "while": C}, ("command",), policy=""))
async def do(call: Invocation) -> object:
    body, handler, again = call.code("command"), call.code("on-error"), call.code("while")
    for _ in range(TURNS):
        try:
            value = await run_code(body, call.context)
        except RunError:
            if handler is None:
                raise
            value = await run_code(handler, call.context)
        if again is None or not await condition(again, call.context):
            return value
    raise RunError("interrupted")


@command(
    "",
    Signature("onerror", {"error": N, "in": C, "do": C}, ("error", "in", "do"), policy="", since=(7, 13)),
)
async def onerror(call: Invocation) -> object:
    try:
        await run_code(call.code("in"), call.context)
    except RunError as error:
        inner = call.context.with_scope(call.context.scope.inner())
        inner.scope.declare_local(call.text("error"), error.message)
        await run_code(call.code("do"), inner)
        return True
    return False


@command("", Signature("time", {"command": C}, ("command",), policy="", required=("command",)))
async def time(call: Invocation) -> object:
    """How long the command took: what the world made it wait, since the emulator itself computes in no time."""
    device = call.context.device
    begun = device.lapsed_ms
    await run_code(call.code("command"), call.context)
    return Duration(round(device.lapsed_ms - begun))


@command("", Signature("while", {"condition": C, "do": C}, ("condition", "do"), policy="", required=("condition",)))
async def while_(call: Invocation) -> object:
    question, body = call.code("condition"), call.code("do")
    assert question is not None
    for _ in range(TURNS):
        if not await condition(question, call.context):
            return NOTHING
        await run_code(body, call.context)
    raise RunError("interrupted")


@command(
    "",
    Signature("for", {"counter": N, "from": V, "to": V, "step": V, "do": C}, ("counter",), policy="",
              required=("counter", "from", "to")),
)  # fmt: skip
async def for_(call: Invocation) -> object:
    first, last = as_typed(call.values["from"]), as_typed(call.values["to"])
    if not (isinstance(first, int) and isinstance(last, int)):
        raise RunError("invalid value for argument from")
    step = as_typed(call.values.get("step", 1 if first <= last else -1))
    if not isinstance(step, int) or step == 0:
        raise RunError("invalid value for argument step")
    for number in range(first, last + (1 if step > 0 else -1), step):
        await _turn(call, {call.text("counter"): number})
    return NOTHING


@command(
    "",
    Signature("foreach", {"counter": N, "in": V, "do": C}, ("counter",), policy="",
              required=("counter", "in")),
)  # fmt: skip
async def foreach(call: Invocation) -> object:
    listed, name = call.values["in"], call.text("counter")
    key_name, _, value_name = name.partition(",")
    if isinstance(listed, Nothing) or listed == "":
        return NOTHING
    array = listed if isinstance(listed, Array) else Array([listed])
    pairs = [*enumerate(array.values), *((key, array.keys[key]) for key in sorted(array.keys))]
    for key, value in pairs:
        await _turn(call, {key_name: key, value_name: value} if value_name else {name: value})
    return NOTHING


async def _turn(call: Invocation, variables: dict[str, object]) -> None:
    inner = call.context.with_scope(call.context.scope.inner())
    for name, value in variables.items():
        inner.scope.declare_local(name, value)
    await run_code(call.code("do"), inner)
