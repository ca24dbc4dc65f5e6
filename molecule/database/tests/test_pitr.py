# SPDX-License-Identifier: GPL-3.0-or-later
"""PostgreSQL goes back to a moment: beside the running cluster, and in its place."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

testinfra_hosts = ["ansible://srv1", "ansible://srv2"]
BESIDE = "/var/lib/postgresql/terpusat-pitr"


@pytest.fixture
def moment(keeper: Any) -> Iterator[str]:
    """A moment after which every row was deleted; before it there was a base backup, and rows came after that."""
    keeper.read("systemctl start terpusat-dump.service")
    keeper.own("postgresql", "simpus", "CREATE TABLE pasien (nama text); ALTER TABLE pasien OWNER TO simpus")
    assert keeper.sql("postgresql", "simpus", "INSERT INTO pasien VALUES ('Sari'), ('Budi')", at="srv1").succeeded
    found = keeper.own("postgresql", "simpus", "SELECT clock_timestamp()")
    assert keeper.sql("postgresql", "simpus", "DELETE FROM pasien", at="srv1").succeeded
    yield found
    keeper.own("postgresql", "simpus", "DROP TABLE pasien")


def names(keeper: Any) -> list[str]:
    return sorted(keeper.own("postgresql", "simpus", "SELECT nama FROM pasien").split())


def test_rows_come_back_beside_the_running_cluster(keeper: Any, moment: str) -> None:
    keeper.read("terpusat-pitr %s", moment)
    there = f"psql -X -A -t -h {BESIDE} -p 5499 -d simpus -c 'SELECT nama FROM pasien'"
    assert sorted(keeper.read(f"runuser -u postgres -- {there}").split()) == ["Budi", "Sari"]
    assert names(keeper) == [], "the running one goes on as it was"
    assert keeper.root("terpusat-pitr %s", moment).failed, "one beside at a time"
    keeper.read("terpusat-pitr --stop")
    assert keeper.root(f"test -e {BESIDE}").failed


def test_rows_come_back_in_place_and_archiving_goes_on(keeper: Any, moment: str) -> None:
    keeper.read("terpusat-pitr --in-place %s", moment)
    assert names(keeper) == ["Budi", "Sari"]
    done = keeper.sql("postgresql", "simpus", "INSERT INTO pasien VALUES ('Wayan')", at="srv1")
    assert done.succeeded, done.stderr
    after = keeper.own("postgresql", "simpus", "SELECT clock_timestamp()")
    assert keeper.sql("postgresql", "simpus", "DELETE FROM pasien", at="srv1").succeeded
    keeper.read("terpusat-pitr --in-place %s", after)
    assert names(keeper) == ["Budi", "Sari", "Wayan"], "also from the new time line"


def test_a_lost_cluster_comes_back_from_what_was_archived(keeper: Any, moment: str) -> None:
    """As on a server made anew: another cluster runs there, which knows nothing of the one in the backup."""
    assert moment
    assert keeper.sql("postgresql", "simpus", "INSERT INTO pasien VALUES ('Ketut')", at="srv1").succeeded
    segment = keeper.own(
        "postgresql", "", "SELECT pg_walfile_name(pg_current_wal_lsn()); SELECT pg_switch_wal()"
    ).split()[0]
    path = f"/var/backups/terpusat/database/postgresql/wal/{segment}.gz"
    keeper.read(f"timeout 60 sh -c 'until [ -e {path} ]; do sleep 0.2; done'")
    keeper.read(
        "systemctl stop 'postgresql@*-main.service' && cd /var/lib/postgresql/*/main && rm -r ./* && "
        "runuser -u postgres -- /usr/lib/postgresql/*/bin/initdb -D $PWD >/dev/null && systemctl start postgresql@$("
        "basename $(dirname $PWD))-main.service"
    )
    assert keeper.root("runuser -u postgres -- psql -X -d simpus -c 'SELECT 1'").failed
    mixed = keeper.root("terpusat-dump --base")
    assert mixed.failed
    assert "arsip PostgreSQL yang lain" in mixed.stderr
    keeper.read("terpusat-pitr --in-place terakhir")
    assert names(keeper) == ["Ketut"]
    assert keeper.sql("postgresql", "simpus", "INSERT INTO pasien VALUES ('Made')", at="srv1").succeeded


@pytest.mark.parametrize(
    ("asked", "said"), [("2020-01-01 00:00:00", "tidak ada salinan dasar"), ("besok", "bukan waktu")]
)
def test_an_impossible_moment_is_refused_before_anything_is_touched(keeper: Any, asked: str, said: str) -> None:
    done = keeper.root("terpusat-pitr --in-place %s", asked)
    assert done.failed
    assert said in done.stderr
    assert keeper.own("postgresql", "simpus", "SELECT 1") == "1"
