# SPDX-License-Identifier: GPL-3.0-or-later
"""Several cables as one link, and a second switch behind a trunk."""

from __future__ import annotations

from pathlib import PurePath
from typing import Any

from regency import port, regency, router

from ansible_collections.diskominfo.terpusat.plugins.module_utils.planning.addressing import plan
from ansible_collections.diskominfo.terpusat.plugins.module_utils.planning.allocations import Allocations
from ansible_collections.diskominfo.terpusat.plugins.module_utils.planning.hosts import hosts
from ansible_collections.diskominfo.terpusat.plugins.module_utils.register.models import (
    DevicePort,
    Register,
    Server,
)

OFFICE = "dinkes/kantor"
ROUTER = router(OFFICE)


def intents(register: Register, allocations: Allocations) -> dict[str, dict[str, Any]]:
    found = hosts(register, allocations, PurePath("/government"))
    return {host.name: dict(host.intent) for host in found.hosts if host.intent is not None}


def changed(register: Register, name: str, *ports: dict[str, Any], without: str = "") -> Register:
    """Ports of a device replaced by name, or added."""
    new = {item["name"]: DevicePort.model_validate(item) for item in ports}
    devices = [
        device.model_copy(
            update={
                "ports": (
                    *(new.get(old.name, old) for old in device.ports if old.name != without),
                    *(item for key, item in new.items() if device.port(key) is None),
                )
            }
        )
        if device.name == name
        else device
        for device in register.devices
    ]
    return register.model_copy(update={"devices": tuple(devices)})


def bundled(register: Register) -> Register:
    """The border's link of ``register`` with a second cable."""
    link = next(item for device in register.devices if device.name == "br1" for item in device.ports if item.to)
    assert link.to is not None
    register = changed(
        register,
        "br1",
        port(link.name, "link", to=str(link.to), bundle="bond1"),
        port("second", "link", to="core1:x2", bundle="bond1"),
    )
    return changed(
        register,
        "core1",
        port(link.to.port, "link", to=f"br1:{link.name}", bundle="bond9"),
        port("x2", "link", to="br1:second", bundle="bond9"),
    )


def test_a_second_cable_changes_no_number_and_makes_one_link() -> None:
    register = regency([OFFICE])
    numbers = plan(register, Allocations()).allocations
    again = plan(bundled(register), numbers).allocations
    assert again == numbers
    now = intents(bundled(register), numbers)
    links = [item for item in now["br1"]["interfaces"] if item["use"] == "link"]
    assert [(item["name"], len(item["members"]), item["description"]) for item in links] == [
        ("bond1", 2, "core1:bond9")
    ]
    assert [item["name"] for item in now["br1"]["ospf"]["interfaces"]] == ["bond1", "lo"]
    at_core = [item for item in now["core1"]["switch"]["ports"] if "members" in item]
    assert [(item["name"], item["mode"], len(item["members"])) for item in at_core] == [("bond9", "access", 2)]
    assert at_core[0]["vlan"] == next(iter(numbers.links.values())).vlan
    # Both ends are in the same area whatever the interface is called.
    before = intents(register, numbers)
    areas = [{item["area"] for item in both["br1"]["ospf"]["interfaces"]} for both in (before, now)]
    assert areas[0] == areas[1]


def test_what_hangs_behind_a_trunk_decides_what_it_carries() -> None:
    register = regency([OFFICE], servers=["srv1"])
    numbers = plan(register, Allocations()).allocations
    empty = changed(register, "core1", port("t1", "trunk"))
    assert "t1" not in {item["name"] for item in intents(empty, numbers)["core1"]["switch"]["ports"]}

    office = next(item for device in register.devices if device.name == ROUTER for item in device.ports if item.to)
    assert office.to is not None
    behind = changed(empty, "core1", without=office.to.port)
    behind = changed(behind, ROUTER, port(office.name, "link", to="core1:t1"))
    server: Server = behind.servers[0]
    moved = server.model_copy(
        update={
            "ports": tuple(
                item.model_copy(update={"to": behind_trunk(item.to)}) if item.to else item for item in server.ports
            )
        }
    )
    behind = behind.model_copy(update={"servers": (moved,)})
    assert plan(behind, numbers).allocations == numbers
    ports = {item["name"]: item for item in intents(behind, numbers)["core1"]["switch"]["ports"]}
    vlan = numbers.links[f"{ROUTER}:{office.name}"].vlan
    assert numbers.data_centre is not None
    assert ports["t1"]["vlans"] == sorted({vlan, numbers.data_centre.vlan})
    assert ports["t1"]["mode"] == "trunk"


def behind_trunk(end: Any) -> Any:
    return type(end)("core1", "t1")


def test_a_trunk_carries_what_is_asked_for_by_name() -> None:
    register = changed(regency([OFFICE]), "core1", {**port("t1", "trunk"), "vlans": ["data_centre"]})
    numbers = plan(register, Allocations()).allocations
    assert numbers.data_centre is not None
    ports = {item["name"]: item for item in intents(register, numbers)["core1"]["switch"]["ports"]}
    assert ports["t1"]["vlans"] == [numbers.data_centre.vlan]


def test_the_core_is_the_root_of_the_spanning_tree() -> None:
    register = regency([OFFICE])
    switch = intents(register, plan(register, Allocations()).allocations)["core1"]["switch"]
    assert switch["priority"] < 32768
    assert switch["priority"] % 4096 == 0
