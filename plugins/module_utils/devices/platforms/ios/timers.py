# SPDX-License-Identifier: GPL-3.0-or-later
"""The device's own guards: the revert timer of "Configuration Rollback Confirmed Change", and a scheduled reload.

``configure terminal revert timer <minutes>`` copies the running configuration to the archive and goes back to it unless
``configure confirm`` comes in time; only the user who armed it may confirm. Sources: Cisco "Configuration Rollback
Confirmed Change" (archive required, 1 to 120 minutes), Command Reference "configure revert", "show archive config
rollback timer", "reload", "show reload".
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ...outcome import BusyError, RefusedError, SessionLostError
from .cli import Terminal, errors

#: what both timers count in
MINUTE = 60
LONGEST_MINUTES = 120
#: seconds that the copy to the archive, or going back to it, may take in silence
_SLOW = 60.0
PENDING = "show archive config rollback timer"
RELOAD = "show reload"


@dataclass(frozen=True)
class Pending:
    """A revert timer that nobody confirmed yet: who armed it, when (as the device prints it), for how many minutes."""

    user: str
    since: str
    minutes: str


def pending(answer: str) -> Pending | None:
    """Read the answer to `PENDING`."""
    if "no rollback confirmed change pending" in answer.lower():
        return None
    value = re.search(r"Timer value: *(\d+)", answer)
    if value is None:
        return None
    user = re.search(r"User: *(\S+)", answer)
    since = re.search(r"Time configured[^:]*: *(.+)", answer)
    return Pending(user[1] if user else "tidak diketahui", since[1].strip() if since else "?", value[1])


def reload_pending(answer: str) -> str | None:
    """What the answer to `RELOAD` says of a scheduled reload; None when there is none."""
    return next((line.strip() for line in answer.splitlines() if re.match(r"^Reload scheduled", line.strip())), None)


def arm_revert(terminal: Terminal, minutes: int) -> None:
    """Start the revert timer and leave configuration mode again.

    Raises:
        RefusedError: the device does not arm it. BusyError: somebody is configuring. SessionLostError.
    """
    output = terminal.run(f"configure terminal revert timer {minutes}", quiet=_SLOW)
    in_config = terminal.mode
    if in_config:
        terminal.run("end")
    locked = lock_message(output)
    if locked:
        raise BusyError(f"mode konfigurasi dikunci orang lain ({locked}); tunggu lalu ulangi. Belum ada yang diubah")
    found = pending(terminal.run(PENDING))
    if not in_config or found is None:
        reason = (errors(output) or [output.strip().splitlines()[-1] if output.strip() else "tanpa pesan"])[0]
        raise RefusedError(
            f"pengaman tidak dapat dipasang ({reason}); periksa show archive dan ruang flash. Belum ada yang diubah"
        )


def lock_message(output: str) -> str | None:
    """What the device says when configuration mode is somebody else's."""
    found = re.search(
        r"^.*(?:[Cc]onfiguration mode is locked|is currently being updated|locked by).*$", output, re.MULTILINE
    )
    return found[0].strip() if found else None


def confirm_revert(terminal: Terminal) -> bool:
    """Keep the change; False when there is no timer any more."""
    return not errors(terminal.run("configure confirm", quiet=_SLOW))


def revert_now(terminal: Terminal) -> None:
    """Go back now; nothing happens when the timer was faster."""
    terminal.run("configure revert now", quiet=_SLOW)


def arm_reload(terminal: Terminal, minutes: int) -> None:
    """Schedule a reload. What is asked about saving is answered with no: the former configuration is what must come
    back.

    Raises:
        RefusedError: the device did not schedule it. SessionLostError.
    """
    terminal.run(
        f"reload in {minutes}",
        answers=((r"[Ss]ave\?[^\n]*$", "no\r"), (r"\[confirm\]\s*$", "\r")),
        quiet=_SLOW,
    )
    if reload_pending(terminal.run(RELOAD)) is None:
        raise RefusedError("reload in tidak diterima perangkat sebagai pengaman; belum ada yang diubah")


def cancel_reload(terminal: Terminal) -> bool:
    """Cancel the scheduled reload; whether there was one and it is gone."""
    if reload_pending(terminal.run(RELOAD)) is None:
        return False
    terminal.run("reload cancel", quiet=_SLOW)
    return reload_pending(terminal.run(RELOAD)) is None


def reload_now(terminal: Terminal) -> None:
    """Restart without saving, and do not wait."""
    terminal.type("reload\r")
    try:
        if re.search(r"ave\?", terminal.read_until(r"ave\?[^\n]*$|\[confirm\]\s*$")):
            terminal.type("no\r")
            terminal.read_until(r"\[confirm\]\s*$")
        terminal.type("\r")
    except SessionLostError:
        return  # it is going down
