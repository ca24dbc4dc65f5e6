# SPDX-License-Identifier: GPL-3.0-or-later
"""Administrators as a government would write them; keys that are well formed and nobody's."""

from __future__ import annotations

import base64
import hashlib
from typing import Any


def public_key(owner: str, comment: str | None = None) -> str:
    """The line of a ``.pub`` file, the same for the same owner at any time."""
    blob = b"".join(
        len(part).to_bytes(4, "big") + part for part in (b"ssh-ed25519", hashlib.sha256(owner.encode()).digest())
    )
    return f"ssh-ed25519 {base64.b64encode(blob).decode()} {owner if comment is None else comment}".rstrip()


#: crypt(5) and Cisco's type 9, of passwords that nobody wrote down
LINUX_HASH = "$y$j9T$F5Jx5fExrKuPp53xLKQ..1$X3DX6M94c7o.9agCG9G317fhZg9SqC.5i5rd.RhAtQ7"
IOS_HASH = "$9$nhEmQVczB7dqsO$X.HsgL6x1il0RxkOSSvyQYwucySCt7qFm4v7pqCxkKM"
PASSWORD = "kata-sandi-siti-77"


def person(name: str, **more: Any) -> dict[str, Any]:
    """Somebody with a key."""
    return {"name": name, "keys": [public_key(name)], **more}


#: one of each kind
PEOPLE: list[dict[str, Any]] = [
    person("ratna", full_name="Ratna Dewi", password="kata-sandi-rd-77", hashes={"linux": LINUX_HASH}),
    person("bowo", full_name="Bowo Santoso", rights="read"),
    person("tono", hashes={"ios": IOS_HASH}),
    {"name": "agus", "state": "absent"},
]
