# SPDX-License-Identifier: GPL-3.0-or-later
"""One task result on one host, as a callback hears it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

Status = Literal["ok", "failed", "unreachable", "skipped"]
_DEVICE_ACTION = "diskominfo.terpusat.device_config"


@dataclass(frozen=True)
class Observation:
    """A task's result; `label` is the loop item's, when the task looped.

    `result` is Ansible's result dict. `arguments` are the task's arguments before templating, a last resort for the
    name of what it acts on. `handler`: a handler only says that something before it would have changed. `fleet`: one
    device's part of a task that looked at all of them; Ansible counts no failure of that host.
    """

    host: str
    task: str
    action: str
    status: Status
    role: str | None = None
    handler: bool = False
    ignored: bool = False
    result: Mapping[str, Any] = field(default_factory=dict)
    arguments: Mapping[str, Any] = field(default_factory=dict)
    label: str | None = None
    fleet: bool = False

    @property
    def device(self) -> bool:
        """True for a result of diskominfo.terpusat.device_config (it alone reports an outcome)."""
        return isinstance(self.result.get("outcome"), str) and self.action.rpartition(".")[2] == "device_config"


def each_item(observation: Observation) -> Iterator[Observation]:
    """The observation itself, or one for every item when the task looped."""
    results = observation.result.get("results")
    if not isinstance(results, list) or not results or not all(isinstance(r, Mapping) for r in results):
        yield observation
        return
    for result in results:
        status = observation.status
        if status in ("ok", "failed"):  # one failed item does not make its neighbours failed
            status = "failed" if result.get("failed") else "skipped" if result.get("skipped") else "ok"
        yield replace(observation, result=result, status=status, label=_label(result))


def each_device(observation: Observation) -> Iterator[Observation]:
    """The observation itself, or, from fleet_compare, one for every device, as device_config would have given it."""
    results = observation.result.get("results")
    if observation.action.rpartition(".")[2] != "fleet_compare" or not isinstance(results, Mapping):
        yield observation
        return
    for host in observation.result.get("in_sync") or ():
        in_sync = {"changed": False, "outcome": "in_sync"}
        yield replace(observation, host=str(host), action=_DEVICE_ACTION, status="ok", result=in_sync, fleet=True)
    for host, result in results.items():
        status: Status = "unreachable" if result.get("unreachable") else "failed" if result.get("failed") else "ok"
        yield replace(observation, host=str(host), action=_DEVICE_ACTION, status=status, result=result, fleet=True)


def _label(result: Mapping[str, Any]) -> str | None:
    label = result.get("_ansible_item_label", result.get(str(result.get("ansible_loop_var", "item"))))
    if isinstance(label, Mapping):
        label = next((label[k] for k in ("path", "dest", "name", "key") if k in label), label)
    return None if label is None else str(label)
