# SPDX-License-Identifier: GPL-3.0-or-later
"""What a platform's emulator fills in. One object is one device; everything runs on the farm's event loop."""

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Callable, Coroutine
from typing import Any, ClassVar

import asyncssh

from .clock import Clock
from .editor import LineEditor
from .faults import FaultBoard
from .log import CommandLog, Kind
from .personality import Personality
from .session import Session, Transfer


class Device(ABC):
    """Subclasses implement `boot`, `config`, `startup`, `prompt`, `execute`, `busy`, `idle`; the rest has defaults."""

    platform: ClassVar[str] = ""
    server_version: ClassVar[str] = "Emulated"
    keyboard_interactive: ClassVar[bool] = False
    sftp: ClassVar[bool] = False
    # One exec command per connection, as on IOS; False: any number of channels, as on RouterOS and OpenSSH.
    exec_ends_connection: ClassVar[bool] = False
    # CR LF is one Enter (True) or two (False).
    crlf_is_one_enter: ClassVar[bool] = True
    more: ClassVar[str] = " --More-- "
    more_erase: ClassVar[str] = "\b" * 9 + " " * 8 + "\b" * 9

    def __init__(self, personality: Personality, clock: Clock) -> None:
        self.personality = personality
        self.clock = clock
        self.faults = FaultBoard()
        self.log = CommandLog()
        # Storage: name without the file system's prefix -> content.
        self.files: dict[str, bytes] = dict(personality.files)
        # Open terminals and exec channels.
        self.sessions: list[Session] = []
        self._background: set[asyncio.Future[None]] = set()
        # Set by the server: cuts power, boots again after personality.reboot_seconds.
        self.power_cycle: Callable[[], None] = lambda: None

    # -- state

    @abstractmethod
    def boot(self) -> None:
        """Running state := what the device finds when it starts (the first time: personality.seed)."""

    @abstractmethod
    def config(self) -> str:
        """The complete running configuration in the device's own form, without anything volatile."""

    @abstractmethod
    def startup(self) -> str:
        """The configuration that the next boot would find, in the same form."""

    @abstractmethod
    def busy(self, what: str, **details: Any) -> None:
        """Somebody else works on the device: `what` as the platform documents. ValueError for an unknown one."""

    @abstractmethod
    def idle(self) -> None:
        """Ends every `busy`."""

    # -- logins

    def account(self, username: str) -> tuple[str, Any]:
        """The account that a login name means, and anything else it says (RouterOS: `admin+ct511w` parameters)."""
        return username, None

    def accepts_password(self, user: str, password: str) -> bool:
        return (user, password) == (self.personality.user, self.personality.password)

    def accepts_key(self, user: str, key: asyncssh.SSHKey) -> bool:  # noqa: ARG002
        return False

    def login_banner(self) -> str:
        """Shown by SSH before the authentication; empty: none."""
        return ""

    def reachable(self) -> bool:
        """Whether connections of the management station still arrive, with the present configuration."""
        return True

    # -- sessions

    async def opened(self, session: Session) -> None:  # noqa: B027  # not every device has anything to do
        """A shell or exec channel opened: set `session.state`, show greetings and first-login screens."""

    def ended(self, session: Session) -> None:  # noqa: B027  # not every device has anything to do
        """It is gone, for whatever reason: release locks, roll back a safe mode."""

    @abstractmethod
    def prompt(self, session: Session) -> str:
        """What stands before the cursor."""

    def editor(self, session: Session, prompt: str) -> LineEditor:  # noqa: ARG002
        """The line editor of the command prompt: echo and repaint behaviour."""
        return LineEditor(prompt)

    def question_editor(self, session: Session, question: str, *, echo: bool) -> LineEditor:  # noqa: ARG002
        return LineEditor(question, echo=echo)

    @abstractmethod
    async def execute(self, session: Session, line: str) -> str | None:
        """Runs one line of a shell or an exec command. Text returned is shown through the pager; a command may instead
        write, ask and page by itself. Raise SessionEnd to log out."""

    async def execute_exec(self, session: Session, command: str) -> int:
        """Runs a command of an exec channel; returns its exit status."""
        await session.write(await self.execute(session, command) or "")
        return 0

    # -- files

    def file_name(self, path: str) -> str:
        """The key in `files` for a path that a client names."""
        return path.lstrip("/")

    def transfer_refusal(self, method: str, user: str, path: str, writing: bool) -> str | None:  # noqa: ARG002
        """Why this account may not transfer this file (`method`: scp or sftp), as the device says it; None: it may."""
        return None

    def file_stored(self, name: str, user: str) -> None:  # noqa: B027  # not every device has anything to do
        """A file arrived whole."""

    # -- services for platforms

    def typical_log_message(self) -> str:
        return "log message"

    def note(self, session: Session | Transfer | None, kind: Kind, text: str) -> None:
        """Writes the command log."""
        self.log.add(session.number if session else 0, kind, text, self.clock.monotonic() / self.clock.scale)

    def background(self, work: Coroutine[Any, Any, None]) -> None:
        """Runs something beside the sessions, such as showing a message on their terminals."""
        task = asyncio.ensure_future(work)
        self._background.add(task)
        task.add_done_callback(self._background.discard)

    def event(self, text: str) -> None:
        self.note(None, "event", text)
