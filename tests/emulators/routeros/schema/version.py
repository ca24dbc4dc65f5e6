# SPDX-License-Identifier: GPL-3.0-or-later
"""RouterOS version numbers and what changed with them, as far as a console user sees it."""

import re
from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Version:
    numbers: tuple[int, ...]

    @classmethod
    def of(cls, text: str) -> "Version":
        """`7.22.3`, `6.49.18`, `7.16rc2` (the suffix is ignored)."""
        numbers = re.match(r"\d+(?:\.\d+)*", text)
        if numbers is None:
            raise ValueError(f"versi RouterOS {text!r} tidak terbaca")
        return cls(tuple(int(part) for part in numbers.group().split(".")))

    def __str__(self) -> str:
        return ".".join(map(str, self.numbers))

    @property
    def major(self) -> int:
        return self.numbers[0]

    @property
    def slash_paths(self) -> bool:
        """`/ip/address` beside `/ip address`."""
        return self.major >= 7

    @property
    def hides_secrets(self) -> bool:
        """Exports hide secrets unless asked to show them; before, the other way round."""
        return self.major >= 7

    @property
    def iso_dates(self) -> bool:
        """`2026-11-22 03:04:05` in place of `nov/22/2026 03:04:05` (7.10)."""
        return self.numbers >= (7, 10)

    @property
    def import_dry_run(self) -> bool:
        return self.numbers >= (7, 16)

    @property
    def places_errors(self) -> bool:
        """Run-time errors tell command and line: `failure: … (/ip/address/add; line 1)` (seen on 7.20 to 7.24)."""
        return self.numbers >= (7, 16)

    @property
    def bad_parameter(self) -> bool:
        """`bad parameter x (line 1 column 5)` for an argument nobody knows; before, `expected end of command`."""
        return self.numbers >= (7, 16)

    @property
    def device_mode(self) -> bool:
        return self.numbers >= (7, 0)

    @property
    def device_mode_limits_scheduler(self) -> bool:
        """Since 7.17 every feature of a mode is enforced and most boards leave the factory with `home` or `basic`."""
        return self.numbers >= (7, 17)

    @property
    def safe_mode_command(self) -> bool:
        """`/safe-mode/take` and its brothers."""
        return self.numbers >= (7, 18)
