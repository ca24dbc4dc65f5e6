#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Bring PostgreSQL back to a moment, from a base backup and the archived WAL.

terpusat-pitr "2026-11-22 10:30:00"             beside the running cluster, to look and to take things out
terpusat-pitr --in-place "2026-11-22 10:30:00"  in its place; what was there is kept in another folder
terpusat-pitr --stop                            the one beside is stopped and deleted

"terakhir" in the place of a moment means everything that was archived: for a server that was lost.
The moment is of the government's time zone, unless it says its own (2026-11-22 03:30:00+00).
"""

from __future__ import annotations

import argparse
import json
import os
import pwd
import shutil
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

BESIDE = Path("/var/lib/postgresql/terpusat-pitr")
PORT = 5499
AS_POSTGRES = ["runuser", "-u", "postgres", "--"]


class PitrError(Exception):
    """What went wrong and what to do."""


def said(command: list[str]) -> str:
    done = subprocess.run(command, check=False, capture_output=True, text=True, cwd="/")
    if done.returncode != 0:
        raise PitrError(f"{' '.join(command[-4:])}: {(done.stderr or done.stdout).strip()[-800:]}")
    return done.stdout.strip()


class Recovery:
    def __init__(self, config: dict[str, str], moment: datetime | None) -> None:
        self.version = config["postgresql_version"]
        self.zone = config["time_zone"]
        self.latest = moment is None
        self.moment = moment or datetime.now(UTC)
        self.archive = Path(config["folder"]) / "postgresql"
        self.live = Path(f"/var/lib/postgresql/{self.version}/main")
        self.unit = f"postgresql@{self.version}-main.service"
        self.programs = f"/usr/lib/postgresql/{self.version}/bin"

    def told(self) -> str:
        return "segmen terakhir yang diarsipkan" if self.latest else str(self.moment)

    def base(self) -> Path:
        """The newest one that was finished before the moment: its folder has the time of its beginning."""
        found = []
        for path in sorted((self.archive / "base").iterdir()):
            if path.name.startswith("."):
                continue
            # pg_basebackup writes the manifest last.
            finished = datetime.fromtimestamp((path / "backup_manifest").stat().st_mtime, UTC)
            if finished <= self.moment:
                found.append(path)
        if not found:
            raise PitrError(
                f"tidak ada salinan dasar dari sebelum {self.moment.astimezone(ZoneInfo(self.zone))}. "
                f"Lihat {self.archive}/base, atau ambil yang lebih lama dari cadangan."
            )
        return found[-1]

    def archive_to_now(self) -> None:
        """Everything up to now into the archive, when the cluster runs; else its own pg_wal has it."""
        if subprocess.run(["systemctl", "is-active", "--quiet", self.unit], check=False).returncode != 0:
            return
        ask = [*AS_POSTGRES, "psql", "-X", "-q", "-A", "-t", "-d", "postgres", "-c"]
        # A commit after the moment: without one PostgreSQL could not know that it has reached it.
        said([*ask, "SELECT txid_current()"])
        segment = said([*ask, "SELECT pg_walfile_name(pg_current_wal_lsn())"])
        said([*ask, "SELECT pg_switch_wal()"])
        patience = time.monotonic() + 120
        while not (self.archive / "wal" / f"{segment}.gz").exists():
            if time.monotonic() > patience:
                raise PitrError(f"segmen {segment} tidak kunjung diarsipkan; lihat log PostgreSQL.")
            time.sleep(0.2)

    def identity(self, folder: Path) -> str:
        """Which cluster this is, by the number that initdb gave it; empty: it cannot be read."""
        command = [f"{self.programs}/pg_controldata", "-D", str(folder)]
        done = subprocess.run(command, check=False, capture_output=True, text=True, env={"LC_ALL": "C"})
        lines = [line for line in done.stdout.splitlines() if line.startswith("Database system identifier")]
        return lines[0].split()[-1] if lines else ""

    def restore(self) -> None:
        base = self.base()
        said([*AS_POSTGRES, "mkdir", "-m", "0700", str(BESIDE)])
        said(["tar", "-xzf", str(base / "base.tar.gz"), "-C", str(BESIDE)])
        shutil.rmtree(BESIDE / "pg_wal" / "archive_status", ignore_errors=True)
        fetch = f"gunzip -c {self.archive}/wal/%f.gz > %p 2>/dev/null"
        # On a server that was made anew the running cluster is another one, whose WAL says nothing about this one.
        if self.identity(BESIDE) == self.identity(self.live):
            self.archive_to_now()
            fetch += f" || cp {self.live}/pg_wal/%f %p"
        settings = {
            "listen_addresses": "",
            "unix_socket_directories": str(BESIDE),
            "port": str(PORT),
            "hba_file": str(BESIDE / "pg_hba.conf"),
            "archive_mode": "off",
            "hot_standby": "off",
            "restore_command": fetch,
            **({} if self.latest else {"recovery_target_time": self.moment.isoformat(sep=" ")}),
            "recovery_target_action": "promote",
            "timezone": self.zone,
            "shared_buffers": "32MB",
        }
        lines = "".join(f"{name} = '{value}'\n" for name, value in settings.items())
        (BESIDE / "postgresql.conf").write_text(lines, encoding="utf-8")
        (BESIDE / "pg_hba.conf").write_text("local all postgres peer\n", encoding="utf-8")
        (BESIDE / "recovery.signal").touch()
        # What the running cluster was told by ALTER SYSTEM is in here, and could name its own port or folders.
        (BESIDE / "postgresql.auto.conf").write_text("", encoding="utf-8")
        said(["chown", "-R", "postgres:postgres", str(BESIDE)])
        self.control("start", "-w", "-t", "3600", "-l", str(BESIDE / "log"))
        self.wait_until_recovered()

    def wait_until_recovered(self) -> None:
        ask = [*AS_POSTGRES, "psql", "-X", "-A", "-t", "-h", str(BESIDE), "-p", str(PORT), "-d", "postgres"]
        # pg_ctl says "started" while WAL is still replayed; until the end nobody is let in.
        while subprocess.run([*ask, "-c", "SELECT 1"], check=False, capture_output=True, cwd="/").returncode != 0:
            if not (BESIDE / "postmaster.pid").exists():
                raise PitrError(f"PostgreSQL berhenti sebelum mencapai saat itu.\n{self.last_words()}")
            time.sleep(0.2)

    def last_words(self) -> str:
        log = BESIDE / "log"
        return log.read_text(errors="replace")[-600:] if log.exists() else ""

    def control(self, *arguments: str) -> None:
        try:
            said([*AS_POSTGRES, f"{self.programs}/pg_ctl", "-D", str(BESIDE), *arguments])
        except PitrError as error:
            raise PitrError(f"{error}\n{self.last_words()}") from None

    def take_the_place(self) -> Path:
        """The recovered cluster becomes the running one. Gives the folder of what was there before."""
        self.control("stop", "-m", "fast")
        subprocess.run(["systemctl", "stop", self.unit], check=False)
        for name in ("postgresql.conf", "pg_hba.conf", "log"):
            (BESIDE / name).unlink(missing_ok=True)
        former = self.live.with_name(f"main.sebelum-{datetime.now(UTC):%Y%m%dT%H%M%SZ}")
        if self.live.exists():
            self.live.rename(former)
        BESIDE.rename(self.live)
        said(["systemctl", "start", self.unit])
        # The archive goes on from a new time line: the next recovery shall not need the old one.
        said(["/usr/local/sbin/terpusat-dump", "--base"])
        return former

    def stop(self) -> None:
        if (BESIDE / "postmaster.pid").exists():
            self.control("stop", "-m", "immediate")
        shutil.rmtree(BESIDE, ignore_errors=True)


def moment_of(text: str, zone: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise PitrError(f"'{text}' bukan waktu; tulis misalnya '2026-11-22 10:30:00'.") from None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(zone))
    if moment > datetime.now(UTC):
        raise PitrError(f"{moment} belum terjadi.")
    return moment


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("moment", nargs="?")
    parser.add_argument("--in-place", action="store_true")
    parser.add_argument("--stop", action="store_true")
    arguments = parser.parse_args()
    config = json.loads(Path("/etc/terpusat/database.json").read_text(encoding="utf-8"))
    try:
        if os.geteuid() != 0:
            raise PitrError("jalankan sebagai root (sudo).")
        if not config["postgresql_version"] or not config["pitr_days"]:
            raise PitrError("server ini tidak menyimpan WAL PostgreSQL.")
        pwd.getpwnam("postgres")
        if arguments.stop == bool(arguments.moment):
            raise PitrError("sebut suatu waktu, atau --stop.")
        latest = arguments.moment in (None, "terakhir")
        recovery = Recovery(config, None if latest else moment_of(arguments.moment, config["time_zone"]))
        if arguments.stop:
            recovery.stop()
            return 0
        if BESIDE.exists():
            raise PitrError(f"{BESIDE} masih ada; selesai dengannya? Hapus dengan 'terpusat-pitr --stop'.")
        recovery.restore()
        if arguments.in_place:
            former = recovery.take_the_place()
            print(f"PostgreSQL kembali ke {recovery.told()}. Yang sebelumnya ada di {former}; hapus bila sudah yakin.")
        else:
            print(f"Keadaan pada {recovery.told()} dapat dilihat: sudo -u postgres psql -h {BESIDE} -p {PORT} NAMA")
            print("Sesudah selesai: terpusat-pitr --stop")
    except PitrError as error:
        print(f"terpusat-pitr: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
