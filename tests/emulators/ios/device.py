# SPDX-License-Identifier: GPL-3.0-or-later
"""One emulated Cisco device."""

import datetime
import functools
import hashlib
from typing import Any

import asyncssh

from ..core.clock import Clock
from ..core.device import Device as BaseDevice
from ..core.editor import LineEditor
from ..core.personality import Personality
from ..core.session import Session
from . import clocktext, hashes, interfaces, path, shell, shell_text
from .archive import Archive
from .config import Config
from .configurator import apply_text
from .editor import IosEditor
from .exec_state import Vty
from .lock import ConfigLock
from .reload import ReloadPlan
from .rollback import Rollback

_VTY_LINES = 16


@functools.lru_cache(maxsize=512)
def _load(text: str, box: frozenset[str], ports: tuple[str, ...]) -> tuple[Config, tuple[tuple[int, str, str], ...]]:
    """A configuration from a saved text and the lines that were no commands. Cached: a fleet shares its seeds."""
    config = Config(box, ports, factory=not text.strip())
    problems = tuple(apply_text(config, text))
    # Printed once for all devices that share it.
    config.lines()
    return config, problems


class Device(BaseDevice):
    """Flags of its personalities are listed in README.md."""

    platform = "ios"
    server_version = "Cisco-1.25"
    keyboard_interactive = True
    exec_ends_connection = True

    def __init__(self, personality: Personality, clock: Clock) -> None:
        super().__init__(personality, clock)
        flags = personality.flags
        traits = set(flags.get("box", ["switch"]))
        if personality.version.split(".")[0] in ("16", "17"):
            traits.add("xe")
        self.box = frozenset(traits)
        self.ports = tuple(interfaces.spread(flags.get("ports", "GigabitEthernet1/0/1-8")))
        self.management: dict[str, str] = flags.get("management", {})
        self.running: Config
        self.saved: str | None = None
        self.saved_snmp_users: dict[str, dict[str, str]] = {}
        self.changed_by = ""
        self.changed_at = self.written_at = clock.now()
        self.written_by = ""
        self.messages: list[str] = []
        self.others: list[str] = []
        self.rollback = Rollback(self)
        self.archive = Archive(self)
        self.lock = ConfigLock(self)
        self.plan = ReloadPlan(self)

    # -- state

    def boot(self) -> None:
        first = self.saved is None
        text = self.personality.seed.replace("^C", "\x03") if self.saved is None else self.saved
        loaded, problems = _load(text, self.box, self.ports)
        if problems and first:
            raise ValueError(f"seed {self.personality.name}: {problems[:5]}")
        self.running = loaded.copy()
        self.running.snmp_users = (loaded.snmp_users if first else {}) | self.saved_snmp_users
        self.rollback.forget()
        self.plan.forget()
        self.lock.free()
        self.messages.clear()
        self.changed_by = ""
        if first:
            self.saved = self.saved_form()
            self.saved_snmp_users = dict(self.running.snmp_users)

    @property
    def zone(self) -> str:
        entry = self.running.root.get("clock timezone")
        return entry.words[2] if entry else "UTC"

    def now(self) -> datetime.datetime:
        """The wall clock in the configured time zone."""
        entry = self.running.root.get("clock timezone")
        hours, minutes = (int(entry.words[3]), int(entry.words[4])) if entry else (0, 0)
        return self.clock.now() + datetime.timedelta(hours=hours, minutes=minutes if hours >= 0 else -minutes)

    @property
    def source(self) -> str:
        """Where the management station stands, as the device sees it."""
        return self.management.get("source", "127.0.0.1")

    def saved_form(self) -> str:
        """What goes to NVRAM and files: banners delimited by a real ^C."""
        version = ".".join(self.personality.version.split("(")[0].split(".")[:2]) or "15.2"
        return "\n".join(["!", f"version {version}", *self.running.lines(), "!", "end", ""])

    def config(self) -> str:
        return self.saved_form().replace("\x03", "^C")

    def startup(self) -> str:
        return (self.saved or "").replace("\x03", "^C")

    @property
    def modified(self) -> bool:
        """Whether running differs from startup."""
        return self.saved != self.saved_form()

    def save(self, user: str) -> None:
        self.saved = self.saved_form()
        self.saved_snmp_users = dict(self.running.snmp_users)
        self.written_at, self.written_by = self.now(), user
        if self.archive.after_write and self.archive.path:
            self.archive.save()

    def restore(self, config: Config) -> list[str]:
        """Makes `config` the running one; returns the commands that a rollback lists."""
        commands = shell_text.differences(self.config_lines(), config.lines())
        users = self.running.snmp_users
        self.running = config.copy()
        self.running.snmp_users = users
        for session in self.sessions:
            shell.reset(session, self.running)
        self.changed_at, self.changed_by = self.now(), "rollback"
        return commands

    def config_lines(self) -> list[str]:
        return self.running.lines()

    def changed(self, user: str) -> None:
        self.changed_at, self.changed_by = self.now(), user

    def apply_file(self, text: str, session: Session | None) -> str:
        """`copy file running-config`: every line, errors and all; returns what it prints."""
        for line in text.splitlines():
            if line.strip() and not line.startswith("!"):
                self.note(session, "applied", line)
        problems = apply_text(self.running, text, fails_at=self.faults.import_fails_at())
        self.changed(session.user if session else "console")
        return "".join(f"{line}\n{complaint}" for _, line, complaint in problems)

    # -- messages

    def log_message(self, text: str) -> None:
        """Into the log buffer, and onto terminals with `terminal monitor`."""
        line = clocktext.log(self.now()) + text
        self.messages.append(line)
        for session in self.sessions:
            if isinstance(session.state, Vty) and session.state.monitor:
                self.background(session.interrupt(line))

    def tell(self, line: int | None, text: str) -> None:
        """Onto one terminal, or on all of them (None)."""
        for session in self.sessions:
            if session.kind == "shell" and isinstance(session.state, Vty) and line in (None, session.state.line):
                self.background(session.interrupt(text))

    def typical_log_message(self) -> str:
        port = self.ports[-1] if self.ports else "Vlan1"
        return f"{clocktext.log(self.now())}%LINK-3-UPDOWN: Interface {port}, changed state to up"

    # -- somebody else

    def busy(self, what: str, **details: Any) -> None:
        """lock: another session holds the configuration lock; revert: has a rollback pending (minutes=10); reload: has
        a reload scheduled (minutes=10); user: is logged in. `user` names them."""
        user = details.get("user", "budi")
        if what == "lock":
            self.lock.take(user, line=2, terminal="configure terminal lock")
        elif what == "revert":
            file = self.archive.save() if self.archive.path else "flash:cfg-budi"
            self.rollback.arm(
                int(details.get("minutes", 10)), idle=False, user=user, line=None, saved=self.running.copy(), file=file
            )
        elif what == "reload":
            self.plan.schedule(int(details.get("minutes", 10)) * 60, f"{user} on vty2 (10.0.0.77)", "Reload Command")
        elif what != "user":
            raise ValueError(f"busy {what!r}: pilih lock, revert, reload atau user")
        self.others.append(user)

    def idle(self) -> None:
        self.others.clear()
        self.lock.free()
        self.rollback.forget()
        self.plan.forget()

    # -- logins

    def accepts_password(self, user: str, password: str) -> bool:
        entry = self.running.root.get(f"username {user}")
        if entry is None:
            return False
        words = entry.words
        if "nopassword" in words:
            return True
        stored = next((words[i + 1] for i, word in enumerate(words) if word in ("secret", "password")), "")
        kind, _, value = stored.partition(" ")
        if kind == "7":
            return hashes.decrypt7(value) == password
        return hashes.matches(password, value) if value else stored == password

    def accepts_key(self, user: str, key: asyncssh.SSHKey) -> bool:
        digest = hashlib.md5(key.public_data, usedforsecurity=False).hexdigest().upper()
        for chain in self.running.root.sections("ip ssh pubkey-chain"):
            for account in chain.sections(f"username {user}"):
                if any(entry.words[2].upper() == digest for entry in account.find("key-hash")):
                    return self.running.root.get(f"username {user}") is not None
        return False

    def login_banner(self) -> str:
        return self._banner("login")

    def _banner(self, kind: str) -> str:
        entry = self.running.root.get(f"banner {kind}")
        if entry is None:
            return ""
        return "\n".join([entry.words[2], *entry.raw]).strip("\x03").replace("\x03", "")

    def reachable(self) -> bool:
        wanted = self.management
        return path.open_for(
            self.running, wanted.get("interface", ""), wanted.get("address", ""), wanted.get("source", "")
        )

    # -- sessions

    async def opened(self, session: Session) -> None:
        used = {other.state.line for other in self.sessions if isinstance(other.state, Vty)}
        line = next(number for number in range(_VTY_LINES * 64) if number not in used)
        entry = self.running.root.get(f"username {session.user}")
        words = entry.words if entry else ()
        level = int(words[words.index("privilege") + 1]) if "privilege" in words else 1
        session.state = Vty(line, level)
        if session.kind == "shell":
            if self.personality.flags.get("own_window"):
                session.width, session.lines = 80, 24
            motd, login = self._banner("motd"), self._banner("exec")
            await session.write("".join(f"\n{text}\n" for text in (motd, login) if text) + "\n")

    def ended(self, session: Session) -> None:
        if isinstance(session.state, Vty):
            shell.leave_configuration(self, session)

    def prompt(self, session: Session) -> str:
        vty: Vty = session.state
        host = self.running.hostname
        if vty.work is None:
            return host + ("#" if vty.privileged else ">")
        if vty.work.collector is not None:
            return vty.work.collector.prompt
        # The whole prompt keeps within 30 characters (command reference, `hostname`).
        host = host[:20]
        return f"{host}({vty.work.prompt[1:-1][: 27 - len(host)]})#"

    def editor(self, session: Session, prompt: str) -> LineEditor:
        vty: Vty = session.state
        collecting = vty.work is not None and vty.work.collector is not None
        return IosEditor(prompt, session.width, None if collecting else lambda text: shell.help_for(self, vty, text))

    async def execute(self, session: Session, line: str) -> str | None:
        if session.kind == "shell" and not self.reachable():
            await session.freeze()
        self.rollback.touched(session.state.line)
        shown = await shell.run(self, session, line)
        if not self.reachable():
            # The path of this session is cut: nothing comes through any more, not even the prompt.
            await session.freeze()
        return shown

    async def execute_exec(self, session: Session, command: str) -> int:
        session.lines = 0
        shown = await shell.run(self, session, command)
        await session.write("\n" + (shown or ""))
        return 0

    # -- files

    def file_name(self, path: str) -> str:
        return path.partition(":")[2].lstrip("/") if ":" in path else path.lstrip("/")

    def transfer_refusal(self, method: str, user: str, path: str, writing: bool) -> str | None:  # noqa: ARG002
        if not self.running.root.get("ip scp server enable"):
            return "Administratively disabled."
        entry = self.running.root.get(f"username {user}")
        level = entry.words[entry.words.index("privilege") + 1] if entry and "privilege" in entry.words else "1"
        return None if level == "15" else "Privilege denied."
