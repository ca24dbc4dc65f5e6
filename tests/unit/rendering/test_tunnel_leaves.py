# SPDX-License-Identifier: GPL-3.0-or-later
"""A tunnel that left the register leaves the border router too, whatever its make."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml
from emulated import personality, transact
from variants import VARIANTS, folder, planned, planned_in, rendered, text_of

from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.outcome import Outcome
from emulators.core.farm import Farm


@pytest.mark.parametrize("variant", VARIANTS)
def test_nothing_of_a_tunnel_stays(variant: str, tmp_path: Path) -> None:
    host = planned(variant)["br1"]
    (tunnel,) = (found["name"] for found in host["terpusat_intent"]["tunnels"])
    with Farm([personality(variant, host)]) as farm:
        device = farm["br1"]
        report = transact(host, device, rendered(variant)["br1"])
        assert report.outcome is Outcome.CHANGED, report.message
        assert tunnel in _words(device.config())
        report = transact(host, device, text_of(_without_the_office(variant, tmp_path / "pemda")))
        assert report.outcome is Outcome.CHANGED, report.message
        assert tunnel not in _words(device.config())


def _without_the_office(variant: str, root: Path) -> dict[str, Any]:
    """The border router once the router behind the tunnel went back into the rack."""
    shutil.copytree(folder(variant), root)
    path = root / "register" / "devices.yml"
    register = yaml.safe_load(path.read_text())
    for device in register["devices"]:
        if device["name"] == "rt-satpolpp":
            device["readiness"] = "racked"
    path.write_text(yaml.safe_dump(register, sort_keys=False, allow_unicode=True))
    host = planned_in(root)["br1"]
    assert host["terpusat_intent"]["tunnels"] == []
    return host


def _words(config: str) -> set[str]:
    return set(config.replace("=", " ").replace('"', " ").split())
