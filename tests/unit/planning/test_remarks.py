# Copyright: Terpusat contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Obstacles and remarks: what is passed over is said, and never half done."""

from __future__ import annotations

from pathlib import PurePath

import pytest
from regency import opd, port, regency, router

from ansible_collections.diskominfo.terpusat.plugins.module_utils.planning.addressing import plan
from ansible_collections.diskominfo.terpusat.plugins.module_utils.planning.allocations import Allocations
from ansible_collections.diskominfo.terpusat.plugins.module_utils.planning.hosts import Hosts, hosts
from ansible_collections.diskominfo.terpusat.plugins.module_utils.register.models import (
    DevicePort,
    Opd,
    Register,
)

OFFICES = ["dinkes/kantor", "disdik/kantor"]


def found(register: Register, allocations: Allocations | None = None) -> Hosts:
    return hosts(register, allocations or plan(register, Allocations()).allocations, PurePath("/government"))


def ports(*items: dict[str, str]) -> tuple[DevicePort, ...]:
    return tuple(DevicePort.model_validate(item) for item in items)


def changed(register: Register, name: str, **fields: object) -> Register:
    """The register with some fields of one device as given."""
    devices = tuple(device.model_copy(update=fields) if device.name == name else device for device in register.devices)
    return register.model_copy(update={"devices": devices})


def test_a_sound_government_has_nothing_to_remark() -> None:
    assert found(regency(OFFICES)).remarks == ()


def test_without_a_lock_file_every_host_stands_without_intent() -> None:
    result = found(regency(OFFICES), Allocations())
    assert {host.name for host in result.hosts} == {"br1", "core1", "srv1", *map(router, OFFICES)}
    assert all(host.intent is None and "terpusat_intent" not in host.variables for host in result.hosts)
    assert result.shared["terpusat_services"] == []
    (remark,) = result.remarks
    assert "jalankan playbooks/plan.yml" in remark
    assert all(host.name in remark for host in result.hosts)


def test_one_new_office_without_numbers_leaves_the_others_as_they_are() -> None:
    before = found(regency(OFFICES[:1]))
    after = found(regency(OFFICES), plan(regency(OFFICES[:1]), Allocations()).allocations)
    intents = {host.name: host.intent for host in after.hosts}
    assert intents.pop(router(OFFICES[1])) is None
    assert intents == {host.name: host.intent for host in before.hosts}
    newcomer = next(host for host in after.hosts if host.intent is None)
    assert newcomer.obstacles.missing == (
        "loopbacks.rt-disdik-kantor",
        "links.rt-disdik-kantor:eth1",
        "locations.disdik/kantor",
    )


@pytest.mark.parametrize(
    ("name", "left", "words"),
    [
        ("br1", ["management", "link"], "use: uplink"),
        ("br1", ["uplink", "link"], "use: management"),
        (router(OFFICES[0]), ["management", "link"], "0 port dengan use: lan"),
    ],
)
def test_a_host_that_lacks_a_port_is_passed_over(name: str, left: list[str], words: str) -> None:
    register = regency(OFFICES)
    device = next(device for device in register.devices if device.name == name)
    result = found(changed(register, name, ports=tuple(item for item in device.ports if item.use in left)))
    host = next(host for host in result.hosts if host.name == name)
    assert host.intent is None
    assert words in host.obstacles.about(name)
    assert any(name in remark and words in remark for remark in result.remarks)


def test_a_second_router_of_one_location_and_a_second_core_are_passed_over() -> None:
    register = changed(regency(OFFICES), router(OFFICES[1]), opd="dinkes")
    result = found(register)
    assert any("router OPD kedua di dinkes/kantor" in remark for remark in result.remarks)
    second = register.devices[1].model_copy(update={"name": "core2", "ports": ports(port("m", "management"))})
    result = found(register.model_copy(update={"devices": (*register.devices, second)}))
    assert next(host for host in result.hosts if host.name == "core2").intent is None
    assert next(host for host in result.hosts if host.name == "core1").intent is not None


def test_a_cable_past_the_core_is_told_once() -> None:
    register = regency(OFFICES)
    for one, other in ((OFFICES[0], OFFICES[1]), (OFFICES[1], OFFICES[0])):
        own = next(device.ports for device in register.devices if device.name == router(one))
        cable = ports(port("eth5", "link", to=f"{router(other)}:eth5"))
        register = changed(register, router(one), ports=own + cable)
    (remark,) = found(register).remarks
    assert "rt-dinkes-kantor:eth5 - rt-disdik-kantor:eth5" in remark


def test_more_users_than_leases_is_told() -> None:
    register = regency(["dinkes/kantor"])
    crowded = Opd.model_validate(opd("dinkes", [{"code": "kantor", "name": "k", "kind": "office"}], users=400))
    before = plan(register, Allocations()).allocations
    (remark,) = found(register.model_copy(update={"opds": (register.opds[0], crowded)}), before).remarks
    assert "dinkes/kantor punya 400 pengguna" in remark
    assert "150 alamat" in remark
    assert "menjadi /23" in remark
    assert "terpusat_plan_grow=true" in remark
