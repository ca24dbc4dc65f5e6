# SPDX-License-Identifier: GPL-3.0-or-later
"""What an OpenSSH configuration says about one host: ssh_config(5) as far as paramiko knows it, and the way in."""

from __future__ import annotations

import shlex
import socket
import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import paramiko

from .outcome import OfflineError, RefusedError

_USERS_KNOWN_HOSTS = "~/.ssh/known_hosts"

_configs: dict[str, tuple[tuple[int, int], Any]] = {}
_lock = threading.Lock()


@dataclass(frozen=True)
class SshSettings:
    """Settings of a host; without a configuration file there are none and every answer is the default."""

    host: str
    values: dict[str, Any] = field(default_factory=dict)
    path: str = ""

    @classmethod
    def read(cls, host: str, path: str | None) -> SshSettings:
        """Look a host up. A file is parsed once a run.

        Raises:
            RefusedError: the file cannot be read.
        """
        if not path:
            return cls(host)
        full = str(Path(path).expanduser().absolute())
        try:
            found = Path(full).stat()
            stamp = (found.st_mtime_ns, found.st_size)
            with _lock:
                if _configs.get(full, (None, None))[0] != stamp:
                    _configs[full] = (stamp, paramiko.SSHConfig.from_path(full))
                values = dict(_configs[full][1].lookup(host))
        except OSError as error:
            raise RefusedError(
                f"berkas konfigurasi SSH {path} tidak dapat dibaca ({error.strerror}); periksa terpusat_ssh_config_file"
            ) from error
        return cls(host, values, full)

    @property
    def address(self) -> str:
        """Where to connect to."""
        return str(self.values.get("hostname", self.host))

    @property
    def user(self) -> str:
        """``User``, or an empty string."""
        return str(self.values.get("user", ""))

    @property
    def known_hosts(self) -> str:
        """The first existing ``UserKnownHostsFile``, else the user's own known_hosts."""
        text = str(self.values.get("userknownhostsfile", ""))
        # paramiko takes the quotes off a quoted path, so one with a space in it arrives whole and bare.
        for name in (text, *(part.strip('"') for part in text.split())):
            path = Path(name).expanduser()
            if name and path.is_file():
                return str(path)
        return str(Path(_USERS_KNOWN_HOSTS).expanduser())

    def port(self, asked: int) -> int:
        """``asked``, unless that is only the default and ``Port`` says otherwise."""
        return int(self.values.get("port", asked)) if asked == 22 else asked

    def key_files(self, asked: str | None) -> list[str]:
        """The key file asked for, else the existing ones of ``IdentityFile``.

        Raises:
            RefusedError: the one asked for does not exist.
        """
        if asked:
            path = Path(asked).expanduser()
            if not path.is_file():
                raise RefusedError(f"berkas kunci SSH {path} tidak ada; periksa ansible_ssh_private_key_file")
            return [str(path)]
        return [name for name in self.values.get("identityfile", []) if Path(name).expanduser().is_file()]

    def connect(self, port: int, timeout: float) -> Any:
        """A connected socket, or a proxy command that stands for one. ``timeout`` in seconds.

        Raises:
            OfflineError: nobody listens there.
        """
        command = self.values.get("proxycommand") or self._jump(port)
        return paramiko.ProxyCommand(command) if command else _tcp(self.address, port, timeout)

    def _jump(self, port: int) -> str | None:
        """``ProxyJump`` as the command that OpenSSH itself makes of it (ssh_config(5))."""
        hops = [hop.strip() for hop in str(self.values.get("proxyjump", "")).split(",") if hop.strip()]
        if not hops or hops == ["none"]:
            return None
        words = ["ssh", "-F", self.path, *(["-J", ",".join(hops[:-1])] if hops[1:] else [])]
        return shlex.join([*words, "-W", f"{self.address}:{port}", hops[-1]])


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
