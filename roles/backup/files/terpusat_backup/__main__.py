# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""``terpusat-backup``: what systemd's timers, playbooks and operators call."""

from __future__ import annotations

import argparse
import fcntl
import json
import sys
from pathlib import Path

from . import keep, restore, restore_test, retention, settings
from .errors import BackupError


def main() -> int:
    parser = argparse.ArgumentParser(prog="terpusat-backup", description="Cadangan server ini.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="perintah")
    run = commands.add_parser("run", help="cadangkan sekarang ke semua tempat")
    run.add_argument("--new", default="", metavar="TEMPAT", help="tempat yang repositorinya boleh dibuat baru")
    commands.add_parser("check", help="periksa repositori di semua tempat")
    commands.add_parser("test", help="uji pemulihan dari semua tempat")
    bring = commands.add_parser("restore", help="pulihkan aplikasi server lain; dipakai restore.yml")
    bring.add_argument(
        "--request", type=Path, required=True, metavar="BERKAS", help="permintaan; dihapus begitu dibaca"
    )
    thin = commands.add_parser("retention", help="hapus cadangan yang lewat masa simpan (server penyimpan)")
    thin.add_argument("--settings", type=Path, default=Path("/etc/terpusat/backup/repository.json"))
    thin.add_argument("--trust-times", action="store_true", help="percayai tanggal yang tertulis pada cadangan")
    given = parser.parse_args()
    try:
        if given.command == "retention":
            return told(retention.run(retention.read(given.settings), given.trust_times))
        if given.command == "restore":
            with alone():
                print(json.dumps(restore.run(restore.request(given.request)), ensure_ascii=False))
            return 0
        client = settings.read_client()
        with alone():
            if given.command == "run":
                return told(keep.run(client, given.new))
            if given.command == "check":
                return told(keep.check(client))
            return told(restore_test.run(client))
    except BackupError as error:
        return told([str(error)])


class alone:  # noqa: N801  (used like a function)
    """Only one at a time: a test waits until a backup has ended, and the other way round."""

    def __enter__(self) -> None:
        settings.STATE.mkdir(parents=True, exist_ok=True, mode=0o750)
        self.lock = open(settings.STATE / "lock", "w", encoding="utf-8")
        fcntl.flock(self.lock, fcntl.LOCK_EX)

    def __exit__(self, *_: object) -> None:
        self.lock.close()


def told(problems: list[str]) -> int:
    for problem in problems:
        print(problem, file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
