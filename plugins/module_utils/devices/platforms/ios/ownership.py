# SPDX-License-Identifier: GPL-3.0-or-later
"""What of a running configuration is ours, and what is only told.

Ours is what the intended text names (a section with all its lines, a single-valued line whatever its value) and what an
``! own:`` directive claims by its beginning. Everything else is foreign: reported, never touched.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from hier_config import HConfig, HConfigChild

from . import modes, secrets
from .driver import section_key
from .tree import FACTORY_GLOBAL, Tree, empty


def owned(running: Tree, intended: Tree, own: Sequence[str]) -> tuple[HConfig, tuple[str, ...]]:
    """Return the running lines that are ours, and the names of those that are not (without secrets)."""
    keys = {section_key(child.text) for child in intended.config.children} - {None}
    secret_keys = {secrets.key_of(child.text) for child in intended.config.children}
    ours = empty()
    foreign: list[str] = []
    for child in running.config.children:
        if _is_ours(child, intended.config, own, keys, secret_keys):
            ours.add_deep_copy_of(child)
        elif not _is_factory(child):
            foreign.append(_shown(child.text))
    return ours, tuple(foreign)


def claimed(header: str, own: Sequence[str]) -> bool:
    """Whether a directive claims a top-level line; prefixes end at a word."""
    bare = header.removeprefix("no ")
    return any(bare == prefix or bare.startswith(f"{prefix} ") for prefix in own)


def _is_ours(
    child: HConfigChild,
    intended: HConfig,
    own: Sequence[str],
    keys: set[tuple[str, ...] | None],
    secret_keys: set[str],
) -> bool:
    text = child.text
    if text in intended.children or claimed(text, own):
        return True
    other = text.removeprefix("no ") if text.startswith("no ") else f"no {text}"
    if other in intended.children or secrets.key_of(text) in secret_keys:
        return True
    key = section_key(text)
    return (key is not None and key in keys) or child.is_idempotent_command(intended.children)


def _is_factory(child: HConfigChild) -> bool:
    if modes.PHYSICAL.match(child.text) and not [line for line in child.children if line.text != "shutdown"]:
        return True
    if child.text.startswith(("interface Vlan1", "line ")) and child.children:
        return child.text == "interface Vlan1" and [line.text for line in child.children] == ["shutdown"]
    return FACTORY_GLOBAL.match(child.text) is not None


def _shown(text: str) -> str:
    line = text.partition("\n")[0]
    secret = secrets.find(line)
    if secret is not None:
        line = f"{line[: secret.start]}<rahasia>{line[secret.end :]}"
    return re.sub(r"(://[^\s:/@]+:)[^\s@/]+@", r"\1<rahasia>@", line)
