# SPDX-License-Identifier: GPL-3.0-or-later
"""A bare SSH terminal: what goes over the wire, without a driver's opinion of it."""

import re
import socket
import time
from collections.abc import Callable, Iterator

import paramiko
import pytest

from emulators.core import DeviceHandle

#: seconds after which something that has to come never will; long, because the machine may be busy
PATIENCE = 60.0

PROMPT = r"[\w.-]+(\([\w.-]*\))?[#>]$"


class Terminal:
    """A shell on a device; `expect` returns what arrived up to a pattern."""

    def __init__(self, device: DeviceHandle, user: str, password: str, **options: object) -> None:
        connection = socket.create_connection((device.host, device.port), timeout=PATIENCE)
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.transport = paramiko.Transport(connection)
        self.transport.start_client(timeout=PATIENCE)
        if "pkey" in options:
            self.transport.auth_publickey(user, options["pkey"])  # type: ignore[arg-type]
        else:
            self.transport.auth_password(user, password)
        self.channel = self.transport.open_session(timeout=PATIENCE)
        self._seen = ""

    def shell(self, prompt: str = PROMPT, width: int = 511) -> "Terminal":
        self.channel.get_pty(width=width, height=24)
        self.channel.invoke_shell()
        self.expect(prompt)
        return self

    def send(self, text: str) -> None:
        self.channel.sendall(text.encode())

    def expect(self, pattern: str, timeout: float = PATIENCE) -> str:
        """Everything up to and with the match; AssertionError when it does not come."""
        deadline = time.monotonic() + timeout
        while True:
            match = re.search(pattern, self._seen, re.MULTILINE if pattern != PROMPT else 0)
            if match:
                shown, self._seen = self._seen[: match.end()], self._seen[match.end() :]
                return shown
            self.channel.settimeout(max(0.01, deadline - time.monotonic()))
            try:
                data = self.channel.recv(65536)
            except TimeoutError:
                raise AssertionError(f"{pattern!r} did not come; seen: {self._seen[-400:]!r}") from None
            if not data:
                raise EOFError(self._seen)
            self._seen += data.decode()

    def silent(self, seconds: float) -> bool:
        """True when nothing arrives in that time."""
        self.channel.settimeout(seconds)
        try:
            data = self.channel.recv(65536)
        except TimeoutError:
            return True
        self._seen += data.decode()
        return False

    def run(self, command: str, prompt: str = PROMPT, timeout: float = PATIENCE) -> str:
        """What the device says to a command: without the echo, without the prompt, plain line ends."""
        self.send(command + "\n")
        shown = self.expect(prompt, timeout).replace("\r\n", "\n")
        # Unasked messages of the device may stand before the echo.
        _, echo, rest = shown.partition(f"{command}\n")
        assert echo, shown
        return rest.rpartition("\n")[0]

    def execute(self, command: str) -> str:
        """Over an exec channel."""
        self.channel.exec_command(command)
        self.channel.settimeout(PATIENCE)
        data = b""
        while part := self.channel.recv(65536):
            data += part
        return data.decode().replace("\r\n", "\n")

    def close(self) -> None:
        self.transport.close()


Dial = Callable[..., Terminal]


@pytest.fixture
def dial() -> Iterator[Dial]:
    """`dial(device)`: a logged-in shell; `dial(device, shell=False)`: a session for one exec command."""
    opened: list[Terminal] = []

    def call(
        device: DeviceHandle, user: str = "", password: str = "", *, shell: bool = True, **options: object
    ) -> Terminal:
        terminal = Terminal(device, user or device.user, password or device.password, **options)
        opened.append(terminal)
        if shell:
            terminal.shell()
        return terminal

    yield call
    for terminal in opened:
        terminal.close()
