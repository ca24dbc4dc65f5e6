# SPDX-License-Identifier: GPL-3.0-or-later
"""A database server under test, and what an application has to reach it."""

from __future__ import annotations

import base64
import hashlib
import hmac
from typing import Any

from testinfra.host import Host

#: Variables of a run after e-izin and portal left the register, and the hour of the dumps was changed.
LEFT = '{"scenario_codes": ["exizin", "simpus"], "scenario_settings": {"dump_at": "02:45"}}'
KEY = b"kunci-molecule-untuk-aplikasi"


def password(code: str) -> str:
    """As the documentation says how it is derived."""
    digest = hmac.digest(KEY, b"terpusat\0database\0" + code.encode(), hashlib.sha256)
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


class Keeper:
    """The machine under test, seen from the applications' servers."""

    def __init__(self, host: Host, machines: dict[str, Host]) -> None:
        self.host = host
        self.name = str(host.check_output("hostname")).strip()
        self.machines = machines

    def sql(self, engine: str, database: str, text: str, *, tls: bool = True, **who: str) -> Any:
        """Run SQL as an application does, from a server of the applications. ``who``: user, password, at."""
        user = who.get("user", database)
        secret = who.get("password", password(user.replace("_", "-")))
        if engine == "mariadb":
            safe = "--ssl-ca=/etc/terpusat/tls/ca.crt --ssl-verify-server-cert" if tls else "--skip-ssl"
            command = f"MYSQL_PWD=%s mariadb --no-defaults -h {self.name} -u {user} {safe} -N -B {database} -e %s"
        else:
            mode = "sslmode=verify-full sslrootcert=/etc/terpusat/tls/ca.crt" if tls else "sslmode=disable"
            target = f"host={self.name} user={user} dbname={database} connect_timeout=10 {mode}"
            command = f"PGPASSWORD=%s psql -X -q -A -t -v ON_ERROR_STOP=1 '{target}' -c %s"
        return self.machines[who["at"]].run(command, secret, text)

    def root(self, command: str, *arguments: str) -> Any:
        with self.host.sudo():
            return self.host.run(f"cd / && {command}", *arguments)

    def read(self, command: str, *arguments: str) -> str:
        done = self.root(command, *arguments)
        assert done.succeeded, f"{command}: {done.stdout}{done.stderr}"
        return str(done.stdout)

    def own(self, engine: str, database: str, text: str) -> str:
        """Run SQL as the engine's administrator on the machine itself; an empty name is the engine's own database."""
        if engine == "mariadb":
            return self.read("mariadb -N -B %s -e %s", database or "mysql", text).strip()
        client = "runuser -u postgres -- psql -X -q -A -t -v ON_ERROR_STOP=1"
        return self.read(f"{client} -d %s -c %s", database or "postgres", text).strip()
