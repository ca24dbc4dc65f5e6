# SPDX-License-Identifier: GPL-3.0-or-later
"""Ansible's `diff` values (a dict, a list of dicts, or ready text) as unified text."""

from __future__ import annotations

import difflib
import json
from collections.abc import Mapping
from typing import Any


def as_text(diff: object) -> str:
    """Unified diff of a result's `diff`; empty when it has none or an unknown form."""
    if isinstance(diff, str):
        return diff.rstrip("\n")
    if isinstance(diff, list):
        return "\n".join(text for text in map(as_text, diff) if text)
    if not isinstance(diff, Mapping):
        return ""
    if diff.get("prepared"):
        return str(diff["prepared"]).rstrip("\n")
    if "before" not in diff and "after" not in diff:
        return ""
    before, after = _lines(diff.get("before")), _lines(diff.get("after"))
    now, wanted = _headers(diff)
    lines = list(difflib.unified_diff(before, after, f"sekarang: {now}", f"seharusnya: {wanted}", lineterm=""))
    if not lines and now != wanted:  # the same content with another mode, owner or kind: the headers say it
        lines = [f"--- sekarang: {now}", f"+++ seharusnya: {wanted}"]
    return "\n".join(lines)


def _headers(diff: Mapping[str, Any]) -> tuple[str, str]:
    """Both sides' headers. Ansible's own `after_header` may name a temporary file on the controller: of no use here."""
    now, wanted = str(diff.get("before_header") or ""), str(diff.get("after_header") or "")
    if not now:
        return wanted, wanted
    return now, wanted if wanted.split(" (", 1)[0] == now.split(" (", 1)[0] else now


def of_result(result: Mapping[str, Any]) -> str:
    """The diff of a task result; for a unit, which has none, the states it would go between."""
    text = as_text(result.get("diff"))
    status = result.get("status")
    if text or not isinstance(status, Mapping):
        return text
    states = ((status.get("ActiveState"), result.get("state")), (status.get("UnitFileState"), _enabled(result)))
    lines = []
    for now, wanted in states:
        if now is not None and wanted is not None and not _same_unit_state(str(now), str(wanted)):
            lines += [f"-{now}", f"+{wanted}"]
    return "\n".join(lines)


def _enabled(result: Mapping[str, Any]) -> str | None:
    enabled = result.get("enabled")
    return None if enabled is None else "enabled" if enabled else "disabled"


def _same_unit_state(now: str, wanted: str) -> bool:
    return (now, wanted) in {("active", "started"), ("inactive", "stopped"), ("failed", "stopped")} or now == wanted


def _lines(value: object) -> list[str]:
    if value is None:
        return []
    if isinstance(value, str):
        return value.splitlines()
    return json.dumps(value, indent=2, sort_keys=True, ensure_ascii=False, default=str).splitlines()
