# SPDX-License-Identifier: GPL-3.0-or-later
"""What a session sees: greeting, prompt, one command after the other, errors; the same for an exec channel."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..core.device import Device as CoreDevice
from ..core.editor import LineEditor
from ..core.faults import Banner
from ..core.session import Session, SessionEnd
from . import terminal
from .commands.safe_mode import RELEASED, TAKEN
from .errors import ParseError, RunError, ScriptExit, ScriptReturn
from .schema.menu import Path
from .schema.tree import tree
from .script.context import Context
from .script.interpreter import run_statement
from .script.nodes import Command, Navigate, Statement
from .script.parser import Parser
from .script.values import Nothing, text_of
from .services import path
from .terminal import ConsoleEditor, Login

if TYPE_CHECKING:
    from .services.safe_mode import SafeMode
    from .store.config import Config

_HIJACK = "Hijacking Safe Mode from someone - unroll/release/don't take it [u/r/d]: "
# 7.24.4, when it is the same user (tik4net, CliSafeModeParser).
_OWN = "Safe Mode is taken by current user in another session. Unroll, release or abort [u/r]? "


class State:
    """A session's place in the menus and its variables."""

    def __init__(self, context: Context) -> None:
        self.menu: Path = ()
        self.context = context


class Console(CoreDevice):
    safe_mode: SafeMode
    store: Config

    async def opened(self, session: Session) -> None:
        login: Login = session.login or Login()
        if login.width:
            session.width = login.width
        if login.height:
            session.lines = login.height
        write = session.page if session.kind == "shell" else session.write
        context = self.context(session.user, self.policies_of(session.user), write)  # type: ignore[attr-defined]
        context.session = session
        session.state = State(context)
        self.add_log("system,info,account", f"user {session.user} logged in from {session.peer} via ssh")  # type: ignore[attr-defined]
        if session.kind == "shell":
            await self._greet(session, login)

    async def _greet(self, session: Session, login: Login) -> None:
        device: Any = self
        if login.probing:
            await session.write("\x1bZ\x1b[6n")
        fault = self.faults.of(Banner)
        if fault is not None:
            await session.write(f"{fault.text}\n")
        year = device.local_time().year
        await session.write(terminal.LOGO.format(version=self.personality.version, year=year))
        screens = self.personality.flags.get("first_login", [])
        if "licence" in screens:
            await session.ask_key(terminal.LICENCE_QUESTION)
            await session.write("\n")
        if "no-licence" in screens:
            await session.write(terminal.NO_LICENCE)
            await session.ask_key("")
        if "default-config" in screens:
            await session.write(terminal.DEFAULT_CONFIG)
            await session.ask_key("")
        if "new-password" in screens and not (device.user_item(session.user) or _NOBODY).facts.get("password-changed"):
            await self._new_password(session)
        note = self.store.value(("system", "note"), "note")
        if note and self.store.value(("system", "note"), "show-at-login") == "yes":
            await session.write(f"{note}\n\n")
        await session.write(terminal.HELP)

    async def _new_password(self, session: Session) -> None:
        """Ctrl-C leaves the old one."""
        device: Any = self
        await session.write("Change your password\n")
        while True:
            first = await session.read_line(self.question_editor(session, "\rnew password> ", echo=False))
            if not first:
                await session.write("\n")
                return
            second = await session.read_line(self.question_editor(session, "\rrepeat new password> ", echo=False))
            if first == second:
                item = device.user_item(session.user)
                self.store.update(("user",), item, {**item.values, "password": first})
                item.facts["password-changed"] = "yes"
                await session.write("\n\nPassword changed\n")
                return
            await session.write("\nPasswords do not match\n")

    # -- the prompt

    def prompt(self, session: Session) -> str:
        menu: Path = session.state.menu
        device: Any = self
        place = ("/" + ("/" if device.version.slash_paths else " ").join(menu)) if menu else ""
        end = "<SAFE> " if self.safe_mode.holder is session else "> "
        name, host = session.user, self.store.value(("system", "identity"), "name")
        if (session.login or Login()).colours:
            return f"[\x1b[31;1m{name}\x1b[m\x1b[32m@{host}\x1b[m] {place}{end}"
        return f"[{name}@{host}] {place}{end}"

    def editor(self, session: Session, prompt: str) -> LineEditor:
        style = str(self.personality.flags.get("echo", "repaint"))
        return ConsoleEditor(prompt, style=style, width=session.width)

    # -- commands

    async def execute(self, session: Session, line: str) -> str | None:
        if line == terminal.TAKE_SAFE_MODE:
            return await self._safe_mode_key(session)
        if line == terminal.CTRL_D:
            if self.safe_mode.holder is session:
                self.safe_mode.unroll()
            raise SessionEnd
        if not self._gets_through("established"):
            await session.freeze()
        await self._run(session, line)
        return None

    async def execute_exec(self, session: Session, command: str) -> int:
        """A mistake of syntax ends with 1; commands that were refused say so and end with 0 (seen on 7.22 and 7.24)."""
        try:
            return await self._run(session, command)
        except SessionEnd:
            return 0

    def reachable(self) -> bool:
        return self._gets_through("new")

    def _gets_through(self, state: str) -> bool:
        """The management station's packets; see the personality flag `management`."""
        wanted = self.personality.flags.get("management", {})
        device: Any = self
        return not wanted or path.open_for(
            device, wanted.get("interface", ""), wanted.get("address", ""), wanted.get("source", ""), state
        )

    async def _run(self, session: Session, line: str) -> int:
        state: State = session.state
        device: Any = self
        # Whoever changed the user's group meanwhile changed what this session may do.
        state.context.policies = device.policies_of(session.user)
        status = await self.run_line(state, line)
        if not self._gets_through("established"):
            # The path of this session is cut: nothing comes through any more, not even the prompt.
            await session.freeze()
        return status

    async def run_line(self, state: State, line: str) -> int:
        """One line of input: what it shows goes where the context writes; returns 1 for a mistake of syntax."""
        context = state.context
        device: Any = self
        parser = Parser(line, tree(device.version), device.version, state.menu)
        places = device.version.places_errors
        try:
            statements = parser.parse().statements
            for statement in statements:
                value = await run_statement(statement, context)
                await self._show(context, statement, value)
            if any(isinstance(statement, Navigate) for statement in statements):
                state.menu = parser.menu
        except ParseError as error:
            await context.write(error.describe(line) + "\n")
            return 1
        except RunError as error:
            await context.write(error.describe(places=places) + "\n")
        except (ScriptReturn, ScriptExit):
            pass
        return 0

    async def _show(self, context: Context, statement: Statement, value: object) -> None:
        """`:execute` tells its job's number; other values of commands are shown only where something asks for them."""
        if isinstance(statement, Command) and statement.signature.name == "execute" and not isinstance(value, Nothing):
            await context.write(text_of(value).rstrip("\n") + "\n")

    async def _safe_mode_key(self, session: Session) -> str:
        """Ctrl-X takes and releases."""
        safe, device = self.safe_mode, self
        modern: bool = device.version.safe_mode_command  # type: ignore[attr-defined]
        if safe.holder is session:
            safe.release()
            return RELEASED if modern else "[Safe Mode released]\n"
        if safe.holder is not None:
            own = modern and safe.user == session.user
            answer = (await session.ask_key(_OWN if own else _HIJACK)).lower()
            await session.write(f"{answer}\n" if answer.isprintable() else "\n")
            if answer not in ("u", "r"):
                return ""
            former = safe.holder
            if answer == "u":
                safe.unroll()
            else:
                safe.release()
            if isinstance(former, Session):
                await former.interrupt("[Safe mode released by another user]")
        safe.take(session, session.user)
        return TAKEN if modern else "[Safe Mode taken]\n"


class _Nobody:
    facts: dict[str, str] = {}  # noqa: RUF012


_NOBODY = _Nobody()
