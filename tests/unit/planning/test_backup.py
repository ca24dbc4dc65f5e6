# Copyright: Terpusat contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which server keeps what of whom, and what others may reach because of it."""

from __future__ import annotations

from pathlib import PurePath
from typing import Any

from regency import application, regency

from ansible_collections.diskominfo.terpusat.plugins.module_utils.planning.addressing import plan
from ansible_collections.diskominfo.terpusat.plugins.module_utils.planning.allocations import Allocations
from ansible_collections.diskominfo.terpusat.plugins.module_utils.planning.hosts import hosts
from ansible_collections.diskominfo.terpusat.plugins.module_utils.register.models import (
    Backup,
    DatabaseService,
    Register,
)


def planned(racks: dict[str, str], **settings: Any) -> dict[str, dict[str, Any]]:
    """Intents of servers in these racks; simpus runs on srv1, portal on srv2."""
    raw = regency(servers=racks, applications=[application("simpus", "srv1"), application("portal", "srv2")])
    models = {"backup": Backup, "database": DatabaseService}
    parts = {name: models[name].model_validate(given) for name, given in settings.items()}
    government = raw.government.model_copy(update=parts)
    servers = tuple(
        server.model_copy(update={"place": server.place.model_copy(update={"rack": racks[server.name]})})
        for server in raw.servers
    )
    register: Register = raw.model_copy(update={"government": government, "servers": servers})
    found = hosts(register, plan(register, Allocations()).allocations, PurePath("/government"))
    return {host.name: dict(host.intent) for host in found.hosts if host.intent is not None}


RACKS = {"srv1": "R1", "srv2": "R2", "srv3": "R1"}


def test_without_backup_nobody_has_a_part() -> None:
    assert all("backup" not in intent for intent in planned(RACKS).values())


def test_a_server_writes_to_all_places_but_itself() -> None:
    found = planned(RACKS, backup={"servers": ["srv2", "srv3"], "second": {"name": "prov", "url": "https://x.go.id"}})
    assert [place["name"] for place in found["srv1"]["backup"]["client"]["places"]] == ["srv2", "srv3", "prov"]
    assert [place["separate"] for place in found["srv1"]["backup"]["client"]["places"]] == [True, False, True]
    assert [place["name"] for place in found["srv2"]["backup"]["client"]["places"]] == ["srv3", "prov"]
    assert "client" not in found["srv3"]["backup"], "it has nothing to keep"


def test_a_server_that_is_its_own_only_place_keeps_nothing() -> None:
    found = planned(RACKS, backup={"servers": ["srv2"]})
    assert "client" not in found["srv2"]["backup"]
    assert found["srv2"]["backup"]["repository"]["clients"] == ["srv1"]
    assert "backup" not in found["srv3"]


def test_paths_are_those_of_the_applications_and_roles_of_the_server() -> None:
    settings: dict[str, Any] = {"backup": {"servers": ["srv2", "srv3"]}, "database": {"servers": ["srv1"]}}
    client = planned(RACKS, **settings)["srv1"]["backup"]["client"]
    assert "/srv/terpusat/simpus/shared" in client["paths"]
    assert "/var/backups/terpusat/database" in client["paths"]
    assert not any("portal" in path for path in client["paths"])
    assert "/etc/terpusat/backup" in client["exclude"], "its own passwords do not lie beside what they open"


def test_only_our_servers_reach_the_repository() -> None:
    found = planned(RACKS, backup={"servers": ["srv2"]})
    (service,) = [entry for entry in found["srv2"]["firewall"]["services"] if entry["name"] == "backup"]
    others = [found[name]["interfaces"][0]["addresses"][0].split("/")[0] for name in ("srv1", "srv3")]
    assert (service["port"], service["from"], service["sources"]) == (8000, ["data_centre"], others)
    assert not [entry for entry in found["srv1"]["firewall"]["services"] if entry["name"] == "backup"]
