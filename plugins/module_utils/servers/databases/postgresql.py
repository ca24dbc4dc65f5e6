# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""PostgreSQL: one database an application, owned by a role of its name; pg_hba.conf says who comes from where."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from . import scram
from .shapes import MARK, Ask, Plan, Step, Wanted, code_of, quoted

COMMAND = ["runuser", "-u", "postgres", "--", "psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-d", "postgres"]
_READ = """
SELECT json_build_object(
  'databases', (SELECT json_object_agg(datname, json_build_object(
      'comment', shobj_description(oid, 'pg_database'), 'owner', pg_get_userbyid(datdba),
      'public', EXISTS (SELECT FROM aclexplode(coalesce(datacl, acldefault('d', datdba))) WHERE grantee = 0)))
    FROM pg_database WHERE NOT datistemplate),
  'roles', (SELECT json_object_agg(rolname, json_build_object(
      'login', rolcanlogin, 'password', rolpassword,
      'powers', rolsuper OR rolcreaterole OR rolcreatedb OR rolreplication OR rolbypassrls,
      'member_of', (SELECT coalesce(json_agg(pg_get_userbyid(roleid)), '[]')
                    FROM pg_auth_members WHERE member = a.oid)))
    FROM pg_authid a),
  'hba', (SELECT json_agg(error) FROM pg_hba_file_rules WHERE error IS NOT NULL));
"""
_NO_POWERS = "NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS"


@dataclass
class Found:
    databases: dict[str, dict[str, Any]] = field(default_factory=dict)
    roles: dict[str, dict[str, Any]] = field(default_factory=dict)
    #: What is wrong in pg_hba.conf; PostgreSQL then goes on with the rules it had.
    refused: list[str] = field(default_factory=list)


def read(ask: Ask, wanted: list[Wanted]) -> Found:
    del wanted
    answer = json.loads(ask(_READ))
    return Found(answer["databases"] or {}, answer["roles"] or {}, answer["hba"] or [])


def plan(found: Found, wanted: list[Wanted]) -> Plan:
    steps: list[Step] = []
    for want in wanted:
        steps += _role(found, want)
        steps += _database(found, want)
    names = {want.name for want in wanted}
    unlisted = sorted(name for name, kept in found.databases.items() if code_of(kept["comment"]) and name not in names)
    removals = {}
    for name in unlisted:
        if found.roles.get(name, {}).get("login"):
            steps.append(
                Step(
                    f"akun {name} dikunci",
                    f"ALTER ROLE {_name(name)} NOLOGIN; "
                    f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = {quoted(name)};",
                )
            )
        role = f" DROP ROLE {_name(name)};" if name in found.roles else ""
        removals[name] = Step(f"basis data {name} dihapus", f"DROP DATABASE {_name(name)} WITH (FORCE);{role}")
    return Plan(steps, unlisted, removals)


def _role(found: Found, want: Wanted) -> list[Step]:
    name, kept = _name(want.name), found.roles.get(want.name)
    if kept is None:
        sql = f"CREATE ROLE {name} LOGIN {_NO_POWERS} PASSWORD {quoted(scram.verifier(want.password))};"
        return [Step(f"akun {want.name} dibuat", sql)]
    steps = []
    if not scram.matches(kept["password"], want.password):
        steps.append(
            Step(
                f"sandi akun {want.name} diubah",
                f"ALTER ROLE {name} PASSWORD {quoted(scram.verifier(want.password))};",
            )
        )
    if not kept["login"] or kept["powers"]:
        steps.append(Step(f"hak akun {want.name} diatur", f"ALTER ROLE {name} LOGIN {_NO_POWERS};"))
    for group in kept["member_of"]:
        steps.append(Step(f"akun {want.name} keluar dari {group}", f"REVOKE {_name(group)} FROM {name};"))
    return steps


def _database(found: Found, want: Wanted) -> list[Step]:
    name, comment, kept = _name(want.name), MARK + want.code, found.databases.get(want.name)
    mark = f"COMMENT ON DATABASE {name} IS {quoted(comment)};"
    close = f"REVOKE ALL ON DATABASE {name} FROM PUBLIC;"
    if kept is None:
        # From template0, because template1 has the locale that the installer happened to have.
        create = f"CREATE DATABASE {name} OWNER {name} TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8';"
        return [Step(f"basis data {want.name} dibuat", f"{create} {mark} {close}")]
    steps = []
    if kept["comment"] != comment:
        steps.append(Step(f"basis data {want.name} ditandai milik aplikasi {want.code}", mark))
    if kept["owner"] != want.name:
        steps.append(Step(f"pemilik basis data {want.name} diubah", f"ALTER DATABASE {name} OWNER TO {name};"))
    if kept["public"]:
        steps.append(Step(f"basis data {want.name} ditutup bagi akun lain", close))
    return steps


def _name(name: str) -> str:
    quoted(name)
    return '"' + name.replace('"', '""') + '"'
