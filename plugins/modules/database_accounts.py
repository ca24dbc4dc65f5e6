#!/usr/bin/python
# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: database_accounts
short_description: All databases of an engine, and who may use them, as one unit
description:
  - Brings the databases of the applications and the accounts of their names to what is wanted, over the engine's local
    socket, so it needs neither a password nor a driver on the server. One task for all databases of an engine.
  - A password is compared with the hash or verifier that the engine keeps and sent as such, through standard input; it
    stands in no argument list, no statement, no log.
  - A database whose application is not in O(databases) is locked and kept; O(remove_unlisted) removes it after
    O(last_dump) has succeeded for it. Databases that this module did not make are left alone.
options:
  engine:
    description: Which engine.
    type: str
    choices: [mariadb, postgresql]
    required: true
  databases:
    description: The databases wanted.
    type: list
    elements: dict
    required: true
    suboptions:
      code:
        description: Code of the application.
        type: str
        required: true
      name:
        description: Name of the database and of its account.
        type: str
        required: true
      password:
        description: Password of the account.
        type: str
        required: true
      clients:
        description: Addresses from which the account may connect (MariaDB; PostgreSQL has them in pg_hba.conf).
        type: list
        elements: str
        default: []
  remove_unlisted:
    description: Remove databases that are not wanted any more.
    type: bool
    default: false
  last_dump:
    description: Command that makes a last dump; engine and name of the database are added to it.
    type: list
    elements: str
    default: []
attributes:
  check_mode:
    support: full
    description: Where the engine is not installed yet, everything counts as missing.
  diff_mode:
    support: full
author: Terpusat contributors
"""

EXAMPLES = r"""
- name: Databases of the applications
  diskominfo.terpusat.database_accounts:
    engine: mariadb
    databases:
      - code: simpus
        name: simpus
        password: "{{ terpusat_secrets.application_key | diskominfo.terpusat.derived_secret('database', 'simpus') }}"
        clients: [10.10.0.12]
"""

RETURN = r"""
steps:
  description: What was changed or, in check mode, would be.
  type: list
  elements: str
  returned: always
unlisted:
  description: Databases that are kept, locked, although nobody wants them any more.
  type: list
  elements: str
  returned: always
unverified:
  description: Engines that did not answer in check mode.
  type: list
  elements: str
  returned: always
"""

from types import ModuleType
from typing import Any

from ansible.module_utils.basic import AnsibleModule

from ansible_collections.diskominfo.terpusat.plugins.module_utils.servers.databases import mariadb, postgresql
from ansible_collections.diskominfo.terpusat.plugins.module_utils.servers.databases.shapes import (
    DatabaseError,
    Wanted,
)

ENGINES: dict[str, ModuleType] = {"mariadb": mariadb, "postgresql": postgresql}
#: Without it the engine is not installed. Not the clients, which people install where no engine runs.
PROGRAMS = {"mariadb": "mariadbd", "postgresql": "pg_ctlcluster"}


def ask(module: AnsibleModule, sql: str) -> str:
    """Run SQL by the engine's own client. Raises DatabaseError."""
    engine = module.params["engine"]
    code, output, error = module.run_command(ENGINES[engine].COMMAND, data=sql, cwd="/")
    if code != 0:
        # The client quotes the statement, which may have a hash in it; the first line says enough.
        said = (error.strip() or output.strip()).splitlines()[:1]
        raise DatabaseError(f"{engine} menolak: {' '.join(said)}")
    return str(output)


def last_dump(module: AnsibleModule, name: str) -> None:
    """Raises DatabaseError when it fails: then nothing may be removed."""
    command = [*module.params["last_dump"], module.params["engine"], name]
    code, output, error = module.run_command(command)
    if code != 0:
        raise DatabaseError(
            f"salinan terakhir basis data {name} gagal, jadi tidak dihapus. {(error or output).strip()[-500:]}"
        )


def run(module: AnsibleModule) -> dict[str, Any]:
    engine, remove = module.params["engine"], module.params["remove_unlisted"]
    wanted = [
        Wanted(entry["code"], entry["name"], entry["password"], tuple(entry["clients"]))
        for entry in module.params["databases"]
    ]
    if remove and not module.params["last_dump"]:
        raise DatabaseError("remove_unlisted memerlukan last_dump.")
    unverified = []
    found = ENGINES[engine].Found()
    if module.get_bin_path(PROGRAMS[engine]):
        try:
            found = ENGINES[engine].read(lambda sql: ask(module, sql), wanted)
        except DatabaseError:
            if not module.check_mode:
                raise
            unverified.append(engine)
    elif not module.check_mode and wanted:
        raise DatabaseError(f"{engine} belum terpasang di server ini.")
    if refused := getattr(found, "refused", []):
        raise DatabaseError(f"pg_hba.conf tidak dapat dibaca PostgreSQL: {'; '.join(refused)}")
    plan = ENGINES[engine].plan(found, [] if unverified else wanted)
    removed = plan.unlisted if remove else []
    if not module.check_mode:
        if plan.steps:
            ask(module, "\n".join(step.sql for step in plan.steps))
        for name in removed:
            last_dump(module, name)
            ask(module, plan.removals[name].sql)
    texts = [step.text for step in plan.steps] + [plan.removals[name].text for name in removed]
    return {
        "changed": bool(texts),
        "steps": texts,
        "unlisted": [name for name in plan.unlisted if name not in removed],
        "unverified": unverified,
        "diff": {
            "before_header": f"{engine} sekarang",
            "after_header": f"{engine} seharusnya",
            "before": "",
            "after": "".join(f"{text}\n" for text in texts),
        },
    }


def main() -> None:
    module = AnsibleModule(
        argument_spec={
            "engine": {"type": "str", "choices": ["mariadb", "postgresql"], "required": True},
            "databases": {
                "type": "list",
                "elements": "dict",
                "required": True,
                "options": {
                    "code": {"type": "str", "required": True},
                    "name": {"type": "str", "required": True},
                    "password": {"type": "str", "required": True, "no_log": True},
                    "clients": {"type": "list", "elements": "str", "default": []},
                },
            },
            "remove_unlisted": {"type": "bool", "default": False},
            "last_dump": {"type": "list", "elements": "str", "default": []},
        },
        supports_check_mode=True,
    )
    try:
        module.exit_json(**run(module))
    except DatabaseError as error:
        module.fail_json(msg=f"{error}")


if __name__ == "__main__":
    main()
