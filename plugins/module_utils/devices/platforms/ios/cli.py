# SPDX-License-Identifier: GPL-3.0-or-later
"""The prompt of an IOS device: one command or many, and what was printed for each.

netmiko opens the session; commands go over its channel directly, since its own patterns take a prompt-like text in an
answer for the prompt and its ``send_config_set`` leaves a session in configuration mode on errors. An answer counts
only behind the echo of its command and up to a prompt with the device's own name.

The terminal that netmiko asks for is 511 columns wide and 1000 lines high, and IOS takes both from an SSH client, but
not every version does. So paging is turned off where many commands go out at once or where a page was seen, and the
width is said before a line that does not fit into 80 columns; a session that only asks little costs no command for it.
"""

from __future__ import annotations

import re
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from weakref import WeakKeyDictionary

from ...outcome import RefusedError, SessionLostError
from ...session import PREPARATIONS, Session
from . import greeting
from .text import is_log_message

#: seconds without a single byte after which a session counts as lost
QUIET = 15.0
#: factor on every such time, for devices that are slower or known to be quick
PATIENCE = 1.0
#: seconds that an answer may take as a whole, however steadily it trickles in
LONGEST = 600.0
#: seconds of silence behind a prompt without an echo, after which it is believed (a log message can break an echo)
_SETTLED = 2.0
_MORE = re.compile(r" ?-{1,2} ?[Mm]ore ?-{1,2} ?$")
_MORE_ERASED = re.compile(r" ?-{1,2} ?[Mm]ore ?-{1,2} ?(?:\x08+ *\x08*|\r *\r)?")
_ESCAPES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|\x07")
_MODE = r"(?P<mode>\([\w.+/ -]{1,40}\))?(?P<level>[#>])"
#: what a device says on its own, behind a prompt or between two lines of an answer
_ASIDE = re.compile(
    r"(?:Rollback Confirmed Change: Rollback will begin in one minute\.?"
    r"|Enter [\"“]configure confirm[\"”] if you wish to keep[^\r\n]*|\*{3} --- [^\r\n]*---|\*{3})\r?\n"
)

#: turns paging off
UNPAGED = "terminal length 0"
_WIDE = "terminal width 511"
#: columns that a terminal has for certain, and those of a prompt in a deep mode of configuration
_NARROW = 78
_DEEP_PROMPT = 38

#: a question and what is typed to answer it
Answers = Sequence[tuple[str, str]]
#: questions that IOS asks about a change; all of them mean "go on"
GO_ON: Answers = (
    (r"\[confirm\]\s*$", "\r"),
    (r"(?:\[yes/no\]|\[no\]|\[yes\]|\(yes/\[?no\]?\)) ?\]?:? ?$", "yes\r"),
    (r"filename \[[^\]]*\]\? ?$", "\r"),
)

#: printed for a command that was not carried out
_ERROR = re.compile(
    r"^\s*%(?! ?(?i:warning|note|info|generating|please wait|applying|key pair|the fully|interface \S+ ipv\d)"
    r"|[A-Z0-9_]+(?:-[A-Z0-9_]+)*-\d-[A-Z0-9_]+:).*\S"
)
_ERROR_BARE = re.compile(r"^(Command rejected|ERROR:|Error:|Bad mask|Invalid (?!input)|Rollback aborted)")


class Terminal:
    """A session at its prompt. ``names``: host names the prompt may begin with; a change can bring a new one."""

    def __init__(self, session: Session, names: Sequence[str] = ()) -> None:
        if session.connection is None:
            raise SessionLostError(f"{session.login.host}: sesi tanpa terminal")
        self._session = session
        self._channel: Any = session.connection.remote_conn
        # IOS shortens the name in the longer prompts of configuration modes.
        known = {name[:16] for name in (session.connection.base_prompt, *names) if name}
        names_pattern = "|".join(re.escape(name) for name in sorted(known, key=len, reverse=True))
        self._screen = _SCREENS.setdefault(session, _Screen())
        self._columns = _NARROW - len(session.connection.base_prompt)
        self._prompt = re.compile(rf"(?:^|[\r\n])(?:{names_pattern})[\w.-]*{_MODE} ?")
        self._at_end = re.compile(rf"(?:^|[\r\n])(?:{names_pattern})[\w.-]*{_MODE}\s*$")

    def run(self, command: str, *, quiet: float | None = None, answers: Answers = ()) -> str:
        """Run one EXEC command and return what it printed. ``quiet``: seconds of silence it may need.

        Raises:
            SessionLostError: no answer, another prompt, or the connection broke. RefusedError: no privileged mode.
        """
        self._prepare([command])
        output = self._exchange(command, quiet, answers)
        if output.level == ">":
            self._enable()
            output = self._exchange(command, quiet, answers)
        return output.text

    def run_all(self, commands: Sequence[str], *, quiet: float | None = None) -> list[str]:
        """Run EXEC commands that ask nothing in one round trip and return what each printed. Raises as `run`."""
        self._screen.unpaged |= UNPAGED in commands
        self._prepare(commands)
        texts, level = self._sequence(list(commands), quiet, ())
        if level == ">":
            self._enable()
            texts, _ = self._sequence(list(commands), quiet, ())
        return texts

    def enter(self, lines: Sequence[str], prompts: int, *, quiet: float | None = None) -> list[str]:
        """Type lines of configuration at once and return what was printed behind each of the ``prompts`` commands."""
        return self._sequence(list(lines), quiet, GO_ON, prompts)[0]

    def widen(self, lines: Sequence[str]) -> None:
        """Make room for lines that will be typed in configuration mode. Raises as `run`."""
        if max(map(len, lines), default=0) > _NARROW - _DEEP_PROMPT:
            self._widen()

    def type(self, text: str) -> None:
        """Type something and wait for nothing. Raises `SessionLostError`."""
        try:
            self._channel.sendall(text.encode())
        except (OSError, EOFError) as error:
            raise self._lost(str(error) or "sambungan putus") from error

    def read_until(self, pattern: str, *, quiet: float | None = None) -> str:
        """Read until the end of what was printed matches, or a prompt stands there. Raises `SessionLostError`."""
        wanted = re.compile(pattern)
        text = ""
        started = last = time.monotonic()
        while True:
            if self._at_end.search(text) or wanted.search(text):
                return text
            text, last = self._more(text, started, last, quiet)

    @property
    def mode(self) -> str:
        """The mode that the last prompt named, such as ``(config)``; empty in EXEC."""
        return self._mode

    _mode = ""

    def _prepare(self, commands: Sequence[str]) -> None:
        if self._mode:
            return
        if self._screen.paged and not self._screen.unpaged:
            self._screen.unpaged = True
            self._sequence([UNPAGED], None, ())
        if max(map(len, commands)) > self._columns:
            self._widen()

    def _widen(self) -> None:
        if not self._screen.wide:
            self._screen.wide = True
            self._sequence([_WIDE], None, ())

    # -- what is read

    def _exchange(self, command: str, quiet: float | None, answers: Answers) -> _Output:
        texts, level = self._sequence([command], quiet, answers)
        return _Output(texts[0], level)

    def _sequence(
        self, lines: list[str], quiet: float | None, answers: Answers, prompts: int | None = None
    ) -> tuple[list[str], str]:
        """Type the lines; wait for as many prompts; return what stands behind each echo, and ``#`` or ``>``."""
        count = prompts or len(lines)
        self._drain()
        self.type("".join(f"{line}\r" for line in lines))
        text = ""
        echo = re.compile(r"\s*".join(re.escape(word) for word in lines[0].split()[:8]))
        questions = [(re.compile(pattern), reply) for pattern, reply in answers]
        answered = 0
        started = last = time.monotonic()
        while True:
            found = echo.search(text)
            ended = self._at_end.search(text)
            if ended is not None and (found is None or ended.start() >= found.end()):
                chunks = self._chunks(text[found.end() :] if found else text)
                if found is not None and len(chunks) >= count:
                    self._mode = ended["mode"] or ""
                    return [_clean(chunk) for chunk in chunks[:count]], ended["level"]
                if time.monotonic() - last > _SETTLED and found is None and count == 1:
                    self._mode = ended["mode"] or ""
                    return [_clean(chunks[0] if chunks else "")], ended["level"]
            tail = text[answered:]
            if _MORE.search(tail):
                self._screen.paged = True
                self.type(" ")
                answered = len(text)
            else:
                for pattern, reply in questions:
                    if pattern.search(tail):
                        self.type(reply)
                        answered = len(text)
                        break
            pause = _SETTLED if ended is not None and found is None else None
            text, last = self._more(text, started, last, quiet, pause)

    def _chunks(self, text: str) -> list[str]:
        """What stands before each prompt."""
        chunks: list[str] = []
        start = 0
        for match in self._prompt.finditer(text):
            chunks.append(text[start : match.start()])
            start = match.end()
        return chunks

    def _more(
        self, text: str, started: float, last: float, quiet: float | None, pause: float | None = None
    ) -> tuple[str, float]:
        now = time.monotonic()
        limit = min(last + (QUIET if quiet is None else quiet) * PATIENCE, started + LONGEST)
        if now >= limit:
            shown = text.strip().splitlines()[-1:] or ["tidak ada jawaban"]
            raise self._lost(f"tidak ada prompt ({shown[0][-60:]!r})" if text.strip() else "tidak ada jawaban")
        self._channel.settimeout(max(0.01, min(limit - now, pause or limit - now)))
        try:
            data = self._channel.recv(65536)
        except TimeoutError:
            return text, last
        except (OSError, EOFError) as error:
            raise self._lost(str(error) or "sambungan putus") from error
        if not data:
            raise self._lost("sambungan ditutup perangkat")
        return _without_asides(text + _ESCAPES.sub("", data.decode(errors="replace"))), time.monotonic()

    def _drain(self) -> None:
        try:
            while self._channel.recv_ready():
                if not self._channel.recv(65536):
                    break
        except (OSError, EOFError) as error:
            raise self._lost(str(error) or "sambungan putus") from error

    def _enable(self) -> None:
        login = self._session.login
        self.type("enable\r")
        seen = self.read_until(r"ssword: ?$")
        if re.search(r"ssword: ?$", seen):
            self.type(f"{login.secret or login.password or ''}\r")
            seen = self.read_until(r"ssword: ?$|% (?:Bad|Access|Error|Authentication)")
        ended = self._at_end.search(seen)
        if ended is None or ended["level"] != "#":
            raise RefusedError(
                f"{login.host}: {login.user!r} tidak dapat masuk mode privileged; beri privilege 15 pada pengguna itu, "
                "atau isi sandi enable (ansible_become_password). Belum ada yang diubah"
            )

    def _lost(self, reason: str) -> SessionLostError:
        return SessionLostError(f"{self._session.login.host}: {reason}")


@dataclass
class _Screen:
    """What is known of the terminal of one session, and what was said to it."""

    paged: bool = False
    unpaged: bool = False
    wide: bool = False


_SCREENS: WeakKeyDictionary[Session, _Screen] = WeakKeyDictionary()


def _greet(connection: Any) -> None:
    greeting.wait(connection, QUIET * PATIENCE)


PREPARATIONS["cisco_ios"] = _greet


class _Output:
    def __init__(self, text: str, level: str) -> None:
        self.text = text
        self.level = level


def _without_asides(text: str) -> str:
    """Without messages of the log and notices of the rollback timer, where they stand as whole lines."""
    if "%" not in text and "Rollback" not in text and "***" not in text and "configure confirm" not in text:
        return text
    kept = [line for line in _ASIDE.sub("", text).splitlines(keepends=True) if not _is_aside(line)]
    return "".join(kept)


def _is_aside(line: str) -> bool:
    return line.endswith(("\r\n", "\n")) and is_log_message(line.strip())


def errors(output: str) -> list[str]:
    """The lines of an answer that say that something was not done."""
    return [
        line.strip()
        for line in output.splitlines()
        if (_ERROR.match(line) or _ERROR_BARE.match(line.strip())) and not is_log_message(line.strip())
    ]


def _clean(chunk: str) -> str:
    """An answer without its echo (the rest of the first line) and without the traces of paging."""
    text = _MORE_ERASED.sub("", chunk).replace("\r\r\n", "\n").replace("\r\n", "\n").replace("\r", "")
    _, newline, rest = text.partition("\n")
    return rest if newline else ""
