# SPDX-License-Identifier: GPL-3.0-or-later
"""IP addresses, prefixes, ranges, ports."""

import ipaddress
import re

from .base import Lookup, ValueRefusedError, ValueType, invalid, out_of_range

_HOST = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9_-]{0,62})(?:\.[A-Za-z0-9_-]{1,63})*\.?")


def is_ip(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True


class Ip(ValueType):
    """One address, IPv4 or IPv6."""

    def parse(self, text: str, lookup: Lookup) -> str:  # noqa: ARG002
        if not is_ip(text):
            raise invalid()
        return str(ipaddress.ip_address(text))


def _netmask(text: str) -> None:
    """An IPv4 address with a prefix length that is too long."""
    address, slash, length = text.partition("/")
    if slash and "." in address and is_ip(address) and length.isdigit() and int(length) > 32:
        raise ValueRefusedError("value of netmask out of range (0..32)")


class InterfaceAddress(ValueType):
    """`10.0.0.1/24`: an address with its prefix length, the host part kept."""

    def parse(self, text: str, lookup: Lookup) -> str:  # noqa: ARG002
        _netmask(text)
        try:
            interface = ipaddress.IPv4Interface(text)
        except ValueError:
            raise invalid() from None
        return str(interface)


class Prefix(ValueType):
    """`10.0.0.0/24`; a bare address is a /32; bits behind the prefix are cut off. `version`: 4, 6 or both (0)."""

    def __init__(self, version: int = 4) -> None:
        self.version = version

    def parse(self, text: str, lookup: Lookup) -> str:  # noqa: ARG002
        _netmask(text)
        try:
            network = ipaddress.ip_network(text, strict=False)
        except ValueError:
            raise invalid() from None
        if self.version and network.version != self.version:
            raise invalid()
        return str(network)


class Match(ValueType):
    """What firewall rules match: an address, a prefix or a range; a single address is printed without /32."""

    def parse(self, text: str, lookup: Lookup) -> str:  # noqa: ARG002
        if "-" in text:
            return _range(text, "{name}")
        try:
            network = ipaddress.IPv4Network(text, strict=False)
        except ValueError:
            raise ValueRefusedError("value of {name} expects range of ip addresses") from None
        return str(network.network_address) if network.prefixlen == 32 else str(network)


class AddressEntry(Match):
    """An entry of an address list: as `Match`, or a domain name."""

    def parse(self, text: str, lookup: Lookup) -> str:
        if re.fullmatch(r"[0-9./-]+", text):
            return super().parse(text, lookup)
        if not _HOST.fullmatch(text) or "." not in text:
            raise ValueRefusedError("{name} is not valid dns name")
        return text.lower()


def _range(text: str, name: str) -> str:
    first, _, last = text.partition("-")
    if not is_ip(first):
        raise ValueRefusedError(f"value of {name} must have ip address before '-'")
    if not is_ip(last):
        raise ValueRefusedError(f"value of {name} must have ip address after '-'")
    if ipaddress.ip_address(first).version != ipaddress.ip_address(last).version or int(
        ipaddress.ip_address(first)
    ) > int(ipaddress.ip_address(last)):
        raise invalid()
    return f"{ipaddress.ip_address(first)}-{ipaddress.ip_address(last)}"


class PoolRanges(ValueType):
    """`10.0.0.10-10.0.0.99,10.0.0.120`; a prefix stands for its range."""

    def parse(self, text: str, lookup: Lookup) -> str:  # noqa: ARG002
        ranges = []
        for part in text.split(","):
            if "/" in part or is_ip(part):
                try:
                    ranges.append(str(ipaddress.IPv4Network(part)).removesuffix("/32"))
                except ValueError:
                    raise invalid() from None
            else:
                ranges.append(_range(part, "range"))
        return ",".join(ranges)


class Ports(ValueType):
    """`80,443,1000-2000`, printed as it was written."""

    def __init__(self, low: int = 0, high: int = 65535) -> None:
        self.low, self.high = low, high

    def parse(self, text: str, lookup: Lookup) -> str:  # noqa: ARG002
        for part in text.split(","):
            match = re.fullmatch(r"(\d+)(?:-(\d+))?", part)
            if match is None:
                raise invalid()
            first, last = int(match[1]), int(match[2] or match[1])
            if not (self.low <= first <= self.high and self.low <= last <= self.high):
                raise out_of_range(self.low, self.high)
            if first > last:
                raise invalid()
        return text


class Host(ValueType):
    """An address, a prefix or a DNS name."""

    def parse(self, text: str, lookup: Lookup) -> str:  # noqa: ARG002
        if "/" in text:
            try:
                return str(ipaddress.ip_network(text, strict=False))
            except ValueError:
                raise invalid() from None
        if re.fullmatch(r"[0-9.]+", text) and not is_ip(text):
            raise invalid()
        if is_ip(text):
            return str(ipaddress.ip_address(text))
        if not _HOST.fullmatch(text):
            raise invalid()
        return text


class Gateway(ValueType):
    """Next hops of a route: addresses, interfaces, `address%interface`, comma separated."""

    targets = (("interface",),)

    def parse(self, text: str, lookup: Lookup) -> str:
        parts = []
        for part in text.split(","):
            address, _, outgoing = part.partition("%")
            address = address.partition("@")[0]
            known = set(lookup.names(("interface",)))
            if not is_ip(address) and part not in known:
                raise ValueRefusedError(
                    "input does not match any value of {name}" if part else "invalid value for argument {name}"
                )
            if outgoing and outgoing.partition("@")[0] not in known:
                raise ValueRefusedError("input does not match any value of {name}")
            parts.append(part)
        return ",".join(parts)

    def rename(self, text: str, old: str, new: str) -> str:
        parts = []
        for part in text.split(","):
            address, mark, outgoing = part.partition("%")
            parts.append(new if part == old else f"{address}%{new}" if mark and outgoing == old else part)
        return ",".join(parts)
