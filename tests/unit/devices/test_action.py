# SPDX-License-Identifier: GPL-3.0-or-later
"""What Ansible gets to see of a transaction."""

from __future__ import annotations

from types import ModuleType

import pytest
import yaml

from ansible_collections.diskominfo.terpusat.plugins.action import device_config, device_probe
from ansible_collections.diskominfo.terpusat.plugins.doc_fragments.device import ModuleDocFragment
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.guard import Guard, GuardState, Strength
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.outcome import Outcome
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.report import Report
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.state import Change, Item
from ansible_collections.diskominfo.terpusat.plugins.modules import device_config as documented
from ansible_collections.diskominfo.terpusat.plugins.modules import device_probe as documented_probe

FRAGMENT = yaml.safe_load(ModuleDocFragment.DOCUMENTATION)


@pytest.mark.parametrize(
    ("outcome", "flags"),
    [
        (Outcome.IN_SYNC, {"changed": False}),
        (Outcome.CHANGED, {"changed": True}),
        (Outcome.OFFLINE, {"changed": False, "unreachable": True}),
        (Outcome.AUTH_FAILED, {"changed": False, "failed": True}),
        (Outcome.REFUSED, {"changed": False, "failed": True}),
        (Outcome.BUSY, {"changed": False, "failed": True}),
        (Outcome.UNSUPPORTED, {"changed": False, "failed": True}),
        (Outcome.HOST_KEY, {"changed": False, "failed": True}),
        (Outcome.ROLLED_BACK, {"changed": False, "failed": True}),
        (Outcome.FAILED, {"changed": False, "failed": True}),
    ],
)
def test_every_outcome_is_counted_where_it_belongs(outcome: Outcome, flags: dict[str, bool]) -> None:
    result = device_config._result(Report(outcome, "pesan"))
    assert {key: result[key] for key in ("changed", "unreachable", "failed") if key in result} == flags
    assert (result["outcome"], result["msg"]) == (outcome.value, "pesan")


def test_changes_guard_and_notices() -> None:
    change = Change(Item("frr", "running", "konfigurasi"), "a\n", "b\n")
    guard = Guard("id1", 60, Strength.INVERSE)
    report = Report(
        Outcome.CHANGED, "x", [change], ["dulu dikembalikan"], guard=guard, guard_state=GuardState.CONFIRMED
    )
    result = device_config._result(report)
    assert result["diff"] == [change.as_diff()]
    assert result["changes"][0]["component"] == "frr"
    assert result["guard"] == {"id": "id1", "seconds": 60, "strength": "inverse", "state": "confirmed"}
    assert result["warnings"] == ["dulu dikembalikan"]
    assert "config" not in result


def test_every_returned_key_is_documented() -> None:
    returned = set(yaml.safe_load(documented.RETURN))
    report = Report(Outcome.CHANGED, strength=Strength.INVERSE, guard=Guard("id1", 60, Strength.INVERSE))
    assert set(device_config._result(report)) - {"changed"} <= returned


@pytest.mark.parametrize(("action", "module"), [(device_config, documented), (device_probe, documented_probe)])
def test_every_option_is_documented(action: ModuleType, module: ModuleType) -> None:
    options = {**FRAGMENT["options"], **yaml.safe_load(module.DOCUMENTATION)["options"]}
    probe = action._SPEC["probes"]["options"]
    assert set(options) == set(action._SPEC)
    assert set(options["probes"]["suboptions"]) == set(probe)
    for name, option in {**options, **options["probes"]["suboptions"]}.items():
        spec = {**action._SPEC, **probe}[name]
        assert option["type"] == spec["type"]
        assert option.get("default") == spec.get("default")
