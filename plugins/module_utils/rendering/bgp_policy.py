# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a session believes, as entries of prefix lists; and what a vendor takes as a password."""

from __future__ import annotations

import re
from collections.abc import Mapping
from ipaddress import IPv4Network
from typing import Any

#: RFC 7454 section 6.1.3: nobody's internet has longer ones.
LONGEST = 24
_DEFAULT = "0.0.0.0/0"
#: What every shell, editor and configuration language leaves alone. IOS takes no `?` and nothing that begins with a
#: digit (Cisco, BGP Command Reference: neighbor password), and 25 characters; others the 80 of RFC 2385 section 4.5.
_PASSWORD = re.compile(r"[A-Za-z0-9._~+/=:@%^,*-]+", re.ASCII)
_LENGTHS = {"ios": 25}
_MOST = 80


def import_entries(session: Mapping[str, Any]) -> list[str]:
    """Entries of a prefix list of FRR or IOS, in order; what none permits is denied.

    ``session`` as in ``terpusat_intent.bgp.sessions``.
    """
    if session["accept"] == "default":
        return [f"permit {_DEFAULT}"]
    denied = [f"deny {network}{'' if network.endswith('/32') else ' le 32'}" for network in session["reject"]]
    return [*denied, f"permit {_DEFAULT} le {LONGEST}"]


def ios_announced(prefix: str) -> str:
    """A prefix as ``network`` in ``router bgp`` shows it: IOS leaves out the mask of the network's class (RFC 791)."""
    network = IPv4Network(prefix)
    first = network.network_address.packed[0]
    of_class = 8 if first < 128 else 16 if first < 192 else 24
    mask = "" if network.prefixlen == of_class else f" mask {network.netmask}"
    return f"{network.network_address}{mask}"


def routeros_limit(prefixes: int) -> int:
    """The smallest limit that RouterOS 7 has and that is not below ``prefixes`` (its console tree lists them)."""
    limit = 10
    while limit < min(prefixes, 10_000_000):
        limit *= 10
    return limit


def checked_password(password: str, circuit: str, platform: str) -> str:
    """The password, if the platform takes it as it is. Raises ValueError, in words for the operator."""
    most = _LENGTHS.get(platform, _MOST)
    where = f"terpusat_secrets.bgp_passwords.{circuit}"
    if not _PASSWORD.fullmatch(password):
        raise ValueError(
            f"{where} kosong atau memuat spasi, tanda kutip, atau tanda lain; pakai huruf, angka, dan ._-+="
        )
    if len(password) > most:
        raise ValueError(f"{where} terlalu panjang untuk {platform}: {len(password)} karakter, paling banyak {most}")
    if platform == "ios" and password[0].isdigit():
        raise ValueError(f"{where} diawali angka, yang tidak diterima IOS; sepakati kata sandi lain dengan penyedia")
    return password
