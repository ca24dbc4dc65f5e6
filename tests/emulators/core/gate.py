# SPDX-License-Identifier: GPL-3.0-or-later
"""One SSH connection: authentication, its number, its end."""

import asyncio
from typing import TYPE_CHECKING, Any

import asyncssh

from .faults import Banner

if TYPE_CHECKING:
    from .server import DeviceServer
    from .session import Session, Transfer


class Gate(asyncssh.SSHServer):
    def __init__(self, server: "DeviceServer") -> None:
        self.server = server
        self.user = ""
        self.login: Any = None
        self.number = 0
        self.peer = ""
        #: the client's end of the connection
        self.peer_port = 0
        #: what is open on it
        self.channels: set[Session | Transfer] = set()
        self.closed = asyncio.Event()
        self._refused: bool | None = None
        self._conn: asyncssh.SSHServerConnection | None = None

    @property
    def given_up(self) -> bool:
        """Whether a fault has silenced it."""
        return any(channel.given_up for channel in self.channels)

    def connection_made(self, conn: asyncssh.SSHServerConnection) -> None:
        self._conn = conn
        self.peer, self.peer_port = conn.get_extra_info("peername")[:2]
        conn.set_extra_info(gate=self)
        self.server.gates.add(self)

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002
        self.closed.set()
        self.server.gates.discard(self)
        if self.number:
            self._note("logout", self.user)

    def begin_auth(self, username: str) -> bool:
        device = self.server.device
        self.user, self.login = device.account(username)
        if self._refused is None:
            # One connection is one attempt, whatever it tries within.
            self._refused = device.faults.refuse_login()
            fault = device.faults.of(Banner)
            text = "\n".join(part for part in (fault.text if fault else "", device.login_banner()) if part)
            if text and self._conn:
                self._conn.send_auth_banner(text.rstrip("\n").replace("\n", "\r\n") + "\r\n")
        return True

    def auth_completed(self) -> None:
        self.number = self.server.next_number()
        self._note("login", self.user)

    def password_auth_supported(self) -> bool:
        return True

    def public_key_auth_supported(self) -> bool:
        return True

    def kbdint_auth_supported(self) -> bool:
        return self.server.device.keyboard_interactive

    def get_kbdint_challenge(self, username: str, lang: str, submethods: str) -> Any:  # noqa: ARG002
        return "", "", "", [("Password: ", False)]

    def validate_kbdint_response(self, username: str, responses: Any) -> bool:
        return len(responses) == 1 and self.validate_password(username, responses[0])

    def validate_password(self, username: str, password: str) -> bool:
        user, _ = self.server.device.account(username)
        return self._judge(user, self.server.device.accepts_password(user, password))

    def validate_public_key(self, username: str, key: asyncssh.SSHKey) -> bool:
        user, _ = self.server.device.account(username)
        # Clients ask about each key they have before they use one: that is no refused login.
        return self.server.device.accepts_key(user, key) and not self._refused

    def abort(self) -> None:
        if self._conn:
            self._conn.abort()

    def close(self) -> None:
        if self._conn:
            self._conn.close()

    def _judge(self, user: str, right: bool) -> bool:
        if right and not self._refused:
            return True
        self._note("refused", user)
        return False

    def _note(self, kind: Any, text: str) -> None:
        device = self.server.device
        device.log.add(self.number, kind, text, device.clock.monotonic() / device.clock.scale)
