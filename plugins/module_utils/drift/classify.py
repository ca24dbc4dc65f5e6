# SPDX-License-Identifier: GPL-3.0-or-later
"""Sorts the results of a run in check mode into drifted, offline, failed, unverified and in sync."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from .diff import as_text, of_result
from .observation import Observation, each_item
from .report import HostReport, Item, Report
from .target import parts

# Outcomes of device_config that mean "nobody compared this device".
_REFUSALS = {
    "auth_failed": "login ditolak",
    "refused": "ditolak",
    "busy": "sedang dipakai",
    "unsupported": "tidak didukung",
    "host_key": "kunci host ditolak",
    "failed": "pemeriksaan gagal",
    "rolled_back": "dikembalikan",
    "unknown": "keadaan belum diketahui",
}


def classify(observations: Iterable[Observation], expected: Iterable[str], failed: Collection[str]) -> Report:
    """Builds the report.

    `expected` are the hosts the check was to look at; one of them that no result speaks of was not checked.
    `failed` are the hosts that Ansible counts as failed at the end: a failure that a rescue block mended is none.
    """
    hosts = {name: HostReport(name) for name in expected}
    for observation in observations:
        host = hosts.setdefault(observation.host, HostReport(observation.host))
        for item in each_item(observation):
            _sort(item, host, item.fleet or host.name in failed)
    for name in failed:
        host = hosts.setdefault(name, HostReport(name))
        if not host.offline and not host.failed:
            host.failed = True
            host.messages.append("pemeriksaan berhenti sebelum selesai")
    return Report(hosts)


def _sort(observation: Observation, host: HostReport, host_failed: bool) -> None:
    result = observation.result
    if observation.status == "unreachable" or (observation.device and result["outcome"] == "offline"):
        host.offline = True
        host.messages.append(_message(result, "tidak terjangkau"))
        return
    host.checked = True
    if observation.status == "failed":
        if observation.ignored or not host_failed:
            return
        host.failed = True
        reason = _REFUSALS.get(str(result.get("outcome")), "pemeriksaan gagal")
        where = " : ".join(part for part in (observation.role, observation.task) if part)
        host.messages.append(f"{reason}: {_message(result, 'tanpa keterangan')} ({where})")
        return
    if observation.handler:
        return
    if observation.status == "skipped":
        if _unverified(result):
            host.unverified += _items(observation)
        return
    names = result.get("unverified")
    if isinstance(names, list):
        host.unverified += [Item(str(name), observation.role, observation.task) for name in names]
    if result.get("changed") is True:
        if observation.device:
            _device(observation, host)
        elif "would have run if not in check mode" in str(result.get("msg", "")):
            host.unverified += _items(observation)
        else:
            host.drifted += _items(observation)


def _device(observation: Observation, host: HostReport) -> None:
    """A device that differs: one item for every change that device_config names, with the diff of that change."""
    result = observation.result
    changes, diffs = result.get("changes"), result.get("diff")
    if not isinstance(changes, list) or not changes:
        host.drifted.append(Item(_message(result, observation.task), diff=of_result(result)))
        return
    if isinstance(diffs, list) and len(diffs) == len(changes):
        each = [as_text(diff) for diff in diffs]
    else:
        each = [""] * len(changes)
        if text := of_result(result):
            host.diffs.append(text)
    host.drifted += [Item(change_name(change), diff=text) for change, text in zip(changes, each, strict=True)]


def change_name(change: object) -> str:
    """What one entry of device_config's `changes` is about: a file, or a part of what a component runs."""
    if not isinstance(change, Mapping) or "name" not in change:
        return str(change) or "?"
    if change.get("kind") == "file":
        return f"berkas {change['name']}"
    return f"berjalan: {change.get('component', '')} {change['name']}".strip()


def _unverified(result: Mapping[str, Any]) -> bool:
    """Skipped because of check mode, not because of a condition, a tag or an empty loop."""
    if result.get("skip_reason") or result.get("skipped_reason") or "false_condition" in result:
        return False
    return "check mode" in str(result.get("msg", "")).lower()


def _items(observation: Observation) -> list[Item]:
    return [Item(name, observation.role, observation.task, diff) for name, diff in parts(observation)]


def _message(result: Mapping[str, Any], default: str) -> str:
    return str(result.get("msg") or default).strip()
