# Copyright: Terpusat contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The argument specs take exactly what the planner hands over, and the defaults are those the specs state."""

from __future__ import annotations

import copy
from typing import Any

import pytest
import yaml
from ansible.module_utils.common.arg_spec import ArgumentSpecValidator
from role_render import ROLES as FOLDER
from role_render import golden_hosts, host_vars, role_variable

ROLES = ["network_device", "border_router", "core_switch", "opd_router"]
#: keys that only a government with such a thing has; without the key there is none of it
OPTIONAL = {"snmp", "bgp", "ipv6"}


def argument_spec(role: str) -> dict[str, Any]:
    spec = yaml.safe_load((FOLDER / role / "meta" / "argument_specs.yml").read_text())
    return dict(spec["argument_specs"]["main"]["options"])


def defaults(role: str) -> dict[str, Any]:
    return dict(yaml.safe_load((FOLDER / role / "defaults" / "main.yml").read_text()))


def complaints(role: str, host: dict[str, Any]) -> list[str]:
    spec = argument_spec(role)
    given = {name: host[name] for name in spec if name in host}
    return list(ArgumentSpecValidator(spec).validate(given).error_messages)


@pytest.mark.parametrize("host", golden_hosts())
def test_spec_takes_the_golden_host_vars(host: str) -> None:
    known = host_vars(host)
    assert complaints(known["terpusat_host"]["role"], known) == []


@pytest.mark.parametrize("host", golden_hosts())
def test_every_key_of_the_intent_is_demanded(host: str) -> None:
    known = host_vars(host)
    for key in known["terpusat_intent"].keys() - OPTIONAL:
        broken = copy.deepcopy(known)
        del broken["terpusat_intent"][key]
        assert complaints(known["terpusat_host"]["role"], broken), f"{host}: without {key} nothing is said"


def test_unknown_key_is_refused() -> None:
    broken = copy.deepcopy(host_vars("br1"))
    broken["terpusat_intent"]["natt"] = {}
    assert "natt" in complaints("border_router", broken)[0]


@pytest.mark.parametrize("role", ROLES)
def test_defaults_are_the_ones_in_the_spec(role: str) -> None:
    spec, values = argument_spec(role), defaults(role)
    assert set(values) == {name for name in spec if not name.startswith("terpusat_")}
    for name, value in values.items():
        assert spec[name].get("description"), name
        if "default" in spec[name]:
            assert spec[name]["default"] == value, name


@pytest.mark.parametrize("host", golden_hosts())
def test_probes_are_complete_commands(host: str) -> None:
    known = host_vars(host)
    role = known["terpusat_host"]["role"]
    probes = role_variable(role, known, f"{role}_probes")
    assert probes
    for probe in probes:
        assert set(probe) <= set(argument_spec(role)[f"{role}_probes"]["options"])
        assert "{{" not in probe["command"]
    ospf = known["terpusat_intent"]["ospf"]["router_id"]
    assert any(f"Router ID: {ospf}" in probe["command"] for probe in probes)
