# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Filter for the templates of network devices: the government's administrators, judged."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ansible.errors import AnsibleFilterError

from ansible_collections.diskominfo.terpusat.plugins.module_utils.rendering import admins

DOCUMENTATION = r"""
name: named_admins
short_description: Named administrators, judged and with every default written
version_added: 0.1.0
description:
  - Refuses the whole list when a name is reserved, repeated or Ansible's own, a key is no public key or is shared, a
    password is weak, or a hash is none.
  - Keys are taken apart, with the MD5 by which Cisco IOS keeps them.
author: Terpusat contributors
positional: _input, login
options:
  _input:
    description:
      - People, each with C(name), C(keys) and optionally C(full_name), C(rights), C(password), C(hashes), C(state).
    type: list
    elements: dict
    required: true
  login:
    description: The account that Ansible logs in by.
    type: str
    default: ""
"""

EXAMPLES = r"""
- name: Who may log in
  ansible.builtin.debug:
    msg: "{{ terpusat_admins | diskominfo.terpusat.named_admins(ansible_user) | map(attribute='name') }}"
"""

RETURN = r"""
_value:
  description:
    - Records with C(name), C(full_name), C(rights), C(keys), C(password), C(hashes), C(present); sorted by name.
  type: list
"""


def named_admins(people: Any, login: Any = "") -> list[dict[str, Any]]:
    """See DOCUMENTATION. Raises AnsibleFilterError with every problem of the list."""
    try:
        return admins.named_admins(people, str(login or ""))
    except ValueError as error:
        raise AnsibleFilterError(
            f"daftar pengelola (terpusat_admins) ditolak, belum ada perangkat yang disentuh: {error}"
        ) from error


class FilterModule:
    """Registers the filter with Ansible."""

    def filters(self) -> dict[str, Callable[..., Any]]:
        return {"named_admins": named_admins}
