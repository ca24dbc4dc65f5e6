# SPDX-License-Identifier: GPL-3.0-or-later
"""Many emulated devices in one process, on an event loop in a thread of its own."""

import asyncio
import random
import resource
import shutil
import tempfile
import threading
from collections.abc import Callable, Coroutine, Iterator, Sequence
from pathlib import Path
from typing import Any

import asyncssh

from .device import Device
from .faults import Fault, NewHostKey
from .log import LogEntry
from .personality import Personality
from .platforms import device_class
from .server import DeviceServer

PORT = 2222
# Loop-back networks where farms put their devices; other programs use the low ones.
_FIRST_NET, _LAST_NET = 32, 250


class DeviceHandle:
    """One device as tests hold it; every method may be called from any thread but the farm's."""

    def __init__(self, farm: "Farm", server: DeviceServer) -> None:
        self._farm = farm
        self._server = server
        personality = server.personality
        self.name = personality.name
        self.host, self.port = server.host, server.port
        self.user, self.password, self.secret = personality.user, personality.password, personality.secret
        self.known_hosts = farm.known_hosts

    @property
    def inside(self) -> Device:
        """The emulator's object itself; use it only in a function given to `ask`."""
        return self._server.device

    def ask[T](self, question: Callable[[Device], T]) -> T:
        """Calls `question(device)` on the farm's event loop and returns what it returns."""

        async def run() -> T:
            return question(self._server.device)

        return self._farm.run(run())

    @property
    def host_key(self) -> str:
        """The public key that the device shows now, in OpenSSH form without comment."""
        return " ".join(self._server.host_key.export_public_key().decode().split()[:2])

    @property
    def commands(self) -> int:
        """Orders received so far: commands, exec commands, uploads."""
        return self.ask(lambda device: device.log.counted)

    def config(self) -> str:
        """The running configuration, asked inside the process: no login, no entry in the log."""
        return self.ask(lambda device: device.config())

    def startup(self) -> str:
        return self.ask(lambda device: device.startup())

    def log(self) -> list[LogEntry]:
        return self.ask(lambda device: list(device.log))

    def files(self) -> dict[str, bytes]:
        return self.ask(lambda device: dict(device.files))

    def sessions(self) -> int:
        """Terminals and exec channels open now."""
        return self.ask(lambda device: len(device.sessions))

    def fault(self, fault: Fault) -> None:
        if isinstance(fault, NewHostKey):
            self._farm.run(self._new_host_key())
        self.ask(lambda device: device.faults.add(fault, device.log.counted))

    def clear_faults(self) -> None:
        """No fault strikes from now on; a frozen device answers new connections again. A new host key stays."""

        def clear(device: Device) -> None:
            device.faults.clear()
            self._server.thaw()

        self.ask(clear)

    def busy(self, what: str, **details: Any) -> None:
        """Somebody else works on the device; see the platform's `busy`."""
        self.ask(lambda device: device.busy(what, **details))

    def idle(self) -> None:
        self.ask(lambda device: device.idle())

    def advance(self, seconds: float) -> None:
        """Lets device time pass at once; timers that are due by then fire."""
        self.ask(lambda device: device.clock.advance(seconds))

    def reboot(self) -> None:
        """Power off and on, at once; returns while the device is still down (`wait_up`)."""
        self.ask(lambda device: device.power_cycle())

    @property
    def up(self) -> bool:
        return self._server.up.is_set()

    def given_up(self, port: int) -> bool:
        """Whether a fault has silenced the connection from that port of the client, so that nothing more will come."""
        return self.ask(lambda _: any(gate.peer_port == port and gate.given_up for gate in self._server.gates))

    def wait_up(self, timeout: float = 120.0) -> None:
        """Waits until the device listens again; TimeoutError after `timeout` real seconds."""

        async def wait() -> None:
            await asyncio.wait_for(self._server.up.wait(), timeout)

        self._farm.run(wait())

    def boot(self) -> None:
        """Lets the time of a restart pass at once, where the device is down; returns when it listens."""

        def hurry(device: Device) -> None:
            if not self._server.up.is_set():
                device.clock.advance(device.personality.reboot_seconds)

        self.ask(hurry)
        self.wait_up()

    def wait_for(self, condition: Callable[[Device], bool], timeout: float = 120.0) -> None:
        """Waits until `condition(device)` holds (a timer fired, a session ended); TimeoutError."""

        async def wait() -> None:
            async with asyncio.timeout(timeout):
                while not condition(self._server.device):
                    await asyncio.sleep(0.005)

        self._farm.run(wait())

    async def _new_host_key(self) -> None:
        self._server.new_host_key(asyncssh.generate_private_key("ssh-ed25519"))


class Farm:
    """`with Farm([Personality(...), ...]) as farm: farm["sw1"]`.

    Each device gets an address of a loop-back network nobody else uses, port 2222, unless its personality says
    otherwise. `folder` holds `known_hosts`; it is temporary unless given.
    """

    def __init__(self, personalities: Sequence[Personality], *, port: int = PORT, folder: Path | None = None) -> None:
        names = [personality.name for personality in personalities]
        if len(set(names)) != len(names):
            raise ValueError("nama perangkat ganda di farm")
        self._personalities = personalities
        self._port = port
        self._temporary = folder is None
        self.folder = folder or Path(tempfile.mkdtemp(prefix="emulators-"))
        self.known_hosts = self.folder / "known_hosts"
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run_loop, name="emulators", daemon=True)
        self._devices: dict[str, DeviceHandle] = {}
        self._servers: list[DeviceServer] = []
        self._rsa_key: asyncssh.SSHKey | None = None

    def __enter__(self) -> "Farm":
        self.start()
        return self

    def __exit__(self, *exc: object) -> None:
        self.stop()

    def __getitem__(self, name: str) -> DeviceHandle:
        return self._devices[name]

    def __iter__(self) -> Iterator[DeviceHandle]:
        return iter(self._devices.values())

    def __len__(self) -> int:
        return len(self._devices)

    def start(self) -> None:
        _allow_many_files()
        self._thread.start()
        try:
            self.run(self._start())
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        if self._thread.is_alive():
            self.run(self._stop())
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join()
        if self._temporary:
            shutil.rmtree(self.folder, ignore_errors=True)

    def run[T](self, work: Coroutine[Any, Any, T]) -> T:
        """Runs a coroutine on the farm's loop and waits for it."""
        return asyncio.run_coroutine_threadsafe(work, self._loop).result()

    def _run_loop(self) -> None:
        asyncio.set_event_loop(self._loop)
        try:
            self._loop.run_forever()
        finally:
            self._loop.close()

    async def _start(self) -> None:
        addresses = _addresses()
        for personality in self._personalities:
            kind = device_class(personality.platform)
            server = DeviceServer(kind, personality, self._host_key(personality.host_key))
            _listen(server, addresses, self._port)
            self._servers.append(server)
            self._devices[personality.name] = DeviceHandle(self, server)
        lines = [f"[{d.host}]:{d.port} {d.host_key}" if d.port != 22 else f"{d.host} {d.host_key}" for d in self]
        self.known_hosts.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")

    def _host_key(self, kind: str) -> asyncssh.SSHKey:
        if kind == "ed25519":
            return asyncssh.generate_private_key("ssh-ed25519")
        if kind != "rsa":
            raise ValueError(f"host_key {kind!r}: pilih ed25519 atau rsa")
        # Expensive to make: all RSA devices of a farm share one.
        self._rsa_key = self._rsa_key or asyncssh.generate_private_key("ssh-rsa", key_size=2048)
        return self._rsa_key

    async def _stop(self) -> None:
        for server in self._servers:
            server.close()
        rest = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for task in rest:
            task.cancel()
        await asyncio.gather(*rest, return_exceptions=True)


def _addresses() -> Iterator[str]:
    """127.a.b.1 … 127.a.b.254, then the next b, from a random start."""
    net = random.randrange((_LAST_NET - _FIRST_NET) * 256)
    while True:
        high, low = divmod(net, 256)
        for last in range(1, 255):
            yield f"127.{_FIRST_NET + high % (_LAST_NET - _FIRST_NET)}.{low}.{last}"
        net += 1


def _listen(server: DeviceServer, addresses: Iterator[str], port: int) -> None:
    if server.host:
        server.port = server.port or port
        server.listen()
        return
    for _ in range(1000):
        server.host, server.port = next(addresses), server.personality.port or port
        try:
            server.listen()
            return
        except OSError:
            continue
    raise OSError(f"tidak ada alamat 127.x.y.z yang bebas di port {port}")


def _allow_many_files() -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft < hard:
        resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, 65536) if hard > 0 else 65536, hard))
