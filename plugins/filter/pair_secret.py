# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Filter for the shared secret of two devices."""

from __future__ import annotations

from collections.abc import Callable

from ansible_collections.diskominfo.terpusat.plugins.module_utils.rendering import tunnel_secrets

DOCUMENTATION = r"""
name: pair_secret
short_description: A secret of their own for two devices
version_added: 0.1.0
description:
  - Derives from one secret of the vault a different one for each pair of devices (HMAC-SHA256), so that the key found
    in a stolen router opens no other tunnel. 32 bytes in base64, the order of the two names does not matter.
author: Terpusat contributors
positional: _input, one, other
options:
  _input:
    description: The secret of the vault.
    type: str
    required: true
  one:
    description: Name of one device.
    type: str
    required: true
  other:
    description: Name of the other device.
    type: str
    required: true
"""

EXAMPLES = r"""
- name: Preshared key of a tunnel
  ansible.builtin.set_fact:
    key: "{{ terpusat_secrets.vpn_psk | diskominfo.terpusat.pair_secret('br1', 'rt-dinkes') }}"
"""

RETURN = r"""
_value:
  description: The secret of this pair.
  type: str
"""


def pair_secret(shared: str, one: str, other: str) -> str:
    """See `tunnel_secrets.pair_secret`."""
    return tunnel_secrets.pair_secret(str(shared), one, other)


class FilterModule:
    """Registers the filter with Ansible."""

    def filters(self) -> dict[str, Callable[[str, str, str], str]]:
        return {"pair_secret": pair_secret}
