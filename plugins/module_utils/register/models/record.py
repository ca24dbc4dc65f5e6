# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The base of every record of the register."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ConfigDict


class UnknownFieldError(AttributeError):
    """Read from a record whose field could not be understood (its own problem is reported already)."""


class Record(BaseModel):
    """An immutable record; keys that no field has are refused.

    The loader also builds records of which some fields could not be understood, so that the rules between records can
    still judge the rest. Reading such a field raises UnknownFieldError. A ``Register`` never holds one.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any:
            if name in type(self).model_fields:
                raise UnknownFieldError(name)
            return super().__getattr__(name)
