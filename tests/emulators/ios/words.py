# SPDX-License-Identifier: GPL-3.0-or-later
"""The arguments of IOS commands as the command reference names them: what each accepts and how it comes back.

A type is a function `(rest) -> (characters used, canonical text) | None`; `rest` is the line from the argument on,
without leading blanks. Types with LINE in the name take everything that is left.
"""

import ipaddress
import re
from collections.abc import Callable

from . import interfaces
from .hashes import encrypt7

Taker = Callable[[str], tuple[int, str] | None]


def _first(rest: str) -> str:
    return rest.split(None, 1)[0] if rest else ""


def _word(pattern: str, *, lower: bool = False) -> Taker:
    regex = re.compile(pattern)

    def take(rest: str) -> tuple[int, str] | None:
        word = _first(rest)
        if not word or not regex.fullmatch(word):
            return None
        return len(word), word.lower() if lower else word

    return take


def _checked(check: Callable[[str], str | None]) -> Taker:
    def take(rest: str) -> tuple[int, str] | None:
        word = _first(rest)
        value = check(word) if word else None
        return None if value is None else (len(word), value)

    return take


def number(low: int, high: int) -> Taker:
    """`<low-high>` of the command reference; leading zeros disappear."""
    return _checked(lambda word: str(int(word)) if word.isdecimal() and low <= int(word) <= high else None)


def _address(word: str) -> str | None:
    try:
        return str(ipaddress.IPv4Address(word))
    except ValueError:
        return None


def _contiguous(word: str, *, invert: bool) -> str | None:
    address = _address(word)
    if address is None:
        return None
    value = int(ipaddress.IPv4Address(address)) ^ (0xFFFFFFFF if invert else 0)
    host = value ^ 0xFFFFFFFF
    return address if host & (host + 1) == 0 else None


def _ipv6(word: str) -> str | None:
    try:
        return str(ipaddress.IPv6Address(word)).upper()
    except ValueError:
        return None


def _ipv6_prefix(word: str) -> str | None:
    try:
        network = ipaddress.IPv6Interface(word)
    except ValueError:
        return None
    return f"{str(network.ip).upper()}/{network.network.prefixlen}" if "/" in word else None


def _prefix(word: str) -> str | None:
    try:
        network = ipaddress.IPv4Network(word, strict=False)
    except ValueError:
        return None
    return str(network) if "/" in word else None


def _vlan_list(word: str) -> str | None:
    """`10,20,30-32`; IOS sorts it and joins neighbours (three or more in a row become a range, two stay a pair)."""
    numbers: set[int] = set()
    for part in word.split(","):
        match = re.fullmatch(r"(\d{1,4})(?:-(\d{1,4}))?", part)
        if match is None:
            return None
        first, last = int(match[1]), int(match[2] or match[1])
        if not 1 <= first <= last <= 4094:
            return None
        numbers.update(range(first, last + 1))
    return join_vlans(numbers)


def join_vlans(numbers: set[int]) -> str:
    """{10, 11, 12, 20, 21} -> `10-12,20,21`."""
    runs: list[list[int]] = []
    for value in sorted(numbers):
        if runs and value == runs[-1][-1] + 1:
            runs[-1].append(value)
        else:
            runs.append([value])
    return ",".join(f"{run[0]}-{run[-1]}" if len(run) > 2 else ",".join(map(str, run)) for run in runs)


def split_vlans(text: str) -> set[int]:
    """The numbers of a canonical VLAN list."""
    numbers: set[int] = set()
    for part in text.split(","):
        first, _, last = part.partition("-")
        numbers.update(range(int(first), int(last or first) + 1))
    return numbers


def _mac(word: str) -> str | None:
    return word.lower() if re.fullmatch(r"[0-9a-fA-F]{4}(\.[0-9a-fA-F]{4}){2}", word) else None


def _interface(rest: str) -> tuple[int, str] | None:
    match = re.match(r"[A-Za-z][A-Za-z-]*\s?\d[\d/.]*(?=\s|$)", rest)
    name = interfaces.canonical(match.group()) if match else None
    return (match.end(), name) if match and name else None


def _line(rest: str) -> tuple[int, str] | None:
    text = rest.rstrip()
    return (len(rest), text) if text else None


def _quoted(rest: str) -> tuple[int, str] | None:
    match = re.match(r'"[^"]*"(?=\s|$)|\S+', rest)
    return (match.end(), match.group()) if match else None


# Well-known ports as IOS shows them after a number was typed (command reference, `access-list (IP extended)`).
_TCP = (
    "bgp 179 chargen 19 cmd 514 daytime 13 discard 9 domain 53 echo 7 exec 512 finger 79 ftp 21 ftp-data 20 gopher 70"
)
_TCP += (
    " hostname 101 ident 113 irc 194 klogin 543 kshell 544 login 513 lpd 515 nntp 119 pim-auto-rp 496 pop2 109 pop3 110"
)
_TCP += " smtp 25 sunrpc 111 tacacs 49 talk 517 telnet 23 time 37 uucp 540 whois 43 www 80"
_UDP = "biff 512 bootpc 68 bootps 67 discard 9 dnsix 195 domain 53 echo 7 isakmp 500 mobile-ip 434 nameserver 42"
_UDP += " netbios-dgm 138 netbios-ns 137 netbios-ss 139 non500-isakmp 4500 ntp 123 pim-auto-rp 496 rip 520 snmp 161"
_UDP += " snmptrap 162 sunrpc 111 syslog 514 tacacs 49 talk 517 tftp 69 time 37 who 513 xdmcp 177"


def _port(names: str) -> Taker:
    words = names.split()
    by_name = dict(zip(words[::2], words[1::2], strict=True))
    by_number = {value: name for name, value in by_name.items()}

    def check(word: str) -> str | None:
        if word.isdecimal():
            return by_number.get(str(int(word)), str(int(word))) if int(word) < 65536 else None
        lower = word.lower()
        found = [name for name in by_name if name == lower] or [name for name in by_name if name.startswith(lower)]
        return found[0] if len(found) == 1 else None

    return _checked(check)


TYPES: dict[str, Taker] = {
    "WORD": _word(r"\S+"),
    "NAME": _word(r"[A-Za-z0-9_.:+/@%!#&=*()\[\]{}<>,;~^-]+"),
    "HOSTNAME": _word(r"[A-Za-z](?:[A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?"),
    "STRING": _quoted,
    "LINE": _line,
    "HEX": _word(r"[0-9A-Fa-f]+"),
    "A.B.C.D": _checked(_address),
    "MASK": _checked(lambda word: _contiguous(word, invert=False)),
    "WILDCARD": _checked(_address),
    "A.B.C.D/nn": _checked(_prefix),
    "X:X:X:X::X": _checked(_ipv6),
    "X:X:X:X::X/nn": _checked(_ipv6_prefix),
    "HOST": _word(r"[A-Za-z0-9](?:[A-Za-z0-9.:-]*[A-Za-z0-9])?"),
    "H.H.H": _checked(_mac),
    "CLIENT-ID": _word(r"[0-9a-fA-F.]+", lower=True),
    "INTERFACE": _interface,
    "VLANS": _checked(_vlan_list),
    "AREA": _checked(lambda word: str(int(word)) if word.isdecimal() else _address(word)),
    "TCP-PORT": _port(_TCP),
    "UDP-PORT": _port(_UDP),
    "TIME": _word(r"\d{1,2}:\d{2}(:\d{2})?"),
    "TIME-SPAN": _word(r"\d{1,3}(:\d{2})?"),
    "RT": _word(r"(\d+|\d+\.\d+\.\d+\.\d+):\d+"),
    "COMMUNITY": _word(r"(?i)\d+:\d+|\d+|internet|local-as|no-advertise|no-export"),
    "FILE": _word(r"(?:[a-z][a-z0-9-]*:)?\S+"),
}


def taker(name: str) -> Taker:
    """KeyError when the grammar names a type that does not exist."""
    match = re.fullmatch(r"<(\d+)-(\d+)>", name)
    return number(int(match[1]), int(match[2])) if match else TYPES[name]


# -- secrets: words that the device changes before it shows them


class Plain(str):
    """A key typed in plain text: shown so (`zero`: as `0 key`), or as type 7 under `service password-encryption`."""

    zero = False


class PlainZero(Plain):
    zero = True


class PlainSecret(str):
    """A secret typed in plain text: never shown, only its hash."""


def _key(kind: type[Plain]) -> Taker:
    def take(rest: str) -> tuple[int, str] | None:
        match = re.match(r"(?:([07])\s+)?(\S+)(?=\s|$)", rest)
        if match is None or (match[1] is None and match[2] in "07"):
            return None
        if match[1] == "7":
            valid = re.fullmatch(r"(0\d|1[0-5])([0-9A-Fa-f]{2})+", match[2])
            return (match.end(), f"7 {match[2]}") if valid else None
        return match.end(), kind(match[2])

    return take


def _secret(rest: str) -> tuple[int, str] | None:
    match = re.match(r"(?:([0589])\s+)?(\S+)(?=\s|$)", rest)
    if match is None or (match[1] is None and match[2] in "0589"):
        return None
    if match[1] in (None, "0"):
        return match.end(), PlainSecret(match[2])
    sign = {"5": "$1$", "8": "$8$", "9": "$9$"}[match[1]]
    return (match.end(), f"{match[1]} {match[2]}") if match[2].startswith(sign) and match[2].count("$") == 3 else None


def _ntp_key(rest: str) -> tuple[int, str] | None:
    match = re.match(r"(\S+)(?:\s+([07]))?(?=\s|$)", rest)
    if match is None:
        return None
    return match.end(), f"{match[1] if match[2] == '7' else encrypt7(match[1], 2)} 7"


TYPES |= {"KEY7": _key(Plain), "PASSWORD0": _key(PlainZero), "SECRET": _secret, "NTPKEY": _ntp_key}
