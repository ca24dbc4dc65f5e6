# SPDX-License-Identifier: GPL-3.0-or-later
"""Values made of others: lists, pairs, names of items elsewhere."""

import ipaddress
from collections.abc import Iterable

from .base import Lookup, ValueRefusedError, ValueType, choose, invalid


class ListOf(ValueType):
    """Comma separated; empty: none. `ordered=False`: printed in the order given all the same, as RouterOS does."""

    def __init__(self, inner: ValueType) -> None:
        self.inner = inner
        self.words = inner.words
        self.targets = inner.targets

    def parse(self, text: str, lookup: Lookup) -> str:
        return ",".join(self.inner.parse(part, lookup) for part in text.split(",")) if text else ""

    def rename(self, text: str, old: str, new: str) -> str:
        return ",".join(self.inner.rename(part, old, new) for part in text.split(",")) if text else ""


class Pair(ValueType):
    """Upload and download (`10M/20M`); one value stands for both."""

    def __init__(self, inner: ValueType) -> None:
        self.inner = inner
        self.targets = inner.targets

    def parse(self, text: str, lookup: Lookup) -> str:
        first, slash, second = text.partition("/")
        up = self.inner.parse(first, lookup)
        return f"{up}/{self.inner.parse(second, lookup) if slash else up}"

    def rename(self, text: str, old: str, new: str) -> str:
        return "/".join(self.inner.rename(part, old, new) for part in text.split("/"))


class Reference(ValueType):
    """The name of an item of one of the menus `targets`, or one of `words`."""

    def __init__(self, targets: Iterable[tuple[str, ...]], words: Iterable[str] = ()) -> None:
        self.targets = tuple(targets)
        self.words = tuple(words)

    def parse(self, text: str, lookup: Lookup) -> str:
        known = [*self.words]
        for target in self.targets:
            known.extend(lookup.names(target))
        return choose(text, dict.fromkeys(known))


class QueueTargets(ValueType):
    """Addresses (always with a prefix length), ranges are not possible; or interfaces."""

    targets = (("interface",),)

    def parse(self, text: str, lookup: Lookup) -> str:
        parts = []
        for part in text.split(",") if text else []:
            try:
                parts.append(str(ipaddress.ip_network(part, strict=False)))
            except ValueError:
                if part not in set(lookup.names(("interface",))):
                    raise invalid() from None
                parts.append(part)
        return ",".join(parts)

    def rename(self, text: str, old: str, new: str) -> str:
        return ",".join(new if part == old else part for part in text.split(","))


class PoolOrIp(ValueType):
    """An address or the name of a pool."""

    targets = (("ip", "pool"),)

    def parse(self, text: str, lookup: Lookup) -> str:
        try:
            return str(ipaddress.ip_address(text))
        except ValueError:
            if text in set(lookup.names(("ip", "pool"))):
                return text
        raise ValueRefusedError("input does not match any value of {name}")


class RouterId(ValueType):
    """An address, `main`, or the name of an item of /routing/id."""

    words = ("main",)
    targets = (("routing", "id"),)

    def parse(self, text: str, lookup: Lookup) -> str:
        try:
            return str(ipaddress.IPv4Address(text))
        except ValueError:
            if text in {*self.words, *lookup.names(("routing", "id"))}:
                return text
        raise ValueRefusedError("input does not match any value of {name}")
