# SPDX-License-Identifier: GPL-3.0-or-later
"""import and execute: scripts from files and from texts."""

from __future__ import annotations

import asyncio

from ...core.session import SessionEnd
from ..errors import ConsoleError, ParseError, RunError, ScriptExit, ScriptReturn
from ..schema.tree import Signature, Takes, tree
from ..script.context import Context, nowhere
from ..script.interpreter import Invocation, run_statement
from ..script.nodes import Command, Statement
from ..script.parser import Parser
from ..script.values import NOTHING, Id
from .registry import command

V, F, S = Takes.VALUE, Takes.FLAG, Takes.SCRIPT
EXECUTE_LIMIT = 64 * 1024
# Lines of an import that run in one go.
_TURN = 20

_OLD = {"file-name": V, "verbose": V, "from-line": V}


@command("", Signature("import", _OLD, ("file-name",), policy="write", required=("file-name",), until=(7, 16)))
@command(
    "",
    Signature("import", {**_OLD, "dry-run": F}, ("file-name",), policy="write", required=("file-name",), since=(7, 16)),
)
async def import_(call: Invocation) -> object:
    context = call.context
    device = context.device
    name = device.file_name(call.text("file-name"))
    data = device.files.get(name, device.files.get(f"{name}.rsc"))
    if data is None:
        raise RunError(
            "Cannot open import file, file does not exist" if device.version.major >= 7 else "cannot open import file"
        )
    verbose = call.text("verbose", "no")
    if verbose not in ("yes", "no", "progress"):
        raise RunError("input does not match any value of verbose")
    if (call.has("dry-run") or call.has("from-line")) and verbose != "yes":
        raise RunError("failure: dry-run and from-line work only with verbose=yes")
    source = data.decode("utf-8", "replace")
    first = call.text("from-line", "1")
    if not first.isdigit():
        raise RunError("invalid value for argument from-line")
    runner = Import(context.fresh(), source, device.faults.import_fails_at(name))
    try:
        if verbose == "yes":
            await runner.line_by_line(int(first), dry=call.has("dry-run"))
        else:
            await runner.whole()
    except ParseError as error:
        raise _placed(error.describe(source)) from None
    except RunError as error:
        if error.placed:
            raise
        places = device.version.places_errors
        text = error.describe(places=places)
        if places:
            text = text if text.startswith("Script Error: ") else f"Script Error: {text}"
            text += " (:import; line 1)"
        raise _placed(text) from None
    if not device.version.major >= 7:
        await context.write("\n")
    await context.write("Script file loaded and executed successfully\n")
    return NOTHING


def _placed(text: str) -> RunError:
    error = RunError(text)
    error.placed = True
    return error


class Import:
    """Runs the text of a file; `fails_at`: the line that a fault makes fail; `pauses`: between lines other devices get
    their turn (and the flag `line_ms` its device milliseconds)."""

    def __init__(self, context: Context, source: str, fails_at: int | None, *, pauses: bool = True) -> None:
        self.context = context
        self.source = source
        self.fails_at = fails_at
        self.pauses = pauses
        self._ran = 0
        device = context.device
        self.parser = Parser(source, tree(device.version), device.version)

    async def whole(self) -> None:
        """All of it is parsed before any of it runs."""
        for statement in self.parser.parse().statements:
            await self.step(statement)

    async def line_by_line(self, first: int, *, dry: bool) -> None:
        while True:
            statement = self.parser.next_statement()
            if statement is None:
                return
            line = self.source.count("\n", 0, statement.at) + 1
            if line < first:
                continue
            await self.context.write(f"#line {line}\n{self.source[statement.at : self.parser.at].strip()}\n")
            if not dry:
                await self.step(statement)

    async def _pause(self) -> None:
        """A session that is gone takes the script that it runs with it; what a job imports goes on."""
        device, session = self.context.device, self.context.session
        self._ran += 1
        milliseconds = float(device.personality.flags.get("line_ms", 0))
        if milliseconds:
            await device.clock.sleep(milliseconds / 1000)
        elif self._ran % _TURN == 0:
            await asyncio.sleep(0)
        if session is not None and session.gate.closed.is_set():
            raise SessionEnd

    async def step(self, statement: Statement) -> None:
        if self.pauses:
            await self._pause()
        line = self.source.count("\n", 0, statement.at) + 1
        if self.fails_at is not None and line >= self.fails_at:
            error = RunError("failure: internal error")
            error.where, error.line = statement.full_name if isinstance(statement, Command) else "", line
            raise error
        try:
            await run_statement(statement, self.context)
        except ScriptReturn:
            return


@command(
    "",
    Signature("execute", {"script": S, "file": V, "as-string": F}, ("script",), policy="write", required=("script",)),
)
async def execute(call: Invocation) -> object:
    """Runs in the background, whatever becomes of the session; the output goes to `file`."""
    source = call.text("script")
    context = call.context
    if len(source) > EXECUTE_LIMIT:
        raise RunError("failure: script too long")
    stored = context.device.script_named(source)
    text = stored if stored is not None else source
    collected: list[str] = []

    async def collect(shown: str) -> None:
        collected.append(shown)

    inner = context.fresh()
    inner.session = None
    inner.write = collect if call.has("file") or call.has("as-string") else nowhere
    if call.has("as-string"):
        await run_text(text, inner, report=True)
        return "".join(collected)
    file = call.text("file")

    async def job() -> None:
        await run_text(text, inner, report=True)
        if file:
            name = file if "." in file.rsplit("/", 1)[-1] else f"{file}.txt"
            context.device.store_file(name, "".join(collected).replace("\n", "\r\n").encode())

    return Id(f"*{context.device.start_job(job()):X}")


async def run_text(source: str, context: Context, *, report: bool = False) -> ConsoleError | None:
    """Runs a script of its own; the error that ended it. `report`: shows it in the script's output."""
    device = context.device
    try:
        script = Parser(source, tree(device.version), device.version).parse()
        for statement in script.statements:
            await run_statement(statement, context)
    except ParseError as error:
        if report:
            await context.write(error.describe(source) + "\n")
        return error
    except RunError as error:
        if report:
            await context.write(error.describe(places=device.version.places_errors) + "\n")
        return error
    except (ScriptReturn, ScriptExit):
        pass
    return None
