# SPDX-License-Identifier: GPL-3.0-or-later
"""One terminal or exec channel of one login, as a platform sees it."""

import asyncio
import contextlib
from collections import deque
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import asyncssh

from .editor import LineEditor, keys
from .faults import Paging, SlowBytes

if TYPE_CHECKING:
    from .device import Device
    from .gate import Gate


class SessionEnd(Exception):  # noqa: N818
    """The session is over: the user left, or the connection broke."""


class Session:
    """`kind`: shell or exec; `user`: account name; `login`: what the platform made of the user name (`Device.account`);
    `state`: the platform's own object; `lines`: page height, 0 = no paging; `width`: columns."""

    def __init__(self, device: "Device", gate: "Gate", process: "asyncssh.SSHServerProcess[bytes]", kind: str) -> None:
        self.device = device
        self.gate = gate
        self.kind = kind
        self.user = gate.user
        self.login = gate.login
        self.number = gate.number
        self.peer: str = gate.peer
        self.state: Any = None
        size = process.term_size if process.term_type else (80, 24, 0, 0)
        self.width, self.lines = size[0] or 80, size[1] or 24
        self.last_key_at = device.clock.monotonic()
        # A log message that has to appear in the middle of the next output (faults.LogMessageAt).
        self.interjection: str | None = None
        self.muted = False
        # Whether a command has come that is more than an empty line.
        self.ordered = False
        self.closed = asyncio.Event()
        self._process = process
        self._incoming: deque[tuple[float, str]] = deque()
        self._arrived = asyncio.Event()
        self._input_over = False
        self._keys: Iterator[str] = iter(())
        self._frozen = False
        self._wrong_prompt = False
        self._waiting = False
        self._enter_ended_with_cr = False
        self._editor: LineEditor | None = None
        gate.channels.add(self)

    # -- output

    async def write(self, text: str) -> None:
        r"""Shows text; "\n" becomes the terminal's CR LF. Nothing is shown once the session is closed or muted."""
        if self._frozen:
            await self.freeze()
        if not text or self.muted or self.closed.is_set():
            return
        if self.interjection and text.count("\n") > 1:
            text = self._interject(text)
        data = text.replace("\r\n", "\n").replace("\n", "\r\n").encode("utf-8", "replace")
        slow = self.device.faults.of(SlowBytes)
        try:
            if slow is None:
                self._process.stdout.write(data)
                await self._process.stdout.drain()
                return
            step = max(1, int(slow.cps / 50))
            for start in range(0, len(data), step):
                self._process.stdout.write(data[start : start + step])
                await asyncio.sleep(step / slow.cps)
        except (OSError, asyncssh.Error):
            self.closed.set()

    def _interject(self, text: str) -> str:
        lines = text.split("\n")
        half = len(lines) // 2
        message, self.interjection = self.interjection, None
        return "\n".join([*lines[:half], str(message), *lines[half:]])

    async def interrupt(self, message: str) -> None:
        """A message of the device on this terminal, at once; what was being typed is not shown again (as on IOS without
        `logging synchronous`)."""
        if not self._frozen:
            await self.write(f"\n{message}\n")

    async def page(self, text: str) -> None:
        """Shows text page by page when paging is on (`lines`, or the Paging fault), as `Device.more` says."""
        fault = self.device.faults.of(Paging)
        height = fault.lines if fault else self.lines
        if self.kind == "exec" or height == 0:
            await self.write(text)
            return
        rows = text.split("\n")
        start, step = 0, height - 1
        while len(rows) - start > height:
            await self.write("\n".join(rows[start : start + step]) + "\n")
            start += step
            key = await self.ask_key(self.device.more, answer=False)
            await self.write(self.device.more_erase)
            if key in "qQ\x03":
                return
            step = 1 if key in ("\r", "\n") else height - 1
        await self.write("\n".join(rows[start:]))

    # -- input

    async def pump(self) -> None:
        """Takes in what is typed, with its time of arrival; notices the end of the connection."""
        stdin = self._process.stdin
        with contextlib.suppress(OSError, asyncssh.Error):
            while True:
                try:
                    data = await stdin.read(65536)
                except asyncssh.TerminalSizeChanged as change:
                    self.width, self.lines = change.width, change.height
                    continue
                except (asyncssh.BreakReceived, asyncssh.SignalReceived):
                    continue
                if not data:
                    break
                self._incoming.append((asyncio.get_running_loop().time(), data.decode("utf-8", "replace")))
                self._arrived.set()
        self._input_over = True
        if self.kind == "shell":
            # On an exec channel the client only says that it sends nothing more; the answer is still wanted.
            self.closed.set()
        self._arrived.set()

    async def key(self) -> str:
        """The next key typed; SessionEnd when there will be none."""
        while True:
            key = next(self._keys, None)
            if key is not None:
                follows = key == "\n" and self._enter_ended_with_cr
                self._enter_ended_with_cr = key == "\r"
                if follows and self.device.crlf_is_one_enter:
                    continue
                return key
            if self._frozen:
                await self.freeze()
            if self._incoming:
                at, text = self._incoming.popleft()
                late = at + self.device.personality.rtt_ms / 1000 - asyncio.get_running_loop().time()
                if late > 0:
                    await asyncio.sleep(late)
                self.last_key_at = self.device.clock.monotonic()
                self._keys = keys(text)
                continue
            if self._input_over or self.closed.is_set():
                raise SessionEnd
            self._arrived.clear()
            self._waiting = True
            await self._arrived.wait()
            self._waiting = False

    async def read_line(self, editor: LineEditor) -> str:
        """Shows the editor's prompt and reads one line with it."""
        self._editor = editor
        await self.write(editor.start())
        while not editor.done:
            key = await self.key()
            shown = editor.feed(key)
            # Keys that arrived together are shown together; the text is the same.
            while not editor.done and (more := next(self._keys, None)) is not None:
                shown += editor.feed(more)
                key = more
            self._enter_ended_with_cr = key == "\r"
            await self.write(shown)
        self._editor = None
        return editor.line

    async def ask(self, question: str, *, echo: bool = True) -> str:
        """A question of the device in the middle of a command; the answer typed until Enter."""
        if self.muted:
            return ""
        answer = await self.read_line(self.device.question_editor(self, question, echo=echo))
        self.device.note(self, "answer", answer if echo else "***")
        return answer

    async def ask_key(self, question: str, *, answer: bool = True) -> str:
        """A question that one key answers, such as `[confirm]`."""
        if self.muted:
            return "\r"
        await self.write(question)
        key = await self.key()
        if answer:
            self.device.note(self, "answer", repr(key)[1:-1])
        return key

    # -- the end

    async def freeze(self) -> None:
        """Says nothing any more until the client gives up."""
        self._frozen = True
        await self.gate.closed.wait()
        raise SessionEnd

    def show_wrong_prompt(self) -> None:
        """A fault shows something else where a prompt should stand."""
        self._wrong_prompt = True

    @property
    def given_up(self) -> bool:
        """Whether a fault has silenced it: what a client waits for will never come."""
        return self._frozen or (self._wrong_prompt and self._waiting)

    def abort(self) -> None:
        """The connection breaks without a word."""
        self.closed.set()
        self._arrived.set()
        self.gate.abort()

    def finish(self, status: int) -> None:
        with contextlib.suppress(OSError, asyncssh.Error):
            self._process.exit(status)


class Transfer:
    """A file on its way by SFTP: what `DeviceServer.order` needs of a session."""

    muted = False
    interjection: str | None = None

    def __init__(self, gate: "Gate") -> None:
        self.given_up = False
        self.gate = gate
        gate.channels.add(self)
        self.number = gate.number
        self.user = gate.user

    async def freeze(self) -> None:
        self.given_up = True
        await self.gate.closed.wait()
        raise SessionEnd

    def abort(self) -> None:
        self.gate.abort()

    async def interrupt(self, message: str) -> None:
        """A file transfer shows no log messages."""
