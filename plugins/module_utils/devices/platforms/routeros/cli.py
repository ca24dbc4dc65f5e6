# SPDX-License-Identifier: GPL-3.0-or-later
"""Scripts on an SSH channel of their own, with an end that can be told from a break, and errors that are seen.

RouterOS runs a channel's command as one script. It prints errors among the output and mostly exits with 0, so that
the last thing a script prints is a marker: without it either the script failed or the answer was cut off.
"""

from __future__ import annotations

import re

from ...outcome import SessionLostError
from ...session import Session

END = "terpusat-selesai"

#: how the console words what it refuses (manual, and what public transcripts of 6.x and 7.x show)
ERROR = re.compile(
    r"^\s*(?:Script Error:\s*)?(?:"
    r"syntax error|bad command name|expected (?:end of command|command name|closing|open)|failure:|error:|"
    r"no such (?:item|command)|input does not match|invalid (?:value|internal item|time|date)|missing value|"
    r"value of |ambiguous value|unknown parameter|not enough permissions|not allowed by device-mode|"
    r"action (?:timed out|cancelled)|interrupted|no path to|unable to|couldn't|could not|can't|cannot|"
    r"dns (?:name does not exist|server failure)|"
    r"dry-run|bad parameter|not permitted|file .* not found|.*\(line \d+ column \d+\)|"
    r"terpusat-(?:sibuk|gagal))",
    re.IGNORECASE,
)


class CommandError(Exception):
    """The device refused a script; the message is its own words."""


def run(session: Session, script: str, timeout: float = 30.0) -> str:
    """Run a script and return what it printed, line ends as ``\\n``. ``timeout`` in seconds.

    Raises:
        CommandError: the device reported an error. SessionLostError: no answer, or one without its end.
    """
    result = session.run(f':put ""; {script}; :put "{END}"', timeout=timeout)
    output = (result.out + result.err).decode(errors="surrogateescape").replace("\r\n", "\n").replace("\r", "\n")
    body, marker, _ = output.rpartition(END)
    if marker:
        return body.strip("\n")
    reason = problem(output)
    if reason is None:
        raise SessionLostError(f"{session.login.host}: jawaban terpotong")
    raise CommandError(reason)


def problem(output: str) -> str | None:
    """The first line of an output that reports an error; None when none does."""
    for line in output.splitlines():
        if ERROR.match(line):
            return line.strip()
    return None
