# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Filter for the response policy zone of a resolver."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from ansible_collections.diskominfo.terpusat.plugins.module_utils.register.dns_feed import read_feed

DOCUMENTATION = r"""
name: rpz_records
short_description: Response policy records of a list of domains
version_added: 0.1.0
description:
  - Makes of a list of domains the records of a response policy zone, for each domain and everything below it. Lines
    that are no domain are passed over; validate.yml names them.
author: Terpusat contributors
positional: _input, allow, redirect
options:
  _input:
    description: Text of the list.
    type: str
    required: true
  allow:
    description: Domains that are answered all the same, and everything below them.
    type: list
    elements: str
    default: []
  redirect:
    description: Address that is answered instead; without it the names do not exist.
    type: str
"""

EXAMPLES = r"""
- name: Records of the filter
  ansible.builtin.set_fact:
    records: "{{ lookup('ansible.builtin.file', 'blokir.txt') | diskominfo.terpusat.rpz_records(['baik.example']) }}"
"""

RETURN = r"""
_value:
  description: Lines of a zone file.
  type: str
"""


def rpz_records(text: str, allow: Iterable[str] = (), redirect: str | None = None) -> str:
    """The exact name and its wildcard each; a name that is allowed is never blocked by its own line."""
    allowed = sorted(set(allow))
    action = f"A {redirect}" if redirect else "CNAME ."
    return "".join(_lines(allowed, "CNAME rpz-passthru.")) + "".join(
        _lines((domain for domain in read_feed(text).domains if not _below(domain, allowed)), action)
    )


def _lines(domains: Iterable[str], action: str) -> Iterator[str]:
    for domain in domains:
        yield f"{domain} {action}\n*.{domain} {action}\n"


def _below(domain: str, allowed: list[str]) -> bool:
    return any(domain == name or domain.endswith(f".{name}") for name in allowed)


class FilterModule:
    """Registers the filter with Ansible."""

    def filters(self) -> dict[str, Callable[..., str]]:
        return {"rpz_records": rpz_records}
