# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs parsed scripts."""

from __future__ import annotations

from dataclasses import dataclass, field

from ..errors import PermissionFailureError, RunError, ScriptReturn
from ..schema.menu import Menu
from ..schema.tree import Takes
from . import operators
from .context import Context
from .nodes import (
    ArrayLiteral,
    Binary,
    Block,
    Call,
    Code,
    Command,
    Evaluate,
    Interpolated,
    Literal,
    Navigate,
    Node,
    Property,
    Script,
    Statement,
    Substitution,
    Unary,
    Variable,
    Word,
)
from .scope import Scope
from .values import NOTHING, Array, Function, argument_text, text_of, truth, typed

# Scripts that call themselves end here, as they end a device's memory.
DEPTH = 60


@dataclass
class Invocation:
    """A command about to run. `values`: evaluated arguments by name (texts stay texts; code stays a node); `unset`: the
    names given with `!`; `within`: its value is used (`[…]`)."""

    context: Context
    command: Command
    menu: Menu | None
    values: dict[str, object] = field(default_factory=dict)
    unset: list[str] = field(default_factory=list)
    within: bool = False

    def has(self, name: str) -> bool:
        return name in self.values

    def text(self, name: str, default: str = "") -> str:
        return text_of(self.values[name]) if name in self.values else default

    def code(self, name: str) -> Node | None:
        value = self.values.get(name)
        return value if isinstance(value, Node) else None


async def run(script: Script, context: Context, *, within: bool = False) -> object:
    """The value of the last statement; RunError."""
    value: object = NOTHING
    for statement in script.statements:
        value = await run_statement(statement, context, within=within)
    return value


async def run_statement(statement: Statement, context: Context, *, within: bool = False) -> object:
    match statement:
        case Command():
            return await _command(statement, context, within)
        case Navigate():
            return NOTHING
        case Block():
            return await run(statement.script, context.with_scope(context.scope.inner()))
        case Evaluate():
            return await evaluate(statement.value, context)
        case Call():
            return await _call(statement, context)
    raise AssertionError(statement)


async def _command(command: Command, context: Context, within: bool) -> object:
    from ..commands import handler

    try:
        signature = command.signature
        if signature.policy and not context.may(_policy(command)):
            raise PermissionFailureError
        menu = context.device.menus.get(command.path)
        call = Invocation(context, command, menu, within=within)
        for argument in command.arguments:
            if argument.negated and argument.value is None:
                call.unset.append(argument.name)
                continue
            takes = signature.arguments.get(argument.name)
            if argument.value is None:
                call.values[argument.name] = "" if takes is not Takes.FLAG else True
            elif takes is Takes.CODE:
                call.values[argument.name] = argument.value
            else:
                value = await evaluate(argument.value, context)
                call.values[argument.name] = f"!{text_of(value)}" if argument.negated else value
        missing = [name for name in signature.required if name not in call.values]
        if missing and not await _ask(call, missing):
            raise RunError(f"missing value(s) of argument(s) {' '.join(missing)}", script_error=True)
        return await handler(command.path, signature.name)(call)
    except RunError as error:
        if not error.where:
            error.where, error.line = command.full_name, command.line
        raise


def _policy(command: Command) -> str:
    """Users and their rights need `policy` to be changed."""
    if command.path[:1] == ("user",) and command.signature.policy == "write" and command.path != ("user", "active"):
        return "policy"
    return command.signature.policy


async def _ask(call: Invocation, missing: list[str]) -> bool:
    """On a terminal the console asks for what was left out; in scripts that is an error."""
    session = call.context.session
    if session is None or session.kind != "shell" or call.context.depth:
        return False
    for name in missing:
        call.values[name] = await session.ask(f"{name}: ")
    return True


async def _call(call: Call, context: Context) -> object:
    function = await evaluate(call.function, context)
    if not isinstance(function, Function):
        raise RunError("no such command")
    if context.depth > DEPTH:
        raise RunError("maximum recursion depth reached")
    scope = Scope(context.device.globals)
    for place, node in enumerate(call.positional, 1):
        scope.declare_local(str(place), await evaluate(node, context))
    for name, node in call.named.items():
        scope.declare_local(name, await evaluate(node, context))
    inner = context.with_scope(scope)
    inner.depth = context.depth + 1
    try:
        return await run(function.script, inner)
    except ScriptReturn as returned:
        return returned.value


async def evaluate(node: Node, context: Context) -> object:
    """The value of an expression; a bare word stays the text it is."""
    match node:
        case Literal():
            return node.value
        case Word():
            return node.text
        case Variable():
            return context.scope.get(node.name)
        case Interpolated():
            return "".join([text_of(await evaluate(part, context)) for part in node.parts])
        case Substitution():
            if len(node.script.statements) == 1 and isinstance(node.script.statements[0], Call):
                return await run_statement(node.script.statements[0], context)
            return await run(node.script, context.with_scope(context.scope.inner()), within=True)
        case ArrayLiteral():
            return await _array(node, context)
        case Code():
            return Function(node.script)
        case Unary():
            return operators.unary(node.operator, await evaluate(node.operand, context))
        case Binary():
            return await _binary(node, context)
        case Property():
            return NOTHING if context.subject is None else context.subject.get(node.name)
    raise AssertionError(node)


async def _array(node: ArrayLiteral, context: Context) -> Array:
    array = Array()
    for key, element in node.elements:
        value = await evaluate(element, context)
        if key is None:
            array.values.append(value)
        else:
            array.keys[key] = value
    return array


async def _binary(node: Binary, context: Context) -> object:
    left = await evaluate(node.left, context)
    if node.operator in ("and", "&&", "or", "||"):
        first = truth(left)
        if first is None:
            raise RunError("conditional not boolean")
        if first is (node.operator in ("or", "||")):
            return first
        second = truth(await evaluate(node.right, context))
        if second is None:
            raise RunError("conditional not boolean")
        return second
    right = await evaluate(node.right, context)
    if isinstance(node.left, Property) and context.subject is not None and node.operator in ("=", "!="):
        right = context.subject.canonical(node.left.name, argument_text(right))
    return operators.binary(node.operator, left, right)


async def condition(node: Node, context: Context) -> bool:
    """The truth of an `:if`, `:while` or `where`."""
    answer = truth(await evaluate(node, context))
    if answer is None:
        raise RunError("conditional not boolean")
    return answer


async def run_code(node: Node | None, context: Context) -> object:
    """Runs what stands behind `do=`: a block, or a variable that holds a function."""
    if node is None:
        return NOTHING
    if isinstance(node, Code):
        return await run(node.script, context.with_scope(context.scope.inner()))
    value = await evaluate(node, context)
    if isinstance(value, Function):
        return await run(value.script, context.with_scope(context.scope.inner()))
    return value


def as_typed(value: object) -> object:
    """What a bare word means to a command of the language (`:local x 5` is a number)."""
    return typed(value) if isinstance(value, str) else value
