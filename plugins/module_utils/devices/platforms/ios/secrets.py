# SPDX-License-Identifier: GPL-3.0-or-later
"""Secrets in lines: where they stand, how they are masked, and whether a stored form is that of a plain text.

IOS gives back another form than it was given. Type 7 can be read; types 4, 5, 8 and 9 can only be checked against the
plain text (`hashes`); type 6 (AES under the device's own key) can be neither.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ...secrecy import Fingerprints
from . import hashes

#: ``head``, the type's digit where one is written, the secret, and what follows it
_S = r"(?:(?P<type>\d{1,2}) )?(?P<secret>\S+)"
_PATTERNS: tuple[str, ...] = (
    rf"^(?P<head>(?:no )?enable (?:secret|password)(?: level \d+)?) {_S}(?P<tail>)$",
    rf"^(?P<head>(?:no )?username \S+(?: .*?)? (?:secret|password)) {_S}(?P<tail>.*)$",
    r"^(?P<head>(?:no )?snmp-server community) (?:(?P<type>[07]) )?(?P<secret>\S+)(?P<tail>.*)$",
    r"^(?P<head>(?:no )?snmp-server host \S+(?: vrf \S+)?(?: traps| informs)?(?: version (?:1|2c))?) (?P<type>)"
    r"(?!version )(?P<secret>\S+)(?P<tail>.*)$",
    rf"^(?P<head>(?:no )?(?:tacacs|radius)-server (?:host \S+ (?:.* )?)?key) {_S}(?P<tail>.*)$",
    rf"^(?P<head>(?:no )?(?:pac )?key) {_S}(?P<tail>)$",
    rf"^(?P<head>(?:no )?(?:server-private|client|server) \S+ (?:.* )?(?:key|server-key)) {_S}(?P<tail>.*)$",
    rf"^(?P<head>(?:no )?server-key) {_S}(?P<tail>)$",
    rf"^(?P<head>(?:no )?(?:neighbor \S+ )?password) {_S}(?P<tail>)$",
    rf"^(?P<head>(?:no )?ip ospf authentication-key) {_S}(?P<tail>)$",
    rf"^(?P<head>(?:no )?(?:ip ospf|area \S+ virtual-link \S+(?: .*)?) message-digest-key \d+ md5) {_S}(?P<tail>)$",
    rf"^(?P<head>(?:no )?area \S+ virtual-link \S+(?: .*)? authentication-key) {_S}(?P<tail>)$",
    rf"^(?P<head>(?:no )?(?:isis|domain-|area-)?(?:authentication|password)(?: level-\d)? key) {_S}(?P<tail>)$",
    rf"^(?P<head>(?:no )?key-string) {_S}(?P<tail>)$",
    rf"^(?P<head>(?:no )?(?:standby|vrrp|glbp) \d+ authentication(?: md5 key-string| text)?) (?!md5|text){_S}"
    r"(?P<tail>.*)$",
    r"^(?P<head>(?:no )?ntp authentication-key \d+ (?:md5|hmac-sha1|hmac-sha2-256|sha1|sha2"
    r"|cmac-aes-128)) (?P<secret>\S+)"
    r"(?: (?P<type>\d))?(?P<tail>)$",
    rf"^(?P<head>(?:no )?crypto isakmp key) {_S}(?P<tail> .*)$",
    rf"^(?P<head>(?:no )?pre-shared-key(?: (?:address|hostname) .*? key| local| remote)?) {_S}(?P<tail>)$",
    rf"^(?P<head>(?:no )?ppp chap password) {_S}(?P<tail>)$",
    rf"^(?P<head>(?:no )?ppp pap sent-username \S+ password) {_S}(?P<tail>.*)$",
    rf"^(?P<head>(?:no )?.*wpa-psk (?:ascii|hex)|security wpa(?: wpa2)? psk set-key (?:ascii|hex)) {_S}(?P<tail>.*)$",
    rf"^(?P<head>(?:no )?ip (?:ftp|http client|http) password) {_S}(?P<tail>)$",
    rf"^(?P<head>(?:no )?vtp password) {_S}(?P<tail>.*)$",
    rf"^(?P<head>(?:no )?(?:.* )?(?:digest|cak|key-octet-string|shared-secret|sap pmk|cts \S+ password)) {_S}"
    r"(?P<tail>.*)$",
)
_COMPILED = tuple(re.compile(pattern) for pattern in _PATTERNS)
#: a word of each of these patterns: most lines have none, and are not held against all of them
_HINT = re.compile(r"secret|password|community|snmp-server host|key|authentication|psk|digest|cak|pmk")
#: lines with several secrets, or secrets inside another word; their groups are masked, they are compared as they stand
_ALSO = (
    re.compile(
        r"snmp-server user \S+ \S+ (?:remote \S+ )?v3 (?:encrypted )?auth \S+ (\S+)(?: priv (?:aes \d+"
        r"|3des|des) (\S+))?"
    ),
    re.compile(r"://[^\s:/@]+:([^\s@/]+)@"),
)
#: what looks like one in any other line
_FALLBACK = re.compile(r"\b(?:password|secret|key|key-string|passphrase) (?:[0-9] )([^\s]+)")
_HASHED = frozenset({"4", "5", "8", "9"})
_ALGORITHM = re.compile(r" algorithm-type (md5|sha256|scrypt)(?= secret )")
_ALGORITHM_TYPES = {"md5": "5", "sha256": "8", "scrypt": "9"}


#: the number of a key in a key chain, in hexadecimal for MACsec: only its ``key-string`` is secret
_NUMBERED_KEY = re.compile(r"^(?:no )?key [0-9a-fA-F]+$")


class UnverifiableError(Exception):
    """A stored form that nobody can compare with a plain text; the message says what to write instead."""


@dataclass(frozen=True)
class Secret:
    """A line taken apart. ``kind`` is the type's digit, empty where none is written."""

    head: str
    kind: str
    value: str
    tail: str
    start: int
    end: int

    @property
    def plain(self) -> str | None:
        """The plain text, where it can be known."""
        if self.kind in ("", "0"):
            return self.value
        return hashes.decode_type7(self.value) if self.kind == "7" else None


def find(line: str) -> Secret | None:
    """Take a line with one secret apart; None when it has none."""
    for pattern in _COMPILED if _HINT.search(line) else ():
        match = pattern.match(line)
        if match is not None:
            kind = match["type"] or ""
            # `secret 5` alone is a secret that reads "5".
            return Secret(
                match["head"], kind, match["secret"], match["tail"], match.start("secret"), match.end("secret")
            )
    return None


def is_secret(line: str) -> bool:
    """Whether a line has a secret that can have another form on the device."""
    return find(_ALGORITHM.sub("", line)) is not None


def key_of(line: str) -> str:
    """The line without its secret: lines that differ only there are the same setting."""
    bare = _ALGORITHM.sub("", line)
    secret = find(bare)
    return bare if secret is None else f"{secret.head}\0{secret.tail}"


def same(intended: str, running: str) -> bool:
    """Whether two lines say the same, the running one perhaps in the device's own form.

    Raises:
        UnverifiableError: the running one is encrypted so that nobody can tell.
    """
    if intended == running:
        return True
    algorithm = _ALGORITHM.search(intended)
    wanted, have = find(_ALGORITHM.sub("", intended)), find(running)
    if wanted is None or have is None or (wanted.head, wanted.tail) != (have.head, have.tail):
        return False
    if algorithm is not None and have.kind != _ALGORITHM_TYPES[algorithm[1]]:
        return False
    if wanted.plain is None:
        return wanted.kind == have.kind and wanted.value == have.value
    if have.kind == "6":
        raise UnverifiableError(
            f"{have.head!r} tersimpan di perangkat sebagai tipe 6, yang tidak dapat dibandingkan dengan teks aslinya; "
            "tulis bentuk tersandinya persis seperti show running-config"
        )
    if have.kind in _HASHED:
        return hashes.verify(have.kind, have.value, wanted.plain)
    return wanted.plain == have.plain


def mask(line: str, hide: Fingerprints, section: str = "") -> str:
    """The line with every secret replaced by its fingerprint; type 7 by that of what it says.

    ``section``: the top-level line it stands below, where that is known.
    """
    if section.startswith("key chain ") and _NUMBERED_KEY.match(line):
        return line
    secret = find(line)
    if secret is not None:
        line = line[: secret.start] + hide.of(secret.plain or secret.value) + line[secret.end :]
        head = line[: secret.start]
        return _also(head, hide) + line[secret.start :]
    return _also(line, hide)


def mask_text(text: str, hide: Fingerprints) -> str:
    """`mask` for every line of a text, whatever its indentation."""
    masked: list[str] = []
    section = ""
    for line in text.split("\n"):
        bare = line.lstrip(" ")
        section = section if bare != line else line
        masked.append(line[: len(line) - len(bare)] + mask(bare, hide, section))
    return "\n".join(masked)


def _also(line: str, hide: Fingerprints) -> str:
    for pattern in (*_ALSO, _FALLBACK):
        match = pattern.search(line)
        if match is not None:
            for group in range(match.re.groups, 0, -1):
                if match[group] is not None and not match[group].startswith("<rahasia"):
                    line = line[: match.start(group)] + hide.of(match[group]) + line[match.end(group) :]
    return line
