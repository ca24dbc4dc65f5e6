# SPDX-License-Identifier: GPL-3.0-or-later
"""The command interpreter of a vty: EXEC commands and configuration mode."""

from typing import TYPE_CHECKING

from ..core.session import Session
from . import commands_of_exec, filters
from .config import MODES, Config
from .configurator import Configurator, complaint
from .editor import END
from .exec_state import COMMANDS, Run, Vty
from .grammar import BadLine, Mode

del commands_of_exec  # importing it registered the commands

if TYPE_CHECKING:
    from .device import Device

_HISTORY = 20


async def run(device: "Device", session: Session, line: str) -> str | None:
    """Runs one typed line; returns what the pager shows."""
    vty: Vty = session.state
    ended = line.endswith(END)
    line = line.removesuffix(END)
    if vty.work is not None:
        shown = await _configure(device, session, line)
        if ended:
            leave_configuration(device, session)
        return shown
    if not line.strip() or line.lstrip().startswith("!"):
        return None
    vty.history = [*vty.history[-_HISTORY + 1 :], line.strip()]
    return await execute(device, session, line)


async def execute(device: "Device", session: Session, line: str, indent: int | None = None) -> str | None:
    """An EXEC command, also behind `do`."""
    vty: Vty = session.state
    column = len(device.prompt(session)) if indent is None else indent
    text, filter_text = filters.split(line)
    traits = device.running.traits(device.running.root) | ({"privileged"} if vty.privileged else frozenset())
    try:
        match = MODES["exec"].parse(text, traits)
    except BadLine as error:
        words = line.split()
        if error.kind == "invalid" and len(words) == 1 and error.column < len(words[0]):
            return _not_a_host(device, words[0])
        return complaint(error, line, column)
    assert match.rule.effect is not None
    shown = await COMMANDS[match.rule.effect](Run(device, session, vty, match.words))
    if filter_text is None or shown is None:
        return shown
    try:
        return filters.apply(shown, filter_text)
    except filters.BadFilter as error:
        return complaint(BadLine(error.kind, len(line) - len(filter_text) + error.column), line, column)


def _not_a_host(device: "Device", word: str) -> str:
    """A single unknown word is taken for a host to connect to."""
    lookup = [*device.running.root.find("ip domain-lookup"), *device.running.root.find("ip domain lookup")]
    asked = "" if any(entry.negated for entry in lookup) else "...domain server (255.255.255.255)"
    return f'Translating "{word}"{asked}\n% Unknown command or computer name, or unable to find computer address\n'


async def _configure(device: "Device", session: Session, line: str) -> str | None:
    vty: Vty = session.state
    assert vty.work is not None
    indent = len(device.prompt(session))
    before = device.running
    reply = vty.work.feed(line, indent)
    if reply.do is not None:
        return await execute(device, session, reply.do, indent + len(line) - len(reply.do))
    if reply.text:
        await session.write(reply.text)
    if reply.confirm is not None:
        key = await session.ask_key(reply.confirm.question)
        await session.write("\n")
        if key in "\r\nyY":
            reply.confirm.then()
    if not reply.failed and line.strip() and before is device.running:
        device.changed(session.user)
    if reply.left:
        leave_configuration(device, session)
    return None


def leave_configuration(device: "Device", session: Session) -> None:
    """Back to EXEC; frees the lock that this vty holds."""
    vty: Vty = session.state
    if vty.work is None:
        return
    vty.work = None
    if device.lock.line == vty.line and device.lock.user not in device.others:
        device.lock.free()
    device.log_message(f"%SYS-5-CONFIG_I: Configured from console by {session.user} on vty{vty.line} ({device.source})")


def reset(session: Session, config: Config) -> None:
    """The configuration under a vty was replaced: it stays in configuration mode, at the top."""
    vty = session.state
    if isinstance(vty, Vty) and vty.work is not None:
        vty.work = Configurator(config, interactive=vty.work.interactive)


def help_for(device: "Device", vty: Vty, text: str) -> str:
    """What `?` shows: the words that may come next."""
    section = vty.work.stack[-1][0] if vty.work else None
    mode: Mode = section.mode if section else MODES["exec"]
    traits = device.running.traits(section or device.running.root)
    if vty.privileged:
        traits |= {"privileged"}
    try:
        words = mode.following(text.removeprefix("no "), traits)
    except BadLine as error:
        return complaint(error, text, len(text)).rstrip("\n").replace("\n", "\r\n")
    if text and not text.endswith(" "):
        return "  ".join(words)
    return "\r\n".join(f"  {word}" for word in words)
