# SPDX-License-Identifier: GPL-3.0-or-later
"""The findings of one drift check: per host what drifted, what could not be verified, and the exit code."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

VERSION = 1

# Exit codes of playbooks/drift.yml; several are added up. 1, 4, 5, 99 and 250 are Ansible's own for a run that did not
# start or was stopped (4: the playbook could not be parsed), so no sum of ours equals one of them.
IN_SYNC, DRIFT, OFFLINE, FAILED = 0, 2, 8, 16


class State(StrEnum):
    """Where a host stands. A host has one state; a failed check may still have found drift before it failed."""

    IN_SYNC = "in_sync"
    DRIFT = "drift"
    OFFLINE = "offline"
    FAILED = "failed"
    NOT_CHECKED = "not_checked"


@dataclass(frozen=True)
class Item:
    """One thing that differs.

    `task` is None for a device: device_config compares the whole device, so `name` says it all. On a server
    `name` is the path, unit or package, or the task's name when the result does not tell.
    """

    name: str
    role: str | None = None
    task: str | None = None
    diff: str = ""

    def __str__(self) -> str:
        return " : ".join(part for part in (self.role, self.task, self.name) if part)


@dataclass
class HostReport:
    """Findings on one host; `messages` say why it is offline, failed or refused."""

    name: str
    drifted: list[Item] = field(default_factory=list)
    unverified: list[Item] = field(default_factory=list)
    diffs: list[str] = field(default_factory=list)
    messages: list[str] = field(default_factory=list)
    offline: bool = False
    failed: bool = False
    checked: bool = False

    @property
    def state(self) -> State:
        if self.offline:
            return State.OFFLINE
        if self.failed:
            return State.FAILED
        if not self.checked:
            return State.NOT_CHECKED
        return State.DRIFT if self.drifted else State.IN_SYNC

    @property
    def exit_code(self) -> int:
        """Bits of this host alone. Drift found before a host went away still counts."""
        code = DRIFT if self.drifted else IN_SYNC
        if self.offline:
            code |= OFFLINE
        if self.failed or self.state is State.NOT_CHECKED:
            code |= FAILED
        return code


@dataclass(frozen=True)
class Report:
    """All hosts of one check, by name."""

    hosts: Mapping[str, HostReport]

    @property
    def exit_code(self) -> int:
        """Sum of 2 (drift), 8 (a host offline), 16 (a check failed, was refused or never ran); 0: all in sync.

        A check that looked at no host proves nothing: 16.
        """
        if not self.hosts:
            return FAILED
        code = IN_SYNC
        for host in self.hosts.values():
            code |= host.exit_code
        return code

    def of(self, state: State) -> list[str]:
        """Names of the hosts in that state, sorted."""
        return sorted(name for name, host in self.hosts.items() if host.state is state)

    def as_dict(self) -> dict[str, Any]:
        """JSON form, version 1: {version, exit_code, hosts: {name: {state, drifted, unverified, diffs, messages}}}."""
        return {
            "version": VERSION,
            "exit_code": self.exit_code,
            "hosts": {name: _host_dict(host) for name, host in sorted(self.hosts.items())},
        }


def _host_dict(host: HostReport) -> dict[str, Any]:
    return {
        "state": host.state.value,
        "drifted": [_item_dict(item) for item in host.drifted],
        "unverified": [_item_dict(item) for item in host.unverified],
        "diffs": host.diffs,
        "messages": host.messages,
    }


def _item_dict(item: Item) -> dict[str, Any]:
    return {"role": item.role, "task": item.task, "name": item.name, "diff": item.diff}
