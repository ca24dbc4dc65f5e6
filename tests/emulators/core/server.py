# SPDX-License-Identifier: GPL-3.0-or-later
"""The SSH server of one device: listens on its own address, hands sessions to the platform, lets faults strike."""

import asyncio
import contextlib
import socket
from collections.abc import Awaitable, Callable

import asyncssh

from .clock import Clock
from .device import Device
from .faults import DropAt, FreezeAt, LogMessageAt, RebootAt
from .gate import Gate
from .log import Kind
from .personality import Personality
from .scp import scp_transfer
from .session import Session, SessionEnd, Transfer
from .sftp import StorageServer


class DeviceServer:
    """Everything is made when it is first needed, so a thousand of these start in a second."""

    def __init__(self, kind: type[Device], personality: Personality, host_key: asyncssh.SSHKey) -> None:
        self.personality = personality
        self.host_key = host_key
        self.host, self.port = personality.address, personality.port
        self.gates: set[Gate] = set()
        self.up = asyncio.Event()
        self._kind = kind
        self._device: Device | None = None
        self._options: asyncssh.SSHServerConnectionOptions | None = None
        self._listener: socket.socket | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._logins = 0
        self._clock = Clock(personality.time_scale)
        self._frozen = False

    @property
    def device(self) -> Device:
        if self._device is None:
            self._device = self._kind(self.personality, self._clock)
            self._device.power_cycle = self.reboot
            self._device.boot()
        return self._device

    def next_number(self) -> int:
        self._logins += 1
        return self._logins

    # -- listening

    def listen(self) -> None:
        """OSError when the address is taken."""
        listener = socket.socket()
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.setblocking(False)
        try:
            listener.bind((self.host, self.port))
            listener.listen(64)
        except OSError:
            listener.close()
            raise
        self.port = listener.getsockname()[1]
        self._listener = listener
        asyncio.get_running_loop().add_reader(listener, self._accept)
        self.up.set()

    def stop_listening(self) -> None:
        self.up.clear()
        if self._listener is not None:
            asyncio.get_running_loop().remove_reader(self._listener)
            self._listener.close()
            self._listener = None

    def _accept(self) -> None:
        assert self._listener is not None
        with contextlib.suppress(BlockingIOError, ConnectionError):
            while True:
                connection, _ = self._listener.accept()
                connection.setblocking(False)
                connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                self._spawn(self._serve(connection))

    async def _serve(self, connection: socket.socket) -> None:
        if self._frozen:
            # TCP answers, SSH does not.
            with connection, contextlib.suppress(OSError):
                while await asyncio.get_running_loop().sock_recv(connection, 4096):
                    pass
            return
        if not self.device.reachable():
            connection.close()
            return
        loop = asyncio.get_running_loop()
        options = self._server_options()
        try:
            await loop.connect_accepted_socket(lambda: asyncssh.SSHServerConnection(loop, options), connection)
        except OSError:
            connection.close()

    def _server_options(self) -> asyncssh.SSHServerConnectionOptions:
        if self._options is None:
            sftp = (lambda channel: StorageServer(channel, self)) if self._kind.sftp else None
            self._options = asyncssh.SSHServerConnectionOptions(
                config=None,
                server_factory=lambda: Gate(self),
                server_host_keys=[self.host_key],
                server_version=self._kind.server_version,
                process_factory=self._handle,
                sftp_factory=sftp,
                allow_scp=False,
                encoding=None,
                line_editor=False,
                x11_forwarding=False,
                agent_forwarding=False,
                gss_host=None,
                login_timeout=120,
                **self.personality.ssh,
            )
        return self._options

    def new_host_key(self, key: asyncssh.SSHKey) -> None:
        self.host_key = key
        self._options = None

    # -- sessions

    async def _handle(self, process: "asyncssh.SSHServerProcess[bytes]") -> None:
        gate: Gate = process.get_extra_info("gate")
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        session = Session(self.device, gate, process, "shell" if process.command is None else "exec")
        status = 0
        pump: asyncio.Task[None] | None = None
        try:
            if process.subsystem:
                status = 1
            elif process.command is not None and process.command.split(" ", 1)[0] == "scp":
                status = await scp_transfer(self, process, process.command)
            else:
                pump = asyncio.create_task(session.pump())
                self.device.sessions.append(session)
                await self.device.opened(session)
                status = await self._exec(session, process.command) if process.command is not None else 0
                while process.command is None:
                    await self._prompt(session)
        except SessionEnd:
            pass
        finally:
            if session in self.device.sessions:
                self.device.sessions.remove(session)
                self.device.ended(session)
            if pump is not None:
                pump.cancel()
            self._tasks.discard(task)
            session.finish(status)
            if session.kind == "shell" or (self._kind.exec_ends_connection and process.command is not None):
                self._spawn(self._hang_up(gate, process))

    async def _hang_up(self, gate: Gate, process: "asyncssh.SSHServerProcess[bytes]") -> None:
        """Ends the connection once the client has all of the answer."""
        with contextlib.suppress(TimeoutError, OSError, asyncssh.Error):
            await asyncio.wait_for(process.wait_closed(), 5)
        gate.close()

    async def _prompt(self, session: Session) -> None:
        device = self.device
        # The prompt of a session that was at work: who logs in anew finds the device's own.
        wrong = device.faults.wrong_prompt(device.log.counted) if session.ordered else None
        if wrong is not None:
            session.show_wrong_prompt()
        editor = device.editor(session, device.prompt(session) if wrong is None else wrong)
        line = await session.read_line(editor)

        async def run() -> None:
            shown = await device.execute(session, line)
            if shown:
                await session.page(shown)

        if not line.strip():
            await run()
            return
        session.ordered = True
        await self.order(session, "command", line, run)

    async def _exec(self, session: Session, command: str) -> int:
        status = 0

        async def run() -> None:
            nonlocal status
            status = await self.device.execute_exec(session, command)

        await self.order(session, "exec", command, run)
        return status

    async def order(
        self, session: Session | Transfer, kind: Kind, text: str, run: Callable[[], Awaitable[None]]
    ) -> None:
        """Logs one order of the client, lets it take its time, runs it, with whatever fault is due at it."""
        device = self.device
        device.note(session, kind, text)
        count, faults = device.log.counted, device.faults
        drop, freeze = faults.due(DropAt, count), faults.due(FreezeAt, count)
        reboot, message = faults.due(RebootAt, count), faults.due(LogMessageAt, count)
        if freeze and freeze.device:
            self._frozen = True
        if drop and not drop.after:
            session.abort()
            raise SessionEnd
        if freeze and not freeze.after:
            await session.freeze()
        if reboot and not reboot.after:
            self.reboot()
            raise SessionEnd
        if message:
            session.interjection = message.text or device.typical_log_message()
        if self.personality.latency_ms:
            await asyncio.sleep(self.personality.latency_ms / 1000)
        lost = bool((drop and drop.after) or (freeze and freeze.after))
        session.muted = lost
        await run()
        if reboot:
            self.reboot()
            raise SessionEnd
        if drop:
            session.abort()
            raise SessionEnd
        if freeze:
            await session.freeze()
        if session.interjection:
            message_text, session.interjection = session.interjection, None
            await session.interrupt(message_text)

    async def upload(self, gate: Gate, method: str, name: str, data: bytes) -> None:
        """Stores a file that arrived; SessionEnd when a fault prevents it."""

        async def store() -> None:
            self.device.files[name] = data
            self.device.file_stored(name, gate.user)

        await self.order(Transfer(gate), "upload", f"{method} {name} {len(data)}", store)

    # -- power

    def reboot(self) -> None:
        """Power off now: every session breaks, timers are gone, connections are refused; boots by itself."""
        if not self.up.is_set():
            return
        self.device.event("reboot")
        self.stop_listening()
        self._frozen = False
        self._clock.cancel_all()
        current = asyncio.current_task()
        for gate in list(self.gates):
            gate.abort()
        for task in list(self._tasks):
            if task is not current:
                task.cancel()
        self.device.sessions.clear()
        self._clock.after(self.personality.reboot_seconds, self._boot)

    def _boot(self) -> None:
        self._clock.booted = self._clock.monotonic()
        self.device.boot()
        self.listen()

    def thaw(self) -> None:
        self._frozen = False

    def close(self) -> None:
        self.stop_listening()
        self._clock.cancel_all()
        for gate in list(self.gates):
            gate.abort()
        for task in list(self._tasks):
            task.cancel()

    def _spawn(self, work: Awaitable[None]) -> None:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
