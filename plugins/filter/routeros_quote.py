# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Filter for the RouterOS templates: a value as it stands behind ``name=``."""

from __future__ import annotations

from collections.abc import Callable

from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.platforms.routeros.quote import quote

DOCUMENTATION = r"""
name: routeros_quote
short_description: Quote a value for a RouterOS script
version_added: 0.1.0
description:
  - Gives the value bare where RouterOS takes it so whatever stands around it, else in double quotes with its escapes.
    Nothing in it is a variable, a command or the end of a line any more.
author: Terpusat contributors
positional: _input
options:
  _input:
    description: Any text.
    type: str
    required: true
"""

EXAMPLES = r"""
- name: A description with a space
  ansible.builtin.debug:
    msg: "comment={{ 'isp-a PT Penyedia' | diskominfo.terpusat.routeros_quote }}"
  # → comment="isp-a PT Penyedia"
"""

RETURN = r"""
_value:
  description: The value as it is written.
  type: str
"""


def routeros_quote(text: str) -> str:
    """See DOCUMENTATION."""
    return quote(str(text))


class FilterModule:
    """Registers the filter with Ansible."""

    def filters(self) -> dict[str, Callable[[str], str]]:
        return {"routeros_quote": routeros_quote}
