# SPDX-License-Identifier: GPL-3.0-or-later
"""What every type of property value can do: text in, the text that RouterOS prints out, or a refusal."""

from abc import ABC, abstractmethod
from collections.abc import Iterable
from typing import Protocol


class ValueRefusedError(Exception):
    """`template` holds `{name}` for the argument's name."""

    def __init__(self, template: str) -> None:
        super().__init__(template)
        self.template = template


def invalid() -> ValueRefusedError:
    return ValueRefusedError("invalid value for argument {name}")


def out_of_range(low: object, high: object) -> ValueRefusedError:
    return ValueRefusedError(f"value of {{name}} out of range ({low}..{high})")


class Lookup(Protocol):
    """What a value may need to know of the device."""

    def names(self, menu: tuple[str, ...]) -> Iterable[str]:
        """The names of the items of a menu, of all interfaces for `/interface`."""
        ...


class ValueType(ABC):
    """`words`: keywords the type knows, for completion and for the check against the vendor's tree."""

    words: tuple[str, ...] = ()
    # Menus whose items the value names.
    targets: tuple[tuple[str, ...], ...] = ()
    # Written without `=value`; the argument alone sets it.
    is_flag = False
    # Between { } stands text to keep, not a list.
    is_script = False

    @abstractmethod
    def parse(self, text: str, lookup: Lookup) -> str:
        """The canonical text; ValueRefusedError."""

    def rename(self, text: str, old: str, new: str) -> str:
        """The stored text after the item called `old` got another name."""
        return new if text == old else text


def choose(text: str, words: Iterable[str]) -> str:
    """One of the words, also by an unambiguous beginning of it; ValueRefusedError."""
    known = list(words)
    if text in known:
        return text
    fitting = [word for word in known if text and word.startswith(text)]
    if len(fitting) > 1:
        raise ValueRefusedError("ambiguous value of {name}, more than one possible value matches input")
    if not fitting:
        raise ValueRefusedError("input does not match any value of {name}")
    return fitting[0]


class Alternatives(ValueType):
    """A type that also takes some words (`time(none-dynamic none-static)`)."""

    def __init__(self, inner: ValueType, words: Iterable[str]) -> None:
        self.inner = inner
        self.words = (*tuple(words), *inner.words)
        self.targets = inner.targets

    def parse(self, text: str, lookup: Lookup) -> str:
        return text if text in self.words else self.inner.parse(text, lookup)

    def rename(self, text: str, old: str, new: str) -> str:
        return self.inner.rename(text, old, new)


class Negatable(ValueType):
    """`!value`: everything else matches."""

    def __init__(self, inner: ValueType) -> None:
        self.inner = inner
        self.words = inner.words
        self.targets = inner.targets

    def parse(self, text: str, lookup: Lookup) -> str:
        if text.startswith("!"):
            return "!" + self.inner.parse(text[1:], lookup)
        return self.inner.parse(text, lookup)

    def rename(self, text: str, old: str, new: str) -> str:
        if text.startswith("!"):
            return "!" + self.inner.rename(text[1:], old, new)
        return self.inner.rename(text, old, new)
