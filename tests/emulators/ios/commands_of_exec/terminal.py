# SPDX-License-Identifier: GPL-3.0-or-later
"""The terminal itself: privilege, paging, logging out."""

from ...core.session import SessionEnd
from .. import hashes
from ..exec_state import Run, command

_TRIES = 3


@command
async def enable(run: Run) -> str | None:
    if run.vty.privileged:
        return None
    root = run.device.running.root
    entry = root.get("enable secret") or root.get("enable password")
    if entry is None:
        return "% No password set\n"
    stored = entry.words[-1]
    kind, _, value = stored.partition(" ")
    for _ in range(_TRIES):
        typed = await run.session.ask("Password: ", echo=False)
        if kind == "7" and value:
            right = hashes.decrypt7(value) == typed
        else:
            right = hashes.matches(typed, value) if value else typed == stored
        if right:
            run.vty.level = 15
            return None
    return "% Bad secrets\n\n"


@command
async def disable(run: Run) -> str | None:
    run.vty.level = int(run.words[1]) if len(run.words) > 1 else 1
    return None


@command
async def logout(run: Run) -> str | None:  # noqa: ARG001
    raise SessionEnd


@command
async def terminal_length(run: Run) -> str | None:
    run.session.lines = int(run.words[2])
    return None


@command
async def terminal_width(run: Run) -> str | None:
    run.session.width = int(run.words[2])
    return None


@command
async def terminal_monitor(run: Run) -> str | None:
    run.vty.monitor = run.words[1] == "monitor"
    return None


@command
async def accept(run: Run) -> str | None:  # noqa: ARG001
    return None


@command
async def undebug(run: Run) -> str | None:  # noqa: ARG001
    return "All possible debugging has been turned off\n"


@command
async def show_history(run: Run) -> str | None:
    return "".join(f"  {line}\n" for line in run.vty.history)


@command
async def show_privilege(run: Run) -> str | None:
    return f"Current privilege level is {run.vty.level}\n"
