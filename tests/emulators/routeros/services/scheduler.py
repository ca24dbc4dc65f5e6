# SPDX-License-Identifier: GPL-3.0-or-later
"""/system scheduler: jobs that really fire, on the device's clock, with the policies they were given and no more."""

from __future__ import annotations

import datetime
import math
from typing import TYPE_CHECKING

from ...core.clock import Timer
from ..errors import RunError
from ..schema.menu import Path
from ..store.item import Item
from ..values.quantities import read_time

if TYPE_CHECKING:
    from ..device import Device

MENU: Path = ("system", "scheduler")
# help.mikrotik.com, Scheduler: start-time=startup runs 3 seconds after the console starts.
STARTUP_SECONDS = 3.0


class Scheduler:
    def __init__(self, device: Device) -> None:
        self._device = device
        self._timers: dict[int, Timer] = {}
        # What a job's next run was computed from.
        self._plans: dict[int, dict[str, str]] = {}
        device.store.changed.append(self._changed)

    def boot(self) -> None:
        """After a start: timers are gone; `startup` jobs are due, others keep the rhythm of their start time."""
        self._timers.clear()
        self._plans.clear()
        for item in self._device.store.items(MENU):
            self._plan(item, booting=True)

    def next_run(self, item: Item) -> datetime.datetime | None:
        timer = self._timers.get(item.number)
        if timer is None or not timer.pending:
            return None
        return self._device.local_time() + datetime.timedelta(seconds=timer.remaining)

    def _changed(self, path: Path, item: Item) -> None:
        if path != MENU:
            return
        if item not in self._device.store.items(MENU) or item.disabled:
            self._cancel(item)
            self._plans.pop(item.number, None)
            return
        plan = {name: item.values.get(name, "") for name in ("interval", "start-time", "start-date")}
        if self._plans.get(item.number) != plan or item.number not in self._timers:
            self._plan(item)

    def _cancel(self, item: Item) -> None:
        timer = self._timers.pop(item.number, None)
        if timer is not None:
            timer.cancel()

    def _plan(self, item: Item, *, booting: bool = False) -> None:
        self._cancel(item)
        self._plans[item.number] = {
            name: item.values.get(name, "") for name in ("interval", "start-time", "start-date")
        }
        if item.disabled:
            return
        interval = (read_time(item.values.get("interval", "0s")) or 0) / 1000
        if item.values.get("start-time") == "startup":
            delay = STARTUP_SECONDS if booting else interval or None
        else:
            delay = self._until(item, interval)
        if delay is not None:
            self._timers[item.number] = self._device.clock.after(delay, lambda: self._fire(item, interval))

    def _until(self, item: Item, interval: float) -> float | None:
        """Device seconds to the next run: at the start, then every interval from it; None: never again."""
        start = self._device.parse_moment(item.values.get("start-date", ""), item.values.get("start-time", "00:00:00"))
        since = (self._device.local_time() - start).total_seconds()
        if since < 0:
            return -since
        if not interval:
            return None
        return (math.floor(since / interval) + 1) * interval - since

    def _fire(self, item: Item, interval: float) -> None:
        self._timers.pop(item.number, None)
        device = self._device
        item.facts["run-count"] = str(int(item.facts.get("run-count", "0")) + 1)
        item.facts["last-started"] = device.stamp()
        if interval:
            self._timers[item.number] = device.clock.after(interval, lambda: self._fire(item, interval))
        if device.mode_forbids("scheduler"):
            return
        device.event(f"scheduler {item.values.get('name', '')}")
        device.start_job(self._run(item))

    async def _run(self, item: Item) -> None:
        from ..commands.imports import run_text
        from ..script.context import nowhere

        device = self._device
        text = item.values.get("on-event", "")
        stored = device.script_named(text)
        policies = frozenset(item.values.get("policy", "").split(","))
        context = device.context(item.facts.get("owner", "admin"), policies, nowhere)
        context.depth = 1
        error = await run_text(stored if stored is not None else text, context)
        if error is None:
            return
        name = item.values.get("name", "")
        device.add_log("script,error", f"executing script from scheduler ({name}) failed, please check it manually")
        message = error.describe(places=device.version.places_errors) if isinstance(error, RunError) else str(error)
        device.add_log("script,error,debug", f"({'scheduler:' + name}) {message}")
