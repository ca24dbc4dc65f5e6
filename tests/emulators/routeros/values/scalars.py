# SPDX-License-Identifier: GPL-3.0-or-later
"""Texts, numbers, words."""

import re
from collections.abc import Iterable

from .base import Lookup, ValueRefusedError, ValueType, choose, invalid, out_of_range


class Text(ValueType):
    def __init__(self, longest: int | None = None) -> None:
        self.longest = longest

    def parse(self, text: str, lookup: Lookup) -> str:  # noqa: ARG002
        if self.longest is not None and len(text) > self.longest:
            raise ValueRefusedError(f"value of {{name}} must not be longer than {self.longest} characters")
        return text


class Script(Text):
    is_script = True


class Flag(ValueType):
    """A property that is either there or not (`passive`, `no-summaries`, `blackhole`)."""

    is_flag = True

    def parse(self, text: str, lookup: Lookup) -> str:  # noqa: ARG002
        if text not in ("", "yes"):
            raise invalid()
        return ""


class Bool(ValueType):
    words = ("no", "yes")

    def parse(self, text: str, lookup: Lookup) -> str:  # noqa: ARG002
        return choose({"true": "yes", "false": "no"}.get(text, text), self.words)


class Int(ValueType):
    """Decimal or `0x`; printed in decimal, or as `hexadecimal` (bridge priorities)."""

    def __init__(self, low: int | None = None, high: int | None = None, *, hexadecimal: bool = False) -> None:
        self.low, self.high, self.hexadecimal = low, high, hexadecimal

    def parse(self, text: str, lookup: Lookup) -> str:  # noqa: ARG002
        if not re.fullmatch(r"-?\d+|0x[0-9A-Fa-f]+", text):
            raise invalid()
        number = int(text, 16) if text.startswith("0x") else int(text)
        low, high = self.low or 0, 4294967295 if self.high is None else self.high
        if not low <= number <= high:
            raise out_of_range(low, high)
        return f"0x{number:X}" if self.hexadecimal else str(number)


class Enum(ValueType):
    def __init__(self, words: Iterable[str]) -> None:
        self.words = tuple(words)

    def parse(self, text: str, lookup: Lookup) -> str:  # noqa: ARG002
        return choose(text, self.words)


class Flags(ValueType):
    """Some of the words, comma separated, printed in the order of the table."""

    def __init__(self, words: Iterable[str]) -> None:
        self.words = tuple(words)

    def parse(self, text: str, lookup: Lookup) -> str:  # noqa: ARG002
        if not text:
            return ""
        chosen = {choose(part, self.words) for part in text.split(",")}
        return ",".join(word for word in self.words if word in chosen)


class Anything(ValueType):
    """A composed matcher that this emulator stores as it is written (`limit`, `per-connection-classifier`)."""

    def __init__(self, words: Iterable[str] = ()) -> None:
        self.words = tuple(words)

    def parse(self, text: str, lookup: Lookup) -> str:  # noqa: ARG002
        if text != text.strip() or "\n" in text:
            raise invalid()
        return text


class Names(ValueType):
    """Comma separated texts."""

    def parse(self, text: str, lookup: Lookup) -> str:  # noqa: ARG002
        parts = text.split(",") if text else []
        if any(not part.strip() for part in parts):
            raise invalid()
        return ",".join(part.strip() for part in parts)


class Mac(ValueType):
    def parse(self, text: str, lookup: Lookup) -> str:  # noqa: ARG002
        if not re.fullmatch(r"(?:[0-9A-Fa-f]{2}[:.-]){5}[0-9A-Fa-f]{2}", text):
            raise ValueRefusedError("invalid value of {name}, mac address required")
        return ":".join(re.split(r"[:.-]", text.upper()))


POLICIES = (
    "local", "telnet", "ssh", "ftp", "reboot", "read", "write", "policy", "test", "winbox", "password", "web",
    "sniff", "sensitive", "api", "romon", "rest-api", "dude", "tikapp",
)  # fmt: skip


class Policy(ValueType):
    """Policies of a group or job; `!policy` takes one away, which is the same as not naming it."""

    def __init__(self, words: Iterable[str]) -> None:
        self.words = tuple(words)

    def parse(self, text: str, lookup: Lookup) -> str:  # noqa: ARG002
        chosen = set()
        for part in text.split(",") if text else []:
            word = choose(part.removeprefix("!"), self.words)
            if part.startswith("!"):
                chosen.discard(word)
            else:
                chosen.add(word)
        return ",".join(word for word in self.words if word in chosen)


class GroupPolicy(Policy):
    """The rights of a group: what is not allowed is written down too (`read,ssh,!write,…`)."""

    def parse(self, text: str, lookup: Lookup) -> str:
        allowed = super().parse(text, lookup)
        names = allowed.split(",") if allowed else []
        return ",".join([*names, *(f"!{word}" for word in self.words if word not in names)])


class Topics(ValueType):
    """Log topics, each also negated; the set is open (every package brings its own)."""

    def parse(self, text: str, lookup: Lookup) -> str:  # noqa: ARG002
        parts = text.split(",") if text else []
        if any(not re.fullmatch(r"!?[a-z0-9-]+", part) for part in parts):
            raise ValueRefusedError("input does not match any value of {name}")
        return ",".join(parts)
