# Copyright: Terpusat contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Cables and the backbone as limits of a plan."""

from __future__ import annotations

from shared_lines import DAY, office, register
from test_plan import cir, why

from ansible_collections.diskominfo.terpusat.plugins.module_utils.planning.bandwidth.plan import plan


def test_the_speed_of_a_cable_limits() -> None:
    offices = [office("a", "300 Mbps"), office("b", "300 Mbps")]
    planned = plan(register(offices, speeds={"a/kantor": "100 Mbps"}), DAY)
    assert cir(planned) == {"a": 100, "b": 300}
    assert "sambungan rt-a-kantor ke core1 100 Mbps" in why(planned, "a")
    backbone = plan(register(offices, speeds={"core": "100 Mbps"}), DAY)
    assert cir(backbone) == {"a": 50, "b": 50}
    assert "sambungan core1 ke br1" in why(backbone, "b")
