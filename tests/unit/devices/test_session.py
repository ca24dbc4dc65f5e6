# SPDX-License-Identifier: GPL-3.0-or-later
"""Logging in: what is taken from an OpenSSH configuration, and what each failure is called."""

from __future__ import annotations

import pathlib
import socket
import threading
import time

import paramiko
import pytest

from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.outcome import (
    AuthFailedError,
    HostKeyError,
    OfflineError,
    RefusedError,
    SessionLostError,
)
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.session import (
    Login,
    Session,
)

HOST_KEY = paramiko.ECDSAKey.generate()


class Server(paramiko.ServerInterface):
    """Lets anybody in whose password is right; commands: echo, slow, big."""

    def check_auth_password(self, *credentials: str) -> int:
        _, password = credentials
        if password == "lambat":
            time.sleep(3)
        return paramiko.AUTH_SUCCESSFUL if password == "benar" else paramiko.AUTH_FAILED

    def get_allowed_auths(self, *_: object) -> str:
        return "password"

    def check_channel_request(self, *_: object) -> int:
        return paramiko.OPEN_SUCCEEDED

    def check_channel_pty_request(self, *_: object) -> bool:
        return True

    def check_channel_shell_request(self, *_: object) -> bool:
        return True

    def check_channel_subsystem_request(self, *_: object) -> bool:
        return True  # and says nothing

    def check_channel_exec_request(self, channel: paramiko.Channel, command: bytes) -> bool:
        threading.Thread(target=self.execute, args=(channel, command.decode()), daemon=True).start()
        return True

    def execute(self, channel: paramiko.Channel, command: str) -> None:
        data = b"".join(iter(lambda: channel.recv(65536), b""))
        if command == "echo":
            channel.sendall(data)
            channel.sendall_stderr(b"err")
            channel.send_exit_status(7)
        elif command == "big":
            channel.sendall(bytes(range(256)) * 8192)
            channel.send_exit_status(0)
        if command == "drop":
            channel.get_transport().close()
        elif command != "slow":
            channel.close()


@pytest.fixture
def port() -> int:
    """A server on the loopback that really speaks SSH."""
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            transport = paramiko.Transport(connection)
            transport.add_server_key(HOST_KEY)
            transport.start_server(server=Server(), event=threading.Event())

    threading.Thread(target=serve, daemon=True).start()
    yield listener.getsockname()[1]  # type: ignore[misc]
    listener.close()


@pytest.fixture
def login(port: int, tmp_path: pathlib.Path) -> Login:
    known = tmp_path / "known hosts"
    known.write_text(f"[127.0.0.1]:{port} {HOST_KEY.get_name()} {HOST_KEY.get_base64()}\n")
    config = tmp_path / "config"
    config.write_text(f'Host *\n  UserKnownHostsFile "{known}"\n')
    return Login("127.0.0.1", port, "ops", password="benar", ssh_config_file=str(config), timeout=5.0)


def attempt(login: Login) -> Session:
    return Session.open(login, "linux", interactive=False)


def changed(login: Login, **values: object) -> Login:
    return Login(**{**login.__dict__, **values})  # type: ignore[arg-type]


def test_commands_are_binary_clean_and_have_exit_codes(login: Login) -> None:
    with attempt(login) as session:
        result = session.run("echo", bytes(range(256)))
        assert (result.code, result.out, result.err) == (7, bytes(range(256)), b"err")
        assert session.run("big").out == bytes(range(256)) * 8192


def test_a_command_without_an_end_is_a_lost_session(login: Login) -> None:
    with attempt(login) as session, pytest.raises(SessionLostError, match=r"tidak ada jawaban dalam 0\.3 detik"):
        session.run("slow", timeout=0.3)


def test_a_connection_that_breaks_is_a_lost_session(login: Login) -> None:
    with attempt(login) as session:
        with pytest.raises(SessionLostError):
            session.run("drop", timeout=5)
        with pytest.raises(SessionLostError):
            session.run("echo", timeout=5)


def _refused_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


@pytest.mark.parametrize("method", ["scp", "sftp"])
def test_an_upload_that_nobody_answers_ends(login: Login, method: str) -> None:
    """scp waits for an exit status, paramiko for an SFTP server, both without a limit of their own."""
    with attempt(login) as session, pytest.raises(SessionLostError, match="pengiriman berkas"):
        session.put(b"isi", "berkas", method=method, timeout=0.5)  # type: ignore[arg-type]


def test_a_device_too_busy_to_answer_a_login_has_refused_nobody(login: Login) -> None:
    with pytest.raises(OfflineError, match="tidak menjawab"):
        attempt(changed(login, password="lambat", timeout=0.5))


def test_wrong_password(login: Login) -> None:
    with pytest.raises(AuthFailedError, match="'ops'"):
        attempt(changed(login, password="salah"))


def test_unknown_host_key(login: Login, tmp_path: pathlib.Path) -> None:
    (tmp_path / "known hosts").write_text("")
    with pytest.raises(HostKeyError, match="belum tercatat"):
        attempt(login)


def test_changed_host_key(login: Login, tmp_path: pathlib.Path, port: int) -> None:
    other = paramiko.ECDSAKey.generate()
    (tmp_path / "known hosts").write_text(f"[127.0.0.1]:{port} {other.get_name()} {other.get_base64()}\n")
    with pytest.raises(HostKeyError, match="berbeda"):
        attempt(login)


def test_nobody_listens(login: Login) -> None:
    with pytest.raises(OfflineError, match="periksa"):
        attempt(changed(login, port=_refused_port()))


def test_somebody_listens_who_does_not_speak_ssh(login: Login) -> None:
    with socket.create_server(("127.0.0.1", 0)) as mute, pytest.raises(OfflineError):
        attempt(changed(login, port=mute.getsockname()[1], timeout=0.5))


def test_a_proxy_command_that_ends(login: Login, tmp_path: pathlib.Path) -> None:
    (tmp_path / "config").write_text("Host *\n  ProxyCommand false\n")
    with pytest.raises(OfflineError):
        attempt(changed(login, timeout=2.0))


@pytest.mark.parametrize("field", ["key_file", "ssh_config_file"])
def test_a_file_that_is_not_there(login: Login, field: str) -> None:
    with pytest.raises(RefusedError, match="/tidak/ada"):
        attempt(changed(login, **{field: "/tidak/ada"}))
