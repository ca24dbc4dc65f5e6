# SPDX-License-Identifier: GPL-3.0-or-later
"""The rules as hier_config wants them. Only `tree` imports this, when it makes its first tree: hier_config and pydantic
take 0.2 s to import, and a fleet whose devices read as intended needs no tree.
"""

from __future__ import annotations

import re

from hier_config import HConfigChild
from hier_config.models import IdempotentCommandsRule, MatchRule, OrderingRule, SectionalExitingRule
from hier_config.platforms.driver_base import HConfigDriverBase, HConfigDriverRules

from .rules import NEGATIONS, ORDER, SINGLE

_FAMILY = r"^address-family "
_NEGATIONS = tuple((tuple(re.compile(part) for part in path), use) for path, use in NEGATIONS)


class IosDriver(HConfigDriverBase):
    """hier_config's view of IOS."""

    def negate_with(self, config: HConfigChild) -> str | None:
        """The special form that takes a line back, or None for the ordinary one."""
        lineage = [child.text for child in config.lineage()]
        if lineage[-1].startswith("no "):
            return None
        for path, use in _NEGATIONS:
            if len(path) != len(lineage):
                continue
            if all(part.search(text) for part, text in zip(path[:-1], lineage[:-1], strict=True)):
                match = path[-1].search(lineage[-1])
                if match is not None:
                    return f"no {' '.join(match[1].split()[:2])}" if use == "neighbor" else match.expand(use)
        return None

    def swap_negation(self, child: HConfigChild) -> HConfigChild:
        """Toggle ``no``; of a line that carries a text behind it only the line itself is named."""
        child.text = child.text.partition("\n")[0]
        return super().swap_negation(child)

    @staticmethod
    def _instantiate_rules() -> HConfigDriverRules:
        return HConfigDriverRules(
            indentation=1,
            idempotent_commands=[IdempotentCommandsRule(match_rules=_path(path)) for path in SINGLE],
            ordering=[OrderingRule(match_rules=_path(path), weight=weight) for path, weight in ORDER],
            sectional_exiting=[
                SectionalExitingRule(
                    match_rules=_path((r"^router (bgp|eigrp) ", _FAMILY)), exit_text="exit-address-family"
                ),
                SectionalExitingRule(
                    match_rules=_path((r"^vrf definition ", _FAMILY)), exit_text="exit-address-family"
                ),
                SectionalExitingRule(
                    match_rules=_path((r"^router bgp ", r"^template peer-policy ")), exit_text="exit-peer-policy"
                ),
                SectionalExitingRule(
                    match_rules=_path((r"^router bgp ", r"^template peer-session ")), exit_text="exit-peer-session"
                ),
            ],
        )


def _path(parts: tuple[str, ...]) -> tuple[MatchRule, ...]:
    return tuple(MatchRule(re_search=part) for part in parts)
