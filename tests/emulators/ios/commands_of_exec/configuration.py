# SPDX-License-Identifier: GPL-3.0-or-later
"""Entering configuration mode, rollback, replace, archive."""

from ..config import Config
from ..configurator import Configurator, apply_text
from ..exec_state import Run, command
from ..lock import TAKEN
from ..rollback import NEEDS_ARCHIVE, NOT_PENDING
from ..shell_text import differences

_REPLACE = (
    "This will apply all necessary additions and deletions\n"
    "to replace the current running configuration with the\n"
    "contents of the specified configuration file, which is\n"
    "assumed to be a complete configuration, not a partial\n"
    "configuration. Enter Y if you are sure you want to proceed. ? [no]: "
)


def _minutes(run: Run) -> int:
    return int(next(word for word in reversed(run.words) if word.isdecimal()))


@command
async def configure_terminal(run: Run) -> str | None:
    device = run.device
    revert = "revert" in run.words
    if revert and device.archive.path is None:
        return NEEDS_ARCHIVE
    if revert and device.rollback.pending is not None:
        return "%Rollback Confirmed Change is already pending\n"
    refusal = device.lock.refusal(run.vty.line)
    if refusal is not None:
        return refusal
    text = ""
    if revert:
        file = device.archive.save()
        text = f"Rollback Confirmed Change: Backing up current running config to {file}\n\n"
        saved, who = device.running.copy(), run.session.user
        idle = "idle" in run.words
        device.rollback.arm(_minutes(run), idle=idle, user=who, line=run.vty.line, saved=saved, file=file)
    exclusive = device.running.root.get("configuration mode exclusive auto") is not None
    if exclusive or "lock" in run.words:
        device.lock.take(run.session.user, run.vty.line, " ".join(run.words))
        text += TAKEN
    run.vty.work = Configurator(device.running, interactive=run.session.kind == "shell")
    return text + "Enter configuration commands, one per line.  End with CNTL/Z.\n"


@command
async def configure_confirm(run: Run) -> str | None:
    return None if run.device.rollback.confirm(run.session.user) else NOT_PENDING


@command
async def configure_revert(run: Run) -> str | None:
    rollback = run.device.rollback
    if rollback.pending is None:
        return NOT_PENDING
    if "now" in run.words:
        return rollback.fire()
    rollback.retime(_minutes(run), idle="idle" in run.words)
    return None


@command
async def configure_replace(run: Run) -> str | None:
    device = run.device
    name = run.words[2]
    text = _source(run, name)
    if text is None:
        return f"%Error opening {name} (No such file or directory)\n"
    minutes = run.after("time") or (run.words[-1] if "revert" in run.words else None)
    if minutes is not None and device.archive.path is None:
        return NEEDS_ARCHIVE
    refusal = device.lock.refusal(run.vty.line)
    if refusal is not None:
        return refusal
    if minutes is not None:
        file = device.archive.save()
        await run.session.write(f"Rollback Confirmed Change: Backing up current running config to {file}\n\n")
        saved = device.running.copy()
    if "force" not in run.words:
        answer = await run.session.ask(_REPLACE)
        if not answer.lower().startswith("y"):
            return None
    fresh = Config(device.box, device.ports)
    problems = apply_text(fresh, text, fails_at=device.faults.import_fails_at())
    commands = differences(device.running.lines(), fresh.lines())
    listed = "!Pass 1\n!List of Rollback Commands:\n" + "".join(f"{c}\n" for c in commands) + "end\n\n"
    failed = "".join(f"{line}\n{complaint}" for _, line, complaint in problems)
    if problems:
        return (
            f"{failed}\nThe rollback configlet from the last pass is listed below:\n********\n\n{listed}********\n"
            + ("Rollback aborted after 5 passes\nThe following commands are failed to apply to the IOS image.\n")
        )
    device.restore(fresh)
    device.changed(run.session.user)
    if minutes is not None:
        device.rollback.arm(int(minutes), idle=False, user=run.session.user, line=run.vty.line, saved=saved, file=file)
    return ("\n" + listed if "list" in run.words else "") + "Total number of passes: 1\nRollback Done\n\n"


def _source(run: Run, name: str) -> str | None:
    if name in ("nvram:startup-config", "startup-config"):
        return run.device.saved
    data = run.device.files.get(run.device.file_name(name))
    return None if data is None else data.decode("utf-8", "replace")


@command
async def archive_config(run: Run) -> str | None:
    if run.device.archive.path is None:
        return " Archive feature not enabled\n% Error caught by command handler\n"
    run.device.archive.save()
    return None


@command
async def show_archive(run: Run) -> str | None:
    return run.device.archive.show()


@command
async def show_rollback_timer(run: Run) -> str | None:
    return run.device.rollback.status()


@command
async def show_lock(run: Run) -> str | None:
    return run.device.lock.show()


@command
async def show_config_log(run: Run) -> str | None:
    section = next(iter(run.device.running.root.sections("archive")), None)
    logs = section.sections("log config") if section else []
    if not logs or not logs[0].get("logging enable"):
        return "% Config Logger disabled.\n"
    return " idx   sess           user@line      Logged command\n"
