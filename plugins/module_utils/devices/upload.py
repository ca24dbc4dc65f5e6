# SPDX-License-Identifier: GPL-3.0-or-later
"""Bringing a whole file to a device over an open SSH transport, by SFTP or SCP."""

from __future__ import annotations

import io
import threading
from typing import Any, Literal

import paramiko
from scp import SCPClient, SCPException

from .outcome import FileRefusedError, SessionLostError

Method = Literal["sftp", "scp"]


def upload(transport: Any, content: bytes, name: str, *, method: Method, timeout: float) -> None:
    """Write ``content`` under the device's own ``name`` for it; ``timeout`` in seconds, for all of it.

    Raises:
        FileRefusedError: the device does not take it (no space, no right, no such service).
        SessionLostError: the connection broke, or no end within the timeout; the transport is closed then.
    """
    # Both libraries wait without a limit in places (scp for the exit status, paramiko for an answer while opening); a
    # closed transport ends every wait.
    late = threading.Event()

    def give_up() -> None:
        late.set()
        transport.close()

    watch = threading.Timer(timeout, give_up)
    watch.daemon = True
    watch.start()
    try:
        if method == "scp":
            with SCPClient(transport, socket_timeout=timeout) as scp:
                scp.putfo(io.BytesIO(content), name)
        else:
            with paramiko.SFTPClient.from_transport(transport) as sftp:
                sftp.putfo(io.BytesIO(content), name, len(content))
    except (SCPException, OSError, EOFError, paramiko.SSHException) as error:
        if not transport.is_active() or isinstance(error, TimeoutError | EOFError):
            raise SessionLostError(f"pengiriman berkas terputus ({error or 'tidak ada jawaban'})") from error
        if isinstance(error, paramiko.ChannelException):
            raise FileRefusedError(f"layanan {method} tidak aktif di perangkat") from error
        if isinstance(error, paramiko.SSHException):
            raise SessionLostError(f"pengiriman berkas terputus ({error})") from error
        raise FileRefusedError(str(error)) from error
    finally:
        watch.cancel()
    # The connection may be gone all the same: IOS ends it behind the one channel that it serves.
    if late.is_set():
        raise SessionLostError(f"pengiriman berkas tidak selesai dalam {timeout:.0f} detik")
