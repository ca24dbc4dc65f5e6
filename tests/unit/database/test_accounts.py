# SPDX-License-Identifier: GPL-3.0-or-later
"""From what an engine keeps to what is wanted: each deviation is one step, and nothing else is touched."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from typing import Any

import pytest

from ansible_collections.diskominfo.terpusat.plugins.module_utils.servers.databases import mariadb, postgresql, scram
from ansible_collections.diskominfo.terpusat.plugins.module_utils.servers.databases.shapes import (
    DatabaseError,
    Wanted,
)

HERE = "10.10.0.11"
WANTED = [Wanted("e-izin", "e_izin", "sandi-satu", (HERE,))]
GRANT = r"GRANT ALL PRIVILEGES ON `e\_izin`.* TO `e_izin`@`10.10.0.11`"


def account(**changes: Any) -> dict[str, Any]:
    hashed = mariadb.password_hash("sandi-satu")
    return {"plugin": "mysql_native_password", "authentication_string": hashed, "ssl_type": 1, **changes}


def on_mariadb(**changes: Any) -> mariadb.Found:
    found = {"databases": {"e_izin": "terpusat: e-izin"}, "accounts": {("e_izin", HERE): account()}}
    return mariadb.Found(**{**found, "grants": {("e_izin", HERE): {GRANT}}, **changes})


def on_postgresql(role: dict[str, Any], database: dict[str, Any]) -> postgresql.Found:
    kept = {"login": True, "password": scram.verifier("sandi-satu"), "powers": False, "member_of": [], **role}
    standing = {"comment": "terpusat: e-izin", "owner": "e_izin", "public": False, **database}
    return postgresql.Found({"e_izin": standing, "postgres": {"comment": None}}, {"e_izin": kept})


def texts(plan: Any) -> list[str]:
    return [step.text for step in plan.steps]


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (on_mariadb(), []),
        (on_mariadb(databases={"e_izin": ""}), ["basis data e_izin ditandai milik aplikasi e-izin"]),
        (on_mariadb(accounts={("e_izin", HERE): account(authentication_string="*0")}), ["sandi diubah"]),
        (on_mariadb(accounts={("e_izin", HERE): account(plugin="unix_socket")}), ["sandi diubah"]),
        (on_mariadb(accounts={("e_izin", HERE): account(ssl_type=0)}), ["kewajiban TLS diubah"]),
        (on_mariadb(accounts={("e_izin", HERE): account(account_locked=True)}), ["kunci diubah"]),
        (on_mariadb(grants={("e_izin", HERE): {GRANT, "GRANT FILE ON *.* TO `e_izin`@`10.10.0.11`"}}), ["hak e_izin"]),
        (on_mariadb(grants={("e_izin", HERE): {GRANT.replace("\\", "")}}), ["hak e_izin"]),
        (on_mariadb(accounts={("e_izin", HERE): account(), ("e_izin", "%"): account()}), ["akun e_izin@% dihapus"]),
        (on_mariadb(databases={"e_izin": "terpusat: e-izin", "catatan": "", "mysql": ""}), []),
    ],
)
def test_mariadb_mends_what_differs_and_nothing_else(found: mariadb.Found, expected: list[str]) -> None:
    said = texts(mariadb.plan(found, WANTED))
    assert len(said) == len(expected)
    assert all(part in text for part, text in zip(expected, said, strict=True)), said


@pytest.mark.parametrize(
    ("role", "database", "expected"),
    [
        ({}, {}, []),
        ({"password": scram.verifier("lain")}, {}, ["sandi akun e_izin diubah"]),
        ({"password": None}, {}, ["sandi akun e_izin diubah"]),
        ({"password": "md5" + "0" * 32}, {}, ["sandi akun e_izin diubah"]),
        ({"login": False}, {}, ["hak akun e_izin diatur"]),
        ({"powers": True}, {}, ["hak akun e_izin diatur"]),
        ({"member_of": ["pg_read_all_data"]}, {}, ["akun e_izin keluar dari pg_read_all_data"]),
        ({}, {"owner": "postgres"}, ["pemilik basis data e_izin diubah"]),
        ({}, {"public": True}, ["basis data e_izin ditutup bagi akun lain"]),
        ({}, {"comment": None}, ["basis data e_izin ditandai milik aplikasi e-izin"]),
    ],
)
def test_postgresql_mends_what_differs_and_nothing_else(
    role: dict[str, Any], database: dict[str, Any], expected: list[str]
) -> None:
    assert texts(postgresql.plan(on_postgresql(role, database), WANTED)) == expected


def test_a_new_database_is_made_without_its_password() -> None:
    for engine in (mariadb, postgresql):
        plan = engine.plan(engine.Found(), WANTED)
        sql = " ".join(step.sql for step in plan.steps)
        assert sql.count("CREATE DATABASE") == 1
        assert "sandi-satu" not in sql


def test_an_underscore_in_a_grant_stands_for_itself() -> None:
    (grant,) = [step.sql for step in mariadb.plan(mariadb.Found(), WANTED).steps if "GRANT ALL" in step.sql]
    assert r"ON `e\_izin`.*" in grant


def test_a_database_that_nobody_wants_is_locked_once_and_others_are_left_alone() -> None:
    found = on_mariadb()
    first = mariadb.plan(found, [])
    assert (texts(first), first.unlisted) == (["akun e_izin@10.10.0.11 dikunci"], ["e_izin"])
    found.accounts[("e_izin", HERE)]["account_locked"] = True
    assert texts(mariadb.plan(found, [])) == []
    again = on_postgresql({}, {})
    second = postgresql.plan(again, [])
    assert (texts(second), second.unlisted) == (["akun e_izin dikunci"], ["e_izin"])
    again.roles["e_izin"]["login"] = False
    assert texts(postgresql.plan(again, [])) == []


def test_names_that_would_need_escapes_are_refused() -> None:
    for engine in (mariadb, postgresql):
        with pytest.raises(DatabaseError, match="tidak dapat dipakai"):
            engine.plan(engine.Found(), [Wanted("a", "a'; DROP DATABASE b; --", "x", (HERE,))])


def test_mariadbs_hash_is_the_one_of_its_manual() -> None:
    # https://mariadb.com/kb/en/password/ and /old_password/
    assert mariadb.password_hash("notagoodpwd") == "*3A70EE9FC6594F88CE9E959CD51C5A1C002DC937"


def test_the_verifier_is_that_of_rfc_7677() -> None:
    salt = base64.b64decode("W22ZaJ0SNY7soEsUEjb6gQ==")
    keys = scram.verifier("pencil", salt, 4096).split("$")[2]
    server_key = base64.b64decode(keys.split(":")[1])
    nonce = "rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0"
    message = f"n=user,r=rOprNGfwEbeRWgbNEkqO,r={nonce},s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096,c=biws,r={nonce}"
    signature = hmac.digest(server_key, message.encode(), hashlib.sha256)
    assert base64.b64encode(signature).decode() == "6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4="


def test_mariadbs_answers_are_read() -> None:
    row = json.dumps(account())
    answers = [
        f"database\te_izin\tterpusat: e-izin\naccount\te_izin\t{HERE}\t{row}\naccount\troot\tlocalhost\t{{}}\n",
        f"account\te_izin\t{HERE}\nGRANT USAGE ON *.* TO `e_izin`@`{HERE}`\n{GRANT}\n",
    ]
    found = mariadb.read(lambda _sql: answers.pop(0), WANTED)
    assert mariadb.plan(found, WANTED).steps == []
    assert ("root", "localhost") in found.accounts
