# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The database engines of this server, asked as their own administrator through their local socket."""

from __future__ import annotations

import gzip
import re
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path

from .errors import BackupError

POSTGRESQL, MARIADB = "postgresql", "mariadb"
_AS_POSTGRES = ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"]
_PSQL = [*_AS_POSTGRES, "psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-d"]
_MYSQL = ["mariadb", "--no-defaults", "--protocol=socket", "--user=root", "--default-character-set=utf8mb4"]
_MYSQL += ["--batch", "--skip-column-names"]
_MAINTENANCE = {POSTGRESQL: "postgres", MARIADB: "mysql"}
_NAME = re.compile(r"[a-z][a-z0-9_]*")
_TAIL = 400


def runs(engine: str) -> bool:
    """Whether this server has the engine and it answers."""
    program = {POSTGRESQL: "psql", MARIADB: "mariadb"}.get(engine)
    if program is None or shutil.which(program) is None:
        return False
    try:
        _sql(engine, _MAINTENANCE[engine], "SELECT 1;")
    except BackupError:
        return False
    return True


def create(engine: str, name: str) -> None:
    """A new, empty database; one of that name is thrown away."""
    drop(engine, name)
    _sql(engine, _MAINTENANCE[engine], f"CREATE DATABASE {_safe(name)};")


def drop(engine: str, name: str) -> None:
    _sql(engine, _MAINTENANCE[engine], f"DROP DATABASE IF EXISTS {_safe(name)};")


def load(engine: str, dump: Path, name: str, owner: str = "") -> None:
    """Raises BackupError when the dump does not load whole. What it holds replaces what the database has."""
    if engine == MARIADB:
        with (
            gzip.open(dump) as stream,
            subprocess.Popen([*_MYSQL, _safe(name)], stdin=subprocess.PIPE, stderr=subprocess.PIPE) as client,
        ):
            assert client.stdin is not None
            assert client.stderr is not None
            try:
                shutil.copyfileobj(stream, client.stdin)
                client.stdin.close()
            except (OSError, EOFError) as error:
                client.kill()
                said = client.stderr.read().decode(errors="replace").strip()
                raise BackupError(said[-_TAIL:] or str(error)) from None
            said = client.stderr.read().decode(errors="replace").strip()
            if client.wait() != 0:
                raise BackupError(said[-_TAIL:])
        return
    role = [f"--role={_safe(owner)}"] if owner else []
    command = [
        *_AS_POSTGRES,
        "pg_restore",
        "--no-owner",
        "--no-privileges",
        "--exit-on-error",
        "--clean",
        "--if-exists",
    ]
    with open(dump, "rb") as stream:  # opened here: the folder is closed to the user postgres
        done = subprocess.run([*command, *role, "-d", _safe(name)], stdin=stream, capture_output=True, check=False)
    if done.returncode != 0:
        raise BackupError(done.stderr.decode(errors="replace").strip()[-_TAIL:])


def rows(engine: str, name: str, of: Iterable[str]) -> dict[str, int]:
    """Rows of these tables; one that is not there is left out."""
    there = set(tables(engine, name))
    wanted = [table for table in of if table in there]
    query = "".join(f"SELECT count(*) FROM {_quoted(engine, table)};" for table in wanted)
    return dict(zip(wanted, map(int, _sql(engine, name, query).split()), strict=True)) if wanted else {}


def tables(engine: str, name: str) -> list[str]:
    """``table``, or ``schema.table`` where the engine has schemas."""
    if engine == MARIADB:
        told = _sql(engine, name, "SELECT table_name FROM information_schema.tables "
                    f"WHERE table_schema = '{_safe(name)}' AND table_type = 'BASE TABLE';")  # fmt: skip
    else:
        told = _sql(engine, name, "SELECT schemaname || '.' || tablename FROM pg_tables "
                    "WHERE schemaname NOT IN ('pg_catalog', 'information_schema');")  # fmt: skip
    return told.splitlines()


def _safe(name: str) -> str:
    if not _NAME.fullmatch(name):
        raise BackupError(f"'{name}' bukan nama basis data.")
    return name


def _quoted(engine: str, table: str) -> str:
    if engine == MARIADB:
        return "`" + table.replace("`", "``") + "`"
    schema, _, rest = table.partition(".")
    return ".".join('"' + part.replace('"', '""') + '"' for part in (schema, rest))


def _sql(engine: str, database: str, text: str) -> str:
    """Raises BackupError with what the engine said."""
    command = [*_MYSQL, database] if engine == MARIADB else [*_PSQL, database]
    done = subprocess.run(command, input=text, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise BackupError(f"{engine}: {done.stderr.strip()[-_TAIL:]}")
    return done.stdout
