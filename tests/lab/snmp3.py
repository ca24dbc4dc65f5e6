# SPDX-License-Identifier: GPL-3.0-or-later
"""What a monitoring server says to an agent: SNMPv3 with the User-based Security Model, and what came before it.

Only bytes, no network: the packets leave from a node of the lab that has no SNMP tools. RFC 3412 (message), 3414 (USM,
HMAC-SHA-96), 3826 (AES-128), 3416 (PDUs).
"""

from __future__ import annotations

import functools
import hashlib
import hmac
import os
from dataclasses import dataclass, replace

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

INTEGER, OCTETS, NULL, OID, SEQUENCE = 0x02, 0x04, 0x05, 0x06, 0x30
GET, RESPONSE, SET, REPORT = 0xA0, 0xA2, 0xA3, 0xA8
SYS_NAME = (1, 3, 6, 1, 2, 1, 1, 5, 0)
_NOT_IN_TIME = "notInTimeWindows"
#: usmStats, RFC 3414 section 5
_REPORTS = {
    1: "unsupportedSecLevels",
    2: _NOT_IN_TIME,
    3: "unknownUserNames",
    4: "unknownEngineIDs",
    5: "wrongDigests",
    6: "decryptionErrors",
}
#: RFC 3416 section 3
_ERRORS = {2: "noSuchName", 4: "readOnly", 6: "noAccess", 16: "authorizationError", 17: "notWritable"}


@dataclass(frozen=True)
class Engine:
    """An agent as it introduces itself."""

    id: bytes
    boots: int = 0
    time: int = 0


@dataclass(frozen=True)
class User:
    """Without ``priv`` messages are readable by all, without ``auth`` nobody proves who he is."""

    name: str
    auth: str = ""
    priv: str = ""


@dataclass(frozen=True)
class Answer:
    """``value``: what was asked for, None when it was not given; ``why`` in the words of the standard."""

    value: str | None
    why: str = ""
    engine: Engine | None = None

    @property
    def asks_for_the_time(self) -> bool:
        return self.why == _NOT_IN_TIME


def element(tag: int, content: bytes) -> bytes:
    """One BER element."""
    if len(content) < 128:
        return bytes([tag, len(content)]) + content
    length = len(content).to_bytes((len(content).bit_length() + 7) // 8, "big")
    return bytes([tag, 0x80 | len(length)]) + length + content


def number(value: int) -> bytes:
    return element(INTEGER, value.to_bytes(value.bit_length() // 8 + 1, "big", signed=True))


def elements(data: bytes) -> list[tuple[int, bytes]]:
    """The (tag, content) of BER elements that follow one another.

    Raises ValueError when they end too early.
    """
    found = []
    while data:
        if len(data) < 2:
            raise ValueError("cut short")
        tag, length, start = data[0], data[1], 2
        if length & 0x80:
            start = 2 + (length & 0x7F)
            length = int.from_bytes(data[2:start], "big")
        if len(data) < start + length:
            raise ValueError("cut short")
        found.append((tag, data[start : start + length]))
        data = data[start + length :]
    return found


@functools.cache
def password_key(password: str) -> bytes:
    """RFC 3414 A.2.2: a megabyte of the password, hashed."""
    octets = password.encode()
    return hashlib.sha1((octets * (1_048_576 // len(octets) + 1))[:1_048_576]).digest()


def localized(password: str, engine: bytes) -> bytes:
    """The key that only this agent knows (RFC 3414, 2.6)."""
    key = password_key(password)
    return hashlib.sha1(key + engine + key).digest()


def _feedback(password: str, engine: Engine, salt: bytes, data: bytes, *, decrypt: bool) -> bytes:
    """AES-128 in CFB mode with whole blocks (RFC 3826, 3.1)."""
    block = engine.boots.to_bytes(4, "big") + engine.time.to_bytes(4, "big") + salt
    key = localized(password, engine.id)[:16]
    encryptor, found = Cipher(algorithms.AES128(key), modes.ECB()).encryptor(), b""
    for at in range(0, len(data), 16):
        stream, part = encryptor.update(block), data[at : at + 16]
        made = bytes(a ^ b for a, b in zip(stream, part, strict=False))
        block, found = (part if decrypt else made), found + made
    return found


def _oid(numbers: tuple[int, ...]) -> bytes:
    found = bytes([numbers[0] * 40 + numbers[1]])
    for value in numbers[2:]:
        groups = [value & 0x7F]
        while value := value >> 7:
            groups.append(0x80 | value & 0x7F)
        found += bytes(reversed(groups))
    return element(OID, found)


def _pdu(kind: int, request: int, value: bytes | None) -> bytes:
    """Without a value it is about nothing."""
    binding = b"" if value is None else element(SEQUENCE, _oid(SYS_NAME) + value)
    return element(kind, number(request) + number(0) + number(0) + element(SEQUENCE, binding))


def community(version: int, name: str) -> bytes:
    """sysName asked in SNMPv1 (``version`` 1) or v2c (2)."""
    message = number(version - 1) + element(OCTETS, name.encode()) + _pdu(GET, 1, element(NULL, b""))
    return element(SEQUENCE, message)


def discovery() -> bytes:
    """Who are you? Every agent answers that to whom its packet filter lets through (RFC 3414, 4)."""
    return _message(0x04, Engine(b""), User(""), element(SEQUENCE, element(OCTETS, b"") * 2 + _pdu(GET, 1, None)))


def ask(engine: Engine, user: User, new_name: str | None = None) -> bytes:
    """sysName asked for, or with ``new_name`` changed, as securely as the user has passwords for."""
    value = element(NULL, b"") if new_name is None else element(OCTETS, new_name.encode())
    pdu = _pdu(GET if new_name is None else SET, 2, value)
    scoped = element(SEQUENCE, element(OCTETS, engine.id) + element(OCTETS, b"") + pdu)
    return _message(0x04 | (0x01 if user.auth else 0) | (0x02 if user.priv else 0), engine, user, scoped)


def _message(flags: int, engine: Engine, user: User, scoped: bytes) -> bytes:
    salt = os.urandom(8) if user.priv else b""
    if user.priv:
        scoped = element(OCTETS, _feedback(user.priv, engine, salt, scoped, decrypt=False))

    def whole(digest: bytes) -> bytes:
        texts = (user.name.encode(), digest, salt)
        security = element(OCTETS, engine.id) + number(engine.boots) + number(engine.time)
        security = element(SEQUENCE, security + b"".join(element(OCTETS, text) for text in texts))
        head = number(1) + number(65507) + element(OCTETS, bytes([flags])) + number(3)
        return element(SEQUENCE, number(3) + element(SEQUENCE, head) + element(OCTETS, security) + scoped)

    if not user.auth:
        return whole(b"")
    # Over the message with twelve zeros where the digest will stand (RFC 3414, 6.3.1).
    return whole(hmac.digest(localized(user.auth, engine.id), whole(bytes(12)), "sha1")[:12])


def answer(packet: bytes, user: User) -> Answer:
    """What an agent said.

    Raises ValueError for what is no SNMPv3 message or cannot be decrypted.
    """
    [(_, message)] = elements(packet)
    (_, version), (_, head), (_, security), (kind, scoped) = elements(message)
    if version != b"\x03":
        raise ValueError(f"version {version!r}")
    encrypted = bool(elements(head)[2][1][0] & 0x02)
    [(_, fields)] = elements(security)
    (_, engine_id), (_, boots), (_, seconds), _, _, (_, salt) = elements(fields)
    engine = Engine(engine_id, int.from_bytes(boots, "big"), int.from_bytes(seconds, "big"))
    if encrypted:
        _, scoped = elements(_feedback(user.priv, engine, salt, scoped, decrypt=True))[0]
    elif kind != SEQUENCE:
        raise ValueError("neither plain nor encrypted")
    return replace(_meaning(elements(scoped)[2]), engine=engine)


def _meaning(pdu: tuple[int, bytes]) -> Answer:
    kind, content = pdu
    _, (_, status), _, (_, bindings) = elements(content)
    [(_, binding)] = elements(bindings)
    (_, name), (tag, value) = elements(binding)
    if kind == REPORT:
        return Answer(None, _REPORTS.get(name[-2], name.hex()))
    if code := int.from_bytes(status, "big"):
        return Answer(None, _ERRORS.get(code, str(code)))
    # 0x80 to 0x82: noSuchObject, noSuchInstance, endOfMibView.
    return Answer(value.decode() if tag == OCTETS else None, "" if tag == OCTETS else f"{tag:#x}")
