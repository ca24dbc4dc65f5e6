# SPDX-License-Identifier: GPL-3.0-or-later
"""What the operators of expressions do."""

from __future__ import annotations

import ipaddress
import re

from ..errors import RunError
from .values import NOTHING, Array, Duration, Ip, Nothing, Prefix, text_of, truth, typed


def unary(operator: str, value: object) -> object:
    if operator in ("!", "not"):
        answer = truth(value)
        if answer is None:
            raise RunError("cannot negate value, boolean required")
        return not answer
    if operator == "-" and isinstance(value, int):
        return -value
    if operator == "-" and isinstance(value, Duration):
        return Duration(-value.milliseconds)
    if operator == "~" and isinstance(value, int):
        return ~value
    raise RunError(f"cannot apply {operator} to this value")


def binary(operator: str, left: object, right: object) -> object:
    match operator:
        case "=":
            return equal(left, right)
        case "!=":
            return not equal(left, right)
        case "~":
            return matches(left, right)
        case "in":
            return contained(left, right)
        case "<" | ">" | "<=" | ">=":
            return compare(operator, left, right)
        case ".":
            return join(left, right)
        case ",":
            return Array([*elements(left), *elements(right)])
        case "->":
            return element(left, right)
    return arithmetic(operator, left, right)


def equal(left: object, right: object) -> bool:
    if type(left) is type(right):
        return left == right
    if isinstance(left, Nothing) or isinstance(right, Nothing):
        return text_of(left) == text_of(right)
    if isinstance(left, bool) or isinstance(right, bool):
        return truth(left) == truth(right)
    return text_of(left) == text_of(right) or typed(text_of(left)) == typed(text_of(right))


def matches(value: object, pattern: object) -> bool:
    try:
        return re.search(text_of(pattern), text_of(value)) is not None
    except re.error:
        raise RunError("Regular expression is not valid") from None


def contained(value: object, container: object) -> bool:
    if isinstance(container, Array):
        return any(equal(value, candidate) for candidate in container.all())
    inside, around = typed(text_of(value)), typed(text_of(container))
    if not isinstance(around, Ip | Prefix) or not isinstance(inside, Ip | Prefix):
        raise RunError("cannot apply in to these values")
    network = around.network.network if isinstance(around, Prefix) else ipaddress.ip_network(around.address)
    address = inside.network.ip if isinstance(inside, Prefix) else inside.address
    return address in network


def compare(operator: str, left: object, right: object) -> bool:
    one, other = (typed(value) if isinstance(value, str) else value for value in (left, right))
    if isinstance(one, Ip) and isinstance(other, Ip):
        one, other = int(one.address), int(other.address)
    if isinstance(one, Duration) and isinstance(other, Duration):
        one, other = one.milliseconds, other.milliseconds
    if not (isinstance(one, int) and isinstance(other, int)):
        one, other = text_of(left), text_of(right)
    return {"<": one < other, ">": one > other, "<=": one <= other, ">=": one >= other}[operator]  # type: ignore[operator]


def join(left: object, right: object) -> object:
    if isinstance(left, Array) and isinstance(right, Array):
        return Array([*left.values, *right.values], {**left.keys, **right.keys})
    if isinstance(right, Array):
        return Array([join(left, value) for value in right.values])
    if isinstance(left, Array):
        return Array([join(value, right) for value in left.values])
    return text_of(left) + text_of(right)


def elements(value: object) -> list[object]:
    if isinstance(value, Nothing):
        return []
    return value.all() if isinstance(value, Array) else [value]


def element(container: object, key: object) -> object:
    if not isinstance(container, Array):
        return NOTHING
    if isinstance(key, int):
        return container.values[key] if 0 <= key < len(container.values) else NOTHING
    return container.keys.get(text_of(key), NOTHING)


def arithmetic(operator: str, left: object, right: object) -> object:
    one, other = (typed(value) if isinstance(value, str) else value for value in (left, right))
    if isinstance(one, Ip) and isinstance(other, int) and operator in "+-":
        return Ip(ipaddress.ip_address(int(one.address) + (other if operator == "+" else -other)))
    if isinstance(one, Ip) and isinstance(other, Ip) and operator in "-&|^":
        first, second = int(one.address), int(other.address)
        if operator == "-":
            return first - second
        return Ip(ipaddress.ip_address({"&": first & second, "|": first | second, "^": first ^ second}[operator]))
    if isinstance(one, Duration) or isinstance(other, Duration):
        return _time(operator, one, other)
    if isinstance(one, Nothing):
        one = 0
    if isinstance(other, Nothing):
        other = 0
    if isinstance(one, bool) or isinstance(other, bool) or not isinstance(one, int) or not isinstance(other, int):
        raise RunError(f"cannot {_NAMES.get(operator, 'combine')} {_kind(one)} and {_kind(other)}")
    return _number(operator, one, other)


def _number(operator: str, one: int, other: int) -> int:
    if operator in "/%" and other == 0:
        raise RunError("division by zero")
    match operator:
        case "+":
            return one + other
        case "-":
            return one - other
        case "*":
            return one * other
        case "/":
            return int(one / other)
        case "%":
            return one - other * int(one / other)
        case "&":
            return one & other
        case "|":
            return one | other
        case "^":
            return one ^ other
        case "<<":
            return one << other
    return one >> other


def _time(operator: str, one: object, other: object) -> object:
    first, second = (
        value.milliseconds if isinstance(value, Duration) else value * 1000 if isinstance(value, int) else None
        for value in (one, other)
    )
    if first is None or second is None:
        raise RunError(f"cannot {_NAMES.get(operator, 'combine')} {_kind(one)} and {_kind(other)}")
    if operator in "+-":
        return Duration(first + second if operator == "+" else first - second)
    if operator == "*" and isinstance(one, Duration) and isinstance(other, int):
        return Duration(first * other)
    if operator == "/" and isinstance(one, Duration) and isinstance(other, int) and other:
        return Duration(first // other)
    raise RunError(f"cannot {_NAMES.get(operator, 'combine')} {_kind(one)} and {_kind(other)}")


_NAMES = {"+": "add", "-": "subtract", "*": "multiply", "/": "divide", "%": "divide"}


def _kind(value: object) -> str:
    return {"str": "string", "int": "number", "Id": "internal number"}.get(
        type(value).__name__, type(value).__name__.lower()
    )
