# SPDX-License-Identifier: GPL-3.0-or-later
"""Aplikasi rekaan yang menghitung baris di basis datanya dan berkas di foldernya."""

import os
from collections.abc import Callable, Iterable
from typing import Any

import psycopg2


def application(_environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
    """Satu halaman: yang ada sekarang."""
    names = {"host": "DB_HOST", "port": "DB_PORT", "dbname": "DB_NAME", "user": "DB_USER", "password": "DB_PASSWORD"}
    given = {name: os.environ[key] for name, key in names.items()}
    with psycopg2.connect(**given) as connection, connection.cursor() as cursor:
        cursor.execute("CREATE TABLE IF NOT EXISTS kunjungan (id serial PRIMARY KEY, poli text NOT NULL)")
        cursor.execute("SELECT count(*) FROM kunjungan")
        row = cursor.fetchone()
    files = len(os.listdir(os.environ["TERPUSAT_DATA"]))
    start("200 OK", [("Content-Type", "text/plain; charset=utf-8")])
    return [f"{row[0] if row else 0} kunjungan, {files} berkas\n".encode()]
