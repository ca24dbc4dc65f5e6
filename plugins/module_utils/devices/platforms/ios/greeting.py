# SPDX-License-Identifier: GPL-3.0-or-later
"""The first prompt of a terminal that was just opened, in place of netmiko's preparation, which types two commands."""

from __future__ import annotations

import re
import time
from typing import Any

from ...outcome import SessionLostError
from .text import is_log_message

#: seconds of silence behind prompts after which no more are expected, or after which one more is asked for
_SETTLED = 2.0
#: a prompt and the one that an empty line brings, with nothing between: no banner ends like that
_TWO = re.compile(r"(?:^|[\r\n])(?P<name>[^\s#>]{1,63})(?P<level>[#>]) ?[\r\n]+(?P=name)(?P=level) ?$")


def wait(connection: Any, patience: float) -> None:
    """Give netmiko's object, which has typed one empty line, its ``base_prompt``: the host name in the prompt.

    Raises:
        SessionLostError: no prompt within ``patience`` seconds; the connection is closed then.
    """
    channel = connection.remote_conn
    text, typed = "", 1
    limit = time.monotonic() + patience
    while True:
        shown = _without_log(text)
        found = _TWO.search(shown)
        if found and _prompts(shown, found) > typed:
            break
        left = limit - time.monotonic()
        channel.settimeout(max(0.01, min(_SETTLED, left)))
        try:
            data = channel.recv(65536)
        except TimeoutError:
            if found:
                # An empty line that came before the terminal was ready is answered by none.
                break
            if left > 0:
                channel.sendall(b"\r")
                typed += 1
                continue
            data = b""
        if not data:
            # netmiko would type at the prompt to log out of it.
            connection.remote_conn_pre.close()
            seen = shown.strip().splitlines()[-1:] or ["tidak ada jawaban"]
            break
        text += data.decode(errors="replace")
    if not found:
        raise SessionLostError(f"tidak ada prompt ({seen[0][-60:]!r})")
    connection.base_prompt = found["name"]


def _prompts(text: str, found: re.Match[str]) -> int:
    prompt = re.escape(found["name"] + found["level"])
    return len(re.findall(rf"(?:^|[\r\n]){prompt} ?(?=[\r\n]|$)", text))


def _without_log(text: str) -> str:
    """A message of the log may stand between two prompts."""
    return "".join(line for line in text.splitlines(keepends=True) if not is_log_message(line.strip()))
