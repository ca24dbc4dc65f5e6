# SPDX-License-Identifier: GPL-3.0-or-later
"""One SSH login to one device, with the host key checked: through netmiko where a platform talks through a prompt.

netmiko 4.8 takes only HostName, Port, User and the proxy from an OpenSSH configuration, reads known_hosts anew for
every login, and turns most failures into one timeout error. So the configuration and the host keys are looked up here,
and its errors are unfolded to the paramiko error behind them.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import paramiko

from . import private_key
from .outcome import (
    AuthFailedError,
    DeviceError,
    HostKeyError,
    OfflineError,
    SessionLostError,
)
from .ssh_client import Client
from .ssh_settings import SshSettings
from .upload import Method, upload

_CHUNK = 65536
#: seconds between two signs of life on a silent connection
_KEEPALIVE = 5
#: by netmiko's device type: what makes a terminal ready in place of netmiko's own preparation. It is given netmiko's
#: object, and raises when no prompt comes
PREPARATIONS: dict[str, Callable[[Any], None]] = {}


@dataclass(frozen=True)
class Login:
    """Where and how to log in. ``timeout`` in seconds, for each of connect, banner and authentication.

    ``secret`` is the password of a privileged mode (IOS enable), where a platform has one.
    """

    host: str
    port: int = 22
    user: str = ""
    password: str | None = None
    key_file: str | None = None
    ssh_config_file: str | None = None
    timeout: float = 10.0
    secret: str | None = None


@dataclass(frozen=True)
class CommandResult:
    """What a command left: exit code and both outputs, as bytes."""

    code: int
    out: bytes
    err: bytes


class Session:
    """An open login. `connection` is netmiko's own object, for platforms that talk through a prompt; else None."""

    def __init__(self, client: Client, login: Login, connection: Any = None) -> None:
        self._client = client
        self.login = login
        self.connection = connection

    @classmethod
    def open(cls, login: Login, device_type: str, *, interactive: bool, sock: Any = None) -> Session:
        """Log in; over ``sock`` when somebody else made the way there (`channel_to`).

        Raises:
            OfflineError: nobody answered. AuthFailedError: not let in. HostKeyError: the host key is unknown or has
            changed. RefusedError: the key or configuration file named cannot be read.
        """
        settings = SshSettings.read(login.host, login.ssh_config_file)
        keys = settings.key_files(login.key_file)
        key = private_key.load(keys[0]) if keys else None
        port = settings.port(login.port)
        sock = settings.connect(port, login.timeout) if sock is None else sock
        client = Client(settings.known_hosts)
        anything = not keys and not login.password
        way: dict[str, Any] = {"port": port, "username": login.user or settings.user, "password": login.password}
        limits: dict[str, Any] = {"banner_timeout": login.timeout, "auth_timeout": login.timeout}
        # An agent is asked only when nothing else was given: it may hold dozens of keys, and every wrong one counts as
        # a failed attempt on the device.
        agent: dict[str, Any] = {"allow_agent": anything}
        connection = None
        try:
            if interactive:
                # Here, because a fleet is read without it; actions that need it import it in Ansible's parent process.
                from netmiko import ConnectHandler

                connection = ConnectHandler(
                    device_type=device_type,
                    host=settings.address,
                    secret=login.secret or "",
                    pkey=key,
                    use_keys=anything,
                    ssh_strict=True,
                    sock=sock,
                    conn_timeout=login.timeout,
                    keepalive=_KEEPALIVE,
                    auto_connect=False,
                    **way, **limits, **agent,
                )  # fmt: skip
                connection._build_ssh_client = lambda: client
                if device_type in PREPARATIONS:
                    connection.session_preparation = partial(PREPARATIONS[device_type], connection)
                connection._open()
            else:
                # netmiko would open a shell as well, which costs round trips, and IOS serves one channel a connection.
                client.connect(
                    settings.address,
                    pkey=key,
                    look_for_keys=anything,
                    timeout=login.timeout,
                    sock=sock,
                    **way, **limits, **agent,
                )  # fmt: skip
                client.keep_alive(_KEEPALIVE)
        except Exception as error:
            if connection is not None:
                connection.disconnect()
            client.close()
            sock.close()
            raise _translate(error, login, settings.known_hosts) from error
        return cls(client, login, connection)

    def run(self, command: str, stdin: bytes = b"", timeout: float = 60.0) -> CommandResult:
        """Run one command on a channel of its own: binary clean, with its exit code. ``timeout`` in seconds.

        Raises:
            SessionLostError: no end of the command within the timeout, or the connection broke.
        """
        deadline = time.monotonic() + timeout
        channel = None
        try:
            channel = self._transport().open_session(timeout=timeout)
            channel.settimeout(timeout)
            channel.exec_command(command)
            if stdin:
                channel.sendall(stdin)
            channel.shutdown_write()
            out = _drain(channel, channel.recv, deadline)
            err = _drain(channel, channel.recv_stderr, deadline)
            if not channel.status_event.wait(max(0.0, deadline - time.monotonic())) or channel.exit_status < 0:
                raise SessionLostError(f"{self.login.host}: perintah tidak selesai")
            return CommandResult(channel.exit_status, out, err)
        except (OSError, EOFError, paramiko.SSHException) as error:
            # A timeout has no words of its own.
            told = str(error) or f"tidak ada jawaban dalam {timeout:g} detik"
            raise SessionLostError(f"{self.login.host}: {told}") from error
        finally:
            if channel is not None:
                channel.close()

    def put(self, content: bytes, name: str, *, method: Method = "sftp", timeout: float = 60.0) -> None:
        """Upload a whole file under the device's own name for it.

        Raises:
            FileRefusedError: the device does not take it (no space, no right, no such service).
            SessionLostError: the connection broke, or no end within ``timeout`` seconds.
        """
        try:
            upload(self._transport(), content, name, method=method, timeout=timeout)
        except SessionLostError as error:
            raise SessionLostError(f"{self.login.host}: {error}") from error

    def channel_to(self, address: str, port: int, timeout: float = 10.0) -> Any:
        """A connection from the device to an address that it reaches, as ``ssh -W`` makes one (RFC 4254, 7.2).

        Raises:
            OfflineError: nobody answers there, or the device forwards nothing. SessionLostError: the connection broke.
        """
        try:
            return self._transport().open_channel("direct-tcpip", (address, port), ("127.0.0.1", 0), timeout=timeout)
        except paramiko.ChannelException as error:
            raise OfflineError(
                f"{address} port {port} tidak terjangkau lewat {self.login.host} ({error.text}); komputernya mati, "
                "atau SSH di router itu tidak mau meneruskan"
            ) from error
        except (OSError, EOFError, paramiko.SSHException) as error:
            raise SessionLostError(f"{self.login.host}: {error}") from error

    def close(self) -> None:
        """Log out; never raises, also when the connection is dead."""
        # First the connection itself: netmiko's disconnect() types at the prompt, which blocks on a dead path.
        self._client.close()
        if self.connection is not None:
            self.connection.disconnect()

    def __enter__(self) -> Session:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _transport(self) -> Any:
        transport = self._client.get_transport()
        if transport is None or not transport.is_active():
            raise SessionLostError(f"{self.login.host}: sambungan sudah putus")
        return transport


#: what paramiko says when nothing came in time
_NO_ANSWER = ("No existing session", "Error reading SSH protocol banner", "Authentication timeout")


def _drain(channel: Any, receive: Any, deadline: float) -> bytes:
    parts: list[bytes] = []
    while True:
        channel.settimeout(max(0.01, deadline - time.monotonic()))
        part: bytes = receive(_CHUNK)
        if not part:
            return b"".join(parts)
        parts.append(part)


def _translate(error: BaseException, login: Login, known_hosts: str) -> DeviceError:
    """Find the error that netmiko wrapped and say what it means."""
    chain: list[BaseException] = []
    current: BaseException | None = error
    while current is not None and current not in chain:
        chain.append(current)
        current = current.__cause__ or current.__context__
    where = known_hosts
    for cause in chain:
        if isinstance(cause, paramiko.BadHostKeyException):
            return HostKeyError(
                f"kunci host {login.host} berbeda dari yang tercatat di {where}: perangkat dipasang ulang, atau ada "
                "yang menyamar. Pastikan di konsol perangkat, lalu ganti barisnya di berkas itu"
            )
        # A device too busy to answer has not refused anybody, whatever paramiko calls it.
        if isinstance(cause, paramiko.AuthenticationException) and "timeout" not in str(cause):
            return AuthFailedError(
                f"{login.host} menolak login {login.user!r}; periksa ansible_user, kunci SSH dan authorized_keys di "
                "perangkat"
            )
        if isinstance(cause, paramiko.SSHException):
            text = str(cause)
            if "not found in known_hosts" in text:
                return HostKeyError(
                    f"kunci host {login.host} belum tercatat di {where}; daftarkan dulu setelah mencocokkan sidik "
                    "jarinya di konsol perangkat"
                )
            if "No authentication methods" in text:
                return AuthFailedError(
                    f"{login.host}: tidak ada kunci atau kata sandi untuk {login.user!r}; isi ansible_user dan "
                    "kunci SSH"
                )
            if any(sign in text for sign in _NO_ANSWER):
                return OfflineError(
                    f"{login.host} tidak menjawab lewat SSH dalam {login.timeout:.0f} detik; perangkat mati, atau "
                    "jalurnya putus"
                )
    reason = str(chain[-1]).strip().splitlines()[0] if str(chain[-1]).strip() else type(chain[-1]).__name__
    return OfflineError(f"{login.host} tidak dapat dihubungi lewat SSH ({reason})")
