# SPDX-License-Identifier: GPL-3.0-or-later
"""First contact: which key a device shows, whether a person vouched for it, and writing it into known_hosts."""

from __future__ import annotations

import base64
import hashlib
import hmac
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import paramiko

from ..whole_files import write_whole
from .evidence.errors import EvidenceError
from .evidence.files import locked
from .known_hosts import keys_of
from .outcome import HostKeyError, OfflineError, RefusedError
from .session import Login
from .ssh_settings import SshSettings

_LOCK_SECONDS = 30.0


@dataclass(frozen=True)
class HostKey:
    """The key of a device, as it showed it without any login; ``file`` is the known_hosts that our sessions read."""

    address: str
    port: int
    key: Any
    file: Path

    @property
    def fingerprint(self) -> str:
        """``SHA256:…``, the form that ``ssh-keygen -l`` and ``ssh`` show."""
        return "SHA256:" + base64.b64encode(hashlib.sha256(self.key.asbytes()).digest()).decode().rstrip("=")

    @property
    def pinned(self) -> bool:
        """Whether known_hosts has it.

        Raises:
            HostKeyError: it has others for this device, and not this one.
        """
        known = keys_of(str(self.file), self.address, self.port)
        if any(key.asbytes() == self.key.asbytes() for key in known):
            return True
        # A device may have keys of several types; another key of the type that is known is another device.
        if known:
            raise HostKeyError(
                f"kunci host {self.address} berbeda dari yang tercatat di {self.file}: perangkat ini menunjukkan "
                f"{self.fingerprint}. Perangkat dipasang ulang, atau ada yang menyamar; cocokkan di konsol perangkat. "
                "Bila memang diganti, hapus barisnya dari berkas itu lalu daftarkan lagi"
            )
        return False

    def matches(self, expected: str) -> bool:
        """Whether a person's ``SHA256:…``, ``MD5:aa:bb:…`` or public key line is this key."""
        told = expected.strip()
        digest = hashlib.md5(self.key.asbytes(), usedforsecurity=False).hexdigest()
        md5 = ":".join(digest[i : i + 2] for i in range(0, 32, 2))
        if told.startswith("SHA256:"):
            return hmac.compare_digest(told.rstrip("=").encode(), self.fingerprint.encode())
        if told.upper().startswith("MD5:") or told.count(":") == 15:
            return hmac.compare_digest(told.upper().removeprefix("MD5:").lower().encode(), md5.encode())
        return self.key.get_base64() in told.split()

    def pin(self) -> None:
        """Add it to known_hosts, which is written whole; a key that another process added meanwhile stays.

        Raises:
            RefusedError: the file cannot be written.
        """
        name = self.address if self.port == 22 else f"[{self.address}]:{self.port}"
        line = f"{name} {self.key.get_name()} {self.key.get_base64()}\n"
        try:
            self.file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with locked(self.file.with_name(f".{self.file.name}.lock"), seconds=_LOCK_SECONDS):
                former = self.file.read_text(encoding="utf-8", errors="surrogateescape") if self.file.exists() else ""
                if former and not former.endswith("\n"):
                    former += "\n"
                write_whole(self.file, (former + line).encode(errors="surrogateescape"), 0o644)
        except (OSError, EvidenceError) as error:
            reason = getattr(error, "strerror", None) or error
            raise RefusedError(f"{self.file} tidak dapat ditulis ({reason}); periksa hak akses folder itu") from error


def look(login: Login) -> HostKey:
    """Connect and read the host key; nothing is sent, not even a user name.

    Raises:
        OfflineError: no SSH server answered.
    """
    settings = SshSettings.read(login.host, login.ssh_config_file)
    port = settings.port(login.port)
    sock = settings.connect(port, login.timeout)
    file = _file(settings)
    transport = None
    try:
        transport = paramiko.Transport(sock)
        _prefer(transport, keys_of(str(file), settings.address, port))
        transport.start_client(timeout=login.timeout)
        key = transport.get_remote_server_key()
    except (paramiko.SSHException, OSError, EOFError) as error:
        raise OfflineError(
            f"{login.host} port {port} tidak menjawab lewat SSH ({error or 'sambungan ditutup'}); periksa layanan SSH"
        ) from error
    finally:
        if transport is not None:
            transport.close()
        sock.close()
    return HostKey(settings.address, port, key, file)


def password_accepted(login: Login) -> bool:
    """Whether the device lets the user in with this password alone: no key and no agent take part.

    The password is sent only to the host key that known_hosts has.

    Raises:
        OfflineError: no SSH server answered. HostKeyError: another host key.
    """
    settings = SshSettings.read(login.host, login.ssh_config_file)
    port = settings.port(login.port)
    sock = settings.connect(port, login.timeout)
    known = keys_of(settings.known_hosts, settings.address, port)
    transport = None
    try:
        transport = paramiko.Transport(sock)
        _prefer(transport, known)
        transport.start_client(timeout=login.timeout)
        shown = transport.get_remote_server_key()
        if not any(key.asbytes() == shown.asbytes() for key in known):
            raise HostKeyError(f"kunci host {login.host} berganti di tengah pendaftaran; kata sandi tidak dikirim")
        transport.auth_password(login.user, login.password or "", fallback=True)
        return bool(transport.is_authenticated())
    except paramiko.AuthenticationException:
        return False
    except (paramiko.SSHException, OSError, EOFError) as error:
        raise OfflineError(f"{login.host} port {port} tidak menjawab lewat SSH ({error or 'ditutup'})") from error
    finally:
        if transport is not None:
            transport.close()
        sock.close()


def _prefer(transport: Any, known: list[Any]) -> None:
    """Ask for the type of key that is known, as every login does."""
    options = transport.get_security_options()
    types = [key.get_name() for key in known]
    types += [name for name in options.key_types if "rsa" in name and "ssh-rsa" in types]
    preferred = [name for name in options.key_types if name in types]
    options.key_types = preferred + [name for name in options.key_types if name not in preferred]


def _file(settings: SshSettings) -> Path:
    """The file that sessions read, or the one that is configured and not yet there."""
    text = str(settings.values.get("userknownhostsfile", ""))
    existing = Path(settings.known_hosts)
    if not text:
        return existing
    # paramiko hands over a quoted path bare, so a path with a space in it looks like two.
    names = [text, *(part.strip('"') for part in text.split())]
    paths = [Path(name).expanduser() for name in names]
    if existing in paths:
        return existing
    return paths[0] if paths[0].parent.is_dir() else paths[1]
