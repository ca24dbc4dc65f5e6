# SPDX-License-Identifier: GPL-3.0-or-later
"""A dump gives every row back, says how many there are, and a failing one leaves the last good one alone."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

testinfra_hosts = ["ansible://srv1", "ansible://srv2"]
FOLDER = "/var/backups/terpusat/database"
#: Rows that look like the dump's own lines, and bytes that are no text.
TEXTS = ["(1,''palsu''),", "baris\n(2,''dua'');\nINSERT INTO `lain` VALUES", "it''s \"x\"", "é ✓"]
METRICS = "/var/lib/prometheus/node-exporter/terpusat_database.prom"
FILES = {"mariadb": ("e_izin", "e-izin.sql.gz"), "postgresql": ("simpus", "simpus.dump")}
BYTES = {"mariadb": "longblob", "postgresql": "bytea"}
RAW = {"mariadb": "x'00ff0a27'", "postgresql": r"'\x00ff0a27'"}


def rows(keeper: Any, engine: str, database: str) -> list[str]:
    raw = {"mariadb": "hex(berkas)", "postgresql": "encode(berkas, 'hex')"}[engine]
    asked = [f"SELECT id, isi, {raw} FROM surat ORDER BY id", "SELECT id FROM kosong"]
    return [keeper.own(engine, database, text) for text in asked]


@pytest.fixture
def filled(keeper: Any, request: pytest.FixtureRequest) -> Iterator[tuple[str, str, str, str]]:
    """Engine, database, dump and manifest, when the database has two tables."""
    engine = request.param
    database, name = FILES[engine]
    values = ", ".join(f"({number}, '{text}', {RAW[engine]})" for number, text in enumerate(TEXTS * 50))
    text = f"CREATE TABLE surat (id int PRIMARY KEY, isi text, berkas {BYTES[engine]}); CREATE TABLE kosong (id int);"
    done = keeper.sql(engine, database, f"{text} INSERT INTO surat VALUES {values}", at="srv1")
    assert done.succeeded, done.stderr
    path = f"{FOLDER}/{engine}/{name}"
    yield engine, database, path, f"{FOLDER}/{engine}/{name.split('.')[0]}.json"
    keeper.own(engine, database, "DROP TABLE surat; DROP TABLE kosong")


@pytest.mark.parametrize("filled", ["mariadb", "postgresql"], indirect=True)
def test_a_dump_restores_to_the_same_rows(keeper: Any, filled: tuple[str, str, str, str]) -> None:
    engine, database, path, manifest_path = filled
    keeper.read("systemctl start terpusat-dump.service")
    manifest = json.loads(keeper.read("cat %s", manifest_path))
    schema = {"mariadb": "", "postgresql": "public."}[engine]
    assert manifest["rows"] == {f"{schema}surat": len(TEXTS) * 50, f"{schema}kosong": 0}
    assert keeper.read("sha256sum %s", path).split()[0] == manifest["sha256"]
    keeper.own(engine, "", "CREATE DATABASE terpusat_uji")
    if engine == "mariadb":
        keeper.read("gunzip -c %s | mariadb terpusat_uji", path)
    else:
        keeper.read("runuser -u postgres -- pg_restore --no-owner --exit-on-error -d terpusat_uji < %s", path)
    found = rows(keeper, engine, "terpusat_uji")
    assert found == rows(keeper, engine, database)
    assert found[0].count("palsu") == 50
    keeper.own(engine, "", "DROP DATABASE terpusat_uji")


def metrics(keeper: Any) -> tuple[str, bool]:
    """Whether the dump of e-izin is told to have failed, and the last good one to be young."""
    lines = dict(line.rsplit(" ", 1) for line in keeper.read(f"cat {METRICS}").splitlines())
    labels = '{engine="mariadb",database="e-izin"}'
    age = float(keeper.read("date +%s")) - float(
        lines[f"terpusat_database_dump_last_success_timestamp_seconds{labels}"]
    )
    assert float(lines["terpusat_database_wal_last_archived_timestamp_seconds"]) > 0
    return lines[f"terpusat_database_dump_failed{labels}"], 0 <= age < 300


@pytest.mark.parametrize("filled", ["mariadb"], indirect=True)
def test_a_failing_dump_is_told_and_leaves_the_last_one(keeper: Any, filled: tuple[str, str, str, str]) -> None:
    _engine, database, path, manifest_path = filled
    keeper.read(f"mkdir -p {METRICS.rpartition('/')[0]}; systemctl start terpusat-dump.service")
    before = keeper.read("cat %s; sha256sum %s", manifest_path, path)
    assert metrics(keeper) == ("0", True)
    broken = "CREATE TABLE dasar (id int); CREATE VIEW rusak AS SELECT * FROM dasar; DROP TABLE dasar"
    keeper.own("mariadb", database, broken)
    try:
        assert keeper.root("systemctl start terpusat-dump.service").failed
        assert metrics(keeper) == ("1", True), "the last good one is still told"
        assert "mariadb e-izin: " in keeper.read("journalctl --no-pager -n 40 -u terpusat-dump.service")
        assert keeper.read("cat %s; sha256sum %s", manifest_path, path) == before
        assert keeper.read(f"find {FOLDER} -name '.*'").split() == []
    finally:
        keeper.own("mariadb", database, "DROP VIEW rusak")
    keeper.read("systemctl start terpusat-dump.service")
