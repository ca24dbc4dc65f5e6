# SPDX-License-Identifier: GPL-3.0-or-later
"""One SSH login to one device, through netmiko, with the host key checked.

netmiko 4.8 takes only HostName, Port, User and the proxy from an OpenSSH configuration, and turns most failures into
one timeout error. So the other settings (IdentityFile, UserKnownHostsFile) are looked up here and handed to it, and its
errors are unfolded to the paramiko error behind them.
"""

from __future__ import annotations

import io
import logging
import socket
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import paramiko
from netmiko import ConnectHandler
from scp import SCPClient, SCPException

from .outcome import (
    AuthFailedError,
    DeviceError,
    FileRefusedError,
    HostKeyError,
    OfflineError,
    RefusedError,
    SessionLostError,
)

_CHUNK = 65536

# paramiko logs from its own threads; with nobody listening, Python would write that into Ansible's output.
logging.getLogger("paramiko").addHandler(logging.NullHandler())


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
    """An open login. `connection` is netmiko's own object, for platforms that talk through a prompt."""

    def __init__(self, connection: Any, login: Login) -> None:
        self.connection = connection
        self.login = login

    @classmethod
    def open(cls, login: Login, device_type: str, *, interactive: bool) -> Session:
        """Log in.

        Raises:
            OfflineError: nobody answered. AuthFailedError: not let in. HostKeyError: the host key is unknown or has
            changed. RefusedError: the key or configuration file named cannot be read.
        """
        settings = _ssh_settings(login)
        keys = _key_files(login, settings)
        known_hosts = _known_hosts(settings)
        port = _port(login, settings)
        proxied = "proxycommand" in settings or "proxyjump" in settings
        sock = None if proxied else _tcp(settings.get("hostname", login.host), port, login.timeout)
        anything = not keys and not login.password
        try:
            connection = ConnectHandler(
                device_type=device_type,
                host=login.host,
                port=port,
                username=login.user or settings.get("user", ""),
                password=login.password,
                secret=login.secret or "",
                key_file=keys[0] if keys else None,
                use_keys=bool(keys) or anything,
                # An agent is asked only when nothing else was given: it may hold dozens of keys, and every wrong one
                # counts as a failed attempt on the device.
                allow_agent=anything,
                ssh_strict=True,
                system_host_keys=not known_hosts,
                alt_host_keys=bool(known_hosts),
                alt_key_file=known_hosts,
                ssh_config_file=login.ssh_config_file,
                sock=sock,
                conn_timeout=login.timeout,
                banner_timeout=login.timeout,
                auth_timeout=login.timeout,
                keepalive=5,
                auto_connect=interactive,
            )
            if not interactive:
                # The first half of netmiko's establish_connection: its second opens a shell, which costs round trips,
                # and IOS serves one channel a connection.
                client = connection.remote_conn_pre = connection._build_ssh_client()
                client.connect(**connection._connect_params_dict())
        except Exception as error:
            if sock is not None:
                sock.close()
            raise _translate(error, login, known_hosts) from error
        return cls(connection, login)

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
            raise SessionLostError(f"{self.login.host}: {error or 'tidak ada jawaban'}") from error
        finally:
            if channel is not None:
                channel.close()

    def put(self, content: bytes, name: str, *, method: Literal["sftp", "scp"] = "sftp", timeout: float = 60.0) -> None:
        """Upload a whole file under the device's own name for it.

        Raises:
            FileRefusedError: the device does not take it (no space, no right, no such service).
            SessionLostError: the connection broke, or no end within ``timeout`` seconds.
        """
        transport = self._transport()
        try:
            if method == "scp":
                with SCPClient(transport, socket_timeout=timeout) as scp:
                    scp.putfo(io.BytesIO(content), name)
                return
            with paramiko.SFTPClient.from_transport(transport) as sftp:
                sftp.get_channel().settimeout(timeout)
                sftp.putfo(io.BytesIO(content), name, len(content))
        except SCPException as error:
            raise FileRefusedError(str(error)) from error
        except (EOFError, TimeoutError, paramiko.SSHException) as error:
            if transport.is_active() and isinstance(error, paramiko.ChannelException):
                raise FileRefusedError(f"layanan {method} tidak aktif di perangkat") from error
            raise SessionLostError(f"{self.login.host}: pengiriman berkas terputus ({error})") from error
        except OSError as error:
            if not transport.is_active():
                raise SessionLostError(f"{self.login.host}: pengiriman berkas terputus ({error})") from error
            raise FileRefusedError(str(error)) from error

    def close(self) -> None:
        """Log out; never raises, also when the connection is dead."""
        transport = getattr(self.connection.remote_conn_pre, "get_transport", lambda: None)()
        if transport is not None:
            # netmiko's disconnect() first types at the prompt, which blocks on a dead path.
            transport.close()
        self.connection.disconnect()

    def __enter__(self) -> Session:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _transport(self) -> Any:
        client = self.connection.remote_conn_pre
        transport = client.get_transport() if client is not None else None
        if transport is None or not transport.is_active():
            raise SessionLostError(f"{self.login.host}: sambungan sudah putus")
        return transport


def _drain(channel: Any, receive: Any, deadline: float) -> bytes:
    parts: list[bytes] = []
    while True:
        channel.settimeout(max(0.01, deadline - time.monotonic()))
        part: bytes = receive(_CHUNK)
        if not part:
            return b"".join(parts)
        parts.append(part)


def _ssh_settings(login: Login) -> dict[str, Any]:
    if not login.ssh_config_file:
        return {}
    try:
        config = paramiko.SSHConfig.from_path(str(Path(login.ssh_config_file).expanduser()))
    except OSError as error:
        raise RefusedError(
            f"berkas konfigurasi SSH {login.ssh_config_file} tidak dapat dibaca ({error.strerror}); "
            "periksa terpusat_ssh_config_file"
        ) from error
    return dict(config.lookup(login.host))


def _key_files(login: Login, settings: dict[str, Any]) -> list[str]:
    if login.key_file:
        path = Path(login.key_file).expanduser()
        if not path.is_file():
            raise RefusedError(f"berkas kunci SSH {path} tidak ada; periksa ansible_ssh_private_key_file")
        return [str(path)]
    return [name for name in settings.get("identityfile", []) if Path(name).expanduser().is_file()]


def _known_hosts(settings: dict[str, Any]) -> str:
    """The first existing UserKnownHostsFile, or an empty string: then the user's own known_hosts counts."""
    text = str(settings.get("userknownhostsfile", ""))
    # paramiko takes the quotes off a quoted path, so one with a space in it arrives whole and bare.
    for name in (text, *(part.strip('"') for part in text.split())):
        path = Path(name).expanduser()
        if name and path.is_file():
            return str(path)
    return ""


def _port(login: Login, settings: dict[str, Any]) -> int:
    return int(settings.get("port", login.port)) if login.port == 22 else login.port


def _tcp(host: str, port: int, timeout: float) -> socket.socket:
    """A connected socket without Nagle's delay, which costs some 80 ms a login (paramiko never turns it off)."""
    try:
        sock = socket.create_connection((host, port), timeout=timeout)
    except socket.gaierror as error:
        raise OfflineError(
            f"nama {host} tidak dikenal ({error.strerror}); periksa management_address di devices.yml"
        ) from error
    except TimeoutError as error:
        raise OfflineError(
            f"{host} port {port} tidak menjawab dalam {timeout:.0f} detik; perangkat mati atau jalurnya putus"
        ) from error
    except OSError as error:
        raise OfflineError(
            f"{host} port {port} tidak dapat dihubungi ({error.strerror}); periksa daya, kabel dan layanan SSH"
        ) from error
    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return sock


def _translate(error: BaseException, login: Login, known_hosts: str) -> DeviceError:
    """Find the error that netmiko wrapped and say what it means."""
    chain: list[BaseException] = []
    current: BaseException | None = error
    while current is not None and current not in chain:
        chain.append(current)
        current = current.__cause__ or current.__context__
    where = known_hosts or "~/.ssh/known_hosts"
    for cause in chain:
        if isinstance(cause, paramiko.BadHostKeyException):
            return HostKeyError(
                f"kunci host {login.host} berbeda dari yang tercatat di {where}: perangkat dipasang ulang, atau ada "
                "yang menyamar. Pastikan di konsol perangkat, lalu ganti barisnya di berkas itu"
            )
        if isinstance(cause, paramiko.AuthenticationException):
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
            if "No existing session" in text or "Error reading SSH protocol banner" in text:
                return OfflineError(
                    f"{login.host} tidak menjawab lewat SSH dalam {login.timeout:.0f} detik; perangkat mati, atau "
                    "jalurnya putus"
                )
    reason = str(chain[-1]).strip().splitlines()[0] if str(chain[-1]).strip() else type(chain[-1]).__name__
    return OfflineError(f"{login.host} tidak dapat dihubungi lewat SSH ({reason})")
