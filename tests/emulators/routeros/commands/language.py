# SPDX-License-Identifier: GPL-3.0-or-later
"""Commands of the scripting language that do something: variables, output, errors."""

from __future__ import annotations

from ..errors import RunError, ScriptReturn, UserError
from ..schema.tree import Signature, Takes
from ..script.interpreter import Invocation, as_typed
from ..script.nodes import Binary
from ..script.values import NOTHING, Array, Duration, text_of
from .registry import command
from .selection import chosen

V, C, N = Takes.VALUE, Takes.CODE, Takes.NAME


@command("", Signature("put", {"message": V}, ("message",), policy="", required=("message",)))
async def put(call: Invocation) -> object:
    await call.context.write(text_of(as_typed(call.values["message"])) + "\n")
    return call.values["message"]


@command("", Signature("local", {"name": N, "value": V, "do": C}, ("name", "value"), policy=""))
async def local(call: Invocation) -> object:
    call.context.scope.declare_local(call.text("name"), await _assigned(call))
    return NOTHING


@command("", Signature("global", {"name": N, "value": V, "do": C}, ("name", "value"), policy=""))
async def global_(call: Invocation) -> object:
    name = call.text("name")
    call.context.scope.declare_global(name)
    if call.has("value") or call.has("do"):
        call.context.scope.set(name, await _assigned(call))
    return NOTHING


@command("", Signature("set", {"name": N, "value": V, "do": C}, ("name", "value"), policy=""))
async def set_(call: Invocation) -> object:
    target = call.command.arguments[0].value
    value = await _assigned(call)
    if isinstance(target, Binary) and target.operator == "->":
        return await _set_element(call, target, value)
    if not call.context.scope.set(call.text("name"), value):
        raise RunError(f"variable {call.text('name')} not defined")
    return NOTHING


async def _assigned(call: Invocation) -> object:
    from ..script.interpreter import evaluate

    code = call.code("do")
    if code is not None:
        return await evaluate(code, call.context)
    return as_typed(call.values.get("value", NOTHING))


async def _set_element(call: Invocation, target: Binary, value: object) -> object:
    from ..script.interpreter import evaluate

    container = await evaluate(target.left, call.context)
    key = await evaluate(target.right, call.context)
    if not isinstance(container, Array):
        raise RunError("variable is not an array")
    if isinstance(key, int):
        container.values[key : key + 1] = [value]
    else:
        container.keys[text_of(key)] = value
    return NOTHING


@command("", Signature("return", {"value": V}, ("value",), policy="", required=("value",)))
async def return_(call: Invocation) -> object:
    raise ScriptReturn(as_typed(call.values["value"]))


@command("", Signature("error", {"message": V}, ("message",), policy="", required=("message",)))
async def error(call: Invocation) -> object:
    raise UserError(call.text("message"))


@command("", Signature("delay", {"delay-time": V}, ("delay-time",), policy=""))
async def delay(call: Invocation) -> object:
    value = as_typed(call.values.get("delay-time", 1))
    seconds = value.milliseconds / 1000 if isinstance(value, Duration) else value
    if not isinstance(seconds, int | float):
        raise RunError("invalid value for argument delay-time")
    await call.context.device.clock.sleep(seconds)
    return NOTHING


@command("", Signature("nothing", {}, policy=""))
async def nothing(call: Invocation) -> object:  # noqa: ARG001
    return NOTHING


@command("environment", Signature("print"))
async def environment(call: Invocation) -> object:
    globals_ = call.context.device.globals
    await call.context.write("".join(f'{name}="{text_of(globals_[name])}"\n' for name in sorted(globals_)))
    return NOTHING


@command(
    "system/script/environment",
    Signature("remove", {"numbers": V}, ("numbers",), policy="write", required=("numbers",)),
)
async def forget(call: Invocation) -> object:
    for item in chosen(call, call.values["numbers"]):
        call.context.device.globals.pop(item.facts["name"], None)
    return NOTHING
