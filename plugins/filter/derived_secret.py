# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Filter for passwords that come from one secret."""

from __future__ import annotations

from collections.abc import Callable

from ansible.errors import AnsibleFilterError

from ansible_collections.diskominfo.terpusat.plugins.module_utils.servers import derived

DOCUMENTATION = r"""
name: derived_secret
short_description: A password of its own for each name, from one secret of the vault
version_added: 0.1.0
description:
  - Derives a password from one secret of the vault, a purpose and a name (HMAC-SHA256, base64url without padding, 43
    characters), so that the vault need not be edited for each new application, and the password found on one server
    opens nothing else.
  - A changed secret changes all passwords that come from it.
author: Terpusat contributors
positional: _input, purpose, name
options:
  _input:
    description: The secret of the vault, at least 16 characters.
    type: str
    required: true
  purpose:
    description: What the password is for, so that two uses of one name have different ones.
    type: str
    required: true
  name:
    description: Whose password it is.
    type: str
    required: true
"""

EXAMPLES = r"""
- name: Password of an application's database user
  ansible.builtin.set_fact:
    password: "{{ terpusat_secrets.application_key | diskominfo.terpusat.derived_secret('database', 'simpus') }}"
  no_log: true
"""

RETURN = r"""
_value:
  description: The password.
  type: str
"""


def derived_secret(root: str, purpose: str, name: str) -> str:
    """See `derived.derived_secret`."""
    try:
        return derived.derived_secret(str(root), purpose, name)
    except ValueError as error:
        raise AnsibleFilterError(f"derived_secret('{purpose}', '{name}'): {error}.") from None


class FilterModule:
    """Registers the filter with Ansible."""

    def filters(self) -> dict[str, Callable[[str, str, str], str]]:
        return {"derived_secret": derived_secret}
