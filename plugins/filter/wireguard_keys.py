# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Filter for the keys of a WireGuard tunnel."""

from __future__ import annotations

from collections.abc import Callable

from ansible.errors import AnsibleFilterError

from ansible_collections.diskominfo.terpusat.plugins.module_utils.rendering import tunnel_secrets

DOCUMENTATION = r"""
name: wireguard_keys
short_description: Key pair of a private WireGuard key
version_added: 0.1.0
description:
  - Derives the public key from the private one (X25519), so that only private keys are kept, in the vault.
  - C(private) is the same key clamped (RFC 7748 section 5), as devices show it.
author: Terpusat contributors
positional: _input
options:
  _input:
    description: Private key in base64, as C(wg genkey) prints it.
    type: str
    required: true
"""

EXAMPLES = r"""
- name: Public key of the border router
  ansible.builtin.debug:
    msg: "{{ (terpusat_secrets.vpn_keys.br1 | diskominfo.terpusat.wireguard_keys).public }}"
"""

RETURN = r"""
_value:
  description: C(private) and C(public), in base64.
  type: dict
"""


def wireguard_keys(private: str) -> dict[str, str]:
    """Raises AnsibleFilterError for what is no key; the message does not hold the key."""
    try:
        return tunnel_secrets.wireguard_keys(str(private))._asdict()
    except ValueError as error:
        raise AnsibleFilterError(
            f"kunci privat VPN di terpusat_secrets.vpn_keys tidak sah: {error}. Buat yang baru dengan: wg genkey"
        ) from None


class FilterModule:
    """Registers the filter with Ansible."""

    def filters(self) -> dict[str, Callable[[str], dict[str, str]]]:
        return {"wireguard_keys": wireguard_keys}
