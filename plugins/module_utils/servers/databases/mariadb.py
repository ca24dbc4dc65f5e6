# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""MariaDB: one database an application, and one account for each address from which it comes."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from typing import Any

from .shapes import MARK, Ask, Plan, Step, Wanted, code_of, quoted

COMMAND = ["mariadb", "--no-defaults", "--protocol=socket", "--user=root", "--batch", "--raw", "--skip-column-names"]
_PLUGIN = "mysql_native_password"
_READ = """
SELECT 'database', SCHEMA_NAME, SCHEMA_COMMENT FROM information_schema.SCHEMATA;
SELECT 'account', User, Host, Priv FROM mysql.global_priv;
"""


@dataclass
class Found:
    """``accounts``: (user, host) -> its row of mysql.global_priv; ``grants``: what SHOW GRANTS says beside USAGE."""

    databases: dict[str, str] = field(default_factory=dict)
    accounts: dict[tuple[str, str], dict[str, Any]] = field(default_factory=dict)
    grants: dict[tuple[str, str], set[str]] = field(default_factory=dict)


def password_hash(password: str) -> str:
    """As the server keeps it. The server never sees the password itself, so no log can."""
    inner = hashlib.sha1(password.encode(), usedforsecurity=False).digest()
    return "*" + hashlib.sha1(inner, usedforsecurity=False).hexdigest().upper()


def read(ask: Ask, wanted: list[Wanted]) -> Found:
    found = Found()
    for line in ask(_READ).splitlines():
        kind, name, rest = line.split("\t", 2)
        if kind == "database":
            found.databases[name] = rest
        else:
            host, row = rest.split("\t", 1)
            found.accounts[(name, host)] = json.loads(row)
    ours = {name for name, comment in found.databases.items() if code_of(comment)} | {want.name for want in wanted}
    accounts = [account for account in found.accounts if account[0] in ours]
    questions = [f"SELECT 'account', {quoted(user)}, {quoted(host)}; SHOW GRANTS FOR {_account(user, host)};"
                 for user, host in accounts]  # fmt: skip
    current: set[str] = set()
    for line in ask("\n".join(questions)).splitlines() if questions else []:
        if line.startswith("account\t"):
            _kind, user, host = line.split("\t")
            current = found.grants.setdefault((user, host), set())
        elif not line.startswith("GRANT USAGE ON *.*"):
            current.add(line)
    return found


def plan(found: Found, wanted: list[Wanted]) -> Plan:
    steps: list[Step] = []
    for want in wanted:
        steps += _database(found, want)
        for client in want.clients:
            steps += _account_steps(found, want, client)
        for user, host in found.accounts:
            if user == want.name and host not in want.clients:
                steps.append(Step(f"akun {user}@{host} dihapus", f"DROP USER {_account(user, host)};"))
    names = {want.name for want in wanted}
    unlisted = sorted(name for name, comment in found.databases.items() if code_of(comment) and name not in names)
    removals = {}
    for name in unlisted:
        accounts = [account for account in found.accounts if account[0] == name]
        steps += [
            Step(f"akun {name}@{host} dikunci", f"ALTER USER {_account(name, host)} ACCOUNT LOCK;")
            for _user, host in accounts
            if not found.accounts[(name, host)].get("account_locked")
        ]
        drops = [f"DROP USER {_account(name, host)};" for _user, host in accounts]
        removals[name] = Step(f"basis data {name} dihapus", f"DROP DATABASE {_name(name)};" + "".join(drops))
    return Plan(steps, unlisted, removals)


def _database(found: Found, want: Wanted) -> list[Step]:
    comment = MARK + want.code
    if want.name not in found.databases:
        return [
            Step(
                f"basis data {want.name} dibuat",
                f"CREATE DATABASE {_name(want.name)} CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci "
                f"COMMENT {quoted(comment)};",
            )
        ]
    if found.databases[want.name] != comment:
        return [
            Step(
                f"basis data {want.name} ditandai milik aplikasi {want.code}",
                f"ALTER DATABASE {_name(want.name)} COMMENT {quoted(comment)};",
            )
        ]
    return []


def _account_steps(found: Found, want: Wanted, client: str) -> list[Step]:
    key, account = (want.name, client), _account(want.name, client)
    hashed = password_hash(want.password)
    secured = f"{account} IDENTIFIED VIA {_PLUGIN} USING {quoted(hashed)} REQUIRE SSL ACCOUNT UNLOCK;"
    # In a GRANT an underscore means any character: unescaped, e_izin would also open exizin.
    pattern = want.name.replace("_", "\\_")
    grant = f"GRANT ALL PRIVILEGES ON `{pattern}`.* TO {account}"
    steps = []
    row = found.accounts.get(key)
    if row is None:
        steps.append(Step(f"akun {want.name}@{client} dibuat", f"CREATE USER {secured}"))
    else:
        differences = [
            text
            for text, differs in (
                ("sandi", (row.get("plugin"), row.get("authentication_string")) != (_PLUGIN, hashed)),
                ("kewajiban TLS", row.get("ssl_type") != 1),
                ("kunci", bool(row.get("account_locked"))),
            )
            if differs
        ]
        if differences:
            steps.append(Step(f"akun {want.name}@{client}: {', '.join(differences)} diubah", f"ALTER USER {secured}"))
    if {_plain(line) for line in found.grants.get(key, set())} != {_plain(grant)}:
        revoke = f"REVOKE ALL PRIVILEGES, GRANT OPTION FROM {account};" if row is not None else ""
        steps.append(Step(f"hak {want.name}@{client} atas {want.name} diatur", f"{revoke} {grant};"))
    return steps


def _plain(grant: str) -> str:
    """SHOW GRANTS quotes an account with backticks, the SQL here with apostrophes."""
    return grant.replace("'", "`").rstrip("; ")


def _account(user: str, host: str) -> str:
    return f"{quoted(user)}@{quoted(host)}"


def _name(name: str) -> str:
    quoted(name)
    return f"`{name}`"
