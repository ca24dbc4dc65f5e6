# SPDX-License-Identifier: GPL-3.0-or-later
"""Every order of a transaction × every fault: what became of the device, and what the report said.

A clean run tells how many orders (commands, uploads) a change takes. Then each fault strikes at each of them, on a
device of its own. Afterwards the device's clock is put past its guard's time, so that it can help itself, and it is
judged from inside: never by what the code under test reads.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path

from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.outcome import Outcome
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.report import Report
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.session import Login
from emulators.core.farm import DeviceHandle, Farm
from emulators.core.faults import Fault
from faults import silence
from faults.case import Case, login, transact
from faults.controller import start

#: real seconds after which something that has to come never will, on a machine however busy
_PATIENCE = 120.0
#: strikes at a time: most of each is waiting, but all share one interpreter with the devices
_TOGETHER = 10

#: outcomes that promise which state the device is in
_NEW = frozenset({Outcome.CHANGED, Outcome.IN_SYNC})
_OLD = frozenset(Outcome) - _NEW - {Outcome.FAILED, Outcome.UNKNOWN}


@dataclass(frozen=True)
class Strike:
    """A fault at one order; ``kill`` also ends the controller there with SIGKILL."""

    n: int
    fault: Callable[[int], Fault]
    kill: bool = False


@dataclass(frozen=True)
class End:
    """``state`` is what the device runs at last: old, new or half; ``startup`` what it would boot with.

    ``again`` is what a second run, unharmed, says; ``kept`` what the device would boot with after that.
    """

    n: int
    order: str
    outcome: Outcome | None
    message: str
    state: str
    startup: str
    again: str
    kept: str
    left: str

    @property
    def complaint(self) -> str:
        """Why this end must not be; empty when it may."""
        said = self.outcome.value if self.outcome else "dibunuh"
        if self.state == "half":
            return f"setengah jadi ({said}: {self.message})"
        if self.outcome in _NEW and self.state != "new":
            return f"melapor {said}, padahal {self.state}"
        if self.outcome in _OLD and self.state != "old":
            return f"melapor {said}, padahal {self.state} ({self.message})"
        if self.outcome in (Outcome.FAILED, Outcome.UNKNOWN):
            return f"{said}, padahal perangkat kembali dan dapat ditanya ({self.message})"
        if self.outcome in _NEW | _OLD and self.startup != self.state:
            return f"berjalan {self.state}, tetapi akan menyala dengan {self.startup} ({said}: {self.message})"
        if self.again not in ("changed", "in_sync") or self.kept != "new":
            return f"ulangan: {self.again}, akan menyala dengan {self.kept}"
        if self.left:
            return f"tertinggal di perangkat: {self.left}"
        return ""


class Bench:
    """Devices for one case, each used once."""

    def __init__(self, case: Case, folder: Path) -> None:
        self.platform = case.platform
        self._case = case
        self._folder = folder
        self._number = itertools.count()
        self._open = ExitStack()
        self._devices: list[DeviceHandle] = []
        self._open.enter_context(silence.skipped(self._devices))
        self._pool = ThreadPoolExecutor(_TOGETHER)
        with Farm([case.personality]) as farm:
            device = next(iter(farm))
            self.old = case.essence(device.config())
            report = transact(case, login(device, self._ssh_config(farm, "clean")))
            assert report.outcome is Outcome.CHANGED, report.message
            self.new = case.essence(device.config())
            self.orders = [entry.text for entry in device.log() if entry.kind in ("command", "exec", "upload")]
        assert self.old != self.new

    def start(self, strikes: Iterable[Strike]) -> list[Future[End]]:
        """Have the strikes made, each on a device of its own, some at a time; `close` waits for none of them."""
        strikes = list(strikes)
        if not strikes:
            return []
        names = [f"{self._case.personality.name}-{next(self._number)}" for _ in strikes]
        farm = self._open.enter_context(Farm([self._case.personality.copy(name=name) for name in names]))
        self._devices += farm
        where = self._ssh_config(farm, names[0])
        return [
            self._pool.submit(self._strike, farm[name], strike, where)
            for name, strike in zip(names, strikes, strict=True)
        ]

    def close(self) -> None:
        """Give up what has not begun, wait for the rest, switch the devices off."""
        self._pool.shutdown(cancel_futures=True)
        self._open.close()

    def _strike(self, device: DeviceHandle, strike: Strike, ssh_config: str) -> End:
        where = login(device, ssh_config)
        device.fault(strike.fault(strike.n))
        outcome, message = None, ""
        if strike.kill:
            self._kill(device, strike.n, where)
        else:
            report = transact(self._case, where)
            outcome, message = report.outcome, report.message
        device.wait_up(_PATIENCE)
        # What was reported must be true at once; only where nobody could tell, the guard's time passes.
        known = outcome in _NEW | _OLD
        state = self._name(device.config()) if known else self._settle(device)
        device.clear_faults()
        startup = self._name(device.startup())
        told = "changed"
        if outcome not in _NEW:
            again = self._again(device, where)
            told = again.outcome.value if again.outcome in _NEW else f"{again.outcome.value}: {again.message}"
        order = self.orders[strike.n - 1] if strike.n <= len(self.orders) else "-"
        kept = self._name(device.startup())
        return End(strike.n, order, outcome, message, state, startup, told, kept, self._left(device))

    def _again(self, device: DeviceHandle, where: Login) -> Report:
        """A second run; while the first one's guard has not fired yet, somebody else is at work for it."""
        report = transact(self._case, where)
        if report.outcome is Outcome.BUSY:
            self._settle(device)
            report = transact(self._case, where)
        return report

    def _kill(self, device: DeviceHandle, n: int, where: Login) -> None:
        process = start(replace(self._case), where)
        # With fewer orders than in the clean run it ends by itself.
        device.wait_for(lambda inside: inside.log.counted >= n or not process.is_alive(), _PATIENCE)
        process.kill()
        process.join()

    def _settle(self, device: DeviceHandle) -> str:
        """Let the time pass in which the device undoes what nobody confirmed, and wait until it has."""
        device.advance(self._case.guard_seconds)
        device.wait_for(lambda inside: not inside.clock.timers, _PATIENCE)
        device.wait_up(_PATIENCE)
        return self._name(device.config())

    def _name(self, config: str) -> str:
        essence = self._case.essence(config)
        return "old" if essence == self.old else "new" if essence == self.new else "half"

    def _left(self, device: DeviceHandle) -> str:
        """Files and jobs of ours that nobody will clean up any more."""
        files = [name for name in device.files() if "terpusat" in name]
        return ", ".join(files)

    def _ssh_config(self, farm: Farm, name: str) -> str:
        path = self._folder / f"{name}.ssh_config"
        path.write_text(f"Host *\n  UserKnownHostsFile {farm.known_hosts}\n")
        return str(path)


def complaints(ends: Iterable[End]) -> str:
    """The ends that must not be, one a line."""
    return "\n".join(f"perintah {end.n} ({end.order}): {end.complaint}" for end in ends if end.complaint)
