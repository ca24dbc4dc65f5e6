# SPDX-License-Identifier: GPL-3.0-or-later
"""Shell scripts that run as root on the device, one round trip each, and the answers they bring."""

from __future__ import annotations

import base64
import binascii
import io
import shlex
import tarfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from ...outcome import RefusedError, SessionLostError
from ...session import CommandResult, Session

_BEGIN = "terpusat-begin"
_END = "terpusat-end"

#: ``_terpusat_run NAME COMMAND``: run it and print ``command NAME CODE OUT ERR``, both outputs in base64;
#: ``_terpusat_files PATH…``: print ``files ARCHIVE``, a tar archive of those that are regular files.
#: Few processes on purpose: starting one is what costs time on a small router.
_FUNCTIONS = """\
_terpusat_run() {
    ( eval "$2" ) >"$STAGE/.out" 2>"$STAGE/.err" </dev/null
    code=$?
    err=
    [ ! -s "$STAGE/.err" ] || err=$(base64 -w0 <"$STAGE/.err")
    printf 'command %s %s =%s =%s\\n' "$1" "$code" "$(base64 -w0 <"$STAGE/.out")" "$err"
}
_terpusat_files() {
    for path in "$@"; do
        shift
        [ ! -f "$path" ] || set -- "$@" "$path"
    done
    [ $# = 0 ] || printf 'files =%s\\n' "$(tar -chPf - --no-recursion "$@" 2>/dev/null | base64 -w0)"
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


def write_tree(folder: str, texts: Mapping[str, str]) -> str:
    """Shell that writes files below ``folder`` (already quoted or with variables): absolute path → text."""
    if not texts:
        return ""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w", format=tarfile.GNU_FORMAT) as archive:
        for path, text in texts.items():
            entry = tarfile.TarInfo(path.lstrip("/"))
            content = text.encode()
            entry.mode, entry.size = 0o600, len(content)
            archive.addfile(entry, io.BytesIO(content))
    encoded = base64.b64encode(buffer.getvalue()).decode()
    return f"mkdir -p {folder} && printf %s {encoded} | base64 -d | tar -xf - -m -C {folder}\n"


def command(name: str, script: str) -> str:
    """Shell that runs ``script`` and reports it as ``name`` (no spaces)."""
    return f"_terpusat_run {quote(name)} {quote(script)}\n"


def files(globs: Iterable[str]) -> str:
    """Shell that reports every file that matches one of the globs."""
    return f"_terpusat_files {' '.join(globs)}\n"


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
    """Run a script made of `command`, `files`, `write_file` and `write_tree` parts and return its answers.

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
            kind, *fields = line.split(" ")
            if kind == "command":
                name, code, out, err = fields
                commands[name] = Answer(int(code), _text(out), _text(err))
            elif kind == "files":
                live |= {file.path: file for file in _unpack(_decode(fields[0]))}
            else:
                raise ValueError(line)
    except (ValueError, IndexError, binascii.Error, tarfile.TarError) as error:
        raise SessionLostError(f"jawaban perangkat tidak terbaca: {output[:200]!r}") from error
    return Answers(commands, live)


def _unpack(archive: bytes) -> Iterator[LiveFile]:
    with tarfile.open(fileobj=io.BytesIO(archive)) as members:
        for member in members:
            content = members.extractfile(member)
            if content is not None:
                text = content.read().decode(errors="replace")
                owner, group = member.uname or str(member.uid), member.gname or str(member.gid)
                yield LiveFile(member.name, text, f"{member.mode & 0o7777:04o}", owner, group)


def _text(field_text: str) -> str:
    return _decode(field_text).decode(errors="replace")


def _decode(field_text: str) -> bytes:
    if not field_text.startswith("="):
        raise ValueError(field_text)
    return base64.b64decode(field_text[1:], validate=True)
