# Copyright: Terpusat contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Contracts for which no budget line is recorded."""

from __future__ import annotations

from datetime import date

from spenders import government, office, own

from ansible_collections.diskominfo.terpusat.plugins.module_utils.planning.money.contract_gaps import (
    without_budget_line,
)

TODAY = date(2026, 3, 1)


def test_a_contract_without_budget_line_is_told() -> None:
    first, second, free = own("x", "a"), own("y", "a"), own("z", "a", monthly_cost="Rp 0")
    del first["budget_line"], free["budget_line"]
    register = government([office("a")], [first, second, free])
    assert [circuit.id for circuit in without_budget_line(register, TODAY)] == ["x"]
