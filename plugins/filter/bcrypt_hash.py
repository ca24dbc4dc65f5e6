# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Filter for the bcrypt hash of a password of the vault."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Callable

import bcrypt

DOCUMENTATION = r"""
name: bcrypt_hash
short_description: The bcrypt hash of a password, the same at every run
version_added: 0.1.0
description:
  - The salt is derived from the password and C(purpose), so that a run that changes nothing writes nothing, and one
    password used for two purposes has two hashes.
author: Terpusat contributors
positional: _input, purpose
options:
  _input:
    description: The password, at least 12 characters.
    type: str
    required: true
  purpose:
    description: What the hash is for, for example the host's name.
    type: str
    required: true
"""

EXAMPLES = r"""
- name: Password of a web page
  ansible.builtin.set_fact:
    line: "operator: {{ terpusat_secrets.monitoring_password | diskominfo.terpusat.bcrypt_hash('srv1') }}"
  no_log: true
"""

RETURN = r"""
_value:
  description: The hash, C($2b$10$...).
  type: str
"""

SHORTEST = 12
_STANDARD = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
_BCRYPT = b"./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"


def bcrypt_hash(password: str, purpose: str) -> str:
    """Raises ValueError for a password that is too short."""
    if len(password) < SHORTEST:
        raise ValueError(f"kata sandi untuk {purpose} hanya {len(password)} karakter; paling sedikit {SHORTEST}")
    digest = hmac.digest(password.encode(), f"terpusat\0bcrypt\0{purpose}".encode(), hashlib.sha256)[:16]
    salt = base64.b64encode(digest).rstrip(b"=").translate(bytes.maketrans(_STANDARD, _BCRYPT))
    return bcrypt.hashpw(password.encode(), b"$2b$10$" + salt).decode()


class FilterModule:
    """Registers the filter with Ansible."""

    def filters(self) -> dict[str, Callable[[str, str], str]]:
        return {"bcrypt_hash": bcrypt_hash}
