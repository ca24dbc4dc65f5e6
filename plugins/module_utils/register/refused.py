# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The one exception a value type raises when it refuses what a person wrote."""

from __future__ import annotations


class RefusedError(ValueError):
    """A value is refused.

    ``what`` says what is wrong with it and ``action`` what to write instead, both in Bahasa Indonesia and without
    naming file or key (the loader knows those).
    """

    def __init__(self, what: str, action: str) -> None:
        super().__init__(f"{what} {action}")
        self.what = what
        self.action = action
