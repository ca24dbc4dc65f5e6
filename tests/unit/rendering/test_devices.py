# SPDX-License-Identifier: GPL-3.0-or-later
"""What the roles render, through the real transaction on emulated devices of every platform and version."""

from __future__ import annotations

import pytest
from emulated import personality, transact
from variants import cases, planned, rendered

from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.outcome import Outcome
from ansible_collections.diskominfo.terpusat.plugins.module_utils.devices.probes import Probe
from emulators.core.farm import Farm

FAILING = {
    "routeros": Probe("gagal", command="/ip route print", expect="tidak akan ada"),
    "ios": Probe("gagal", command="show clock", expect="tidak akan ada"),
}


@pytest.mark.parametrize(("variant", "name"), cases())
def test_back_when_a_probe_fails_then_changed_then_in_sync(variant: str, name: str) -> None:
    host, text = planned(variant)[name], rendered(variant)[name]
    with Farm([personality(variant, host)]) as farm:
        device = farm[name]
        factory = _settled(device.config())
        report = transact(host, device, text, probes=[FAILING[host["terpusat_host"]["platform"]]])
        assert report.outcome is Outcome.ROLLED_BACK, report.message
        assert _settled(device.config()) == factory
        report = transact(host, device, text)
        assert report.outcome is Outcome.CHANGED, report.message
        now = device.config()
        report = transact(host, device, text)
        assert report.outcome is Outcome.IN_SYNC, report.message
        assert device.config() == now


def _settled(config: str) -> list[str]:
    """Without what says nothing: an export that spells out an address list that is empty again."""
    return [line for line in config.splitlines() if not line.endswith(" !address")]
