# SPDX-License-Identifier: GPL-3.0-or-later
"""What the register's databases become: on one server, for the addresses of their applications and nobody else."""

from __future__ import annotations

from pathlib import Path, PurePath
from typing import Any

from ansible_collections.diskominfo.terpusat.plugins.module_utils.planning.central import database
from ansible_collections.diskominfo.terpusat.plugins.module_utils.planning.lock_file import read_lock
from ansible_collections.diskominfo.terpusat.plugins.module_utils.planning.network import Network, network
from ansible_collections.diskominfo.terpusat.plugins.module_utils.register.loading import load
from ansible_collections.diskominfo.terpusat.plugins.module_utils.register.models.database_service import (
    DatabaseService,
)

LAB = Path(__file__).parents[3] / "inventories" / "lab"
FOLDER = PurePath("/government")


def standing(settings: dict[str, Any] | None, runtime: str = "php", **engines: str) -> Network:
    """The lab's network when its applications (simpus on srv1, portal on srv2, absensi outside) have these engines."""
    loaded = load(LAB / "register")
    assert loaded.register is not None, loaded.text()
    service = None if settings is None else DatabaseService.model_validate(settings)
    register = loaded.register.model_copy(
        update={
            "government": loaded.register.government.model_copy(update={"database": service}),
            "applications": tuple(
                application.model_copy(update={"database": engines.get(application.code, "none"), "runtime": runtime})
                for application in loaded.register.applications
            ),
        }
    )
    lock = read_lock(LAB / "allocations.yml", register)
    assert lock.allocations is not None
    found = network(register, lock.allocations, frozenset())
    assert found is not None
    return found


def parts(wanted: Network) -> list[Any]:
    return [database.part(planned, wanted, FOLDER) for planned in wanted.servers_named(["srv1", "srv2"])]


def test_no_databases_no_role() -> None:
    wanted = standing(None, simpus="mariadb")
    assert parts(wanted) == [None, None]
    assert database.database_at(wanted.register.applications_on("srv1")[0], wanted) is None


def test_the_first_server_keeps_everything_for_the_servers_of_the_applications() -> None:
    wanted = standing({"servers": ["srv1", "srv2"]}, simpus="mariadb", portal="mariadb", absensi="postgresql")
    first, second = parts(wanted)
    addresses = {planned.server.name: str(planned.address) for planned in wanted.servers}
    assert {kept["name"]: kept["clients"] for kept in first["databases"]} == {
        "simpus": [addresses["srv1"]],
        "portal": [addresses["srv2"]],
    }
    assert list(first["engines"]) == ["mariadb"], "nothing of ours uses the other one"
    assert second["engines"] == {}
    assert second["databases"] == []
    one, two = wanted.servers_named(["srv1", "srv2"])
    (service,) = database.services(one, wanted)
    assert service["sources"] == sorted(f"{address}/32" for name, address in addresses.items() if name in "srv1 srv2")
    assert (service["port"], service["from"]) == (3306, ["data_centre"])
    assert database.services(two, wanted) == []
    where = database.database_at(wanted.register.applications_on("srv2")[0], wanted)
    assert where == {
        "engine": "mariadb", "host": "srv1", "address": addresses["srv1"], "port": 3306,
        "name": "portal", "user": "portal",
    }  # fmt: skip


def test_engines_share_the_memory_and_one_alone_has_it_all() -> None:
    settings = {"servers": ["srv1"], "memory_percent": 40}
    both = parts(standing(settings, simpus="mariadb", portal="postgresql"))[0]["engines"]
    one = parts(standing(settings, simpus="mariadb", portal="mariadb"))[0]["engines"]
    assert {engine: memory["memory_bytes"] for engine, memory in both.items()} == {
        "mariadb": 400_000_000,
        "postgresql": 400_000_000,
    }
    assert one["mariadb"]["memory_bytes"] == 800_000_000


def test_recovery_to_a_moment_can_be_switched_off() -> None:
    settings = {"servers": ["srv1"], "pitr_days": 3}
    assert parts(standing(settings, simpus="postgresql"))[0]["pitr_days"] == 3
    assert parts(standing({**settings, "pitr": False}, simpus="postgresql"))[0]["pitr_days"] == 0


def test_a_name_that_sql_takes_without_quotes() -> None:
    assert database.database_name("arsip-surat-masuk") == "arsip_surat_masuk"


def test_static_pages_have_no_database_whatever_the_register_says() -> None:
    wanted = standing({"servers": ["srv1"]}, runtime="static", simpus="mariadb")
    assert parts(wanted)[0]["databases"] == []
    assert database.database_at(wanted.register.applications_on("srv1")[0], wanted) is None
