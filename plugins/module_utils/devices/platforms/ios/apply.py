# SPDX-License-Identifier: GPL-3.0-or-later
"""Sending commands: as one file that the device copies into its running configuration, or typed in configuration
mode.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ...outcome import ApplyFailedError, BusyError, FileRefusedError
from ...secrecy import Fingerprints
from ...session import Session
from . import cli, secrets, timers
from .cli import GO_ON, Terminal, errors
from .commands import Command, Patch

#: commands typed at once; the device's buffer of a terminal is small
_AT_ONCE = 25
_AT_ONCE_CHARACTERS = 1500
#: commands that may ask something: what is typed ahead would be taken for the answer
_ASKS = re.compile(
    r"^no (username|crypto|certificate|ip nat|interface|router|vrf|vlan|line)\b|^(crypto key|certificate)\b"
)
#: seconds that bringing a file may take
_UPLOAD = 30.0
#: seconds of silence while a file is carried out
_LONG = 120.0


def upload(session: Session, device_type: str, name: str, content: bytes) -> bool:
    """Bring a file to the device by SCP, in a login of its own: IOS serves one channel a connection.

    Returns False when the device takes no files; raises `SessionLostError` when the connection breaks.
    """
    try:
        with Session.open(session.login, device_type, interactive=False) as courier:
            courier.put(content, name, method="scp", timeout=_UPLOAD * cli.PATIENCE)
    except FileRefusedError:
        return False
    return True


def asks_for_users(patch: Patch) -> bool:
    """Whether the device asks before it removes a user, which nobody can answer in a file."""
    return any(command.depth == 0 and command.text.startswith("no username ") for command in patch.commands)


def delete(terminal: Terminal, name: str) -> None:
    """Remove a file that we brought; that it is gone already is no matter."""
    terminal.run(f"delete /force {name}", answers=GO_ON)


def copy_in(terminal: Terminal, name: str, patch: Patch, hide: Fingerprints) -> None:
    """Have the device carry out the file. Raises `ApplyFailedError`, `SessionLostError`."""
    output = terminal.run(f"copy {name} running-config", quiet=_LONG, answers=GO_ON)
    problems = errors(output)
    if problems:
        raise ApplyFailedError(_blame(output, problems[0], patch, hide))
    if not re.search(r"\d+ bytes copied", output):
        shown = output.strip().splitlines()[-1:] or ["tanpa pesan"]
        raise ApplyFailedError(f"berkas perubahan tidak dijalankan perangkat ({shown[0]})")


def type_in(terminal: Terminal, patch: Patch, hide: Fingerprints) -> None:
    """Type the commands; the first one that the device rejects ends it, outside of configuration mode.

    Raises:
        ApplyFailedError: names the command. BusyError: configuration mode is somebody else's. SessionLostError.
    """
    _enter(terminal, patch)
    for commands in _groups(patch):
        for command, output in zip(commands, _send(terminal, commands), strict=True):
            problems = _problems(command, output)
            if problems:
                _leave(terminal)
                raise ApplyFailedError(f"baris {_named(command, hide)!r} ditolak perangkat ({problems[0]})")
    _leave(terminal)


def type_all(terminal: Terminal, patch: Patch) -> None:
    """Type the commands whatever the device says to each. Raises `BusyError`, `SessionLostError`."""
    _enter(terminal, patch)
    for commands in _groups(patch):
        _send(terminal, commands)
    _leave(terminal)


def _enter(terminal: Terminal, patch: Patch) -> None:
    terminal.widen(patch.lines())
    output = terminal.run("configure terminal", answers=GO_ON)
    locked = timers.lock_message(output)
    if not terminal.mode or locked:
        if terminal.mode:
            _leave(terminal)
        raise BusyError(f"mode konfigurasi tidak dapat dimasuki ({locked or output.strip()[:80]})")


def _leave(terminal: Terminal) -> None:
    terminal.run("end", quiet=_LONG)


def _groups(patch: Patch) -> Iterator[list[Command]]:
    """Commands that go out together. What carries the session goes in one piece: after it there may be no session."""
    group: list[Command] = []
    size = 0
    for index, command in enumerate(patch.commands):
        asks = _ASKS.match(command.text) is not None
        full = len(group) >= _AT_ONCE or size > _AT_ONCE_CHARACTERS
        if group and (asks or index == patch.protected or (full and index < patch.protected)):
            yield group
            group, size = [], 0
        group.append(command)
        size += sum(map(len, command.lines()))
        if asks:
            yield group
            group, size = [], 0
    if group:
        yield group


def _send(terminal: Terminal, commands: Sequence[Command]) -> list[str]:
    lines = [line for command in commands for line in command.lines()]
    return terminal.enter(lines, len(commands), quiet=_LONG / 4)


def _problems(command: Command, output: str) -> list[str]:
    typed = {line.strip() for line in command.lines()}
    return errors("\n".join(line for line in output.splitlines() if line.strip() not in typed))


def _named(command: Command, hide: Fingerprints) -> str:
    return secrets.mask(command.text.partition("\n")[0], hide)


def _blame(output: str, problem: str, patch: Patch, hide: Fingerprints) -> str:
    """Which command an error in the output of the copy is about: IOS prints the line above its marker."""
    lines = [line.strip() for line in output.splitlines()]
    at = lines.index(problem) if problem in lines else 0
    typed = {line.strip(): command for command in patch.commands for line in command.lines()[:1]}
    for line in reversed(lines[max(0, at - 3) : at]):
        if line in typed:
            return f"baris {_named(typed[line], hide)!r} ditolak perangkat ({problem})"
    quoted = re.search(r'"([^"]+)"', problem)
    if quoted and quoted[1].strip() in typed:
        return f"baris {_named(typed[quoted[1].strip()], hide)!r} ditolak perangkat ({problem})"
    return f"perangkat menolak sebagian perubahan ({secrets.mask(problem, hide)})"
