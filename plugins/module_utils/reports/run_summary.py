# SPDX-License-Identifier: GPL-3.0-or-later
"""The closing summary of a playbook run: how every host ended, what took long, what is not in service yet."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

# Worst first: a host that failed after it changed something has failed.
_REFUSALS = {
    "unknown": "keadaan belum diketahui",
    "auth_failed": "login ditolak",
    "host_key": "kunci host ditolak",
    "unsupported": "tidak didukung",
    "busy": "sedang dipakai",
    "refused": "ditolak",
    "rolled_back": "dikembalikan",
}
_RANK = ("unreachable", "failed", *_REFUSALS, "changed", "read", "in_sync")
_WORDS = {
    "unreachable": "tidak terjangkau",
    "failed": "gagal",
    **_REFUSALS,
    "changed": "berubah",
    "read": "dibaca",
    "in_sync": "sesuai",
}
_READINESS = {
    "planned": "direncanakan",
    "ordered": "dipesan",
    "arrived": "sudah datang",
    "racked": "sudah di rak",
}
_SLOWEST = 5
_WORTH_NAMING = 1.0  # seconds; a run of quick tasks has no slow ones


@dataclass
class HostRun:
    """What happened on one host; `messages` are reasons and outcomes worth a line."""

    changed: int = 0
    failures: int = 0
    unreachable: bool = False
    outcomes: set[str] = field(default_factory=set)
    messages: list[str] = field(default_factory=list)

    @property
    def state(self) -> str:
        """One of _RANK. device_config's own outcome says more than a bare failure."""
        found = set(self.outcomes)
        if "offline" in found or self.unreachable:
            found.add("unreachable")
        if self.failures and not found & _REFUSALS.keys():
            found.add("failed")
        if self.changed:
            found.add("changed")
        return next((word for word in _RANK if word in found), "in_sync")


@dataclass
class Clock:
    """Seconds by role and by task, from the moments at which tasks started."""

    roles: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))
    tasks: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))
    started: float | None = None
    ended: float = 0.0
    _since: float = 0.0
    _role: str = ""
    _task: str = ""

    def tick(self, now: float, role: str, task: str) -> None:
        """A task starts (empty names: the last one ended). The time since the one before belongs to that one."""
        if self.started is None:
            self.started = self._since = now
        if self._task:
            self.roles[self._role or "(tanpa peran)"] += now - self._since
            self.tasks[f"{self._role} : {self._task}" if self._role else self._task] += now - self._since
        self._since, self._role, self._task, self.ended = now, role, task, now

    @property
    def total(self) -> float:
        return 0.0 if self.started is None else self.ended - self.started


def took(seconds: float) -> str:
    """75.2 -> '1 menit 15 detik'; under ten seconds with one decimal."""
    if seconds < 10:
        return f"{seconds:.1f} detik".replace(".", ",")
    whole = round(seconds)
    return f"{whole} detik" if whole < 60 else f"{whole // 60} menit {whole % 60} detik"


def render(hosts: Mapping[str, HostRun], clock: Clock, not_in_service: Mapping[str, Sequence[str]], check: bool) -> str:
    """The summary as text. `check`: the run only looked, so nothing changed yet."""
    lines = [f"RINGKASAN ({took(clock.total)})" + (" - hanya memeriksa, tidak ada yang diubah" if check else "")]
    width = max((len(name) for name in hosts), default=0)
    for name, run in sorted(hosts.items(), key=lambda pair: (_RANK.index(pair[1].state), pair[0])):
        word = "akan berubah" if check and run.state == "changed" else _WORDS[run.state]
        lines.append(f"  {name:{width}}  {word:16}  {_detail(run)}".rstrip())
    lines += _counts(hosts) + waiting(not_in_service)
    lines += _slow("Peran terlama", clock.roles) + _slow("Tugas terlama", clock.tasks)
    return "\n".join(lines)


def _detail(run: HostRun) -> str:
    if run.messages:
        return " ".join(run.messages[-1].split())
    return f"{run.changed} tugas" if run.changed else ""


def _counts(hosts: Mapping[str, HostRun]) -> list[str]:
    counts = Counter(run.state for run in hosts.values())
    parts = [f"{counts[word]} {_WORDS[word]}" for word in _RANK if counts[word]]
    return ["  Jumlah: " + ", ".join(parts)] if parts else []


def waiting(not_in_service: Mapping[str, Sequence[str]]) -> list[str]:
    """One line that counts and names what the register holds but nothing touches yet, by readiness; or none."""
    parts = [
        f"{len(names)} {_READINESS.get(readiness, readiness)} ({', '.join(names)})"
        for readiness, names in sorted(not_in_service.items())
        if names
    ]
    return ["  Tercatat di register, belum dipakai: " + "; ".join(parts)] if parts else []


def _slow(title: str, seconds: Mapping[str, float]) -> list[str]:
    slow = sorted(((s, name) for name, s in seconds.items() if s >= _WORTH_NAMING), reverse=True)[:_SLOWEST]
    return [f"  {title}: " + "; ".join(f"{name} {took(s)}" for s, name in slow)] if slow else []
