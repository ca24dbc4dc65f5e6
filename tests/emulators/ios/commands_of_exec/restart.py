# SPDX-License-Identifier: GPL-3.0-or-later
"""Reloading."""

import datetime

from ...core.session import SessionEnd
from .. import clocktext
from ..exec_state import Run, command
from ..reload import NONE


async def _save_first(run: Run) -> None:
    if run.device.modified:
        answer = await run.session.ask("\nSystem configuration has been modified. Save? [yes/no]: ")
        if answer.lower().startswith("y"):
            run.device.save(run.session.user)
            await run.session.write("Building configuration...\n[OK]\n")


async def _confirmed(run: Run) -> bool:
    key = await run.session.ask_key("Proceed with reload? [confirm]")
    await run.session.write("\n")
    return key in "\r\nyY"


@command
async def reload(run: Run) -> str | None:
    await _save_first(run)
    if not await _confirmed(run):
        return None
    run.device.power_cycle()
    raise SessionEnd


async def _later(run: Run, seconds: int, reason: str) -> str | None:
    await _save_first(run)
    due = run.device.now() + datetime.timedelta(seconds=seconds)
    span = clocktext.span(seconds)
    if "xe" in run.device.box:
        text = f"Reload scheduled in {span} by {run.who}\n"
    else:
        text = f"Reload scheduled for {clocktext.full(due, run.device.zone)} (in {span}) by {run.who}\n"
    await run.session.write(f"{text}Reload reason: {reason}\n")
    if await _confirmed(run):
        run.device.plan.schedule(seconds, run.who, reason)
    return None


@command
async def reload_in(run: Run) -> str | None:
    hours, _, minutes = run.words[2].rpartition(":")
    seconds = (int(hours or 0) * 60 + int(minutes)) * 60
    if seconds < 60:
        return "%Reload time must be at least one minute\n"
    return await _later(run, seconds, run.words[3] if len(run.words) > 3 else "Reload Command")


@command
async def reload_at(run: Run) -> str | None:
    now = run.device.now()
    hour, minute = (int(part) for part in run.words[2].split(":")[:2])
    due = now.replace(hour=hour % 24, minute=minute % 60, second=0)
    if due <= now:
        due += datetime.timedelta(days=1)
    return await _later(run, int((due - now).total_seconds()), run.words[3] if len(run.words) > 3 else "Reload Command")


@command
async def reload_cancel(run: Run) -> str | None:
    return None if run.device.plan.cancel() else NONE


@command
async def show_reload(run: Run) -> str | None:
    return run.device.plan.show()
