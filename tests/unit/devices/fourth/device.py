# SPDX-License-Identifier: GPL-3.0-or-later
"""The device behind the test-only platform: an SSH server that holds ``key = value`` lines."""

from __future__ import annotations

import asyncio
import threading
from types import TracebackType

import asyncssh

PASSWORD = "kunci-uji"


class Device:
    """Serves on 127.0.0.1 in a thread of its own; ``running`` and ``saved`` are what it holds."""

    def __init__(self, running: str) -> None:
        self.running = self.saved = running
        self.former: str | None = None
        self.state = "unknown"
        self.commands: list[str] = []
        self.port = 0
        self.host_key = asyncssh.generate_private_key("ssh-ed25519")
        self._loop = asyncio.new_event_loop()
        self._timer: asyncio.TimerHandle | None = None
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)

    def __enter__(self) -> Device:
        self._thread.start()
        asyncio.run_coroutine_threadsafe(self._listen(), self._loop).result(10)
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        async def stop() -> None:
            self._server.close()
            await self._server.wait_closed()

        asyncio.run_coroutine_threadsafe(stop(), self._loop).result(10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()

    @property
    def known_host(self) -> str:
        """Its line for a known_hosts file."""
        return f"[127.0.0.1]:{self.port} {self.host_key.export_public_key().decode().strip()}\n"

    async def _listen(self) -> None:
        self._server = await asyncssh.listen(
            "127.0.0.1", 0, server_factory=_Doorman, server_host_keys=[self.host_key], process_factory=self._serve
        )
        self.port = self._server.get_port()

    async def _serve(self, process: asyncssh.SSHServerProcess[str]) -> None:
        command = process.command or ""
        self.commands.append(command)
        code, answer = self._execute(command, await process.stdin.read() if command == "load" else "")
        process.stdout.write(answer)
        process.exit(code)

    def _execute(self, command: str, body: str) -> tuple[int, str]:
        verb, _, argument = command.partition(" ")
        if verb == "arm":
            self.former, self.state = self.running, "armed"
            self._timer = self._loop.call_later(float(argument), self._restore)
        elif verb == "load":
            self.running = body
        elif verb == "revert":
            self._restore()
        elif verb == "confirm" and self.state == "armed" and self._timer:
            self._timer.cancel()
            self.state = "confirmed"
        elif verb == "save":
            self.saved = self.running
        elif verb in ("show", "saved", "state", "version"):
            return 0, {"show": self.running, "saved": self.saved, "state": self.state, "version": "keyval 1.0"}[verb]
        else:
            return 1, "tidak dikenal"
        return 0, ""

    def _restore(self) -> None:
        if self.state == "armed" and self.former is not None:
            self.running, self.state = self.former, "restored"


class _Doorman(asyncssh.SSHServer):
    def password_auth_supported(self) -> bool:
        return True

    def validate_password(self, username: str, password: str) -> bool:
        return (username, password) == ("teknisi", PASSWORD)
