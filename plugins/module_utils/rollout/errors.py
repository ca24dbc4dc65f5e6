# SPDX-License-Identifier: GPL-3.0-or-later
"""What keeps a rollout from its next step."""

from __future__ import annotations


class RolloutError(Exception):
    """Sentences for the operator: what is wrong, where, what to do. The step was not done."""

    def __init__(self, *reasons: str) -> None:
        super().__init__("\n".join(reasons))
        self.reasons = reasons
