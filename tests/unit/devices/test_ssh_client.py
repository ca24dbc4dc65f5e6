# SPDX-License-Identifier: GPL-3.0-or-later
"""What is agreed with a device that speaks the names of the RFCs only, and that an unknown key is never taken."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from pathlib import Path

import asyncssh
import paramiko
import pytest

from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.ssh_client import Client

KEY = asyncssh.generate_private_key("ssh-ed25519")


class _Doorman(asyncssh.SSHServer):
    def begin_auth(self, username: str) -> bool:
        del username
        return False


@pytest.fixture
def port() -> Iterator[int]:
    """A server that knows curve25519 by its RFC 8731 name alone, and both kinds of AES."""
    loop = asyncio.new_event_loop()
    threading.Thread(target=loop.run_forever, daemon=True).start()
    options = {
        "server_factory": _Doorman, "server_host_keys": [KEY], "kex_algs": ["curve25519-sha256"],
        "encryption_algs": ["aes128-ctr", "aes128-gcm@openssh.com"],
    }  # fmt: skip

    async def listen() -> asyncssh.SSHAcceptor:
        return await asyncssh.listen("127.0.0.1", 0, **options)

    server = asyncio.run_coroutine_threadsafe(listen(), loop).result(10)
    yield server.get_port()
    loop.call_soon_threadsafe(server.close)
    loop.call_soon_threadsafe(loop.stop)


def connect(known: Path, port: int) -> Client:
    client = Client(str(known))
    client.connect("127.0.0.1", port, username="ops", password="x", allow_agent=False, look_for_keys=False, timeout=10)
    return client


def test_cheap_algorithms_are_agreed(port: int, tmp_path: Path) -> None:
    known = tmp_path / "known"
    known.write_text(f"[127.0.0.1]:{port} {KEY.export_public_key().decode()}")
    client = connect(known, port)
    transport = client.get_transport()
    assert transport.local_cipher == transport.remote_cipher == "aes128-gcm@openssh.com"
    client.close()
    assert not transport.is_active()
    client.close()


def test_a_key_that_is_not_known_is_refused(port: int, tmp_path: Path) -> None:
    (tmp_path / "known").write_text("")
    with pytest.raises(paramiko.SSHException, match="not found in known_hosts"):
        connect(tmp_path / "known", port)


def test_another_key_is_refused(port: int, tmp_path: Path) -> None:
    other = asyncssh.generate_private_key("ssh-ed25519").export_public_key().decode()
    (tmp_path / "known").write_text(f"[127.0.0.1]:{port} {other}")
    with pytest.raises(paramiko.BadHostKeyException):
        connect(tmp_path / "known", port)
