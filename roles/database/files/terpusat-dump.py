#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Write a whole dump of each database of ours, with a manifest; keep base backups and WAL of PostgreSQL.

terpusat-dump                     everything
terpusat-dump --only ENGINE NAME  one database
terpusat-dump --base              only a base backup of PostgreSQL, now
"""

from __future__ import annotations

import fcntl
import gzip
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

MARK = "terpusat: "
METRICS = Path("/var/lib/prometheus/node-exporter")
BASE_MAX_AGE = timedelta(hours=20)
AS_POSTGRES = ["runuser", "-u", "postgres", "--"]
SQL = ["psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1"]
MARIADB = ["--no-defaults", "--protocol=socket", "--user=root"]
MARIADB_LIST = "SELECT SCHEMA_NAME, SCHEMA_COMMENT FROM information_schema.SCHEMATA"
POSTGRESQL_LIST = "SELECT datname || chr(9) || coalesce(shobj_description(oid, 'pg_database'), '') FROM pg_database"
COUNTS = r"""
SELECT format('SELECT %L || chr(9) || count(*) FROM %I.%I;', schemaname || '.' || tablename, schemaname, tablename)
FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema') ORDER BY 1
\gexec
\echo selesai
"""


def said(command: list[str], **more: Any) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True, cwd="/", **more).stdout


def ours(engine: str) -> dict[str, str]:
    """Name -> code of the application, of each database that the role made: also of a locked one."""
    if engine == "mariadb":
        lines = said(["mariadb", *MARIADB, "--batch", "--raw", "--skip-column-names", "-e", MARIADB_LIST])
    else:
        lines = said([*AS_POSTGRES, *SQL, "-d", "postgres", "-c", POSTGRESQL_LIST])
    rows = (line.split("\t", 1) for line in lines.splitlines() if "\t" in line)
    return {name: comment[len(MARK) :] for name, comment in rows if comment.startswith(MARK)}


def dump_mariadb(name: str, target: Path) -> dict[str, int]:
    """Rows of each table, counted in the dump itself, so they are of its moment."""
    command = ["mariadb-dump", *MARIADB, "--single-transaction", "--quick", "--routines", "--triggers", "--events"]
    command += ["--hex-blob", "--default-character-set=utf8mb4", name]
    rows: dict[str, int] = {}
    table, last = "", b""
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd="/") as process, gzip.open(target, "wb", 4) as packed:
        assert process.stdout is not None
        programs = False
        for line in process.stdout:
            packed.write(line)
            last = line
            # Lines of triggers and routines, which stand between such lines, can look like rows and tables.
            if line.startswith(b"DELIMITER "):
                programs = line.strip() != b"DELIMITER ;"
            elif programs:
                continue
            elif found := re.match(rb"(CREATE TABLE|INSERT INTO) `((?:[^`]|``)+)`", line):
                table = found[2].decode().replace("``", "`")
                rows.setdefault(table, 0)
            # A row stands on a line of its own; newlines in texts are escaped.
            elif line.startswith(b"(") and table:
                rows[table] += 1
    if process.returncode != 0 or not last.startswith(b"-- Dump completed"):
        raise RuntimeError(f"mariadb-dump berhenti di tengah jalan (kode {process.returncode})")
    return rows


def dump_postgresql(name: str, target: Path) -> dict[str, int]:
    """Rows of each table in the snapshot that the dump has, too."""
    session = subprocess.Popen(
        [*AS_POSTGRES, *SQL, "-d", name], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd="/"
    )
    assert session.stdin is not None
    assert session.stdout is not None
    session.stdin.write("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SELECT pg_export_snapshot();\n")
    session.stdin.write(COUNTS)
    session.stdin.flush()
    lines: list[str] = []
    while not lines or lines[-1] != "selesai":
        line = session.stdout.readline()
        if not line:
            raise RuntimeError("psql berhenti sebelum semua tabel dihitung")
        lines.append(line.strip())
    with target.open("wb") as stream:
        command = [*AS_POSTGRES, "pg_dump", "-Fc", f"--snapshot={lines[0]}", name]
        subprocess.run(command, check=True, stdout=stream, cwd="/")
    session.communicate("COMMIT;\n")
    with target.open("rb") as stream:
        subprocess.run([*AS_POSTGRES, "pg_restore", "--list"], check=True, stdin=stream, stdout=subprocess.DEVNULL)
    return {table: int(count) for table, count in (line.split("\t") for line in lines[1:-1])}


DUMPS = {"mariadb": (dump_mariadb, "sql.gz"), "postgresql": (dump_postgresql, "dump")}


def settle(temporary: Path, final: Path) -> None:
    """A name is only ever of a whole file, even when the power goes."""
    with temporary.open("rb") as stream:
        os.fsync(stream.fileno())
    temporary.rename(final)


def write_whole(path: Path, text: str) -> None:
    temporary = path.with_name(f".{path.name}.baru")
    temporary.write_text(text, encoding="utf-8")
    settle(temporary, path)


def dump(engine: str, name: str, code: str, folder: Path) -> None:
    act, ending = DUMPS[engine]
    final = folder / f"{code}.{ending}"
    temporary = folder / f".{final.name}.baru"
    moment = datetime.now(UTC).isoformat(timespec="seconds")
    try:
        rows = act(name, temporary)
        with temporary.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
        size = temporary.stat().st_size
        settle(temporary, final)
    finally:
        temporary.unlink(missing_ok=True)
    manifest = {"code": code, "name": name, "engine": engine, "file": final.name, "bytes": size, "sha256": digest}
    write_whole(folder / f"{code}.json", json.dumps({**manifest, "time": moment, "rows": rows}, indent=1) + "\n")


def prune_dumps(engine: str, folder: Path, kept: set[str], days: int) -> None:
    """Dumps of databases that are gone, some time after."""
    for path in folder.glob("*.json"):
        aged = time.time() - path.stat().st_mtime > days * 86400
        if path.stem not in kept and aged:
            (folder / f"{path.stem}.{DUMPS[engine][1]}").unlink(missing_ok=True)
            path.unlink()


def bases(folder: Path) -> list[Path]:
    """Whole base backups, oldest first; their names are their times."""
    return sorted(path for path in (folder / "base").iterdir() if not path.name.startswith("."))


def taken_at(base: Path) -> datetime:
    return datetime.strptime(base.name, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)


def base_backup(folder: Path) -> None:
    name = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
    temporary = folder / "base" / f".{name}"
    try:
        said([*AS_POSTGRES, "pg_basebackup", "-D", str(temporary), "-Ft", "-z", "-X", "fetch", "-c", "fast"])
        temporary.rename(folder / "base" / name)
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def prune_bases(folder: Path, days: int) -> None:
    """Keep what any moment of the last days needs: the newest base before them, all later ones, and the WAL since."""
    since = datetime.now(UTC) - timedelta(days=days)
    found = bases(folder)
    before = [base for base in found if taken_at(base) <= since]
    for base in before[:-1]:
        shutil.rmtree(base)
    oldest = bases(folder)[0]
    start = json.loads((oldest / "backup_manifest").read_text())["WAL-Ranges"][0]["Start-LSN"]
    high, low = (int(part, 16) for part in start.split("/"))
    first = f"{high:08X}{low >> 24:08X}"
    for path in (folder / "wal").glob("*.gz"):
        # The first eight digits are the time line, which says nothing about age; histories are small and needed.
        if re.match(r"[0-9A-F]{24}", path.name) and path.name[8:24] < first:
            path.unlink()


def same_cluster(path: Path) -> None:
    """Two clusters in one archive would make both worthless: on a server made anew the old one comes back first."""
    running = said([*AS_POSTGRES, *SQL, "-d", "postgres", "-c", "SELECT system_identifier FROM pg_control_system()"])
    if path.exists() and path.read_text(encoding="utf-8") != running:
        raise ValueError(
            f"{path.parent} berisi arsip PostgreSQL yang lain. Kembalikan dengan 'terpusat-pitr --in-place terakhir', "
            "atau pindahkan folder base dan wal serta berkas cluster dari sana."
        )
    write_whole(path, running)


def keep_recovery(config: dict[str, Any], now: bool) -> None:
    folder = Path(config["folder"]) / "postgresql"
    globals_ = said([*AS_POSTGRES, "pg_dumpall", "--globals-only", "--no-role-passwords"])
    write_whole(folder / "globals.sql", globals_)
    if not config["pitr_days"]:
        return
    same_cluster(folder / "cluster")
    for leftover in (folder / "base").glob(".*"):
        shutil.rmtree(leftover)
    found = bases(folder)
    if now or not found or datetime.now(UTC) - taken_at(found[-1]) > BASE_MAX_AGE:
        base_backup(folder)
    prune_bases(folder, config["pitr_days"])


def metrics(config: dict[str, Any], failed: dict[tuple[str, str], bool]) -> str:
    """In Prometheus' text format; times come from the manifests, so a failure today does not hide yesterday's."""
    folder = Path(config["folder"])
    lines = [
        f'terpusat_database_dump_failed{{engine="{engine}",database="{code}"}} {int(bad)}'
        for (engine, code), bad in sorted(failed.items())
    ]
    for engine in config["engines"]:
        for path in sorted((folder / engine).glob("*.json")):
            lines.append(
                f'terpusat_database_dump_last_success_timestamp_seconds{{engine="{engine}",database="{path.stem}"}} '
                f"{path.stat().st_mtime:.0f}"
            )
    if "postgresql" in config["engines"] and config["pitr_days"]:
        if found := bases(folder / "postgresql"):
            lines.append(f"terpusat_database_base_last_success_timestamp_seconds {taken_at(found[-1]).timestamp():.0f}")
        if times := [path.stat().st_mtime for path in (folder / "postgresql" / "wal").glob("*.gz")]:
            lines.append(f"terpusat_database_wal_last_archived_timestamp_seconds {max(times):.0f}")
    return "".join(f"{line}\n" for line in lines)


def work(config: dict[str, Any], arguments: list[str]) -> dict[tuple[str, str], str]:
    """(engine, code) -> what went wrong there; empty: it did not."""
    only = tuple(arguments[1:3]) if arguments[:1] == ["--only"] else ()
    results: dict[tuple[str, str], str] = {}
    # A removed database may be the last of its engine, which is then not among those of the configuration any more.
    for engine in only[:1] or config["engines"]:
        if arguments == ["--base"]:
            continue
        folder = Path(config["folder"]) / engine
        names = ours(engine)
        for missing in (item for item in config["databases"] if item["engine"] == engine):
            if missing["name"] not in names:
                results[(engine, missing["code"])] = "basis data ini tidak ada"
        for name, code in names.items():
            if only and only[1] != name:
                continue
            try:
                dump(engine, name, code, folder)
                results[(engine, code)] = ""
            except (OSError, RuntimeError, subprocess.CalledProcessError) as error:
                results[(engine, code)] = f"{error} {getattr(error, 'stderr', '') or ''}".strip()
        if not only:
            prune_dumps(engine, folder, set(names.values()), config["keep_days"])
    if "postgresql" in config["engines"] and not only:
        try:
            keep_recovery(config, now=arguments == ["--base"])
        except (OSError, ValueError, subprocess.CalledProcessError) as error:
            results[("postgresql", "base")] = f"{error} {getattr(error, 'stderr', '') or ''}".strip()
    if only and not results:
        results[(only[0], only[1])] = "basis data ini tidak ada"
    return results


def main() -> int:
    os.umask(0o077)
    config = json.loads(Path("/etc/terpusat/database.json").read_text(encoding="utf-8"))
    with open("/run/terpusat-dump.lock", "w", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        try:
            results = work(config, sys.argv[1:])
        except (OSError, subprocess.CalledProcessError) as error:
            results = {("semua", "semua"): f"{error} {getattr(error, 'stderr', '') or ''}".strip()}
        if METRICS.is_dir() and not sys.argv[1:]:
            target = METRICS / "terpusat_database.prom"
            write_whole(target, metrics(config, {key: bool(text) for key, text in results.items()}))
            target.chmod(0o644)
    for (engine, code), text in results.items():
        print(f"{engine} {code}: {text or 'disalin'}", file=sys.stderr if text else sys.stdout)
    return 1 if any(results.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
