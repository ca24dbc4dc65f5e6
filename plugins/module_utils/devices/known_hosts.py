# SPDX-License-Identifier: GPL-3.0-or-later
"""known_hosts files (sshd(8), SSH_KNOWN_HOSTS FILE FORMAT), read once a run instead of once a login.

paramiko reads the whole file for every login and makes a key object of every line: with a thousand devices that is a
million keys. Here a file is indexed by name, and only the lines of the host in question become keys.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import paramiko

_HASHED = "|1|"


@dataclass(frozen=True)
class _Index:
    stamp: tuple[int, int]
    plain: Mapping[str, Sequence[str]]
    hashed: Sequence[tuple[bytes, bytes, str]]  # salt, HMAC-SHA1 of the name, line
    revoked: frozenset[str]


_indexes: dict[str, _Index] = {}
_lock = threading.Lock()


def keys_of(path: str, host: str, port: int) -> list[paramiko.PKey]:
    """The keys that a file has for a host.

    Args:
        path: The file. One that is not there has no keys.
        host: Name or address as it is connected to.
        port: Its port; other than 22 it is part of the name: ``[host]:port``.

    A key that some line revokes is no key of anybody. ``@cert-authority`` lines are passed over.
    """
    name = host if port == 22 else f"[{host}]:{port}"
    index = _index(path)
    lines = list(index.plain.get(name, ()))
    # Every hashed line has a salt of its own, so each must be tried.
    lines += [line for salt, digest, line in index.hashed if hmac.digest(salt, name.encode(), hashlib.sha1) == digest]
    keys: list[paramiko.PKey] = []
    for line in lines:
        try:
            entry = paramiko.hostkeys.HostKeyEntry.from_line(line)
        except (paramiko.hostkeys.InvalidHostKey, paramiko.SSHException):
            continue
        if entry is not None and entry.key is not None and entry.key.get_base64() not in index.revoked:
            keys.append(entry.key)
    return keys


def _index(path: str) -> _Index:
    try:
        found = Path(path).stat()
        stamp = (found.st_mtime_ns, found.st_size)
        with _lock:
            index = _indexes.get(path)
            if index is None or index.stamp != stamp:
                index = _indexes[path] = _read(Path(path), stamp)
    except OSError:
        return _Index((0, 0), {}, (), frozenset())
    return index


def _read(path: Path, stamp: tuple[int, int]) -> _Index:
    plain: dict[str, list[str]] = {}
    hashed: list[tuple[bytes, bytes, str]] = []
    revoked: set[str] = set()
    for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
        names, _, rest = line.strip().partition(" ")
        if names == "@revoked":
            revoked.update(rest.split()[2:3])
        if not rest or names.startswith(("#", "@")):
            continue
        for name in names.split(","):
            if name.startswith(_HASHED):
                try:
                    salt, digest = (base64.b64decode(part) for part in name.removeprefix(_HASHED).split("|"))
                except (ValueError, binascii.Error):
                    continue
                hashed.append((salt, digest, line))
            else:
                plain.setdefault(name, []).append(line)
    return _Index(stamp, plain, hashed, frozenset(revoked))
