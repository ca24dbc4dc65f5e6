# SPDX-License-Identifier: GPL-3.0-or-later
"""First contact with a real SSH server: a key nobody vouched for is never written, and no password goes to it."""

from __future__ import annotations

import asyncio
import hashlib
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import asyncssh
import paramiko
import pytest

from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.host_key import (
    HostKey,
    look,
    password_accepted,
)
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.known_hosts import keys_of
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.outcome import (
    HostKeyError,
    OfflineError,
    RefusedError,
)
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.session import Login


class Server:
    """An SSH server on its own loop; it remembers every name and password that reached it."""

    def __init__(self, *keys: asyncssh.SSHKey) -> None:
        self.seen: list[tuple[str, str]] = []
        self.loop = asyncio.new_event_loop()
        self.thread = threading.Thread(target=self.loop.run_forever, daemon=True)
        self.thread.start()
        self.acceptor = asyncio.run_coroutine_threadsafe(self._listen(list(keys)), self.loop).result(10)
        self.port: int = self.acceptor.get_port()

    async def _listen(self, keys: list[asyncssh.SSHKey]) -> Any:
        seen = self.seen

        class Auth(asyncssh.SSHServer):
            def begin_auth(self, username: str) -> bool:
                seen.append((username, ""))
                return True

            def password_auth_supported(self) -> bool:
                return True

            def validate_password(self, username: str, password: str) -> bool:
                seen.append((username, password))
                return (username, password) == ("admin", "pabrik")

        return await asyncssh.listen("127.0.0.1", 0, server_factory=Auth, server_host_keys=keys)

    def close(self) -> None:
        self.loop.call_soon_threadsafe(self.acceptor.close)
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join(5)


ED25519 = asyncssh.generate_private_key("ssh-ed25519")
OTHER = asyncssh.generate_private_key("ssh-ed25519")
ECDSA = asyncssh.generate_private_key("ecdsa-sha2-nistp256")


@pytest.fixture
def server() -> Iterator[Server]:
    running = Server(ED25519, ECDSA)
    yield running
    running.close()


def login(folder: Path, port: int, **changes: Any) -> Login:
    config = folder / "ssh_config"
    config.write_text(f"Host *\n  UserKnownHostsFile {folder}/known_hosts\n")
    settings = {"host": "127.0.0.1", "port": port, "ssh_config_file": str(config), "timeout": 5.0, **changes}
    return Login(**settings)


def line(key: asyncssh.SSHKey, port: int) -> str:
    return f"[127.0.0.1]:{port} {key.export_public_key().decode().strip()}\n"


def test_a_key_is_looked_at_without_a_login(tmp_path: Path, server: Server) -> None:
    seen = look(login(tmp_path, server.port))
    shown = ED25519 if seen.key.get_name() == "ssh-ed25519" else ECDSA
    assert seen.fingerprint == shown.get_fingerprint()
    assert seen.file == tmp_path / "known_hosts"
    assert not seen.pinned
    assert server.seen == []
    assert not seen.file.exists()


def test_a_person_may_say_it_in_three_ways(tmp_path: Path, server: Server) -> None:
    seen = look(login(tmp_path, server.port))
    raw = seen.key.asbytes()
    md5 = hashlib.md5(raw, usedforsecurity=False).hexdigest()
    pairs = ":".join(md5[i : i + 2] for i in range(0, 32, 2))
    for told in (
        seen.fingerprint,
        f" {seen.fingerprint}= ",
        f"MD5:{pairs}",
        pairs.upper(),
        f"x {seen.key.get_base64()} y",
    ):
        assert seen.matches(told), told
    wrong = seen.fingerprint[:-1] + ("A" if seen.fingerprint[-1] != "A" else "B")
    for told in (wrong, "", "SHA256:", f"MD5:{pairs[:-1]}z", OTHER.export_public_key().decode()):
        assert not seen.matches(told), told


def test_pinned_beside_what_is_there(tmp_path: Path, server: Server) -> None:
    other = "other.host ssh-ed25519 AAAA tanpa baris baru"
    (tmp_path / "known_hosts").write_text(other)
    look(login(tmp_path, server.port)).pin()
    assert (tmp_path / "known_hosts").read_text().startswith(other + "\n")
    again = look(login(tmp_path, server.port))
    assert again.pinned
    assert len(keys_of(str(tmp_path / "known_hosts"), "127.0.0.1", server.port)) == 1
    client = paramiko.SSHClient()  # another program's reading of the same file
    client.load_host_keys(str(tmp_path / "known_hosts"))
    assert client.get_host_keys().lookup(f"[127.0.0.1]:{server.port}")


def test_a_changed_key_is_refused_and_the_file_left_alone(tmp_path: Path, server: Server) -> None:
    known = line(OTHER, server.port)
    (tmp_path / "known_hosts").write_text(known)
    with pytest.raises(HostKeyError, match="berbeda dari yang tercatat"):
        _ = look(login(tmp_path, server.port)).pinned
    assert (tmp_path / "known_hosts").read_text() == known
    assert server.seen == []


def test_a_device_with_several_keys_shows_the_known_one(tmp_path: Path, server: Server) -> None:
    for key in (ECDSA, ED25519):
        (tmp_path / "known_hosts").write_text(line(key, server.port))
        assert look(login(tmp_path, server.port)).pinned


def test_the_password_goes_to_the_pinned_key_only(tmp_path: Path, server: Server) -> None:
    (tmp_path / "known_hosts").write_text(line(OTHER, server.port))
    with pytest.raises(HostKeyError):
        password_accepted(login(tmp_path, server.port, user="admin", password="pabrik"))
    assert server.seen == []
    (tmp_path / "known_hosts").write_text(line(ED25519, server.port))
    assert password_accepted(login(tmp_path, server.port, user="admin", password="pabrik"))
    assert not password_accepted(login(tmp_path, server.port, user="admin", password="salah"))
    assert not password_accepted(login(tmp_path, server.port, user="admin", password=""))


def test_nobody_there(tmp_path: Path, server: Server) -> None:
    server.close()
    with pytest.raises(OfflineError):
        look(login(tmp_path, server.port))


def test_a_known_hosts_that_cannot_be_written(tmp_path: Path, server: Server) -> None:
    seen = look(login(tmp_path, server.port))
    blocked = HostKey(seen.address, seen.port, seen.key, tmp_path / "ssh_config" / "known_hosts")
    with pytest.raises(RefusedError, match="tidak dapat ditulis"):
        blocked.pin()


def test_many_devices_at_once(tmp_path: Path) -> None:
    def pin(number: int) -> None:
        HostKey(f"10.0.0.{number}", 22, paramiko.ECDSAKey.generate(), tmp_path / "known_hosts").pin()

    with ThreadPoolExecutor(15) as pool:
        list(pool.map(pin, range(15)))
    lines = (tmp_path / "known_hosts").read_text().splitlines()
    assert len(lines) == 15
    assert len({entry.split()[0] for entry in lines}) == 15
