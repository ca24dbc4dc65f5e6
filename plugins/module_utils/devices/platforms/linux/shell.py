# SPDX-License-Identifier: GPL-3.0-or-later
"""Shell scripts that run as root on the device, one round trip each, and the answers they bring."""

from __future__ import annotations

import base64
import binascii
import shlex
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from ...outcome import RefusedError, SessionLostError
from ...session import CommandResult, Session

_BEGIN = "terpusat-begin"
_END = "terpusat-end"

#: ``_terpusat_run NAME COMMAND``: run it and print ``command NAME CODE OUT ERR``, both outputs in base64;
#: ``_terpusat_file PATH``: print ``file PATH MODE OWNER GROUP CONTENT`` if it is a regular file
_FUNCTIONS = """\
_terpusat_run() {
    sh -c "$2" >"$STAGE/.out" 2>"$STAGE/.err" </dev/null
    printf 'command %s %s =%s =%s\\n' "$1" "$?" "$(base64 -w0 <"$STAGE/.out")" "$(base64 -w0 <"$STAGE/.err")"
}
_terpusat_file() {
    [ -f "$1" ] || return 0
    printf 'file %s %s =%s\\n' "$1" "$(stat -c '%a %U %G' "$1")" "$(base64 -w0 <"$1")"
}
STAGE=$(mktemp -d /run/terpusat.XXXXXX) || exit 1
export STAGE
trap 'rm -rf "$STAGE"' EXIT
"""


@dataclass(frozen=True)
class LiveFile:
    """A file as it stands on the device."""

    path: str
    text: str
    mode: str
    owner: str
    group: str


@dataclass(frozen=True)
class Answer:
    """What one command printed, decoded, and its exit code."""

    code: int
    out: str
    err: str

    @property
    def reason(self) -> str:
        """The last line that says something; for messages."""
        lines = [line for line in (self.err or self.out).splitlines() if line.strip()]
        return lines[-1].strip() if lines else f"kode keluar {self.code}"


@dataclass(frozen=True)
class Answers:
    """Everything one script brought back."""

    commands: Mapping[str, Answer] = field(default_factory=dict)
    files: Mapping[str, LiveFile] = field(default_factory=dict)

    def out(self, name: str) -> str:
        """Standard output of a command; empty when it failed or was not run."""
        answer = self.commands.get(name)
        return answer.out if answer and answer.code == 0 else ""


def quote(text: str) -> str:
    """Quote one word for the shell."""
    return shlex.quote(text)


def write_file(target: str, text: str) -> str:
    """Shell that writes ``text`` to ``target`` (already quoted or with variables), making its folder."""
    encoded = base64.b64encode(text.encode()).decode()
    return f'mkdir -p "$(dirname {target})" && printf %s {encoded or "''"} | base64 -d >{target}\n'


def command(name: str, script: str) -> str:
    """Shell that runs ``script`` and reports it as ``name`` (no spaces)."""
    return f"_terpusat_run {quote(name)} {quote(script)}\n"


def files(globs: Iterable[str]) -> str:
    """Shell that reports every file that matches one of the globs."""
    return f'for path in {" ".join(globs)}; do _terpusat_file "$path"; done\n'


def run_root(session: Session, body: str, timeout: float = 60.0) -> CommandResult:
    """Run a script as root over stdin.

    The whole body is one compound command, so a script that was cut off on the way is not run in part.

    Raises:
        RefusedError: no password-less sudo. SessionLostError: no answer in time.
    """
    script = (
        "{\nexport LC_ALL=C LANG=C PATH=/usr/sbin:/usr/bin:/sbin:/bin\numask 077\n"
        f"echo {_BEGIN}\n(\n{body}\n)\ncode=$?\necho\necho {_END}\nexit $code\n}}\n"
    )
    prefix = "" if session.login.user == "root" else "sudo -n -- "
    result = session.run(f"{prefix}/bin/sh -s", script.encode(), timeout)
    out = result.out
    if not out.startswith(f"{_BEGIN}\n".encode()):
        lines = result.err.decode(errors="replace").strip().splitlines()
        raise RefusedError(
            f"{session.login.host}: {session.login.user!r} tidak dapat menjalankan sudo tanpa kata sandi "
            f"({lines[-1] if lines else 'tanpa pesan'}); beri hak NOPASSWD di /etc/sudoers.d"
        )
    end = f"\n{_END}\n".encode()
    if not out.endswith(end):
        raise SessionLostError(f"{session.login.host}: jawaban terpotong")
    return CommandResult(result.code, out[len(_BEGIN) + 1 : -len(end)], result.err)


def collect(session: Session, body: str, timeout: float = 60.0) -> Answers:
    """Run a script made of `command`, `files` and `write_file` parts and return its answers.

    Staged files belong below ``$STAGE``, a folder in memory that is gone afterwards. Raises as `run_root`.
    """
    result = run_root(session, _FUNCTIONS + body, timeout)
    return parse(result.out.decode())


def parse(output: str) -> Answers:
    """Parse what `collect`'s script prints. Raises `SessionLostError` when it is not that."""
    commands: dict[str, Answer] = {}
    live: dict[str, LiveFile] = {}
    try:
        for line in output.splitlines():
            if not line:
                continue
            kind, name, *fields = line.split(" ")
            if kind == "command":
                commands[name] = Answer(int(fields[0]), _decode(fields[1]), _decode(fields[2]))
            elif kind == "file":
                live[name] = LiveFile(name, _decode(fields[3]), fields[0].zfill(4), fields[1], fields[2])
            else:
                raise ValueError(line)
    except (ValueError, IndexError, binascii.Error) as error:
        raise SessionLostError(f"jawaban perangkat tidak terbaca: {output[:200]!r}") from error
    return Answers(commands, live)


def _decode(field_text: str) -> str:
    if not field_text.startswith("="):
        raise ValueError(field_text)
    return base64.b64decode(field_text[1:], validate=True).decode(errors="replace")
