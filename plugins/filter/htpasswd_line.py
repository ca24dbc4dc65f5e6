# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Filter for a line of an htpasswd file."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable

DOCUMENTATION = r"""
name: htpasswd_line
short_description: A user's line of an htpasswd file, the same at every run
version_added: 0.1.0
description:
  - Writes C(user:{SHA}...), the only form that has no salt and so is equal at every run. Good for derived passwords of
    256 bits only, which nobody finds by trying; never use it for a password that a person thought of.
author: Terpusat contributors
positional: _input, user
options:
  _input:
    description: The password, at least 32 characters.
    type: str
    required: true
  user:
    description: Name of the user.
    type: str
    required: true
"""

EXAMPLES = r"""
- name: Door of a repository
  ansible.builtin.set_fact:
    line: "{{ password | diskominfo.terpusat.htpasswd_line('srv1') }}"
  no_log: true
"""

RETURN = r"""
_value:
  description: The line with its end.
  type: str
"""

_LENGTH = 32


def htpasswd_line(password: str, user: str) -> str:
    """Raises ValueError for a password that could be guessed."""
    if len(password) < _LENGTH:
        raise ValueError(f"htpasswd_line('{user}'): a password of less than {_LENGTH} characters could be guessed.")
    digest = hashlib.sha1(password.encode()).digest()
    return f"{user}:{{SHA}}{base64.b64encode(digest).decode()}\n"


class FilterModule:
    """Registers the filter with Ansible."""

    def filters(self) -> dict[str, Callable[[str, str], str]]:
        return {"htpasswd_line": htpasswd_line}
