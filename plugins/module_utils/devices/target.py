# SPDX-License-Identifier: GPL-3.0-or-later
"""What is known of a device before anybody logs in."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Target:
    """One device, as the register and the play describe it.

    ``version`` is that of its operating system as the register says ("7.16.2", "15.2(7)E4"); the preflight asks the
    device itself. ``address`` is its management address, ``sources`` the networks (CIDR) that management logs in from,
    ``user`` and ``port`` those of our login. Platforms judge by these whether a configuration would lock us out.
    """

    host: str
    version: str | None = None
    user: str = ""
    address: str | None = None
    sources: tuple[str, ...] = ()
    port: int = 22
