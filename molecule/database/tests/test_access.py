# SPDX-License-Identifier: GPL-3.0-or-later
"""An application reaches its database: over TLS, with its password, from its server. Nobody else does."""

from __future__ import annotations

from typing import Any

import pytest
from database_keeper import password

testinfra_hosts = ["ansible://srv1", "ansible://srv2"]
#: engine, database, its server, another application of the engine
APPLICATIONS = [
    ("mariadb", "e_izin", "srv1", "exizin"),
    ("mariadb", "exizin", "srv2", "e_izin"),
    ("postgresql", "simpus", "srv1", "portal"),
    ("postgresql", "portal", "srv2", "simpus"),
]
OF_TLS = {
    "mariadb": "SHOW SESSION STATUS LIKE 'Ssl_version'",
    "postgresql": "SELECT version FROM pg_stat_ssl WHERE pid = pg_backend_pid()",
}
ENGINES_OWN = {"mariadb": "mysql", "postgresql": "postgres"}


@pytest.mark.parametrize(("engine", "name", "at", "other"), APPLICATIONS)
def test_only_the_application_itself_gets_in(keeper: Any, engine: str, name: str, at: str, other: str) -> None:
    good = keeper.sql(engine, name, OF_TLS[engine], at=at)
    assert good.succeeded, good.stderr
    assert "TLSv1." in good.stdout
    elsewhere = {"srv1": "srv2", "srv2": "srv1"}[at]
    refused = {
        "no TLS": keeper.sql(engine, name, "SELECT 1", at=at, tls=False),
        "wrong password": keeper.sql(engine, name, "SELECT 1", at=at, password="salah"),
        "another's password": keeper.sql(engine, name, "SELECT 1", at=at, password=password(other.replace("_", "-"))),
        "from another server": keeper.sql(engine, name, "SELECT 1", at=elsewhere),
        "another's database": keeper.sql(engine, other, "SELECT 1", at=at, user=name),
        "the engine's own": keeper.sql(engine, ENGINES_OWN[engine], "SELECT 1", at=at, user=name),
    }
    assert {why for why, done in refused.items() if done.succeeded} == set()


@pytest.mark.parametrize(("engine", "name", "at"), [entry[:3] for entry in APPLICATIONS])
def test_the_certificate_is_also_of_the_address(keeper: Any, engine: str, name: str, at: str) -> None:
    """Which is what applications are told, so that a database does not depend on names being resolved."""
    keeper.name = {"srv1": "10.10.0.11", "srv2": "10.10.0.12"}[keeper.name]
    done = keeper.sql(engine, name, OF_TLS[engine], at=at)
    assert "TLSv1." in done.stdout, done.stderr


@pytest.mark.parametrize(("engine", "name", "at"), [entry[:3] for entry in APPLICATIONS])
def test_it_may_do_there_what_an_application_needs(keeper: Any, engine: str, name: str, at: str) -> None:
    text = "CREATE TABLE coba (a int PRIMARY KEY, b text); INSERT INTO coba VALUES (1, 'é'); SELECT b FROM coba; "
    done = keeper.sql(engine, name, text + "ALTER TABLE coba ADD c int; DROP TABLE coba", at=at)
    assert (done.succeeded, done.stdout.strip()) == (True, "é"), done.stderr
    power = {"mariadb": "CREATE DATABASE lain", "postgresql": "CREATE ROLE lain"}[engine]
    assert keeper.sql(engine, name, power, at=at).failed


def test_memory_follows_the_register_not_the_machine(keeper: Any, intent: Any) -> None:
    engines = intent["database"]["engines"]
    pool = int(keeper.own("mariadb", "", "SELECT @@innodb_buffer_pool_size"))
    shared = int(keeper.own("postgresql", "", "SELECT setting FROM pg_settings WHERE name = 'shared_buffers'"))
    assert 0.6 < pool / engines["mariadb"]["memory_bytes"] < 0.7
    assert 0.25 < shared * 8192 / engines["postgresql"]["memory_bytes"] < 0.33


def test_slow_queries_are_written_down_also_after_a_rotation(keeper: Any) -> None:
    logs = {"mariadb": "/var/log/mariadb/slow.log", "postgresql": "/var/log/postgresql/postgresql-*-main.log"}
    sleep = {"mariadb": "SELECT SLEEP(1.1), '{}'", "postgresql": "SELECT pg_sleep(1.1), '{}'"}
    for word in ("lambat-satu", "lambat-dua"):
        for engine, name, at, _other in (APPLICATIONS[0], APPLICATIONS[2]):
            text = (
                f"SELECT 'cepat'; {sleep[engine].format(word)}" if engine == "mariadb" else sleep[engine].format(word)
            )
            assert keeper.sql(engine, name, text, at=at).succeeded
            log = keeper.read(f"cat {logs[engine]}")
            assert word in log
            assert "SELECT 'cepat'" not in log
        keeper.read("logrotate --force /etc/logrotate.d/terpusat-mariadb")
    assert "lambat-dua" in keeper.read("cat /var/log/mariadb/slow.log.1")
    assert "lambat" not in keeper.read("cat /var/log/mariadb/slow.log")


def test_no_password_stands_in_a_log(keeper: Any) -> None:
    words = "|".join(password(code) for code in ("e-izin", "exizin", "simpus", "portal"))
    # The journal also has this test's own commands.
    keeper.read("journalctl --no-pager | grep -q 'database_accounts'")
    journal = keeper.root("journalctl --no-pager | grep -v 'grep -' | grep -cE -e %s", words)
    assert journal.stdout.strip() == "0"
    assert keeper.root("grep -rlE -e %s /var/log/mariadb /var/log/postgresql /etc /usr/local", words).stdout == ""
